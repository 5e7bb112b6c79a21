import fc from 'fast-check';
import { EntitySchema } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../test/support/test-db.ts';
import { systemActor } from '../../kernel/actor.ts';
import * as c from '../../platform/db/columns.ts';
import { insertRows } from '../../platform/db/rows.ts';
import { createOrg, type Org } from '../directory/index.ts';
import { aUnit, rowsOf } from '../directory/testing/org-rows.ts';
import { CATEGORIES, type Category } from './category.ts';
import { DUTIES, type Duty } from './held-rights.ts';
import { whyNotDelegate } from './policy.ts';
import { createScope, scopeOf, type HeldSlice, type Scope, type ScopeSlice } from './scope.ts';
import { aDelegation, NOW } from './testing/held.ts';

const MODULES = ['leave', 'seals', 'notices'] as const;
const SIZE = 14;
const unitIds = Array.from({ length: SIZE }, (_, n) => `u${n}`);

/** A random tree: each unit lies under an earlier one; some are removed. */
const org = fc
  .array(fc.record({ parent: fc.nat(), removed: fc.boolean() }), { minLength: SIZE - 1, maxLength: SIZE - 1 })
  .map((places): Org => {
    const units = places.map(({ parent, removed }, at) =>
      aUnit(`u${at + 1}`, `u${parent % (at + 1)}`, {
        state: removed && parent % 3 === 0 ? 'removed' : 'active',
      }),
    );
    return createOrg(rowsOf({ units: [aUnit('u0', null), ...units] }), '2026-11-23');
  });

const some = <T>(items: readonly T[]) => fc.subarray([...items], { minLength: 1 });
const slice: fc.Arbitrary<HeldSlice> = fc.record({
  unitId: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...unitIds) }, fc.constant(null)),
  modules: fc.oneof({ weight: 5, arbitrary: some(MODULES) }, fc.constant('all' as const)),
  categories: fc.oneof({ weight: 5, arbitrary: some(CATEGORIES) }, fc.constant('all' as const)),
  duty: fc.constantFrom(...DUTIES),
  from: fc.constant({ role: 'any' }),
});
const wanted = fc.record({
  unitId: fc.constantFrom(...unitIds),
  modules: some(MODULES),
  categories: some(CATEGORIES),
  duty: fc.constantFrom(...DUTIES),
});

interface Target {
  readonly unitIds: readonly string[];
  readonly moduleKey: string;
  readonly category: Category;
  readonly duty: Duty;
}
/** Everything there is, in one unit each. */
const targets: readonly Target[] = unitIds.flatMap((unitId) =>
  MODULES.flatMap((moduleKey) =>
    CATEGORIES.flatMap((category) =>
      DUTIES.map((duty) => ({ unitIds: [unitId], moduleKey, category, duty })),
    ),
  ),
);
const covered = (scope: Scope) => targets.filter((target) => scope.covers(target));
const alone = (one: ScopeSlice, tree: Org) => createScope([{ ...one, from: { role: 'any' } }], tree);

describe('H3 containment', () => {
  it('H3 a delegation that is allowed never reaches what the granter does not reach', () => {
    let allowed = 0;
    const modules = new Map(
      MODULES.map((key) => [
        key,
        { key, name: key, categories: [...CATEGORIES], owner: 'x', jointOwners: [] },
      ]),
    );
    fc.assert(
      fc.property(org, fc.array(slice, { maxLength: 4 }), wanted, (tree, slices, request) => {
        const scope = createScope(slices, tree);
        const objection = whyNotDelegate(
          { kind: 'person', personId: 'granter', name: '', roles: ['superAdmin'], via: 'h5' },
          { ...request, personId: 'somebody', untilAt: NOW + 1 },
          { roles: new Map(), modules },
          {
            scope,
            held: [],
            affiliations: ['internal'],
            isUnitActive: tree.unit(request.unitId)?.state === 'active',
          },
          NOW,
        );
        if (objection) return;
        allowed += 1;
        for (const target of covered(alone(request, tree))) expect(scope.covers(target)).toBe(true);
      }),
      { numRuns: 400 },
    );
    expect(allowed).toBeGreaterThan(20);
  });

  it('H3 and what lies wholly inside is never refused for its reach', () => {
    fc.assert(
      fc.property(org, fc.array(slice, { maxLength: 4 }), wanted, (tree, slices, request) => {
        const scope = createScope(slices, tree);
        const parts = covered(alone(request, tree));
        fc.pre(parts.length > 0);
        expect(scope.contains(request)).toBe(parts.every((target) => scope.covers(target)));
      }),
      { numRuns: 400 },
    );
  });

  it('H3 a global scope contains everything, and only a global one contains the whole institution', () => {
    fc.assert(
      fc.property(org, fc.array(slice, { maxLength: 4 }), wanted, (tree, slices, request) => {
        const everything = scopeOf(
          { roles: [{ role: 'superAdmin', scopeUnitId: null }], delegations: [] },
          tree,
          NOW,
        );
        expect(everything.contains(request)).toBe(true);
        const whole = { unitId: null, modules: 'all', categories: 'all', duty: 'view' } as const;
        const scope = createScope(slices, tree);
        expect(scope.contains(whole)).toBe(scope.isGlobal);
      }),
    );
  });
});

interface ThingRow {
  id: string;
  category: string | null;
}
const Thing = new EntitySchema<ThingRow>({
  name: 'thing',
  tableName: 'thing',
  columns: { id: c.id(), category: c.nullable(c.code(16)) },
});
interface PlaceRow {
  id: string;
  thingId: string;
  unitId: string;
}
const Place = new EntitySchema<PlaceRow>({
  name: 'thing_place',
  tableName: 'thing_place',
  columns: { id: c.id(), thingId: c.ref(), unitId: c.ref() },
  indices: [{ name: 'thing_place_thing', columns: ['thingId'] }],
});

describe('H1 in memory and in the database', () => {
  let t: TestDb;
  /** Things in zero to three units, of every category, and one of a word nobody knows. */
  const things = Array.from({ length: 90 }, (_, n) => ({
    id: `t${n}`,
    category: [...CATEGORIES, 'student'][n % 4] ?? '',
    unitIds: [...new Set([7, 5, 3].slice(0, Math.floor(n / 4) % 4).map((step) => `u${(n * step) % SIZE}`))],
  }));

  beforeAll(async () => {
    t = await openTestDb([Thing, Place]);
    await t.db.write(systemActor('test'), async (tx) => {
      await insertRows(
        tx,
        Thing,
        things.map(({ id, category }) => ({ id, category })),
      );
      await insertRows(
        tx,
        Place,
        things.flatMap(({ id, unitIds: places }) =>
          places.map((unitId) => ({ id: `${id}${unitId}`, thingId: id, unitId })),
        ),
      );
    });
  });
  afterAll(() => t.close());

  const inDatabase = (scope: Scope, moduleKey: string, duty: Duty) =>
    t.db.read(async ({ em }) => {
      const { sql, params } = scope.toFilter(
        { moduleKey, duty },
        { unit: 'p.unitId', category: 't.category' },
      );
      // A global scope holds for what is in no unit too: the places are joined from the left.
      const rows = await em.query<{ id: string }[]>(
        `select distinct t.id as id from thing t left join thing_place p on p.thingId = t.id where ${sql}`,
        [...params],
      );
      const [count] = await em.query<{ n: number | string }[]>(
        `select count(distinct t.id) as n from thing t left join thing_place p on p.thingId = t.id where ${sql}`,
        [...params],
      );
      return { ids: rows.map((row) => row.id).sort(), count: Number(count?.n) };
    });

  it('H1 list, count and single answer give the same set on random trees and scopes', async () => {
    await fc.assert(
      fc.asyncProperty(
        org,
        fc.array(slice, { maxLength: 4 }),
        fc.constantFrom(...MODULES),
        fc.constantFrom(...DUTIES),
        async (tree, slices, moduleKey, duty) => {
          const scope = createScope(slices, tree);
          const single = things
            .filter((thing) =>
              scope.covers({ unitIds: thing.unitIds, category: thing.category, moduleKey, duty }),
            )
            .map((thing) => thing.id)
            .sort();
          expect(await inDatabase(scope, moduleKey, duty)).toEqual({ ids: single, count: single.length });
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([400, 5_000, 20_000])('H1 H2 holds for %i units as well, twice in a statement', async (size) => {
    const units = [aUnit('u0', null)];
    for (let n = 1; n < size; n += 1) units.push(aUnit(`u${n}`, `u${Math.floor(n / 4)}`));
    const tree = createOrg(rowsOf({ units }), '2026-11-23');
    const scope = scopeOf({ roles: [], delegations: [aDelegation({ unitId: 'u0' })] }, tree, NOW);
    expect(scope.unitsFor('leave')?.size).toBe(size);
    const single = things
      .filter(({ unitIds: places, category }) =>
        scope.covers({ unitIds: places, category, moduleKey: 'leave' }),
      )
      .map((thing) => thing.id)
      .sort();
    expect(single.length).toBeGreaterThan(0);
    expect((await inDatabase(scope, 'leave', 'view')).ids).toEqual(single);
    const { sql, params } = scope.toFilter(
      { moduleKey: 'leave' },
      { unit: 'p.unitId', category: 't.category' },
    );
    const twice = await t.db.read(({ em }) =>
      em.query<{ id: string }[]>(
        `select distinct t.id as id from thing t join thing_place p on p.thingId = t.id
         where ${sql} and exists (select 1 from thing_place p join thing t on t.id = p.thingId where ${sql})`,
        [...params, ...params],
      ),
    );
    expect(twice.map(({ id }) => id).sort()).toEqual(single);
  });
});
