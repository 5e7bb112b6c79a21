import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../plan/index.ts';
import { isOneTooMany } from './permit.ts';

const reckoning = (already: number, present: number, gone = already) => ({ already, gone, present });
const free = reckoning(0, 1000);

describe('D2 one act more', () => {
  it.each([
    ['the first of a day', free, free, false],
    ['the thirtieth of a day', reckoning(29, 10_000), free, false],
    ['the thirty-first', reckoning(30, 10_000), free, true],
    ['the fifth of a top unit', free, reckoning(4, 1000), false],
    ['the sixth of a top unit', free, reckoning(5, 1000), true],
    ['5 % of a small institution, counted with those who are gone', reckoning(4, 96), free, false],
    ['a little more than 5 %', reckoning(4, 95), free, true],
    ['20 % of a unit', free, reckoning(1, 9), false],
    ['more than 20 %', free, reckoning(1, 8), true],
    ['who is suspended is still there: not counted twice', free, reckoning(1, 9, 0), true],
    ['one of three people may go', reckoning(0, 3), reckoning(0, 3), false],
    ['a second one of three may not', reckoning(1, 2), reckoning(1, 2), true],
  ])('%s', (_, day, topUnit, refused) => {
    expect(isOneTooMany(DEFAULT_LIMITS, { day, topUnit })).toBe(refused);
  });

  it('a limit of nobody holds for one as well; the limit of a run has no meaning here', () => {
    const never = [{ scope: 'day', max: 0, maxPercent: 100 }] as const;
    const run = [{ scope: 'run', max: 0, maxPercent: 0 }] as const;
    expect(isOneTooMany(never, { day: free, topUnit: free })).toBe(true);
    expect(isOneTooMany(run, { day: free, topUnit: free })).toBe(false);
  });
});
