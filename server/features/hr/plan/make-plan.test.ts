import { describe, expect, it } from 'vitest';
import { harmlessPart } from './harmless.ts';
import { planHash } from './plan-hash.ts';
import {
  aFormer,
  aKnown,
  aPerson,
  aPost,
  aRow,
  aSnapshot,
  aUnit,
  aUnitRow,
  changeAt,
  keysOf,
  plan,
  secret,
  sha256,
} from './testing/builders.ts';

const UNITS = [aUnit('A', { name: '机电' }), aUnit('B', { name: '信息', sortOrder: 1 })];

describe('the plan', () => {
  it('C1 stages in their order', () => {
    const known = aKnown(
      [aPerson('1'), aPerson('2'), aPerson('3', { posts: [aPost('C')] })],
      [...UNITS, aUnit('C')],
    );
    const units = [
      aUnitRow('A', { name: '机电', sortOrder: 5, headStaffNo: '2' }),
      aUnitRow('B', { name: '信息' }),
      aUnitRow('D', { parentCode: 'A' }),
    ];
    const rows = [
      aRow('1', { status: 'left' }),
      aRow('2', { sortOrder: 3, managerStaffNo: '3' }),
      aRow('3', { unitCodes: ['D'] }),
    ];
    const made = plan(aSnapshot(rows, { units }), known);
    expect(made.changes.map(({ stage, key }) => `${stage} ${key}`)).toEqual([
      'units unit:D:unitCreate',
      'people person:3:move',
      'leaders unit:A:unitChange:leaders',
      'leaders person:2:change:manager',
      'order person:2:change:order',
      'order unit:A:unitChange:order',
      'leavers person:1:leave',
      'removals unit:C:unitDissolve',
    ]);
    expect(made.counts).toEqual({
      unitCreate: 1,
      move: 1,
      unitChange: 2,
      change: 2,
      leave: 1,
      unitDissolve: 1,
    });
  });

  it('D1 units and people are shown by name, and by name and code where the names are alike', () => {
    const known = aKnown([aPerson('1')], UNITS);
    const moved = plan(aSnapshot([aRow('1', { unitCodes: ['B'] })]), known);
    expect(changeAt(moved, 'person:1:move').fields).toEqual([
      { field: 'unitCodes', before: '机电', after: '信息' },
    ]);
    const twins = aKnown(
      [aPerson('1')],
      [aUnit('A', { name: '办公室' }), aUnit('B', { name: '办公室', parentCode: 'A' })],
    );
    const within = plan(aSnapshot([aRow('1', { unitCodes: ['B'] })]), twins);
    expect(changeAt(within, 'person:1:move').fields).toEqual([
      { field: 'unitCodes', before: '办公室（A）', after: '办公室（B）' },
    ]);
  });

  it('D1 every change counts for the unit directly below the institution that it was in', () => {
    const known = aKnown(
      [aPerson('1', { posts: [aPost('C')] })],
      [...UNITS, aUnit('C', { parentCode: 'A' })],
    );
    const made = plan(aSnapshot([aRow('1', { unitCodes: ['B'] })]), known);
    expect(changeAt(made, 'person:1:move').topUnitCode).toBe('A');
  });

  it('H6 no print and no value of a person is in what is shown', () => {
    const row = aRow('1', { mobile: secret('13912345678'), idNumber: secret('110101199001011234') });
    const made = plan(aSnapshot([row]), aKnown([]));
    const shown = JSON.stringify(made.changes.map((change) => ({ ...change, set: null })));
    expect(shown).not.toMatch(/print|13912345678|110101199001011234/);
  });

  describe('D1 the hash', () => {
    const known = aKnown([aPerson('1', { mobile: secret('13900001111') }), aPerson('2')], UNITS);
    const rows = [aRow('1', { mobile: secret('13911111122') }), aRow('2', { unitCodes: ['B'] })];
    const base = plan(aSnapshot(rows), known);
    const hashOf = (more: Parameters<typeof aSnapshot>[1], people = rows) =>
      plan(aSnapshot(people, more), known).hash;

    it('is 64 hex digits and can be computed again from a stored plan', () => {
      expect(base.hash).toMatch(/^[0-9a-f]{64}$/);
      expect(planHash(JSON.parse(JSON.stringify(base)) as typeof base, sha256)).toBe(base.hash);
    });
    it('does not depend on the order of rows or their line numbers', () => {
      expect(hashOf({}, rows.toReversed())).toBe(base.hash);
      expect(
        hashOf(
          {},
          rows.map((row) => ({ ...row, line: row.line + 40 })),
        ),
      ).toBe(base.hash);
    });
    it('does not change while the days go by', () => {
      expect(plan(aSnapshot(rows), known, { today: '2026-11-23' }).hash).toBe(base.hash);
    });
    it.each([
      ['another cut-off', { cutOffAt: 1 }],
      ['another source', { sourceKey: 'other' }],
      ['an incomplete one', { complete: false }],
    ])('changes with %s', (_, more) => {
      expect(hashOf(more)).not.toBe(base.hash);
    });
    it('changes with a mobile that is masked alike', () => {
      const other = [aRow('1', { mobile: secret('13955555522') }), rows[1] ?? aRow('2')];
      const made = plan(aSnapshot(other), known);
      expect(changeAt(made, 'person:1:change').fields).toEqual(changeAt(base, 'person:1:change').fields);
      expect(made.hash).not.toBe(base.hash);
    });
  });

  it('A6 the first load of an empty directory is not late', () => {
    const row = aRow('1', { employedOn: '2015-09-01' });
    expect(changeAt(plan(aSnapshot([row]), aKnown([])), 'person:1:hire').lateWorkdays).toBe(0);
    const later = plan(aSnapshot([row, aRow('2')]), aKnown([aPerson('2')]));
    expect(changeAt(later, 'person:1:hire').lateWorkdays).toBeGreaterThan(0);
  });

  it('an empty statement plans nothing and asks nothing', () => {
    const made = plan(aSnapshot([]), aKnown([aPerson('1')]));
    expect([keysOf(made), made.doubts]).toEqual([[], []]);
  });
});

describe('the harmless part', () => {
  it('D3 leaves out what is destructive and what depends on it', () => {
    const mobile = secret('13900001111');
    const known = aKnown([aPerson('1', { mobile }), aPerson('3'), aFormer('4')], UNITS);
    const rows = [
      aRow('1', { status: 'left' }),
      aRow('2', { mobile }),
      aRow('3', { managerStaffNo: '2', grade: '六级' }),
    ];
    const made = plan(aSnapshot(rows), known);
    expect(keysOf(made)).toEqual([
      'person:1:change:mobile',
      'person:3:change',
      'person:2:hire',
      'person:3:change:manager',
      'person:1:leave',
    ]);
    expect(harmlessPart(made.changes).map(({ key }) => key)).toEqual(['person:3:change']);
  });
});
