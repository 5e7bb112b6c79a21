import { describe, expect, it } from 'vitest';
import type { ActKind, ActView, LedgerEntry } from '../../../../server/sandbox/contract.ts';
import { actWords, fieldsOf, groupActs } from './group.ts';
import { arrowOf, outcomeOf, titleOf } from './row-words.ts';

const now = Date.parse('2026-11-23T10:20:00+08:00');
let count = 0;

function entry(more: Partial<LedgerEntry> = {}): LedgerEntry {
  count += 1;
  return {
    id: `e${count}`,
    seq: count,
    actId: 'a',
    at: now,
    kind: 'call',
    name: 'message/send',
    summary: '',
    fields: [],
    state: 'ok',
    errcode: 0,
    tookMs: 8,
    attempts: 1,
    nextAttemptAt: null,
    faultId: null,
    ...more,
  };
}

function act(kind: ActKind, at: number, entries: LedgerEntry[], more: Partial<ActView> = {}): ActView {
  count += 1;
  return { id: `a${count}`, kind, at, userid: null, title: '本系统自己的调用', entries, ...more };
}

const me = { userid: 'wanghr', name: '王处长' };

describe('grouping of the ledger', () => {
  it('puts the newest act first and calls it 刚才, older ones by their time', () => {
    const tap = act('tap', now - 1000, [entry()], { userid: 'wanghr', title: '王处长点了「同意」' });
    const older = act('text', now - 3_600_000, [entry()], { userid: 'chen', title: '陈主任发了「帮助」' });
    expect(groupActs([tap, older], me, now).map((group) => group.heading)).toEqual([
      '刚才・你点了「同意」',
      '09:20・陈主任发了「帮助」',
    ]);
  });

  it('says the time of the newest act too when nothing happened lately', () => {
    const old = act('app', now - 10 * 60_000, [entry()]);
    expect(groupActs([old], me, now)[0]?.heading).toBe('10:10・本系统自己的调用');
  });

  it('leaves out acts nothing came of, and joins the calls of one quiet stretch in their order', () => {
    const first = entry({ name: 'gettoken' });
    const second = entry();
    const groups = groupActs(
      [act('app', now, [second]), act('h5', now, [], { title: '空' }), act('app', now - 9000, [first])],
      me,
      now,
    );
    expect(groups).toHaveLength(1);
    expect(groups[0]?.rows.map((row) => row.id)).toEqual([first.id, second.id]);
  });

  it('keeps two taps apart', () => {
    const taps = [act('tap', now, [entry()]), act('tap', now, [entry()])];
    expect(groupActs(taps, me, now)).toHaveLength(2);
  });

  it('folds four or more equal calls, but never failures or other names', () => {
    const many = Array.from({ length: 600 }, () => entry({ name: 'user/create' }));
    const broken = entry({ name: 'user/create', state: 'failed', errcode: 60104 });
    const three = Array.from({ length: 3 }, () => entry());
    const rows = groupActs([act('app', now, [...many, broken, ...three])], me, now)[0]?.rows ?? [];
    expect(rows.map((row) => (row.kind === 'fold' ? row.entries.length : row.entry.name))).toEqual([
      600,
      'user/create',
      'message/send',
      'message/send',
      'message/send',
    ]);
  });

  it('keeps the id of a fold while it grows, so that it does not come in anew', () => {
    const four = Array.from({ length: 4 }, () => entry());
    const ids = (entries: LedgerEntry[]): string[] =>
      groupActs([act('app', now, entries)], me, now).flatMap((group) => group.rows.map((row) => row.id));
    expect(ids(four)).toEqual(ids([...four, entry()]));
  });

  it('shows key fields of the newest callback only, without empty ones', () => {
    const fields = [
      { label: 'EventKey', value: '' },
      { label: 'TaskId', value: 't-1' },
    ];
    const first = entry({ kind: 'callback', fields });
    const again = entry({ kind: 'callback', fields });
    const before = entry({ kind: 'callback', fields });
    const groups = groupActs([act('tap', now, [first, again]), act('tap', now, [before])], me, now);
    expect(groups.map((group) => group.lead)).toEqual([first.id, null]);
    expect(fieldsOf(first)).toEqual([{ label: 'TaskId', value: 't-1' }]);
  });

  it('says 你 only for what the holder of the phone did', () => {
    const tap = act('tap', now, [], { userid: 'wanghr', title: '王处长点了「同意」' });
    expect(actWords(tap, me)).toBe('你点了「同意」');
    expect(actWords(tap, { userid: 'lin', name: '林院长' })).toBe('王处长点了「同意」');
    expect(actWords(tap, null)).toBe('王处长点了「同意」');
  });
});

describe('words of a row', () => {
  it('counts down to the next delivery, then says it is under way', () => {
    const waiting = entry({ kind: 'callback', state: 'retrying', nextAttemptAt: now + 4200 });
    expect(outcomeOf(waiting, now)).toEqual({ text: '5 秒后再送', tone: 'wait' });
    expect(outcomeOf(waiting, now + 4200)).toEqual({ text: '正在再送', tone: 'wait' });
  });

  it('counts down to a late delivery', () => {
    const late = entry({ kind: 'callback', state: 'running', tookMs: null, nextAttemptAt: now + 8000 });
    expect(outcomeOf(late, now).text).toBe('8 秒后送到');
    expect(outcomeOf(entry({ state: 'running', tookMs: null }), now).text).toBe('进行中');
  });

  it('shows milliseconds, the error code, or that it gave up', () => {
    expect(outcomeOf(entry({ tookMs: 11 }), now)).toEqual({ text: '11 ms', tone: 'ok' });
    expect(outcomeOf(entry({ tookMs: 0 }), now).text).toBe('<1 ms');
    expect(outcomeOf(entry({ tookMs: 2140 }), now).text).toBe('2.1 秒');
    expect(outcomeOf(entry({ state: 'failed', errcode: 45009 }), now)).toEqual({
      text: '45009',
      tone: 'bad',
    });
    expect(outcomeOf(entry({ state: 'failed', errcode: null, attempts: 4 }), now).text).toBe('不再送');
  });

  it('tells what was not delivered and why, and which way things went', () => {
    const drop = entry({
      kind: 'drop',
      name: '未送达',
      summary: '王处长：故障：悄悄丢消息',
      fields: [{ label: '内容', value: '张老师 申请年假' }],
    });
    expect(titleOf(drop)).toEqual({
      strong: '没送到',
      rest: '王处长：故障：悄悄丢消息',
      second: '张老师 申请年假',
    });
    expect(outcomeOf(drop, now).text).toBe('');
    expect(titleOf(entry({ kind: 'reply', name: '被动回复', summary: '按钮改为「已同意」' })).rest).toBe(
      '按钮改为「已同意」',
    );
    expect((['callback', 'call', 'reply', 'drop', 'note'] as const).map(arrowOf)).toEqual([
      'incoming',
      'outgoing',
      'outgoing',
      'dot',
      'dot',
    ]);
  });
});
