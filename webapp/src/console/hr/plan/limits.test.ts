import { describe, expect, it } from 'vitest';
import { barOf } from './limits.ts';

const line = (part: object) => ({
  scope: 'run' as const,
  scopeName: '本次',
  planned: 6,
  alreadyToday: 0,
  base: 1246,
  max: 15,
  maxPercent: 2,
  exceeded: false,
  ...part,
});

describe('a bar against its limit (D2)', () => {
  it('6 of 15 in the institute is calm while 4 of 5 in one college is near', () => {
    expect(barOf(line({})).tone).toBe('calm');
    expect(barOf(line({ planned: 4, base: 208, max: 5, maxPercent: 3 }))).toMatchObject({
      tone: 'near',
      left: 2,
    });
  });
  it('takes the tighter of number and percentage', () => {
    expect(barOf(line({ planned: 4, base: 100, max: 50, maxPercent: 5 }))).toMatchObject({
      tone: 'near',
      left: 2,
    });
  });
  it('counts what was done today', () => {
    const bar = barOf(line({ planned: 5, alreadyToday: 5, max: 20, base: 10_000 }));
    expect([bar.today, bar.now, bar.share]).toEqual([0.25, 0.25, 0.001]);
  });
  it('is over when the server says so, and by how many', () => {
    expect(barOf(line({ planned: 60, exceeded: true }))).toMatchObject({
      tone: 'over',
      over: 45,
      now: 1,
      left: null,
    });
    expect(barOf(line({ planned: 6, base: 100, exceeded: true }))).toMatchObject({
      tone: 'over',
      over: 0,
      now: 1,
    });
  });
  it('knows no share without a base', () => expect(barOf(line({ base: 0 })).share).toBeNull());
  it('one of a small unit is allowed, and the next one stops it', () => {
    expect(barOf(line({ planned: 1, base: 8, max: 5, maxPercent: 3 }))).toMatchObject({
      tone: 'near',
      left: 1,
    });
  });
  it('is calm with nothing planned', () => {
    expect(barOf(line({ planned: 0, base: 10, max: 5 })).tone).toBe('calm');
  });
});
