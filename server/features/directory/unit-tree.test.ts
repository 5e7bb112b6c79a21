import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ancestorIds, checkTree, isWithin, MAX_DEPTH, topDown, type TreeUnit } from './unit-tree.ts';

const unit = (unitId: string, parentId: string | null, name = unitId): TreeUnit => ({
  unitId,
  parentId,
  name,
});
const byId = (units: readonly TreeUnit[]) => new Map(units.map((u) => [u.unitId, u]));

/** A random tree: unit n hangs under some unit before it. */
const trees = fc
  .array(fc.nat(), { minLength: 0, maxLength: 60 })
  .map((picks) => [unit('0', null), ...picks.map((pick, i) => unit(String(i + 1), String(pick % (i + 1))))]);

const shuffled = trees.chain((units) => fc.shuffledSubarray(units, { minLength: units.length }));

describe('unit tree', () => {
  it('C1 puts every parent before its children, whatever the order of the rows, and loses nobody', () => {
    fc.assert(
      fc.property(shuffled, (units) => {
        const ordered = topDown(units);
        const place = new Map(ordered.map((u, i) => [u.unitId, i]));
        expect(ordered).toHaveLength(units.length);
        for (const u of ordered) {
          if (u.parentId !== null) expect(place.get(u.parentId)).toBeLessThan(place.get(u.unitId) ?? -1);
        }
      }),
    );
  });

  it('C3 a tree is without faults, and any unit moved under its own descendant is a cycle', () => {
    fc.assert(
      fc.property(shuffled, fc.nat(), fc.nat(), (units, a, b) => {
        expect(checkTree(units).filter((f) => f.kind !== 'tooDeep')).toEqual([]);
        const moved = units[a % units.length] ?? unit('?', null);
        const target = units[b % units.length] ?? unit('?', null);
        if (moved.parentId === null) return;
        const after = units.map((u) => (u.unitId === moved.unitId ? unit(u.unitId, target.unitId) : u));
        const isCycle = checkTree(after).some((f) => f.kind === 'cycle');
        expect(isCycle).toBe(isWithin(byId(units), target.unitId, moved.unitId));
      }),
    );
  });

  it('C3 ancestors end even on a cycle', () => {
    const units = byId([unit('a', 'b'), unit('b', 'c'), unit('c', 'a')]);
    expect(ancestorIds(units, 'a')).toEqual(['b', 'c']);
    expect(topDown([...units.values()])).toEqual([]);
  });

  it('C4 the same name under one parent is refused, under different parents it is fine', () => {
    const units = [
      unit('r', null),
      unit('a', 'r', '办公室'),
      unit('b', 'r', '办公室'),
      unit('c', 'a', '办公室'),
    ];
    expect(checkTree(units)).toEqual([{ kind: 'sameName', unitId: 'b', otherUnitId: 'a' }]);
  });

  it('C5 fifteen levels hold, sixteen do not', () => {
    const chain = Array.from({ length: MAX_DEPTH + 1 }, (_, i) =>
      unit(String(i), i === 0 ? null : String(i - 1)),
    );
    expect(checkTree(chain.slice(0, MAX_DEPTH))).toEqual([]);
    expect(checkTree(chain)).toEqual([{ kind: 'tooDeep', unitId: String(MAX_DEPTH) }]);
  });

  it('A4 an unknown parent and a second root are faults, never the root', () => {
    const units = [unit('r', null), unit('a', 'nowhere'), unit('r2', null)];
    expect(checkTree(units).map((f) => [f.kind, f.unitId])).toEqual([
      ['unknownParent', 'a'],
      ['secondRoot', 'r2'],
    ]);
  });
});
