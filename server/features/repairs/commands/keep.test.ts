import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../../test/support/test-db.ts';
import type { PersonActor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { auditTables } from '../../../platform/audit/index.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { parseRepairSettings } from '../settings.ts';
import { repairTables, WorkerTable } from '../tables.ts';
import type { RepairsContext } from './context.ts';
import { setWorker } from './keep.ts';

const time = { takeOver: { workdays: 1 }, resolve: { workdays: 2 } };
const settings = parseRepairSettings({
  moduleKey: 'repairs',
  dispatchUnits: ['D09'],
  categories: [
    { key: 'water', name: '水', icon: 'drop', ...time, dispatchUnits: ['D11'] },
    { key: 'desktop', name: '桌面 IT', icon: 'pc', ...time, dispatchUnits: ['D10'] },
  ],
  autoConfirmWorkdays: 3,
  terms: [],
});

/** Each heads the unit of their name. */
const codes: Readonly<Record<string, string>> = { chief: 'D09', plumber: 'D11', it: 'D10' };
const org = {
  unit: (unitId: string) => ({ unitId, code: codes[unitId] ?? '', state: 'active' }),
  units: () => [],
  formerUnits: () => [],
  childrenOf: () => [],
  root: () => null,
  placeOf: () => null,
  person: () => ({ active: true }),
  rolesOf: (personId: string) => [{ role: 'unitHead', scopeUnitId: personId }],
  scopeOf: () => ({
    isGlobal: false,
    covers: () => false,
    unitsFor: () => new Set(),
    toFilter: () => ({ sql: '(1 = 0)', params: [] }),
  }),
} as unknown as OrgWithRoles;

let t: TestDb;
beforeEach(async () => {
  t = await openTestDb([...repairTables, ...auditTables] as unknown as Parameters<typeof openTestDb>[0]);
});
afterEach(() => t.close());

/** What became of it: the code of a refusal, else null. `meanwhile` is asked each time the directory is. */
async function set(
  actorId: string,
  categories: string[],
  areas: string[] = [],
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<string | null> {
  const orgOf = () => meanwhile().then(() => org);
  const ctx = { db: t.db, settings, orgOf } as unknown as RepairsContext;
  const actor: PersonActor = { kind: 'person', personId: actorId, name: '', roles: ['staff'], via: 'h5' };
  try {
    await setWorker(ctx, actor, { personId: 'mender', categories, areas });
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/** The second begins when the first has looked at the worker and written nothing; it gets as far as it is let. */
async function atOneMoment(first: [string, string[]], second: [string, string[]]) {
  let begin = (): void => undefined;
  const other = new Promise<void>((resolve) => (begin = resolve)).then(() => set(...second));
  let asked = 0;
  const said = await set(...first, [], async () => {
    asked += 1;
    if (asked !== 2) return;
    begin();
    await Promise.race([other, pause(200)]);
  });
  return [said, await other];
}
const kept = () =>
  t.db.read(async ({ em }) => {
    const row = await em.getRepository(WorkerTable).findOneBy({ id: 'mender' });
    return row && [row.categories, row.areas];
  });
const NOT_THEIRS = 'repairs.managers_only';

it('S2-A11e neither kinds nor areas of a worker of another desk are changed; who keeps everything they mend may', async () => {
  expect(await set('plumber', ['water'], ['A'])).toBeNull();
  expect(await set('it', ['water', 'desktop'], ['B'])).toBe(NOT_THEIRS);
  expect(await set('it', ['water', 'desktop'], [])).toBe(NOT_THEIRS);
  expect(await set('it', ['desktop'], ['A'])).toBe(NOT_THEIRS);
  expect(await set('it', [], [])).toBe(NOT_THEIRS);
  expect(await kept()).toEqual([['water'], ['A']]);
  // A kind of their own besides, the areas as they are.
  expect(await set('it', ['water', 'desktop'], ['A'])).toBeNull();
  expect(await set('plumber', ['water', 'desktop'], ['A', 'B'])).toBe(NOT_THEIRS);
  expect(await set('chief', ['water', 'desktop'], ['A', 'B'])).toBeNull();
  expect(await kept()).toEqual([
    ['water', 'desktop'],
    ['A', 'B'],
  ]);
  expect(await set('it', ['water'], ['B', 'A'])).toBeNull();
  expect(await set('plumber', ['water'], ['B'])).toBeNull();
  expect(await kept()).toEqual([['water'], ['B']]);
});

it('two desks that begin with one worker at one moment: the second sees what the first wrote, and loses nothing of it', async () => {
  const said = await atOneMoment(['plumber', ['water']], ['it', ['desktop']]);
  expect(said.toSorted()).toEqual([null, NOT_THEIRS]);
  expect(await kept()).toEqual([[said[0] === null ? 'water' : 'desktop'], []]);
});

it('two desks that change one worker at one moment: the second sees what the first wrote, and loses nothing of it', async () => {
  await set('chief', ['water', 'desktop']);
  // Each takes theirs away: the later would write the other's back if it did not look again.
  const said = await atOneMoment(['plumber', ['desktop']], ['it', ['water']]);
  expect(said.toSorted()).toEqual([null, NOT_THEIRS]);
  expect(await kept()).toEqual([[said[0] === null ? 'desktop' : 'water'], []]);
});
