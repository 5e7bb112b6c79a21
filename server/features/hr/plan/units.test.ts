import { describe, expect, it } from 'vitest';
import type { KnownUnit, UnitRecord } from '../model.ts';
import { applyToModel } from './testing/apply-to-model.ts';
import {
  aKnown,
  aPerson,
  aPost,
  aRow,
  aSnapshot,
  aUnit,
  aUnitRow,
  changeAt,
  decide,
  doubtsOf,
  keysOf,
  plan,
  ROOT,
  TODAY,
} from './testing/builders.ts';
import { orderUnits } from './unit-order.ts';
import { indexKnown } from './known-index.ts';
import { leftOut } from './keys.ts';
import { MAX_UNITS, unitGoals } from './unit-goals.ts';

const row = aUnitRow;

/** The plan for these units, carried out on the model as a proof of its order. */
function planUnits(rows: readonly UnitRecord[], units: readonly KnownUnit[], complete = true) {
  const known = aKnown([], units);
  const snapshot = aSnapshot([], { units: rows, complete });
  const made = plan(snapshot, known);
  const after = applyToModel(known, made, TODAY).known;
  expect(keysOf(plan(snapshot, after))).toEqual([]);
  return made;
}

describe('units', () => {
  it('C1 top-down: a new parent before its children, whatever the order of rows and codes', () => {
    const rows = [
      row('A', { parentCode: 'B' }),
      row('B', { parentCode: 'C' }),
      row('C', { parentCode: null }),
    ];
    const made = planUnits(rows, []);
    expect(keysOf(made)).toEqual(['unit:C:unitCreate', 'unit:B:unitCreate', 'unit:A:unitCreate']);
    expect(changeAt(made, 'unit:A:unitCreate').needs).toEqual(['unit:B:unitCreate']);
    expect(made.changes.map(({ topUnitCode }) => topUnitCode)).toEqual(['C', 'C', 'C']);
  });

  it('C2 a new name is one change by code and touches nobody', () => {
    const made = planUnits([row('A', { name: '新名' })], [aUnit('A')]);
    expect(keysOf(made)).toEqual(['unit:A:unitChange']);
    expect(made.changes[0]?.fields).toEqual([{ field: 'name', before: '部门A', after: '新名' }]);
  });

  it('C2 C4 a unit that goes while another one of its name comes: two units, the old one gives the name up first', () => {
    const made = planUnits([row('B', { name: '部门A', parentCode: null })], [aUnit('A')]);
    expect(keysOf(made)).toEqual(['unit:A:unitChange:aside', 'unit:B:unitCreate', 'unit:A:unitDissolve']);
    expect(changeAt(made, 'unit:A:unitChange:aside').needs).toEqual(['unit:A:unitDissolve']);
  });

  it('A5 parent, category and order not given stay; given empty they are cleared', () => {
    const unit = aUnit('B', { parentCode: 'A', category: '教学', sortOrder: 7 });
    const units = [aUnit('A'), unit];
    expect(keysOf(planUnits([row('A'), row('B')], units))).toEqual([]);
    const made = planUnits(
      [row('A'), row('B', { parentCode: null, category: null, sortOrder: null })],
      units,
    );
    expect(made.changes.map(({ key, set }) => [key, set])).toEqual([
      ['unit:B:unitMove', { parentCode: ROOT, category: null }],
      ['unit:B:unitChange:order', { sortOrder: 0 }],
    ]);
  });

  it('C3 under its own descendant: refused, and nothing of it planned', () => {
    const units = [aUnit('A'), aUnit('B', { parentCode: 'A' }), aUnit('C', { parentCode: 'B' })];
    const made = planUnits([row('A', { parentCode: 'C' }), row('B'), row('C', { name: '新名' })], units);
    expect([keysOf(made), doubtsOf(made)]).toEqual([['unit:C:unitChange'], ['unit:A:treeConflict']]);
  });

  it('C3 parent and child swap places without ever making a circle', () => {
    const units = [aUnit('A'), aUnit('B', { parentCode: 'A' })];
    const made = planUnits([row('A', { parentCode: 'B' }), row('B', { parentCode: null })], units);
    expect(keysOf(made)).toEqual(['unit:B:unitMove', 'unit:A:unitMove']);
  });

  it('C3 C4 two of one name that swap parents go over the institution for the time being', () => {
    const units = [
      aUnit('A'),
      aUnit('B'),
      aUnit('C', { name: '办公室', parentCode: 'A' }),
      aUnit('D', { name: '办公室', parentCode: 'B' }),
    ];
    const rows = [
      row('A'),
      row('B'),
      row('C', { name: '办公室', parentCode: 'B' }),
      row('D', { name: '办公室', parentCode: 'A' }),
    ];
    const made = planUnits(rows, units);
    expect(keysOf(made)).toEqual(['unit:D:unitMove:temporary', 'unit:C:unitMove', 'unit:D:unitMove']);
  });

  it('C4 two that swap names directly below the institution go over another name', () => {
    const made = planUnits(
      [row('A', { name: '部门B' }), row('B', { name: '部门A' })],
      [aUnit('A'), aUnit('B')],
    );
    expect(keysOf(made)).toEqual(['unit:B:unitChange:aside', 'unit:A:unitChange', 'unit:B:unitChange']);
  });

  it('C4 the same name twice under one parent: refused for whoever comes, kept by whoever is there', () => {
    const units = [aUnit('A'), aUnit('B')];
    const made = planUnits(
      [row('A'), row('B', { name: '部门A' }), row('C', { name: '部门A', parentCode: 'B' })],
      units,
    );
    expect([keysOf(made), doubtsOf(made)]).toEqual([['unit:C:unitCreate'], ['unit:B:treeConflict']]);
  });

  it('C4 a name freed and taken in one run: the one who frees it goes first', () => {
    const made = planUnits([row('B', { name: '丙' }), row('A', { name: '部门B' })], [aUnit('A'), aUnit('B')]);
    expect(keysOf(made)).toEqual(['unit:B:unitChange', 'unit:A:unitChange']);
    expect(changeAt(made, 'unit:A:unitChange').needs).toEqual(['unit:B:unitChange']);
  });

  const chain = (length: number, prefix = 'L'): KnownUnit[] =>
    Array.from({ length }, (_, n) =>
      aUnit(`${prefix}${n}`, { parentCode: n === 0 ? ROOT : `${prefix}${n - 1}` }),
    );

  it('C5 fifteen levels with the institution are allowed, sixteen are not', () => {
    const rows = chain(14).map(({ code }) => row(code));
    expect(keysOf(planUnits([...rows, row('X', { parentCode: 'L12' })], chain(14)))).toEqual([
      'unit:X:unitCreate',
    ]);
    const made = planUnits([...rows, row('X', { parentCode: 'L13' })], chain(14));
    expect([keysOf(made), doubtsOf(made)]).toEqual([[], ['unit:X:treeConflict']]);
  });

  it('C5 too deep only on the way is refused as well', () => {
    // X shall go below L8 with L7.. of its own leaving it: moved first, everything would hang at level 17.
    const own = chain(7, 'X');
    const units = [...chain(9), ...own];
    const rows = [
      ...chain(9).map(({ code }) => row(code)),
      ...own.map(({ code }, n) =>
        row(code, n === 0 ? { parentCode: 'L8' } : n === 1 ? { parentCode: 'X0' } : {}),
      ),
    ];
    const stays = planUnits(rows, units);
    expect([keysOf(stays), doubtsOf(stays)]).toEqual([[], ['unit:X0:treeConflict']]);
    const leaves = rows.map((one) => (one.code === 'X1' ? { ...one, parentCode: null } : one));
    const made = planUnits(leaves, units);
    expect(keysOf(made)).toEqual(['unit:X1:unitMove', 'unit:X0:unitMove']);
  });

  it('C5 more than 30,000 units: nothing new is created', () => {
    const rows = Array.from({ length: MAX_UNITS }, (_, n) => row(`N${n}`, { parentCode: null }));
    const snapshot = aSnapshot([], { units: rows });
    const index = indexKnown(aKnown([], []));
    const held = new Map<string, string | null>();
    const tree = unitGoals(snapshot, index, held, leftOut(new Map()));
    expect([tree.goals.size, held.size]).toEqual([0, MAX_UNITS]);
    const fits = unitGoals({ ...snapshot, units: rows.slice(1) }, index, new Map(), leftOut(new Map()));
    expect(orderUnits(fits, index.units, ROOT).steps).toHaveLength(MAX_UNITS - 1);
  });

  it('a parent that does not exist, or was refused, refuses its children and their people', () => {
    const rows = [row('B', { parentCode: 'X' }), row('C', { parentCode: 'B' })];
    const snapshot = aSnapshot([aRow('1', { unitCodes: ['C'] })], { units: rows, complete: false });
    const made = plan(snapshot, aKnown([]));
    expect([keysOf(made), doubtsOf(made)]).toEqual([
      [],
      ['person:1:treeConflict', 'unit:B:treeConflict', 'unit:C:treeConflict'],
    ]);
  });

  it('C1 C6 removals are last and bottom-up, after people and sub-units are out', () => {
    const units = [aUnit('A'), aUnit('B'), aUnit('C', { parentCode: 'B' }), aUnit('D', { parentCode: 'C' })];
    const known = aKnown(
      [aPerson('1', { posts: [aPost('B')] }), aPerson('2', { posts: [aPost('C')] })],
      units,
    );
    const rows = [aRow('1'), aRow('2', { status: 'left' })];
    const snapshot = aSnapshot(rows, { units: [row('A'), row('D', { parentCode: 'A' })] });
    const made = plan(snapshot, known);
    expect(keysOf(made)).toEqual([
      'unit:D:unitMove',
      'person:1:move',
      'person:2:leave',
      'unit:C:unitDissolve',
      'unit:B:unitDissolve',
    ]);
    expect(changeAt(made, 'unit:B:unitDissolve').needs).toEqual(['person:1:move', 'unit:C:unitDissolve']);
    expect(changeAt(made, 'unit:C:unitDissolve').needs).toEqual(['person:2:leave', 'unit:D:unitMove']);
    applyToModel(known, made, TODAY);
  });

  it('C6 a unit in which somebody remains is not dissolved, nor what is above it', () => {
    const units = [aUnit('A'), aUnit('B'), aUnit('C', { parentCode: 'B' })];
    const known = aKnown([aPerson('1', { posts: [aPost('C')] })], units);
    const made = plan(aSnapshot([aRow('1', { unitCodes: ['C'] })], { units: [row('A')] }), known);
    expect([keysOf(made), doubtsOf(made)]).toEqual([[], ['unit:B:treeConflict', 'unit:C:treeConflict']]);
    expect(made.doubts.map(({ why }) => why)).toEqual([
      '表里没有这个部门，但还有 1 个下级部门，先不撤销',
      '表里没有这个部门，但还有 1 人，先不撤销',
    ]);
  });

  it('A1 A4 only a complete statement that names units dissolves any; unreadable ones are not missing', () => {
    const units = [aUnit('A'), aUnit('B'), aUnit('C')];
    expect(keysOf(planUnits([row('A')], units, false))).toEqual([]);
    expect(keysOf(plan(aSnapshot([aRow('1')]), aKnown([aPerson('1')], units)))).toEqual([]);
    const made = plan(aSnapshot([], { units: [row('A')], refusedUnitCodes: ['B'] }), aKnown([], units));
    expect(keysOf(made)).toEqual(['unit:C:unitDissolve']);
  });

  it('the institution itself is never written', () => {
    const made = planUnits([row(ROOT, { name: '新校名', parentCode: 'A' }), row('A')], [aUnit('A')]);
    expect([keysOf(made), doubtsOf(made)]).toEqual([[], []]);
  });

  it('a unit taken out of the plan stays as it is', () => {
    const decisions = decide({ 'unit:A:unitDissolve': { decision: 'leaveOut' } });
    const snapshot = aSnapshot([], { units: [row('B', { name: '新名' })] });
    const made = plan(snapshot, aKnown([], [aUnit('A'), aUnit('B')]), { decisions });
    expect([keysOf(made), doubtsOf(made)]).toEqual([['unit:B:unitChange'], []]);
  });

  it('a removed unit that comes back keeps its id', () => {
    const made = planUnits([row('A', { parentCode: null })], [aUnit('A', { state: 'removed' })]);
    expect(changeAt(made, 'unit:A:unitCreate').target.id).toBe('u-A');
  });
});
