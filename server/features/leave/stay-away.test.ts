import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../kernel/dates.ts';
import { createCalendar } from '../../kernel/workdays.ts';
import { halfDaySlots, type HalfDayRange } from '../../kernel/count-days.ts';
import { backAfter, backNow, goesOn, slotOf, takenUntil } from './stay-away.ts';

const range = (from: string, fromHalf: 'am' | 'pm', to: string, toHalf: 'am' | 'pm'): HalfDayRange => ({
  from,
  fromHalf,
  to,
  toHalf,
});
const calendar = createCalendar([]);

describe('R38 R39 coming back', () => {
  it.each([
    ['2026-11-27T08:00:00+08:00', '2026-11-27', 'am'],
    ['2026-11-27T12:00:00+08:00', '2026-11-27', 'pm'],
    ['2026-11-27T17:30:00+08:00', '2026-11-28', 'am'],
    // The same instants as a server in UTC and in UTC+14 sees them.
    ['2026-11-26T16:30:00Z', '2026-11-27', 'am'],
    ['2026-11-28T01:00:00+14:00', '2026-11-28', 'am'],
  ])('said at %s means %s %s', (at, on, half) => {
    expect(backNow(Date.parse(at))).toEqual({ on, half });
  });

  it.each([
    [{ on: '2026-11-26', half: 'am' }, null],
    [{ on: '2026-11-26', half: 'pm' }, range('2026-11-26', 'am', '2026-11-26', 'am')],
    [{ on: '2026-11-28', half: 'am' }, range('2026-11-26', 'am', '2026-11-27', 'pm')],
    [{ on: '2026-12-09', half: 'pm' }, range('2026-11-26', 'am', '2026-12-01', 'pm')],
  ] as const)('back at %j takes %j', (back, taken) => {
    expect(takenUntil(range('2026-11-26', 'am', '2026-12-01', 'pm'), back)).toEqual(taken);
  });

  it('never takes more than was approved, and never a half day after coming back', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 60 }), fc.nat(130), (start, length, at) => {
        const half = (slot: number) => (slot % 2 === 0 ? 'am' : 'pm');
        const date = (slot: number) => addDays('2026-01-01', Math.floor(slot / 2));
        const last = start + length - 1;
        const asked = range(date(start), half(start), date(last), half(last));
        const back = { on: date(at), half: half(at) } as const;
        const taken = takenUntil(asked, back);
        if (taken === null) {
          expect(slotOf(back)).toBeLessThanOrEqual(halfDaySlots(asked).from);
          return;
        }
        expect(halfDaySlots(taken).from).toBe(halfDaySlots(asked).from);
        expect(halfDaySlots(taken).until).toBe(Math.min(halfDaySlots(asked).until, slotOf(back)));
      }),
    );
  });

  it('is back on the half day after the last', () => {
    expect(backAfter(range('2026-11-26', 'am', '2026-11-27', 'am'))).toEqual({
      on: '2026-11-27',
      half: 'pm',
    });
    expect(backAfter(range('2026-11-26', 'am', '2026-11-27', 'pm'))).toEqual({
      on: '2026-11-28',
      half: 'am',
    });
  });
});

describe('续假 goes on where the first leave ends', () => {
  const first = range('2026-11-26', 'am', '2026-11-27', 'pm');
  it.each([
    ['over the weekend', range('2026-11-30', 'am', '2026-11-30', 'pm'), true],
    ['the next half day', range('2026-11-28', 'am', '2026-11-28', 'pm'), true],
    ['after a morning at work', range('2026-11-30', 'pm', '2026-11-30', 'pm'), false],
    ['before it', range('2026-11-24', 'am', '2026-11-25', 'pm'), false],
    ['a month later', range('2026-12-28', 'am', '2026-12-28', 'pm'), false],
  ])('%s', (_, next, expected) => {
    expect(goesOn(first, next, calendar)).toBe(expected);
  });
});
