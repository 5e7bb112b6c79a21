import { describe, expect, it } from 'vitest';
import { ManualClock } from '../kernel/clock.ts';
import { PER_MEMBER_HOUR, PER_MEMBER_MINUTE, WRONG_SECRET, createLimits } from './limits.ts';

const open = () => {
  const clock = new ManualClock('2026-11-23T15:59:00+08:00');
  return { clock, limits: createLimits(() => clock.now(), true) };
};

const takeAll = (take: () => boolean, times: number): number => {
  let granted = 0;
  for (let at = 0; at < times; at += 1) if (take()) granted += 1;
  return granted;
};

describe('frequency limits (page 90312)', () => {
  it('a minute limit stays closed for 60 s from the call that broke it', () => {
    const { clock, limits } = open();
    const take = () => limits.take('member:zhang', [PER_MEMBER_MINUTE]);
    expect(takeAll(take, 30)).toBe(30);
    clock.advance(50_000);
    expect(take()).toBe(false);
    clock.advance(59_000);
    expect(take()).toBe(false);
    clock.advance(1_000);
    expect(take()).toBe(true);
  });

  it('an hour limit stays closed for 60 min', () => {
    const { clock, limits } = open();
    const take = () => limits.take('member:zhang', [PER_MEMBER_HOUR]);
    expect(takeAll(take, 1001)).toBe(1000);
    clock.advance(59 * 60_000);
    expect(take()).toBe(false);
    clock.advance(60_000);
    expect(take()).toBe(true);
  });

  it('about 2000 wrong secrets an hour ban the address', () => {
    const { limits } = open();
    expect(takeAll(() => limits.take('secret:203.0.113.9', WRONG_SECRET), 2500)).toBe(2000);
    expect(limits.take('secret:203.0.113.10', WRONG_SECRET)).toBe(true);
  });

  it('a day ends at midnight in Shanghai, and person-times are weighed', () => {
    const { clock, limits } = open();
    const rules = [{ window: 'day', max: 100 }] as const;
    expect(limits.take('send', rules, 60)).toBe(true);
    expect(limits.take('send', rules, 60)).toBe(false);
    clock.set('2026-11-23T23:59:59+08:00');
    expect(limits.take('send', rules, 1)).toBe(false);
    clock.set('2026-11-24T00:00:00+08:00');
    expect(limits.take('send', rules, 60)).toBe(true);
  });

  it('a clock set back starts afresh; switched off, nothing is refused', () => {
    const { clock, limits } = open();
    const rules = [{ window: 'hour', max: 1 }] as const;
    expect([limits.take('x', rules), limits.take('x', rules)]).toEqual([true, false]);
    clock.advance(-10_000);
    expect(limits.take('x', rules)).toBe(true);
    const off = createLimits(() => 0, false);
    expect(takeAll(() => off.take('x', rules), 5)).toBe(5);
  });
});
