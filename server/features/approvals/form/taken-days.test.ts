import { describe, expect, it } from 'vitest';
import { freedDays, takenRange } from './taken-days.ts';

const range = { from: '2026-11-26', fromHalf: 'pm', to: '2026-11-28', toHalf: 'am' } as const;
const revokedOn = (day: string) => ({
  revoked: {
    at: Date.parse(`${day}T09:00:00+08:00`),
    by: { personId: 'zhang', name: '张老师' },
    reason: '提前返岗',
    released: [],
    kept: [],
  },
});

describe('what a revocation leaves of days asked for', () => {
  it('R38 R39: of a request that was not revoked every day is taken', () => {
    expect(takenRange(range, {})).toEqual(range);
  });

  it.each([
    ['2026-11-25', null],
    ['2026-11-26', { ...range, to: '2026-11-26', toHalf: 'pm' }],
    ['2026-11-27', { ...range, to: '2026-11-27', toHalf: 'pm' }],
    ['2026-11-28', range],
    ['2026-12-05', range],
  ])('R38 R39: revoked on %s', (day, taken) => {
    expect(takenRange(range, revokedOn(day))).toEqual(taken);
  });

  it.each([
    ['2026-11-25', ['2026-11-26 至 2026-11-28 的假期取消'], []],
    ['2026-11-26', ['2026-11-27 至 2026-11-28 的假期取消'], ['2026-11-26 已经开始，记为已休']],
    ['2026-11-27', ['2026-11-28 的假期取消'], ['2026-11-26 至 2026-11-27 已经开始，记为已休']],
    ['2026-11-28', [], ['2026-11-26 至 2026-11-28 已经开始，记为已休']],
    ['2026-12-05', [], ['2026-11-26 至 2026-11-28 已经开始，记为已休']],
  ])('R39: what is said on %s', (day, released, kept) => {
    expect(freedDays(range, day)).toEqual({ released, kept });
  });
});
