import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, instantOf, MINUTE_MS } from '../../kernel/dates.ts';
import {
  judgeSeries,
  mayCheckIn,
  nearestFree,
  overlap,
  restOf,
  releaseTime,
  weekly,
  whyNot,
  type Hours,
  type Range,
} from './slots.ts';

/** A Thursday. */
const DAY = '2026-11-26';
const NOW = instantOf('2026-11-23', 8 * 60);
const hours: Hours = {
  state: 'open',
  opensMinute: 8 * 60,
  closesMinute: 18 * 60,
  weekdays: [1, 2, 3, 4, 5],
  bufferMinutes: 0,
};
const at = (from: string, until: string, day = DAY): Range => {
  const minute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return { startsAt: instantOf(day, minute(from)), endsAt: instantOf(day, minute(until)) };
};
const nothing = { taken: [], blackouts: [] };

describe('R42 when a room can be had', () => {
  it.each<[string, Range, Partial<Hours>, string | null]>([
    ['free', at('09:00', '10:00'), {}, null],
    ['to the minute of closing', at('17:00', '18:00'), {}, null],
    ['past closing', at('17:30', '18:15'), {}, 'hours'],
    ['before opening', at('07:45', '08:30'), {}, 'hours'],
    ['a Saturday', at('09:00', '10:00', '2026-11-28'), {}, 'hours'],
    [
      'over midnight',
      { ...at('09:00', '10:00'), endsAt: at('09:00', '10:00', '2026-11-27').endsAt },
      {},
      'hours',
    ],
    ['until midnight', at('22:00', '24:00'), { closesMinute: 1_440 }, null],
    ['no length', at('09:00', '09:00'), {}, 'shape'],
    ['backwards', at('10:00', '09:00'), {}, 'shape'],
    ['off the quarter', at('09:05', '10:00'), {}, 'shape'],
    ['yesterday', at('09:00', '10:00', '2026-11-20'), {}, 'past'],
    ['too far', at('09:00', '10:00', '2028-11-23'), {}, 'far'],
    ['closed', at('09:00', '10:00'), { state: 'closed' }, 'closed'],
  ])('%s', (_, range, changed, why) => {
    expect(whyNot({ ...hours, ...changed }, range, nothing, NOW)).toBe(why);
  });

  it('the quarter of an hour that runs can be had, the one before not', () => {
    const now = instantOf(DAY, 9 * 60 + 14);
    expect(whyNot(hours, at('09:00', '10:00'), nothing, now)).toBeNull();
    expect(whyNot(hours, at('08:45', '10:00'), nothing, now)).toBe('past');
  });

  it('of a time that runs the rest can be had, from the quarter of an hour that runs', () => {
    const range = { startsAt: instantOf('2026-11-26', 540), endsAt: instantOf('2026-11-26', 600) };
    expect(restOf(range, range.startsAt - 1)).toEqual(range);
    const later = instantOf('2026-11-26', 560);
    expect(restOf(range, later)).toEqual({ ...range, startsAt: instantOf('2026-11-26', 555) });
    const over = restOf(range, range.endsAt);
    expect(over.endsAt - over.startsAt).toBe(0);
  });

  it('ranges are half-open: one after the other is no overlap, unless the room wants time between', () => {
    const taken = [at('10:00', '11:00')];
    for (const range of [at('09:00', '10:00'), at('11:00', '12:00')]) {
      expect(whyNot(hours, range, { taken, blackouts: [] }, NOW)).toBeNull();
      expect(whyNot({ ...hours, bufferMinutes: 15 }, range, { taken, blackouts: [] }, NOW)).toBe('taken');
      // A blackout is no meeting: nothing has to be tidied up after it.
      expect(whyNot({ ...hours, bufferMinutes: 15 }, range, { taken: [], blackouts: taken }, NOW)).toBeNull();
    }
    expect(whyNot(hours, at('10:45', '11:15'), { taken, blackouts: [] }, NOW)).toBe('taken');
    expect(whyNot(hours, at('10:15', '10:30'), { taken: [], blackouts: taken }, NOW)).toBe('blackout');
  });

  const range = fc
    .tuple(fc.integer({ min: 24, max: 76 }), fc.integer({ min: 1, max: 12 }))
    .map(([from, length]) => ({
      startsAt: instantOf(DAY, from * 15),
      endsAt: instantOf(DAY, (from + length) * 15),
    }));

  it('whatever is asked for in whatever order, what was given never overlaps and keeps its gap', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 60 }), fc.constantFrom(0, 15, 30), (wanted, bufferMinutes) => {
        const taken: Range[] = [];
        for (const one of wanted)
          if (whyNot({ ...hours, bufferMinutes }, one, { taken, blackouts: [] }, NOW) === null)
            taken.push(one);
        const sorted = taken.toSorted((a, b) => a.startsAt - b.startsAt);
        sorted.slice(1).forEach((one, n) => {
          expect(one.startsAt - (sorted[n]?.endsAt ?? 0)).toBeGreaterThanOrEqual(bufferMinutes * MINUTE_MS);
        });
      }),
    );
  });

  it('every alternative can be had, is as long, and none overlaps another of its day', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), range, (taken, wanted) => {
        const standing = { taken, blackouts: [] };
        const found = nearestFree(hours, wanted, standing, NOW, 4);
        expect(found.length).toBeLessThanOrEqual(4);
        for (const [n, one] of found.entries()) {
          expect(whyNot(hours, one, standing, NOW)).toBeNull();
          expect(one.endsAt - one.startsAt).toBe(wanted.endsAt - wanted.startsAt);
          for (const other of found.slice(n + 1)) expect(overlap(one, other)).toBe(false);
        }
      }),
    );
  });

  it('alternatives are the nearest of the day, then the same time on another', () => {
    const standing = { taken: [at('09:00', '12:00')], blackouts: [] };
    const found = nearestFree(hours, at('10:00', '11:00'), standing, NOW, 4);
    expect(found).toEqual([
      at('08:00', '09:00'),
      at('12:00', '13:00'),
      at('13:00', '14:00'),
      at('10:00', '11:00', '2026-11-27'),
    ]);
  });
});

describe('R43 a weekly series', () => {
  it('names each occurrence once, in order, with why it cannot be had', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 52 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 51 }), { maxLength: 20 }),
        (weeks, blocked) => {
          const wanted = weekly(at('09:00', '10:00'), weeks);
          const taken = blocked.map((n) => ({
            startsAt: at('09:30', '09:45').startsAt + n * 7 * DAY_MS,
            endsAt: at('09:30', '09:45').endsAt + n * 7 * DAY_MS,
          }));
          const judged = judgeSeries(hours, wanted, { taken, blackouts: [] }, NOW);
          expect(judged.map((one) => one.range)).toEqual(wanted);
          judged.forEach(({ why }, n) => expect(why).toBe(blocked.includes(n) ? 'taken' : null));
        },
      ),
    );
  });
});

describe('check-in and release', () => {
  const range = at('09:00', '10:00');
  it('from a quarter before until the release, never after', () => {
    const releaseAt = releaseTime(range, 15, NOW);
    expect(releaseAt).toBe(range.startsAt + 15 * MINUTE_MS);
    const can = (minutes: number) => mayCheckIn(range, releaseAt, range.startsAt + minutes * MINUTE_MS);
    expect([-16, -15, 0, 14, 15].map(can)).toEqual([false, true, true, true, false]);
    expect(mayCheckIn(range, null, range.endsAt - 1)).toBe(true);
    expect(mayCheckIn(range, null, range.endsAt)).toBe(false);
  });
  it('who books late has the same time to come, and none after the end', () => {
    const late = range.startsAt + 10 * MINUTE_MS;
    expect(releaseTime(range, 15, late)).toBe(late + 15 * MINUTE_MS);
    expect(releaseTime(range, 120, NOW)).toBe(range.endsAt);
    expect(releaseTime(range, null, NOW)).toBeNull();
  });
});
