import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/errors.ts';
import { decide, isPossible, release, type Command, type Use } from './use.ts';

const use = (more: Partial<Use> = {}): Use => ({
  state: 'approved',
  approvedCopies: 3,
  stampedCopies: 0,
  outWorkdays: null,
  approvedOn: '2026-11-20',
  outOn: null,
  cameBack: false,
  elsewhereOn: null,
  ...more,
});
const stamp = (copies: number, more: object = {}): Command => ({
  kind: 'stamp',
  copies,
  happenedOn: '2026-11-23',
  today: '2026-11-23',
  photos: 1,
  needsPhoto: true,
  ...more,
});
const partly = use({ state: 'partly', stampedCopies: 2 });
const out = use({ outWorkdays: 2, outOn: '2026-11-23' });

function codeOf(before: Use, command: Command): string {
  try {
    return decide(before, command).state;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe('S2-A11i a use of a seal', () => {
  it.each<[string, Use, Command, string]>([
    ['some copies', use(), stamp(2), 'partly'],
    ['all copies', use(), stamp(3), 'closed'],
    ['the rest', partly, stamp(1), 'closed'],
    ['more than was approved', use(), stamp(4), 'seals.too_many_copies'],
    ['more than is left', partly, stamp(2), 'seals.too_many_copies'],
    ['no photo', use(), stamp(1, { photos: 0 }), 'seals.photo_needed'],
    ['no photo where none is asked for', use(), stamp(1, { photos: 0, needsPhoto: false }), 'partly'],
    ['R44 yesterday', use(), stamp(3, { happenedOn: '2026-11-22' }), 'closed'],
    ['R44 tomorrow', use(), stamp(3, { happenedOn: '2026-11-24' }), 'seals.not_yet'],
    ['R44 before the approval', use(), stamp(3, { happenedOn: '2026-11-19' }), 'seals.before_approval'],
    ['while the seal is elsewhere', use({ elsewhereOn: '2026-11-22' }), stamp(3), 'seals.seal_is_out'],
    [
      'on a day before it went elsewhere',
      use({ elsewhereOn: '2026-11-22' }),
      stamp(3, { happenedOn: '2026-11-21' }),
      'closed',
    ],
    ['everything while it is out for this: open until it is back', out, stamp(3), 'partly'],
    ['after the end', use({ state: 'closed', stampedCopies: 3 }), stamp(1), 'seals.moved_on'],
    ['close after some', partly, { kind: 'close' }, 'closed'],
    ['close after none', use(), { kind: 'close' }, 'seals.moved_on'],
    ['void before any', use(), { kind: 'void' }, 'void'],
    ['void after some', partly, { kind: 'void' }, 'seals.moved_on'],
    ['void while it is out', out, { kind: 'void' }, 'seals.moved_on'],
    ['out where that was not asked for', use(), { kind: 'checkOut' }, 'seals.moved_on'],
    ['out', use({ outWorkdays: 1 }), { kind: 'checkOut' }, 'approved'],
    ['out twice', out, { kind: 'checkOut' }, 'seals.moved_on'],
    ['out again', use({ outWorkdays: 1, cameBack: true }), { kind: 'checkOut' }, 'seals.moved_on'],
    [
      'out while it is elsewhere',
      use({ outWorkdays: 1, elsewhereOn: '2026-11-22' }),
      { kind: 'checkOut' },
      'seals.seal_is_out',
    ],
    ['back', out, { kind: 'giveBack' }, 'approved'],
    ['back, all stamped', { ...out, state: 'partly', stampedCopies: 3 }, { kind: 'giveBack' }, 'closed'],
    ['back without having left', use(), { kind: 'giveBack' }, 'seals.moved_on'],
  ])('%s', (_, before, command, then) => {
    expect(codeOf(before, command)).toBe(then);
  });

  const commands = fc.oneof(
    fc.record({
      kind: fc.constant('stamp' as const),
      copies: fc.integer({ min: 1, max: 6 }),
      happenedOn: fc.constantFrom('2026-11-20', '2026-11-23'),
      today: fc.constant('2026-11-23'),
      photos: fc.integer({ min: 0, max: 1 }),
      needsPhoto: fc.boolean(),
    }),
    fc.constantFrom<Command>({ kind: 'close' }, { kind: 'void' }, { kind: 'checkOut' }, { kind: 'giveBack' }),
  );

  it('is never stamped more than approved, whatever the order of acts, and ends for good', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
        fc.array(commands, { maxLength: 20 }),
        (approvedCopies, outWorkdays, acts) => {
          let present = use({ approvedCopies, outWorkdays });
          let recorded = 0;
          for (const act of acts) {
            const before = present;
            let outcome;
            try {
              outcome = decide(before, act);
            } catch (error) {
              expect(error).toBeInstanceOf(AppError);
              continue;
            }
            expect(isPossible(before, act.kind)).toBe(true);
            if (act.kind === 'stamp') recorded += act.copies;
            present = {
              ...before,
              state: outcome.state,
              stampedCopies: outcome.stampedCopies,
              outOn: act.kind === 'checkOut' ? '2026-11-23' : act.kind === 'giveBack' ? null : before.outOn,
              cameBack: before.cameBack || act.kind === 'giveBack',
            };
            expect(present.stampedCopies).toBe(recorded);
            expect(recorded).toBeLessThanOrEqual(approvedCopies);
            expect(['closed', 'void']).not.toContain(before.outOn === null ? before.state : 'open');
            if (present.state === 'void') expect(recorded).toBe(0);
            // What is over is never out.
            if (present.state === 'closed' || present.state === 'void') expect(present.outOn).toBeNull();
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('revoking the request', () => {
  it.each<[string, Use, ReturnType<typeof release>]>([
    ['nothing stamped', use(), { state: 'void', released: ['没有盖章，3 份用印取消'], kept: [] }],
    [
      'some stamped',
      partly,
      { state: 'closed', released: ['其余 1 份不再盖章'], kept: ['已盖章 2 份，不能收回'] },
    ],
    [
      'all stamped',
      use({ state: 'closed', stampedCopies: 3 }),
      { state: 'closed', released: [], kept: ['已盖章 3 份，不能收回'] },
    ],
    [
      'out',
      out,
      {
        state: 'approved',
        released: [],
        kept: ['印章正在外借，归还后请保管人登记，再撤销没有盖的份数'],
      },
    ],
    ['void already', use({ state: 'void' }), null],
  ])('%s', (_, before, then) => {
    expect(release(before)).toEqual(then);
  });
});
