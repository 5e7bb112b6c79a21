import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Command, type Correction } from './engine.ts';
import { checkWanted, mustNotQuote } from './fields.ts';

const OPEN: Correction = {
  field: 'title',
  owner: 'hr',
  state: 'open',
  sentOnAt: null,
  endedAt: null,
  endedBy: null,
  answer: null,
};
const COMMANDS: readonly Command[] = [
  { kind: 'withdraw' },
  { kind: 'correct', note: '人事系统' },
  { kind: 'refuse', note: '与任免文件一致' },
  { kind: 'sendOn', note: '归信息办' },
];
const code = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('S1-2e what may happen to a correction', () => {
  it.each([
    [COMMANDS[0], 'withdrawn', null],
    [COMMANDS[1], 'corrected', '人事系统'],
    [COMMANDS[2], 'refused', '与任免文件一致'],
  ] as const)('given it waits, when %j, then it is %s', (command, state, answer) => {
    if (!command) throw new Error('no command');
    const { next, event } = decide(OPEN, command, 'p', 7);
    expect(next).toEqual({ ...OPEN, state, answer, endedAt: 7, endedBy: 'p' });
    expect(event).toBe(state);
  });

  it('sent on it is the other owner’s and waits; a second time it is refused', () => {
    const { next } = decide(OPEN, { kind: 'sendOn', note: '归信息办' }, 'p', 7);
    expect(next).toEqual({ ...OPEN, owner: 'accounts', sentOnAt: 7 });
    expect(code(() => decide(next, { kind: 'sendOn', note: '归人事处' }, 'q', 8))).toBe(
      'corrections.sent_on_already',
    );
  });

  it('whatever is done in whatever order, it ends at most once and changes owner at most once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...COMMANDS), { maxLength: 12 }), (commands) => {
        let state = OPEN;
        let ends = 0;
        let owners = 0;
        for (const [at, command] of commands.entries()) {
          if (code(() => decide(state, command, 'p', at)) !== 'done') continue;
          const { next } = decide(state, command, 'p', at);
          if (next.state !== 'open') ends += 1;
          if (next.owner !== state.owner) owners += 1;
          expect(state.state).toBe('open');
          state = next;
        }
        expect(ends).toBeLessThanOrEqual(1);
        expect(owners).toBeLessThanOrEqual(1);
        expect(state.endedAt === null).toBe(state.state === 'open');
      }),
    );
  });
});

describe('S2-15c what may be asked for', () => {
  it.each([
    ['bornOn', '1990-02-30', 'corrections.value_form'],
    ['bornOn', '1990-02-28', 'done'],
    ['mobile', '138 0000 0001', 'done'],
    ['mobile', '办公室电话', 'corrections.value_form'],
    ['email', 'a.b@haizhou.example', 'done'],
    ['email', 'a.b', 'corrections.value_form'],
    ['idNumber', '11010519900307002X', 'done'],
    ['idNumber', '12', 'corrections.value_form'],
    ['title', '副教授', 'done'],
    ['employedOn', '去年', 'corrections.value_form'],
  ] as const)('%s “%s”: %s', (field, wanted, answer) =>
    expect(code(() => checkWanted(field, wanted, '填错了'))).toBe(answer),
  );

  it('H6 a personal value is not repeated in words that everybody involved reads, however it is written', () => {
    const quoted = 'corrections.value_in_reason';
    expect(code(() => checkWanted('mobile', '13800000001', '应为 138-0000 0001'))).toBe(quoted);
    expect(code(() => mustNotQuote('idNumber', '11010519900307002X', '改为11010519900307002x'))).toBe(quoted);
    expect(code(() => mustNotQuote('title', '副教授', '已改为副教授'))).toBe('done');
    expect(code(() => mustNotQuote('mobile', null, '已更正'))).toBe('done');
  });
});
