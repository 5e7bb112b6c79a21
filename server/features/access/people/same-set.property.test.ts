import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOrg, type Org } from '../../directory/index.ts';
import { aPerson, aPost, aUnit, rowsOf } from '../../directory/testing/org-rows.ts';
import { CATEGORIES } from '../category.ts';
import { DUTIES } from '../held-rights.ts';
import type { OrgWithRoles } from '../rights.ts';
import { createScope, type HeldSlice, type Scope } from '../scope.ts';
import { findPeople, pageOfPeople, type PeopleFilter } from './find-people.ts';
import { createPeopleIndex } from './people-index.ts';
import { listUnits } from './units.ts';
import { byPlace, countPeople, visibleTo } from './visible.ts';
import type { World } from './world.ts';

const UNITS = 9;
const PEOPLE = 24;
const NAMES = ['张雨桐', '陈志远', '王海燕', '张宇', '曾一鸣', '欧阳桐', '单雨', 'Zoe 王', '李 Q2'];
const unitIds = Array.from({ length: UNITS }, (_, n) => `u${n}`);

/** A random tree and random people: some with two posts, some with none, some locked, some gone. */
const org = fc
  .record({
    parents: fc.array(fc.nat(), { minLength: UNITS - 1, maxLength: UNITS - 1 }),
    people: fc.array(
      fc.record({
        name: fc.constantFrom(...NAMES),
        category: fc.constantFrom(...CATEGORIES),
        state: fc.constantFrom('active' as const, 'active' as const, 'locked' as const, 'left' as const),
        units: fc.subarray(unitIds, { maxLength: 2 }),
      }),
      { minLength: PEOPLE, maxLength: PEOPLE },
    ),
  })
  .map(({ parents, people }): Org =>
    createOrg(
      rowsOf({
        units: [
          aUnit('u0', null),
          ...parents.map((parent, at) => aUnit(`u${at + 1}`, `u${parent % (at + 1)}`)),
        ],
        people: people.map(({ name, category, state }, n) =>
          aPerson(`p${n}`, { name, category, state, staffNo: `00${100 + n}` }),
        ),
        assignments: people.flatMap(({ units }, n) =>
          units.map((unitId, at) => aPost(`p${n}`, unitId, { kind: at === 0 ? 'main' : 'concurrent' })),
        ),
      }),
      '2026-11-23',
    ),
  );

const slice: fc.Arbitrary<HeldSlice> = fc.record({
  unitId: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...unitIds) }, fc.constant(null)),
  modules: fc.constantFrom(['directory'], ['directory', 'leave'], ['leave'], 'all' as const),
  categories: fc.oneof(
    { weight: 4, arbitrary: fc.subarray([...CATEGORIES], { minLength: 1 }) },
    fc.constant('all' as const),
  ),
  duty: fc.constantFrom(...DUTIES),
  from: fc.constant({ role: 'any' }),
});
const slices = fc.array(slice, { minLength: 1, maxLength: 3 });

function worldOf(tree: Org, scope: Scope): World {
  const visible = visibleTo(tree, scope);
  // Rights of others are asked nowhere in lists.
  const today = tree as OrgWithRoles;
  const gone = Array.from({ length: PEOPLE }, (_, n) => tree.person(`p${n}`)).flatMap((person) =>
    person?.state === 'left' ? [person] : [],
  );
  return {
    today,
    org: today,
    visible,
    sees: (index) => byPlace(visible, index.people),
    counts: () => countPeople(tree, visible),
    index: () => createPeopleIndex(tree.people()),
    former: () => Promise.resolve(createPeopleIndex(gone)),
  };
}

/** What the scope itself says of each person, without any of the code under test. */
const covered = (tree: Org, scope: Scope, state: 'here' | 'left' = 'here'): string[] =>
  Array.from({ length: PEOPLE }, (_, n) => `p${n}`)
    .filter((personId) => {
      const person = tree.person(personId);
      if (!person || (person.state === 'left') !== (state === 'left')) return false;
      const at = tree.assignmentsOf(personId).map((post) => post.unitId);
      return scope.covers({ unitIds: at, moduleKey: 'directory', category: person.category });
    })
    .sort();

const ALL: PeopleFilter = {
  q: '',
  unitId: undefined,
  category: undefined,
  state: 'here',
  sort: 'name',
};
const ids = (hits: Awaited<ReturnType<typeof findPeople>>) => hits.map((hit) => hit.person.personId).sort();

async function allPages(world: World, filter: PeopleFilter, limit: number) {
  const found: string[] = [];
  const totals = new Set<number>();
  for (let cursor: string | undefined; ;) {
    const page = await pageOfPeople(world, { ...filter, cursor, limit });
    found.push(...page.items.map((item) => item.personId));
    totals.add(page.total);
    if (page.next === null) return { found, totals: [...totals] };
    cursor = page.next;
  }
}

/** Every unit the tree shows, from the top down. */
function walk(world: World): { unitId: string; people: number }[] {
  const below = (parentId: string | undefined): { unitId: string; people: number }[] =>
    listUnits(world, { parentId, q: '', cursor: undefined, limit: 200 }).items.flatMap((node) => [
      node,
      ...below(node.unitId),
    ]);
  return below(undefined);
}

describe('H1 one set for lists, counts, search, tree and export', () => {
  it('H1 the list over all its pages holds exactly whom the scope covers, each once, and its total says so', async () => {
    await fc.assert(
      fc.asyncProperty(
        org,
        slices,
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('name' as const, 'staffNo' as const),
        async (tree, held, limit, sort) => {
          const scope = createScope(held, tree);
          const world = worldOf(tree, scope);
          const wanted = covered(tree, scope);
          const { found, totals } = await allPages(world, { ...ALL, sort }, limit);
          expect(found.toSorted()).toEqual(wanted);
          expect(totals).toEqual([wanted.length]);
          expect(world.counts().all).toBe(wanted.length);
          // What the export takes.
          expect(ids(await findPeople(world, { ...ALL, sort }))).toEqual(wanted);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('H1 those who left appear to whoever holds the whole institution for their category, and to nobody else', async () => {
    await fc.assert(
      fc.asyncProperty(org, slices, async (tree, held) => {
        const scope = createScope(held, tree);
        const found = await findPeople(worldOf(tree, scope), { ...ALL, state: 'left' });
        expect(ids(found)).toEqual(covered(tree, scope, 'left'));
      }),
      { numRuns: 40 },
    );
  });

  it('H1 the tree shows exactly the units of the scope, each with as many people as its list has', async () => {
    await fc.assert(
      fc.asyncProperty(org, slices, async (tree, held) => {
        const scope = createScope(held, tree);
        const world = worldOf(tree, scope);
        const reached = scope.unitsFor('directory');
        const nodes = walk(world);
        expect(nodes.map((node) => node.unitId).sort()).toEqual(reached ? [...reached].sort() : unitIds);
        for (const { unitId, people } of nodes) {
          const list = await findPeople(world, { ...ALL, unitId });
          const inUnit = covered(tree, scope).filter((id) =>
            tree.assignmentsOf(id).some((post) => tree.isWithin(post.unitId, unitId)),
          );
          expect(ids(list)).toEqual(inUnit);
          expect(people).toBe(inUnit.length);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('H1 a unit outside the scope is as unknown as one that is not there', async () => {
    const tree = createOrg(
      rowsOf({ units: [aUnit('u0', null), aUnit('u1', 'u0'), aUnit('u2', 'u0')] }),
      '2026-11-23',
    );
    const held: HeldSlice = {
      unitId: 'u1',
      modules: ['directory'],
      categories: ['internal'],
      duty: 'view',
      from: { role: 'any' },
    };
    const world = worldOf(tree, createScope([held], tree));
    for (const unitId of ['u0', 'u2', 'nowhere'])
      await expect(findPeople(world, { ...ALL, unitId })).rejects.toMatchObject({
        code: 'access.unknown_unit',
      });
  });

  it('H1 a search finds exactly those of the list who answer to it', async () => {
    const words = [
      'z',
      'zh',
      'zy',
      'zyt',
      'zhangy',
      'yt',
      'tong',
      '雨',
      '张雨',
      '桐',
      '0010',
      '1',
      'w',
      'q2',
      'zoe',
    ];
    await fc.assert(
      fc.asyncProperty(
        org,
        slices,
        fc.constantFrom(...words),
        fc.constantFrom(undefined, ...CATEGORIES),
        async (tree, held, q, category) => {
          const scope = createScope(held, tree);
          const world = worldOf(tree, scope);
          const { found } = await allPages(world, { ...ALL, q, category }, 4);
          const wanted = covered(tree, scope).filter((id) => {
            const person = tree.person(id);
            return (
              person !== null &&
              (category === undefined || person.category === category) &&
              answers(tree, id, q)
            );
          });
          expect(found.toSorted()).toEqual(wanted);
        },
      ),
      { numRuns: 120 },
    );
  });
});

/** By looking at everybody one by one. */
function answers(tree: Org, personId: string, q: string): boolean {
  const person = tree.person(personId);
  return person !== null && createPeopleIndex([person]).search(q, () => true).length > 0;
}
