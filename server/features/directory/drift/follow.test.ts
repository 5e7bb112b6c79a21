import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../kernel/dates.ts';
import { actsOn, doesAlone } from './acts.ts';
import { FIELD_RULES, FIELDS, POLICY_ACTIONS, whyNotPolicy } from './fields.ts';
import { agreed, IGNORED_MS, SETTLE_MS, stillThere, type DifferenceState } from './follow.ts';
import { isMass, MASS_LIMITS } from './guard.ts';

const NOW = Date.parse('2026-11-23T02:10:00+08:00');
const standing = (state: DifferenceState, actedAt: number | null = NOW - SETTLE_MS) =>
  ({ state, ours: '张雨桐', theirs: '张桐', actedAt }) as const;
const same = { ours: '张雨桐', theirs: '张桐' };
const other = { ours: '张雨桐', theirs: '张大桐' };

describe('D11 what a reading makes of a known difference', () => {
  it.each<[string, ReturnType<typeof standing>, typeof same | typeof other, string]>([
    ['open, the same', standing('open'), same, 'seen'],
    ['open, another value', standing('open'), other, 'changed'],
    ['put back, our write may be on its way', standing('putBack', NOW - 1000), same, 'seen'],
    ['put back and come back', standing('putBack'), same, 'reopened'],
    ['taken, the same', standing('taken'), same, 'seen'],
    ['taken, another value', standing('taken'), other, 'reopened'],
    ['ignored, the same', standing('ignored'), same, 'seen'],
    ['ignored, another value', standing('ignored'), other, 'reopened'],
    ['ignored 90 days ago', standing('ignored', NOW - IGNORED_MS), same, 'reopened'],
    ['ignored 89 days ago', standing('ignored', NOW - 89 * DAY_MS), same, 'seen'],
    ['a stranger who was recognised', standing('linked'), other, 'seen'],
  ])('%s', (_what, row, found, kind) => {
    expect(stillThere(row, found, NOW).kind).toBe(kind);
  });

  it('what agrees again is settled: put back where asked, else gone', () => {
    expect(agreed({ state: 'putBack' })).toEqual({ kind: 'settled', state: 'putBack' });
    for (const state of ['open', 'taken', 'ignored', 'linked'] as const)
      expect(agreed({ state })).toEqual({ kind: 'settled', state: 'gone' });
  });
});

describe('D2 D3 a mass of differences', () => {
  it.each<[number, number, boolean]>([
    [50, 2000, false],
    [51, 2000, true],
    [51, 100_000, true],
    [10, 100, true],
    [9, 100, false],
    [2, 3, false],
    [10, 200, false],
    [11, 200, true],
  ])('%i of %i', (subjects, total, mass) => {
    expect(isMass(subjects, total, MASS_LIMITS)).toBe(mass);
  });
});

describe('D11 rules per field', () => {
  it('every default is possible', () => {
    for (const field of FIELDS)
      expect([field, whyNotPolicy(field, FIELD_RULES[field].policy)]).toEqual([field, null]);
  });

  it('what creates, disables or lets in is never done without a person', () => {
    for (const field of [
      'presence',
      'unitPresence',
      'enabled',
      'stranger',
      'foreignDepartment',
      'mobile',
    ] as const)
      expect(whyNotPolicy(field, { action: 'putBack', automatic: true })).not.toBeNull();
    expect(whyNotPolicy('department', { action: 'putBack', automatic: true })).toBeNull();
    expect(whyNotPolicy('name', { action: 'ask', automatic: true })).toBe('automatic');
  });

  it('a stranger and a foreign department can be taken or ignored, never put back', () => {
    const open = { state: 'open', ours: null, openKey: 'k' } as const;
    for (const field of ['stranger', 'foreignDepartment'] as const)
      expect(actsOn({ ...open, field })).toEqual(['take', 'ignore']);
    expect(actsOn({ ...open, field: 'name' })).toEqual(['putBack', 'take', 'ignore']);
    // The member of somebody who has left, made again there.
    expect(actsOn({ ...open, field: 'presence', ours: false })).toEqual(['take', 'ignore']);
  });

  it('what is settled cannot be acted on; ignored and taken can be opened again', () => {
    const row = { field: 'name', ours: '甲', openKey: 'k' } as const;
    expect(actsOn({ ...row, state: 'gone', openKey: null })).toEqual([]);
    expect(actsOn({ ...row, state: 'putBack' })).toEqual([]);
    expect(actsOn({ ...row, state: 'ignored' })).toEqual(['reopen']);
    expect(actsOn({ ...row, state: 'taken' })).toEqual(['reopen']);
  });

  it('only a rule marked automatic settles alone', () => {
    const row = { field: 'name', ours: '甲', openKey: 'k', state: 'open' } as Parameters<typeof doesAlone>[0];
    for (const action of POLICY_ACTIONS) {
      expect(doesAlone(row, { action, automatic: false })).toBe(false);
      expect(doesAlone(row, { action, automatic: true })).toBe(action !== 'ask');
    }
  });
});
