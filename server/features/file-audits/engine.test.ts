import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field, StepKind, Verdict } from './contract.ts';
import {
  countVerdicts,
  decide,
  isClean,
  isOpen,
  openFile,
  orderSteps,
  settle,
  stepsBefore,
  type Command,
  type FileState,
  type Hands,
  type Rules,
} from './engine.ts';

const FIELDS = ['name', 'title'] as const satisfies readonly Field[];
const ALL: Rules = { steps: ['self', 'unit', 'hr'], fields: FIELDS };
const RIGHT: Command = { kind: 'check', said: { name: 'right', title: 'right' } };
const WRONG: Command = { kind: 'check', said: { name: 'right', title: 'wrong' } };
const PASS: Command = { kind: 'pass', doubts: [] };
const JUDGE: Command = { kind: 'judge', verdicts: { name: 'ok', title: 'wrong' } };
const back = (to: StepKind): Command => ({ kind: 'sendBack', to });

const code = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const after = (rules: Rules, ...commands: readonly Command[]): FileState =>
  commands.reduce((file, command) => decide(rules, file, command).next, openFile(rules));

describe('S1-7.1b how a file goes through an audit', () => {
  it.each([
    [ALL, [], 'self'],
    [ALL, [RIGHT], 'unit'],
    [ALL, [RIGHT, PASS], 'hr'],
    [ALL, [RIGHT, PASS, JUDGE], 'done'],
    [{ ...ALL, steps: ['self', 'hr'] }, [WRONG], 'hr'],
    [{ ...ALL, steps: ['hr'] }, [JUDGE], 'done'],
    [ALL, [RIGHT, back('self')], 'self'],
    [ALL, [RIGHT, PASS, back('unit')], 'unit'],
    [ALL, [RIGHT, { kind: 'drop' }], 'dropped'],
    [ALL, [{ kind: 'stop' }], 'unfinished'],
    [ALL, [{ kind: 'passOver' }], 'unit'],
  ] as const)('given %j, when %j, then it is at %s', (rules, commands, stage) => {
    expect(after(rules as Rules, ...(commands as readonly Command[])).stage).toBe(stage);
  });

  it.each([
    ['a step that is not its turn', [], PASS, 'fileaudits.other_step'],
    ['a second answer', [RIGHT], RIGHT, 'fileaudits.other_step'],
    ['a verdict before the unit', [RIGHT], JUDGE, 'fileaudits.other_step'],
    ['anything when it is closed', [RIGHT, PASS, JUDGE], PASS, 'fileaudits.file_closed'],
    ['an end that came already', [{ kind: 'drop' }], { kind: 'stop' }, 'fileaudits.file_closed'],
    ['half an answer', [], { kind: 'check', said: { name: 'right' } }, 'fileaudits.answers_incomplete'],
    [
      'a field that is not checked',
      [],
      { kind: 'check', said: { name: 'right', title: 'right', sex: 'right' } },
      'fileaudits.foreign_field',
    ],
    ['a doubt of such a field', [RIGHT], { kind: 'pass', doubts: ['sex'] }, 'fileaudits.foreign_field'],
    ['back to where it is', [RIGHT], back('unit'), 'fileaudits.no_such_step'],
    ['back to what comes later', [], back('hr'), 'fileaudits.no_such_step'],
    ['HR passed over', [RIGHT, PASS], { kind: 'passOver' }, 'fileaudits.no_such_step'],
  ] as const)('%s is refused', (_what, before, command, refusal) => {
    const file = after(ALL, ...(before as readonly Command[]));
    expect(code(() => decide(ALL, file, command as Command))).toBe(refusal);
  });

  it('sent back it forgets what is said anew, and only that', () => {
    const doubted = after(ALL, WRONG, { kind: 'pass', doubts: ['title'] });
    expect(doubted).toMatchObject({ saidWrong: ['title'], doubts: ['title'], round: 1 });
    expect(decide(ALL, doubted, back('unit')).next).toMatchObject({
      saidWrong: ['title'],
      doubts: [],
      round: 2,
    });
    expect(decide(ALL, doubted, back('self')).next).toMatchObject({ saidWrong: null, doubts: [], round: 2 });
  });

  const commands = fc.constantFrom<Command>(
    RIGHT,
    WRONG,
    PASS,
    JUDGE,
    back('self'),
    back('unit'),
    { kind: 'passOver' },
    { kind: 'drop' },
    { kind: 'stop' },
  );
  const rules = fc
    .constantFrom<readonly StepKind[]>(['hr'], ['self', 'hr'], ['unit', 'hr'], ['self', 'unit', 'hr'])
    .map((steps): Rules => ({ steps, fields: FIELDS }));

  it('whatever is done in whatever order: it ends once, is judged only by a verdict of every field, and the round only rises', () => {
    fc.assert(
      fc.property(rules, fc.array(commands, { maxLength: 20 }), (plan, all) => {
        let file = openFile(plan);
        for (const command of all) {
          if (code(() => decide(plan, file, command)) !== 'done') continue;
          const { next } = decide(plan, file, command);
          expect(isOpen(file.stage)).toBe(true);
          expect(next.round).toBe(file.round + (command.kind === 'sendBack' ? 1 : 0));
          if (isOpen(next.stage)) expect(plan.steps).toContain(next.stage);
          if (next.stage === 'done') {
            expect(command.kind).toBe('judge');
            expect(Object.keys(next.verdicts).sort()).toEqual([...plan.fields].sort());
          }
          file = next;
        }
      }),
    );
  });

  const hand = fc.constantFrom('p', null);
  it('lies where somebody can take it: a step nobody takes is passed over, HR’s never', () => {
    fc.assert(
      fc.property(rules, fc.record({ self: hand, unit: hand, hr: hand }), (plan, hands: Hands) => {
        const { next, holder, passedOver } = settle(plan, openFile(plan), hands);
        expect(isOpen(next.stage)).toBe(true);
        if (next.stage !== 'hr') expect(holder).toBe('p');
        expect(holder).toBe(isOpen(next.stage) ? hands[next.stage] : null);
        expect(passedOver).toEqual(stepsBefore(plan, next.stage));
        expect(passedOver.every((step) => hands[step] === null)).toBe(true);
      }),
    );
  });

  it('is judged in one go only where every field is there and nobody says otherwise', () => {
    const here = () => true;
    expect(isClean(ALL, after(ALL, RIGHT, PASS), here)).toBe(true);
    expect(isClean(ALL, after(ALL, WRONG, PASS), here)).toBe(false);
    expect(isClean(ALL, after(ALL, RIGHT, { kind: 'pass', doubts: ['name'] }), here)).toBe(false);
    expect(isClean(ALL, after(ALL, RIGHT, PASS), (field) => field !== 'title')).toBe(false);
  });

  it('S1-7.1a steps stand in their order, each once, HR’s among them', () => {
    const step = (kind: StepKind) => ({ kind });
    expect(orderSteps([step('hr'), step('self')])).toEqual([step('self'), step('hr')]);
    expect(code(() => orderSteps([step('self'), step('unit')]))).toBe('fileaudits.steps');
    expect(code(() => orderSteps([step('hr'), step('hr')]))).toBe('fileaudits.steps');
  });

  it('verdicts are counted by kind', () => {
    const some = fc.array(fc.constantFrom<Verdict>('ok', 'missing', 'wrong'), { maxLength: 20 });
    fc.assert(
      fc.property(some, (all) => {
        const verdicts = Object.fromEntries(all.map((verdict, at) => [`f${at}`, verdict]));
        const { ok, missing, wrong } = countVerdicts(verdicts as FileState['verdicts']);
        expect(ok + missing + wrong).toBe(all.length);
      }),
    );
  });
});
