import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_FIGURES, scoresOf, sumOf, withScores } from './score.ts';

describe('S1-1c accuracy and completeness', () => {
  it.each([
    [
      { ok: 0, missing: 0, wrong: 0 },
      { completeness: null, accuracy: null, score: null },
    ],
    [
      { ok: 3, missing: 1, wrong: 1 },
      { completeness: 80, accuracy: 75, score: 60 },
    ],
    [
      { ok: 7, missing: 0, wrong: 0 },
      { completeness: 100, accuracy: 100, score: 100 },
    ],
    [
      { ok: 0, missing: 4, wrong: 0 },
      { completeness: 0, accuracy: null, score: 0 },
    ],
    // One of many that is wrong is never rounded away.
    [
      { ok: 99_999, missing: 0, wrong: 1 },
      { completeness: 100, accuracy: 99.9, score: 99.9 },
    ],
    [
      { ok: 1, missing: 0, wrong: 99_999 },
      { completeness: 100, accuracy: 0.1, score: 0.1 },
    ],
  ])('of %j is %j', (counts, scores) => expect(scoresOf(counts)).toEqual(scores));

  const counts = fc.record({ ok: fc.nat(500), missing: fc.nat(500), wrong: fc.nat(500) });

  it('stays within its bounds, and 100 says that nothing speaks against it', () => {
    fc.assert(
      fc.property(counts, (one) => {
        const { completeness, accuracy, score } = scoresOf(one);
        for (const share of [completeness, accuracy, score])
          if (share !== null) expect(share >= 0 && share <= 100).toBe(true);
        if (score !== null) expect(score === 100).toBe(one.missing + one.wrong === 0);
        if (completeness !== null && score !== null) expect(score).toBeLessThanOrEqual(completeness);
      }),
    );
  });

  it('the whole is reckoned from the sum of its units, never as a mean of their shares', () => {
    const unit = (ok: number, wrong: number) => ({ ...NO_FIGURES, people: 1, done: 1, ok, wrong });
    expect(withScores(sumOf([unit(1, 1), unit(98, 0)]))).toMatchObject({ people: 2, ok: 99, score: 99 });
    fc.assert(
      fc.property(fc.array(counts, { maxLength: 8 }), (all) => {
        const sum = sumOf(all.map((one) => ({ ...NO_FIGURES, ...one })));
        expect(sum.ok + sum.missing + sum.wrong).toBe(
          all.reduce((n, one) => n + one.ok + one.missing + one.wrong, 0),
        );
      }),
    );
  });
});
