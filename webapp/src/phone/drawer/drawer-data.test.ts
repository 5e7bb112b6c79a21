import { describe, expect, it } from 'vitest';
import type { FaultView } from '../../../../server/sandbox/contract.ts';
import { activeFaults, buttonOf, faultButtons, leftWords } from './faults.ts';
import { pretty } from './pretty.ts';
import { searchJson } from './search-json.ts';

describe('faults', () => {
  const fault = (more: Partial<FaultView>): FaultView => ({
    id: 'f',
    kind: 'down',
    request: { kind: 'down' },
    since: 0,
    until: null,
    callsLeft: null,
    hits: 0,
    ...more,
  });

  it('finds the button of every fault it can set', () => {
    for (const button of faultButtons) {
      const request = button.request('wanghr');
      expect(buttonOf(fault({ kind: request.kind, request }))?.id).toBe(button.id);
    }
  });

  it('drops messages only for the person on the phone', () => {
    const silent = faultButtons.find((button) => button.id === 'silent');
    expect(silent?.request('wanghr')).toMatchObject({ kind: 'silent_drop', userids: ['wanghr'] });
    expect(silent?.request(null)).not.toHaveProperty('userids');
  });

  it('says how long: minutes of the sandbox, calls, or until stopped', () => {
    expect(leftWords(fault({ until: 598_000 }), 0)).toBe('还剩 9 分 58 秒');
    expect(leftWords(fault({ callsLeft: 3 }), 0)).toBe('还剩 3 次');
    expect(leftWords(fault({}), 0)).toBe('直到停止');
  });

  it('counts only faults that still do something', () => {
    const faults = [
      fault({ until: 10 }),
      fault({ until: 1000 }),
      fault({ callsLeft: 0 }),
      fault({ callsLeft: 1 }),
    ];
    expect(activeFaults(faults, 500)).toHaveLength(2);
  });
});

describe('search in the data', () => {
  const root = { members: [{ name: '王处长', unread: 2 }, { name: '林院长' }], note: null };

  it('finds names and values with their path', () => {
    expect(searchJson(root, '林', 10)).toEqual({
      matches: [{ path: 'members[1].name', value: '林院长' }],
      more: false,
    });
    expect(searchJson(root, 'UNREAD', 10).matches).toEqual([{ path: 'members[0].unread', value: '2' }]);
    expect(searchJson(root, 'null', 10).matches).toEqual([{ path: 'note', value: 'null' }]);
  });

  it('stops at the limit and says so; an empty question finds nothing', () => {
    expect(searchJson(root, 'name', 1)).toEqual({
      matches: [{ path: 'members[0].name', value: '王处长' }],
      more: true,
    });
    expect(searchJson(root, '  ', 10).matches).toEqual([]);
  });
});

describe('readable wire text', () => {
  it('indents JSON and the XML of callbacks, and keeps CDATA whole', () => {
    expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(pretty('<xml><A><![CDATA[x < y]]></A><B>1</B><C></C></xml>')).toBe(
      '<xml>\n  <A><![CDATA[x < y]]></A>\n  <B>1</B>\n  <C></C>\n</xml>',
    );
  });

  it('leaves alone what it cannot read, and JSON whose numbers would lose digits', () => {
    expect(pretty('not json')).toBe('not json');
    expect(pretty('{broken')).toBe('{broken');
    const long = '{"MsgId":9007199254740993}';
    expect(pretty(long)).toBe(long);
  });
});
