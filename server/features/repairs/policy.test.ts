import fc from 'fast-check';
import { EntitySchema } from 'typeorm';
import { expect, it } from 'vitest';
import { openTestDb } from '../../../test/support/test-db.ts';
import { systemActor } from '../../kernel/actor.ts';
import { among } from '../../platform/db/among.ts';
import * as c from '../../platform/db/columns.ts';
import { insertRows } from '../../platform/db/rows.ts';
import type { OrgWithRoles, ScopeFilter, ScopeTarget } from '../access/index.ts';
import { createOrg } from '../directory/index.ts';
import { aUnit, rowsOf } from '../directory/testing/org-rows.ts';
import { dispatchersOf, reachOf, type Placed } from './policy.ts';
import { parseRepairSettings } from './settings.ts';

const time = { takeOver: { workdays: 1 }, resolve: { workdays: 2 } };
const settings = parseRepairSettings({
  moduleKey: 'repairs',
  dispatchUnits: ['D09'],
  categories: [
    { key: 'water', name: '水', icon: 'drop', ...time },
    { key: 'desktop', name: '桌面 IT', icon: 'pc', ...time, moduleKey: 'it', dispatchUnits: ['D10'] },
  ],
  autoConfirmWorkdays: 3,
  terms: [],
});

/**
 * root ─ logistics (D09), it (D10), college (D20) ─ group. Over: lab, closed under college, and desk below it; press,
 * once below it (D10) and merged into group; lost, for which nobody answers.
 */
const over = { state: 'removed' as const };
const world = createOrg(
  rowsOf({
    units: [
      aUnit('root', null, { code: 'D00' }),
      aUnit('logistics', 'root', { code: 'D09' }),
      aUnit('it', 'root', { code: 'D10' }),
      aUnit('college', 'root', { code: 'D20' }),
      aUnit('group', 'college', { code: 'D2001' }),
      aUnit('lab', 'college', over),
      aUnit('desk', 'lab', over),
      aUnit('press', 'it', { ...over, successorId: 'group' }),
      aUnit('lost', 'nowhere', over),
    ],
  }),
  '2026-11-23',
);
const units = world.units();
const all = [...units, ...world.formerUnits()].map(({ unitId }) => unitId);

interface Held {
  readonly unitId: string | null;
  readonly modules: readonly string[] | 'all';
  readonly duty: 'view' | 'handle' | 'manage';
}
const DUTIES = ['view', 'handle', 'manage'];

/** What the access room answers of these rights, in small. */
function scopeOf(held: readonly Held[]) {
  const fitting = (moduleKey: string, duty = 'view') =>
    held.filter(
      ({ modules, duty: own }) =>
        (modules === 'all' || modules.includes(moduleKey)) && DUTIES.indexOf(own) >= DUTIES.indexOf(duty),
    );
  // Units that are over are in nobody's rights.
  const below = (above: string) =>
    units.map(({ unitId }) => unitId).filter((id) => world.isWithin(id, above));
  return {
    isGlobal: held.some(({ unitId, modules }) => unitId === null && modules === 'all'),
    covers: ({ unitIds, moduleKey, duty }: ScopeTarget) =>
      fitting(moduleKey, duty).some(
        ({ unitId }) => unitId === null || unitIds.some((id) => below(unitId).includes(id)),
      ),
    unitsFor(moduleKey: string, duty?: string) {
      const all = fitting(moduleKey, duty).map(({ unitId }) => unitId);
      return all.includes(null) ? null : new Set(all.flatMap((id) => (id === null ? [] : below(id))));
    },
    toFilter(
      { moduleKey, duty }: { moduleKey: string; duty?: string },
      { unit }: { unit: string },
    ): ScopeFilter {
      const ids = this.unitsFor(moduleKey, duty);
      if (ids === null) return { sql: '(1 = 1)', params: [] };
      const { sql, params } = among(unit, [...ids]);
      return { sql: `(${sql})`, params };
    },
  };
}

const orgOf = (headed: readonly string[], held: readonly Held[] = []) =>
  ({
    ...world,
    scopeOf: () => scopeOf(held),
    rolesOf: () => headed.map((scopeUnitId) => ({ role: 'unitHead', scopeUnitId })),
  }) as unknown as OrgWithRoles;

const tickets: readonly Placed[] = [null, ...all].flatMap((unitId) =>
  ['water', 'desktop', 'no longer offered'].map((category) => ({ unitId, category })),
);
const named = (found: readonly Placed[]) =>
  found.map(({ unitId, category }) => `${unitId} ${category}`).sort();

it('S2-A11e, f each kind is given out by the heads of its own unit, and everything by those of the whole', () => {
  const chief = reachOf(orgOf(['logistics']), settings, 'p');
  expect(tickets.every((one) => chief.sees(one) && chief.dispatches(one))).toBe(true);
  const it = reachOf(orgOf(['it']), settings, 'p');
  expect(named(tickets.filter(it.dispatches))).toEqual(
    named(tickets.filter((one) => one.category === 'desktop')),
  );
  expect([it.seesAll, it.keeps('desktop'), it.keeps('water'), it.keepsSome]).toEqual([
    false,
    true,
    false,
    true,
  ]);
  const head = reachOf(orgOf(['college']), settings, 'p');
  expect(tickets.filter(head.dispatches)).toEqual([]);
  expect([head.seesSome, head.keepsSome]).toEqual([true, false]);
  expect(reachOf(orgOf([]), settings, 'p').seesSome).toBe(false);
});

/** What lay with units that are over lies with the college now. */
const IN_COLLEGE = ['college', 'group', 'lab', 'desk', 'press'];

it('H1 what was reported from a unit that is over is with the head of the one that answers for it today', () => {
  const seenBy = (headed: string) => {
    const reach = reachOf(orgOf([headed]), settings, 'p');
    return [...new Set(tickets.filter(reach.sees).map(({ unitId }) => unitId))].sort();
  };
  expect(seenBy('college')).toEqual(IN_COLLEGE.toSorted());
  expect(seenBy('group')).toEqual(['group', 'press']);
  // What was merged away is no longer below the unit it came from; who headed what is over heads nothing.
  const it = reachOf(orgOf(['it']), settings, 'p');
  expect(it.sees({ unitId: 'press', category: 'water' })).toBe(false);
  expect(seenBy('press')).toEqual([]);
});

it('S2-10 a delegation of the module: handling gives out in its part, managing the whole keeps the lists', () => {
  const part = reachOf(
    orgOf([], [{ unitId: 'college', modules: ['repairs'], duty: 'handle' }]),
    settings,
    'p',
  );
  expect(named(tickets.filter(part.dispatches))).toEqual(
    named(
      tickets.filter(({ unitId, category }) => category !== 'desktop' && IN_COLLEGE.includes(unitId ?? '')),
    ),
  );
  expect(part.keepsSome).toBe(false);
  const whole = reachOf(orgOf([], [{ unitId: 'root', modules: ['it'], duty: 'manage' }]), settings, 'p');
  expect([whole.keeps('desktop'), whole.keeps('water'), whole.keepsSome]).toEqual([true, false, true]);
  const lesser = reachOf(
    orgOf(
      [],
      [
        { unitId: 'college', modules: ['it'], duty: 'manage' },
        { unitId: 'root', modules: ['it'], duty: 'handle' },
      ],
    ),
    settings,
    'p',
  );
  expect([lesser.keeps('desktop'), lesser.keepsSome]).toEqual([false, false]);
  expect(tickets.filter(whole.dispatches).every(({ category }) => category === 'desktop')).toBe(true);
});

it('who gives out: heads of the kind’s own unit who are there, then those of the whole, then nobody', () => {
  const away = new Set<string>();
  const org = {
    units: () => units,
    headsOf: (unitId: string) =>
      ['logistics', 'it'].includes(unitId) ? [{ personId: `${unitId} head` }] : [],
    person: (personId: string) => ({ active: !away.has(personId) }),
  } as unknown as Parameters<typeof dispatchersOf>[0];
  const who = (category: string | null) =>
    dispatchersOf(org, settings, category).map(({ personId }) => personId);
  expect([who('desktop'), who('water'), who(null)]).toEqual([
    ['it head', 'logistics head'],
    ['logistics head'],
    ['logistics head'],
  ]);
  away.add('it head');
  expect(who('desktop')).toEqual(['logistics head']);
  away.add('logistics head');
  expect(who('desktop')).toEqual([]);
});

interface ProbeRow {
  id: string;
  unitId: string | null;
  category: string;
}
const ProbeTable = new EntitySchema<ProbeRow>({
  name: 'reach_probe',
  tableName: 'reach_probe',
  columns: { id: c.id(), unitId: c.nullable(c.ref()), category: c.code(32) },
});

it('H1 a list holds exactly what one sees, whatever the rights', async () => {
  const t = await openTestDb([ProbeTable]);
  const rows = tickets.map((one, at) => ({ id: `t${at}`, ...one }));
  await t.db.write(systemActor('test'), (tx) => insertRows(tx, ProbeTable, rows));
  const unit = fc.constantFrom(...all);
  const right = fc.record({
    unitId: fc.option(unit),
    modules: fc.oneof(
      fc.constant('all' as const),
      fc.uniqueArray(fc.constantFrom('repairs', 'it', 'leave'), { minLength: 1 }),
    ),
    duty: fc.constantFrom('view' as const, 'handle' as const, 'manage' as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(unit), fc.array(right, { maxLength: 3 }), async (headed, held) => {
      const reach = reachOf(orgOf(headed, held), settings, 'p');
      const { sql, params } = reach.filter({ unit: 'unitId', category: 'category' }, among);
      const found = await t.db.read(({ em }) =>
        em.query<{ id: string }[]>(`select id from reach_probe where ${sql}`, [...params]),
      );
      const seen = rows.filter((one) => reach.sees(one)).map(({ id }) => id);
      expect(found.map(({ id }) => id).sort()).toEqual(seen.sort());
      expect(reach.seesSome).toBe(seen.length > 0);
      expect(rows.filter((one) => reach.dispatches(one) && !reach.sees(one))).toEqual([]);
    }),
    { numRuns: 120 },
  );
  await t.close();
});
