/** What those who dispatch keep: places with their codes, who mends what, orders that recur. */
import { randomInt } from 'node:crypto';
import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { badRequest, notFound, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { PlaceRequest, RecurringRequest, WorkerRequest } from '../contract.ts';
import { mustKeep, mustKeepSome, reachOf, type Reach } from '../policy.ts';
import { loadPlace, lockWorker } from '../store.ts';
import { PlaceTable, RecurringTable, WorkerTable, type WorkerRow } from '../tables.ts';
import { categoryOf, type RepairsContext } from './context.ts';

/** @throws forbidden `repairs.managers_only` */
const asKeeper = <T>(
  ctx: RepairsContext,
  actor: PersonActor,
  work: (tx: Tx, reach: Reach) => Promise<T>,
): Promise<T> =>
  ctx.db.write(actor, async (tx) => {
    const reach = reachOf(await ctx.orgOf(tx), ctx.settings, actor.personId);
    mustKeepSome(reach);
    return work(tx, reach);
  });

/** Letters and figures nobody mistakes for another when the code cannot be scanned. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const newCode = (): string => Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

export const addPlace = (
  ctx: RepairsContext,
  actor: PersonActor,
  place: PlaceRequest,
): Promise<{ placeId: string; code: string }> =>
  asKeeper(ctx, actor, async (tx) => {
    const row = { id: newId(), code: newCode(), ...place, state: 'active' as const, version: 1 };
    tx.append(PlaceTable, row);
    recordAct(tx, {
      action: 'repairs.add_place',
      targetType: 'repair_place',
      targetId: row.id,
      after: place,
    });
    return { placeId: row.id, code: row.code };
  });

/** What would be ordered for a place that takes no orders. @throws refused `repairs.place_recurs` */
async function mustRecurNoMore({ em }: Tx, placeId: string): Promise<void> {
  if (await em.getRepository(RecurringTable).existsBy({ placeId, state: 'active' }))
    throw refused('repairs.place_recurs');
}

/**
 * Its name, or whether it still takes reports; the code on the wall stays.
 * @throws notFound `repairs.no_place`; refused `repairs.place_recurs`
 */
export const changePlace = (
  ctx: RepairsContext,
  actor: PersonActor,
  placeId: string,
  { version, ...changes }: PlaceRequest & { version: number; state: 'active' | 'closed' },
): Promise<void> =>
  asKeeper(ctx, actor, async (tx) => {
    const row = await loadPlace(tx, placeId);
    if (changes.state === 'closed') await mustRecurNoMore(tx, placeId);
    await saveWithVersion(tx, PlaceTable, { id: placeId, version }, changes);
    const { name, area, kind, assetNo, state } = row;
    recordAct(tx, {
      action: 'repairs.change_place',
      targetType: 'repair_place',
      targetId: placeId,
      before: { name, area, kind, assetNo, state },
      after: changes,
    });
  });

const changedOf = (before: readonly string[], after: readonly string[]): string[] => [
  ...before.filter((key) => !after.includes(key)),
  ...after.filter((key) => !before.includes(key)),
];

/** A kind added or taken is for who keeps that kind; where somebody works, for who keeps everything they mend. */
function keptBy(before: Hands, after: Hands): string[] {
  const sameAreas = changedOf(before.areas, after.areas).length === 0;
  return sameAreas
    ? changedOf(before.categories, after.categories)
    : [...new Set([...before.categories, ...after.categories])];
}

type Hands = Pick<WorkerRow, 'categories' | 'areas'>;

/**
 * Units with desks of their own share one worker's row: each looks at it as the other left it.
 * @throws badRequest `repairs.unknown_category`, `repairs.unknown_person`; forbidden `repairs.managers_only` for a kind that is not theirs
 */
export const setWorker = (ctx: RepairsContext, actor: PersonActor, wanted: WorkerRequest): Promise<void> =>
  againOnClash(() => asKeeper(ctx, actor, (tx, reach) => saveWorker(ctx, tx, reach, wanted)));

async function saveWorker(
  ctx: RepairsContext,
  tx: Tx,
  reach: Reach,
  { personId, categories, areas }: WorkerRequest,
): Promise<void> {
  const known = await lockWorker(tx, personId);
  const before: Hands = { categories: known?.categories ?? [], areas: known?.areas ?? [] };
  const after: Hands = { categories: [...new Set(categories)], areas: [...new Set(areas)] };
  for (const key of after.categories) if (!before.categories.includes(key)) categoryOf(ctx, key);
  // What other units had them mend stays.
  mustKeep(reach, keptBy(before, after));
  const isActive = (await ctx.orgOf(tx)).person(personId)?.active ?? false;
  if (!known && !isActive) throw badRequest('repairs.unknown_person');
  const repo = tx.em.getRepository(WorkerTable);
  if (after.categories.length === 0) await repo.delete({ id: personId });
  else if (known) await repo.update({ id: personId }, after);
  else tx.append(WorkerTable, { id: personId, ...after, sinceAt: tx.now });
  recordAct(tx, {
    action: 'repairs.set_worker',
    targetType: 'person',
    targetId: personId,
    before: known ? before : {},
    after,
  });
}

/** @throws badRequest `repairs.unknown_category`, `repairs.starts_past`; notFound `repairs.no_place`; refused `repairs.place_closed` */
export const addRecurring = (
  ctx: RepairsContext,
  actor: PersonActor,
  wanted: RecurringRequest,
): Promise<string> =>
  asKeeper(ctx, actor, async (tx, reach) => {
    categoryOf(ctx, wanted.category);
    mustKeep(reach, [wanted.category]);
    if ((await loadPlace(tx, wanted.placeId)).state === 'closed') throw refused('repairs.place_closed');
    if (wanted.startsOn < dateOf(tx.now)) throw badRequest('repairs.starts_past');
    const id = newId();
    tx.append(RecurringTable, {
      id,
      ...wanted,
      nextOn: wanted.startsOn,
      makerId: actor.personId,
      state: 'active',
      version: 1,
    });
    recordAct(tx, {
      action: 'repairs.add_recurring',
      targetType: 'repair_recurring',
      targetId: id,
      after: { ...wanted },
    });
    return id;
  });

/** @throws notFound `repairs.no_recurring` */
export const endRecurring = (
  ctx: RepairsContext,
  actor: PersonActor,
  recurringId: string,
  version: number,
): Promise<void> =>
  asKeeper(ctx, actor, async (tx, reach) => {
    const row = await tx.em.getRepository(RecurringTable).findOneBy({ id: recurringId });
    if (!row) throw notFound('repairs.no_recurring');
    mustKeep(reach, [row.category]);
    await saveWithVersion(tx, RecurringTable, { id: recurringId, version }, { state: 'ended' });
    recordAct(tx, {
      action: 'repairs.end_recurring',
      targetType: 'repair_recurring',
      targetId: recurringId,
      before: { state: row.state },
      after: { state: 'ended' },
    });
  });
