import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HalfDayRange } from '../../kernel/count-days.ts';
import { addDays } from '../../kernel/dates.ts';
import { createCalendar } from '../../kernel/workdays.ts';
import { absenceWith, handoverIn, neighboursOf, type Running } from './one-absence.ts';
import { goesOn } from './stay-away.ts';

const calendar = createCalendar([]);
const days = (from: string, to: string): HalfDayRange => ({ from, fromHalf: 'am', to, toHalf: 'pm' });
const leave = (id: string, range: HalfDayRange, extendsId: string | null = null): Running => ({
  id,
  range,
  extendsId,
});

// 2026-11-26 is a Thursday.
const THU_FRI = days('2026-11-26', '2026-11-27');
const WEEKEND = days('2026-11-28', '2026-11-29');
const MON = days('2026-11-30', '2026-11-30');
const TUE = days('2026-12-01', '2026-12-01');
const THU_AFTER = days('2026-12-03', '2026-12-03');

describe('R38 leaves that adjoin', () => {
  it.each([
    ['before one', [leave('b', MON)], THU_FRI, null, 'b'],
    ['after one', [leave('a', THU_FRI)], MON, 'a', null],
    ['between two', [leave('a', THU_FRI), leave('c', TUE)], MON, 'a', 'c'],
    ['before two that are one already', [leave('b', MON), leave('c', TUE, 'b')], THU_FRI, null, 'b'],
    ['after two that are one already', [leave('a', THU_FRI), leave('b', MON, 'a')], TUE, 'b', null],
    [
      'on the days off between two neighbours',
      [leave('a', THU_FRI), leave('b', MON, 'a')],
      WEEKEND,
      'a',
      'b',
    ],
    ['with a working day between', [leave('a', TUE)], THU_AFTER, null, null],
    ['among none', [], MON, null, null],
  ] as const)('%s', (_, running, range, before, after) => {
    const found = neighboursOf(running, range, calendar);
    expect([found.before?.id ?? null, found.after?.id ?? null]).toEqual([before, after]);
  });

  /** Disjoint leaves, as a list of gaps and lengths in half days. */
  const leaves = fc
    .array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 8 })), { minLength: 1, maxLength: 7 })
    .map((parts) => {
      let slot = 0;
      return parts.map(([gap, length], n) => {
        const first = slot + gap;
        slot = first + length;
        const at = (one: number) => addDays('2026-11-23', Math.floor(one / 2));
        const half = (one: number) => (one % 2 === 0 ? 'am' : 'pm') as 'am' | 'pm';
        const last = slot - 1;
        return leave(String(n), { from: at(first), fromHalf: half(first), to: at(last), toHalf: half(last) });
      });
    });

  it('are the same absences in whatever order they were approved', () => {
    fc.assert(
      fc.property(
        leaves.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, order]) => {
          let running: readonly Running[] = [];
          for (const one of order) {
            const { before, after } = neighboursOf(running, one.range, calendar);
            running = [
              ...running.map((other) => (other === after ? { ...other, extendsId: one.id } : other)),
              { ...one, extendsId: before?.id ?? null },
            ];
          }
          const links = new Map(running.map(({ id, extendsId }) => [id, extendsId]));
          for (const [n, one] of all.entries()) {
            const previous = all[n - 1];
            const adjoins = previous !== undefined && goesOn(previous.range, one.range, calendar);
            expect(links.get(one.id)).toBe(adjoins ? previous.id : null);
            const together = absenceWith(running, one.id).map(({ id }) => Number(id));
            // In order without a gap, itself among them; its neighbour exactly when they adjoin.
            expect(together).toEqual(together.map((_, at) => (together[0] ?? 0) + at));
            expect(together).toContain(n);
            expect(together.includes(n - 1)).toBe(adjoins);
          }
        },
      ),
    );
  });
});

it.each([
  [[], null],
  [[{ handoverId: null }], null],
  [[{ handoverId: null }, { handoverId: 'li' }], 'li'],
  [[{ handoverId: 'wang' }, { handoverId: 'li' }], 'wang'],
])('who has the work of %j is %s', (chain, personId) => {
  expect(handoverIn(chain)).toBe(personId);
});

it('a leave that does not run is in no absence, and rows that go round in a circle come to an end', () => {
  expect(absenceWith([leave('a', MON)], 'b')).toEqual([]);
  const circle = [leave('a', MON, 'b'), leave('b', TUE, 'a')];
  expect(absenceWith(circle, 'a').map(({ id }) => id)).toEqual(['b', 'a']);
});
