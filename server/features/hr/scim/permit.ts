import { dateOf, instantOf } from '../../../kernel/dates.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { updateCount } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { scimReads } from '../../directory/index.ts';
import type { ChangeKind, Limit } from '../model.ts';
import { ALWAYS_ALLOWED, type DoneToday } from '../plan/index.ts';
import { type Refusal, type ScimDeps, sourceOf } from './context.ts';
import {
  type ScimActKind,
  type ScimActRow,
  ScimActTable,
  type ScimSourceRow,
  ScimSourceTable,
} from './tables.ts';

type PermitDeps = Pick<ScimDeps, 'limits' | 'onRefused' | 'plansToday'>;
type Destructive = Exclude<ScimActKind, 'refused'>;

const AS_CHANGE: Readonly<Record<Destructive, ChangeKind>> = {
  suspend: 'suspend',
  end: 'leave',
  dissolve: 'unitDissolve',
};

/** What was taken today and from how many. */
export interface Reckoning {
  readonly already: number;
  /** Those of them that are not counted as present any more. */
  readonly gone: number;
  /** There are so many left to take from. */
  readonly present: number;
}

/**
 * D2 for acts that come one by one: is one more today too many, altogether or in this top unit? The same figures as
 * the plan's guard; its limit of a run has no meaning here.
 */
export function isOneTooMany(
  limits: readonly Limit[],
  today: Readonly<Record<'day' | 'topUnit', Reckoning>>,
): boolean {
  return limits.some(({ scope, max, maxPercent }) => {
    if (scope === 'run') return false;
    const { already, gone, present } = today[scope];
    const total = already + 1;
    const base = present + gone;
    return total > max || (total > ALWAYS_ALLOWED && total * 100 > base * maxPercent);
  });
}

const startOfToday = (now: number): number => instantOf(dateOf(now));

/** What identity systems took from people and units today; HR's own guard counts it with its plans. */
export async function scimDoneToday(reads: Reads): Promise<DoneToday[]> {
  const rows: { kind: Destructive; topUnitCode: string; n: number | string }[] = await reads.em.query(
    `select kind, topUnitCode, count(*) as n from scim_act where doneAt >= ? and kind <> 'refused'
     group by kind, topUnitCode`,
    [startOfToday(reads.now)],
  );
  return rows.map(({ kind, topUnitCode, n }) => {
    const count = Number(n);
    // Who is suspended is still employed.
    return { kind: AS_CHANGE[kind], topUnitCode, count, gone: kind === 'suspend' ? 0 : count };
  });
}

/**
 * May the system take this from a person or dissolve this unit now? A grant is noted and counts; a refusal is noted
 * and told to HR once a day, so the caller must let this unit of work commit. The directory must be locked: two acts
 * at once would both be the last one allowed.
 */
export async function permit(
  deps: PermitDeps,
  tx: Tx,
  act: { readonly kind: Destructive; readonly targetId: string; readonly unitId: string | null },
): Promise<Refusal | null> {
  const accepted = await isAccepted(tx);
  if (accepted && (await countsAlready(tx, act))) return null;
  const top = act.unitId === null ? null : await scimReads.topUnitOf(tx, act.unitId);
  const why = accepted ? await overLimit(deps, tx, act.kind, top) : 'scim.not_accepted';
  const { kind, targetId } = act;
  if (why === null) {
    tx.append(ScimActTable, actRow(tx, { kind, targetId, topUnitCode: top?.code ?? '' }));
    return null;
  }
  const targetType = kind === 'dissolve' ? 'unit' : 'person';
  return noteRefusal(deps, tx, why, { action: `scim.${kind}`, targetType, targetId });
}

const actRow = (tx: Tx, act: Pick<ScimActRow, 'kind' | 'targetId' | 'topUnitCode'>): ScimActRow => ({
  id: newId(),
  source: sourceOf(tx),
  doneAt: tx.now,
  ...act,
});

const presentSource = (tx: Tx): Promise<ScimSourceRow> =>
  tx.em.getRepository(ScimSourceTable).findOneByOrFail({ id: sourceOf(tx) });

export const isAccepted = async (tx: Tx): Promise<boolean> => (await presentSource(tx)).acceptedAt !== null;

/** Noted once a day for each target, told to HR once a day; the caller lets the unit of work commit. */
export async function noteRefusal(
  deps: Pick<ScimDeps, 'onRefused'>,
  tx: Tx,
  why: Refusal,
  act: { readonly action: string; readonly targetType: string; readonly targetId: string },
): Promise<Refusal> {
  const source = await presentSource(tx);
  const refused = await refusedToday(tx, source.id);
  // Identity systems try again and again: one line a day for each person is enough.
  if (refused.includes(act.targetId)) return why;
  tx.append(ScimActTable, actRow(tx, { kind: 'refused', targetId: act.targetId, topUnitCode: '' }));
  recordAct(tx, { ...act, result: why });
  if (refused.length === 0) await deps.onRefused(tx, { source: source.id, sourceName: source.name, why });
  return why;
}

/** Who was suspended this morning and is deleted now is one person, taken from once. */
async function countsAlready(
  tx: Tx,
  { kind, targetId }: { readonly kind: Destructive; readonly targetId: string },
): Promise<boolean> {
  const changed = await updateCount(
    tx.em,
    `update scim_act set kind = ? where targetId = ? and doneAt >= ? and kind <> 'refused'`,
    [kind, targetId, startOfToday(tx.now)],
  );
  return changed > 0;
}

async function refusedToday(reads: Reads, source: string): Promise<string[]> {
  const rows: { targetId: string }[] = await reads.em.query(
    `select targetId from scim_act where doneAt >= ? and source = ? and kind = 'refused'`,
    [startOfToday(reads.now), source],
  );
  return rows.map(({ targetId }) => targetId);
}

async function overLimit(
  { limits, plansToday }: PermitDeps,
  reads: Reads,
  kind: Destructive,
  top: { readonly id: string; readonly code: string } | null,
): Promise<Refusal | null> {
  const ofUnits = kind === 'dissolve';
  const today = [...(await scimDoneToday(reads)), ...(await plansToday(reads))].filter(
    (one) => (one.kind === 'unitDissolve') === ofUnits,
  );
  const below = top ? await scimReads.figuresBelow(reads, top.id) : { people: 0, units: 0 };
  const all = ofUnits ? await scimReads.unitCount(reads) : await scimReads.employedCount(reads);
  const inTop = today.filter(({ topUnitCode }) => topUnitCode === top?.code);
  return isOneTooMany(limits, {
    day: reckon(today, all),
    topUnit: reckon(inTop, ofUnits ? below.units : below.people),
  })
    ? 'scim.over_limit'
    : null;
}

const reckon = (some: readonly DoneToday[], present: number): Reckoning => ({
  already: some.reduce((total, { count }) => total + count, 0),
  gone: some.reduce((total, { gone }) => total + gone, 0),
  present,
});
