import { createHash } from 'node:crypto';
import { actorId, type Actor, systemActor } from '../../../kernel/actor.ts';
import { dateOf, instantOf } from '../../../kernel/dates.ts';
import { conflict, notFound, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { isReadable, loadBatch } from '../batch-store.ts';
import type { DecideRequest } from '../contract.ts';
import type { HrContext } from '../deps.ts';
import type { GuardResult, Incoming, Known, PersonRecord, Snapshot } from '../model.ts';
import {
  type Decision,
  type DoneToday,
  guard,
  type MadePlan,
  makePlan,
  type PlannedChange,
} from '../plan/index.ts';
import { isDestructive, keepPlan, loadPlan, outdatePlansOf } from '../plan-store.ts';
import { mustMaintain } from '../policy.ts';
import { scimDoneToday } from '../scim/index.ts';
import type { ReadBatch } from '../sheet/index.ts';
import { completeOf } from '../sources/fetch-store.ts';
import {
  BatchTable,
  type BatchRow,
  ChangeTable,
  DoubtTable,
  type PlanRow,
  type PlanState,
  SourceStateTable,
  type StoredDecision,
} from '../tables.ts';
import { unitActsToday } from '../unit-acts/today.ts';
import { judge } from './check-batch.ts';

type Decisions = Readonly<Record<string, StoredDecision>>;

/**
 * What would happen, complete and guarded before anything is written (D1). The batch must have been read.
 * @throws conflict `hr.batch_not_ready`; refused `hr.columns_missing`
 */
export async function planBatch(
  ctx: HrContext,
  actor: Actor,
  batchId: string,
  { complete }: { readonly complete: boolean },
): Promise<string> {
  mustMaintain(actor);
  const batch = await ctx.db.read((reads) => loadBatch(reads, batchId));
  if (!isReadable(batch)) throw conflict('hr.batch_not_ready');
  if (batch.missingColumns.length > 0)
    throw refused('hr.columns_missing', { columns: batch.missingColumns.join('、') });
  if (complete && (await ctx.db.read((reads) => completeOf(reads, batchId))) === false)
    throw refused('hr.source_incomplete');
  return keep(ctx, actor, batch, complete, {});
}

/**
 * A human's word on a doubt: makes another plan with another hash; the old one is outdated.
 * @throws notFound `hr.unknown_doubt`; conflict `hr.plan_outdated` while it is carried out or done
 */
export async function decide(
  ctx: HrContext,
  actor: Actor,
  planId: string,
  { decisions }: DecideRequest,
): Promise<string> {
  mustMaintain(actor);
  const plan = await ctx.db.read((reads) => loadPlan(reads, planId));
  if (['running', 'paused', 'done', 'outdated'].includes(plan.state)) throw conflict('hr.plan_outdated');
  await ctx.db.read((reads) => mustBeOpen(reads, plan, decisions));
  const batch = await ctx.db.read((reads) => loadBatch(reads, plan.batchId));
  const said = Object.fromEntries(
    decisions.map(({ key, decision, personId }) => [key, { decision, ...(personId && { personId }) }]),
  );
  return keep(ctx, actor, batch, plan.complete, { ...plan.decisions, ...said });
}

async function mustBeOpen(reads: Reads, plan: PlanRow, decisions: DecideRequest['decisions']): Promise<void> {
  for (const { key, decision } of decisions) {
    const known =
      plan.decisions[key] !== undefined ||
      (await reads.em.getRepository(DoubtTable).existsBy({ planId: plan.id, doubtKey: key })) ||
      (decision === 'leaveOut' &&
        (await reads.em.getRepository(ChangeTable).existsBy({ planId: plan.id, changeKey: key })));
    if (!known) throw notFound('hr.unknown_doubt');
  }
}

/** The plan as it would be made at this moment. */
export async function madeNow(ctx: HrContext, plan: PlanRow): Promise<Made> {
  const batch = await ctx.db.read((reads) => loadBatch(reads, plan.batchId));
  return make(ctx, batch, plan);
}

export interface Made {
  readonly plan: MadePlan;
  readonly verdict: GuardResult;
  /** The directory's revision it was made against. */
  readonly stamp: string;
}

type Wish = Pick<PlanRow, 'complete' | 'decisions' | 'createdBy'>;

async function make(
  ctx: HrContext,
  batch: BatchRow,
  { complete, decisions, createdBy }: Wish,
): Promise<Made> {
  const stamp = await ctx.db.read((reads) => ctx.directory.revisionStamp(reads));
  const { known, read } = await judge(ctx, batch.id, complete && batch.unitRows > 0);
  const today = dateOf(ctx.clock.now());
  const plan = makePlan(snapshotOf(ctx, batch, complete, read), known, {
    today,
    decisions: new Map<string, Decision>(Object.entries(decisions)),
    workdaysBetween: (from, to) => workdaysBetween(ctx, from, to),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    pending: await ctx.db.read((reads) => pendingChanges(reads)),
  });
  const bringers = [createdBy, batch.createdBy];
  const verdict = await ctx.db.read((reads) => judgePlan(ctx, reads, { batch, plan, known, bringers }));
  return { plan, verdict, stamp };
}

function snapshotOf(ctx: HrContext, batch: BatchRow, complete: boolean, read: ReadBatch): Snapshot {
  return {
    sourceKey: batch.sourceKey,
    cutOffAt: batch.cutOffAt,
    complete,
    units: read.units,
    people: read.people.map((person) => incoming(ctx, person)),
    refusedStaffNos: read.refusedStaffNos,
    refusedUnitCodes: read.refusedUnitCodes,
  };
}

/** Personal values become prints and masks: a plan is stored, shown and hashed (rule H6). */
function incoming({ directory }: HrContext, person: PersonRecord): Incoming {
  const secret = (field: 'idNumber' | 'bornOn' | 'mobile') => {
    const value = person[field];
    return value === undefined || value === null ? value : directory.secretOf(field, value);
  };
  return { ...person, idNumber: secret('idNumber'), bornOn: secret('bornOn'), mobile: secret('mobile') };
}

function workdaysBetween({ calendar }: HrContext, from: string, to: string): number | null {
  const worked = calendar.workingMsBetween(instantOf(from, 24 * 60), instantOf(to, 24 * 60));
  return worked.provisional ? null : Math.floor(worked.ms / calendar.workdayMs);
}

async function pendingChanges(reads: Reads): Promise<PlannedChange[]> {
  const rows = await reads.em.getRepository(ChangeTable).findBy({ result: 'planned' });
  return rows.map(({ content }) => content as PlannedChange);
}

interface Case {
  readonly batch: BatchRow;
  readonly plan: MadePlan;
  readonly known: Known;
  readonly bringers: readonly string[];
}

async function judgePlan(
  ctx: HrContext,
  reads: Reads,
  { batch, plan, known, bringers }: Case,
): Promise<GuardResult> {
  const source = await reads.em.getRepository(SourceStateTable).findOneBy({ id: batch.sourceKey });
  const lastGoodPeople = source?.lastGoodPeople ?? null;
  return guard(plan, {
    known,
    lastGood: lastGoodPeople === null ? null : { people: lastGoodPeople },
    doneToday: [...(await plansToday(reads)), ...(await scimDoneToday(reads))],
    limits: ctx.limits,
    bringers: known.people.filter(({ personId }) => bringers.includes(personId)),
    firstRun: source?.acceptedAt === undefined || source.acceptedAt === null,
  });
}

/**
 * What was taken from people today already, by kind and top unit: many small runs cannot slip through (D2). A change
 * counts on the day its plan was started, also when it takes effect later: else what is said for one day in many
 * statements would have no limit at all.
 */
export async function plansToday(reads: Reads): Promise<DoneToday[]> {
  const rows = await reads.em.query<
    { kind: PlannedChange['kind']; topUnitCode: string; n: number | string; gone: number | string }[]
  >(
    `select c.kind as kind, c.topUnitCode as topUnitCode, count(*) as n,
       sum(case when c.result = 'done' then 1 else 0 end) as gone
     from hr_plan p join hr_change c on c.planId = p.id
     where p.startedAt >= ? and c.destructive = ? and c.result not in ('failed', 'skipped')
     group by c.kind, c.topUnitCode`,
    [instantOf(dateOf(reads.now)), true],
  );
  const ofPlans = rows.map(({ kind, topUnitCode, n, gone }) => ({
    kind,
    topUnitCode,
    count: Number(n),
    gone: Number(gone),
  }));
  return [...ofPlans, ...(await unitActsToday(reads))];
}

/** The same statement and decisions once more, as whoever made the plan: what it waited for has come. */
export async function planAgain(ctx: HrContext, plan: PlanRow): Promise<string> {
  const batch = await ctx.db.read((reads) => loadBatch(reads, plan.batchId));
  const actor = systemActor('hr.planAgain');
  return keep(ctx, actor, batch, plan.complete, plan.decisions, plan.createdBy);
}

async function keep(
  ctx: HrContext,
  actor: Actor,
  batch: BatchRow,
  complete: boolean,
  decisions: Decisions,
  createdBy = actorId(actor),
): Promise<string> {
  const made = await make(ctx, batch, { complete, decisions, createdBy });
  const { plan, verdict } = made;
  const planId = newId();
  await ctx.db.write(actor, async (tx) => {
    await outdatePlansOf(tx, batch.id);
    const row = { ...rowOf(batch, complete, decisions, made), id: planId, createdAt: tx.now, createdBy };
    await keepPlan(tx, row, plan);
    await saveWithVersion(tx, BatchTable, await loadBatch(tx, batch.id), { state: 'planned', planId });
    recordAct(tx, {
      action: 'hr.makePlan',
      targetType: 'hrPlan',
      targetId: planId,
      after: { hash: plan.hash, counts: plan.counts, verdict: verdict.verdict },
    });
  });
  return planId;
}

function rowOf(
  batch: BatchRow,
  complete: boolean,
  decisions: Decisions,
  { plan, verdict, stamp }: Made,
): Omit<PlanRow, 'id' | 'createdAt' | 'createdBy'> {
  return {
    batchId: batch.id,
    state: stateOf(plan, verdict),
    hash: plan.hash,
    complete,
    cutOffAt: plan.cutOffAt,
    sourceKey: plan.sourceKey,
    directoryStamp: stamp,
    counts: plan.counts,
    guard: verdict,
    decisions,
    changeCount: plan.changes.length,
    doubtCount: plan.doubts.length,
    destructiveCount: plan.changes.filter(isDestructive).length,
    confirmedAt: null,
    confirmedBy: null,
    expiresAt: null,
    runState: null,
    runSlot: null,
    startedAt: null,
    startedBy: null,
    lastSignAt: null,
    finishedAt: null,
    version: 1,
  };
}

export const isStopped = ({ verdict }: GuardResult): boolean =>
  verdict === 'overLimit' || verdict === 'suspicious';

function stateOf({ changes, withdrawn }: MadePlan, verdict: GuardResult): PlanState {
  if (isStopped(verdict)) return 'stopped';
  return changes.length + withdrawn.length === 0 ? 'empty' : 'waiting';
}
