import type { PersonActor } from '../../../kernel/actor.ts';
import { conflict, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { dateOf, isCalendarDate } from '../../../kernel/dates.ts';
import { newId } from '../../../kernel/id.ts';
import { mustBeTyped } from '../../../kernel/typed-phrase.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import type { ChangeRequest, PlanTerms, RemindRequest, TuneRequest, TypedRequest } from '../contract.ts';
import { orderSteps } from '../engine.ts';
import { inOrder } from '../fields.ts';
import { reviewerChoices, viewerOf, type AuditOrg } from '../policy.ts';
import { loadPlan, OPEN } from '../store.ts';
import { PlanTable, type PlanRow } from '../tables.ts';
import { carryOn, CARRY_ON_JOB } from './carry-on.ts';
import type { FileAuditsContext } from './context.ts';
import { FOLLOW_JOB } from './follow.ts';
import { scopeOfPlan } from './scope-of-plan.ts';

/** So many a small institution's plan takes: it runs when the answer comes. The job does the rest. */
const STEPS_AT_ONCE = 3;

async function enterHr(ctx: FileAuditsContext, reads: Reads, actorId: string): Promise<AuditOrg> {
  const org = await ctx.orgOf(reads);
  if (!viewerOf(org, ctx.settings, actorId).isHr) throw forbidden('fileaudits.hr_only');
  return org;
}

/** @throws refused with what cannot be: a unit, a set or a reviewer nobody knows, dates in the wrong order */
async function checked(
  ctx: FileAuditsContext,
  reads: Reads,
  org: AuditOrg,
  terms: PlanTerms,
): Promise<PlanTerms> {
  const { fromOn, untilOn, scope, reviewerIds } = terms;
  if (![fromOn, untilOn].every(isCalendarDate) || fromOn > untilOn) throw refused('fileaudits.dates');
  if (scope.unitIds.some((unitId) => org.placeOf(unitId)?.unitId !== unitId))
    throw refused('fileaudits.unknown_scope');
  const sets = new Set((await ctx.setsOf(reads)).map(({ setId }) => setId));
  if (scope.setIds.some((setId) => !sets.has(setId))) throw refused('fileaudits.unknown_scope');
  mustBeReviewers(ctx, org, reviewerIds);
  return { ...terms, steps: orderSteps(terms.steps), fields: inOrder(terms.fields) };
}

function mustBeReviewers(
  { settings }: FileAuditsContext,
  org: AuditOrg,
  reviewerIds: readonly string[],
): void {
  const known = new Set(reviewerChoices(org, settings));
  if (reviewerIds.some((id) => !known.has(id))) throw refused('fileaudits.unknown_reviewer');
}

const told = ({ title, scope, fields, steps, fromOn, untilOn, reviewerIds }: PlanTerms) => ({
  title,
  scope,
  fields,
  steps,
  fromOn,
  untilOn,
  reviewerIds,
});

/** S1-7.1a: a draft. */
export async function makePlan(
  ctx: FileAuditsContext,
  actor: PersonActor,
  wanted: PlanTerms,
): Promise<string> {
  return ctx.db.write(actor, async (tx) => {
    const org = await enterHr(ctx, tx, actor.personId);
    const terms = await checked(ctx, tx, org, wanted);
    const row: PlanRow = {
      id: newId(),
      state: 'draft',
      ...terms,
      makerId: actor.personId,
      makerName: actor.name.slice(0, 64),
      editedById: actor.personId,
      startedById: null,
      startedByName: null,
      startedAt: null,
      endedById: null,
      endedAt: null,
      progress: null,
      people: 0,
      version: 1,
    };
    await insertRows(tx, PlanTable, [row]);
    recordAct(tx, {
      action: 'fileaudits.make',
      targetType: 'file_audit_plan',
      targetId: row.id,
      after: told(terms),
    });
    return row.id;
  });
}

export async function changePlan(
  ctx: FileAuditsContext,
  actor: PersonActor,
  planId: string,
  { version, ...wanted }: ChangeRequest,
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    const org = await enterHr(ctx, tx, actor.personId);
    const row = await mustBeDraft(tx, planId);
    const terms = await checked(ctx, tx, org, wanted);
    await saveWithVersion(tx, PlanTable, { id: planId, version }, { ...terms, editedById: actor.personId });
    recordAct(tx, {
      action: 'fileaudits.change',
      targetType: 'file_audit_plan',
      targetId: planId,
      before: told(row),
      after: told(terms),
    });
  });
}

async function mustBeDraft(reads: Reads, planId: string): Promise<PlanRow> {
  const row = await loadPlan(reads, planId);
  if (row.state === 'discarded') throw notFound('fileaudits.not_visible');
  if (row.state !== 'draft') throw conflict('fileaudits.started_already');
  return row;
}

export async function discardPlan(
  ctx: FileAuditsContext,
  actor: PersonActor,
  planId: string,
  version: number,
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    await enterHr(ctx, tx, actor.personId);
    await mustBeDraft(tx, planId);
    await saveWithVersion(tx, PlanTable, { id: planId, version }, { state: 'discarded' });
    recordAct(tx, { action: 'fileaudits.discard', targetType: 'file_audit_plan', targetId: planId });
  });
}

/** What keeps this person from starting it, as a code; null: nothing. */
export function whyNotStart(
  { settings }: Pick<FileAuditsContext, 'settings'>,
  org: AuditOrg,
  { editedById, fromOn, reviewerIds }: PlanRow,
  personIds: readonly string[],
  actorId: string,
  today: string,
): ReturnType<typeof refused> | null {
  if (settings.secondPersonStarts && editedById === actorId) return refused('fileaudits.second_person');
  if (today < fromOn) return refused('fileaudits.too_early', { day: fromOn });
  if (personIds.length === 0) return refused('fileaudits.nobody');
  const reviewers = reviewerIds.filter((id) => org.person(id)?.active === true);
  const [only] = reviewers;
  if (only === undefined) return refused('fileaudits.no_reviewer');
  // H3: nobody reviews their own file, so there must be another one for theirs.
  if (reviewers.length === 1 && personIds.includes(only))
    return refused('fileaudits.reviewer_alone', { name: org.person(only)?.name ?? '' });
  return null;
}

/** S1-7.1b: by another person than who wrote it last. The scope becomes a list of people, slice by slice. */
export async function startPlan(
  ctx: FileAuditsContext,
  actor: PersonActor,
  planId: string,
  { version, phrase }: TypedRequest,
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    const org = await enterHr(ctx, tx, actor.personId);
    const row = await mustBeDraft(tx, planId);
    const personIds = await scopeOfPlan(ctx, tx, org, row);
    const why = whyNotStart(ctx, org, row, personIds, actor.personId, dateOf(tx.now));
    if (why) throw why;
    const count = personIds.length;
    mustBeTyped(count, `审核${count}人`, phrase);
    await saveWithVersion(
      tx,
      PlanTable,
      { id: planId, version },
      {
        state: 'starting',
        startedById: actor.personId,
        startedByName: actor.name.slice(0, 64),
        startedAt: tx.now,
        people: count,
        progress: { after: '' },
      },
    );
    enqueue(tx, { name: CARRY_ON_JOB, key: `${planId}:start`, payload: { planId } });
    recordAct(tx, {
      action: 'fileaudits.start',
      targetType: 'file_audit_plan',
      targetId: planId,
      after: { people: count },
    });
  });
  await carryOn(ctx, planId, STEPS_AT_ONCE);
}

/** HR guides while it runs: the words everybody reads, and who judges. */
export async function tunePlan(
  ctx: FileAuditsContext,
  actor: PersonActor,
  planId: string,
  { version, guidance, reviewerIds }: TuneRequest,
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    const org = await enterHr(ctx, tx, actor.personId);
    const row = await loadPlan(tx, planId);
    if (row.state !== 'running') throw refused('fileaudits.not_running');
    mustBeReviewers(ctx, org, reviewerIds);
    await saveWithVersion(tx, PlanTable, { id: planId, version }, { guidance, reviewerIds });
    enqueue(tx, { name: FOLLOW_JOB, key: newId(), payload: { planId } });
    recordAct(tx, {
      action: 'fileaudits.tune',
      targetType: 'file_audit_plan',
      targetId: planId,
      before: { reviewerIds: row.reviewerIds },
      after: { reviewerIds, guidance: guidance !== row.guidance },
    });
  });
}

const openIn = async ({ em }: Reads, planId: string): Promise<number> => {
  const [row] = await em.query<{ n: number | string }[]>(
    `select count(*) as n from file_audit_file where planId = ? and ${OPEN}`,
    [planId],
  );
  return Number(row?.n ?? 0);
};

/** What is not judged by then is not judged; the scores are frozen when the last clock has stopped. */
export async function endPlan(
  ctx: FileAuditsContext,
  actor: PersonActor,
  planId: string,
  { version, phrase }: TypedRequest,
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    await enterHr(ctx, tx, actor.personId);
    const row = await loadPlan(tx, planId);
    if (row.state !== 'running') throw refused('fileaudits.not_running');
    const open = await openIn(tx, planId);
    mustBeTyped(open, `放弃${open}份`, phrase);
    await saveWithVersion(
      tx,
      PlanTable,
      { id: planId, version },
      {
        state: 'ending',
        endedById: actor.personId,
        progress: { after: '' },
      },
    );
    enqueue(tx, { name: CARRY_ON_JOB, key: `${planId}:end`, payload: { planId } });
    recordAct(tx, {
      action: 'fileaudits.end',
      targetType: 'file_audit_plan',
      targetId: planId,
      after: { unfinished: open },
    });
  });
  await carryOn(ctx, planId, STEPS_AT_ONCE);
}

/** 督办: whoever holds a file that is past its time is told again, once a day at most. @returns how many people */
export async function remindLate(
  ctx: FileAuditsContext,
  actor: PersonActor,
  planId: string,
  { unitId, phrase }: RemindRequest,
): Promise<number> {
  return ctx.db.write(actor, async (tx) => {
    await enterHr(ctx, tx, actor.personId);
    const plan = await loadPlan(tx, planId);
    if (plan.state !== 'running') throw refused('fileaudits.not_running');
    const held = await lateHolders(tx, planId, unitId);
    mustBeTyped(held.length, `催办${held.length}人`, phrase);
    const day = dateOf(tx.now);
    for (const { holderId, n } of held)
      ctx.notify(tx, {
        key: `remind:${planId}:${day}`,
        personId: holderId,
        words: `${plan.title}：你有 ${n} 份档案超过时限，请尽快办。`,
        path: '/file-audits',
      });
    recordAct(tx, {
      action: 'fileaudits.remind',
      targetType: 'file_audit_plan',
      targetId: planId,
      after: { unitId, people: held.length },
    });
    return held.length;
  });
}

async function lateHolders(
  { em, now }: Tx,
  planId: string,
  unitId: string | null,
): Promise<{ holderId: string; n: number }[]> {
  const rows = await em.query<{ holderId: string; n: number | string }[]>(
    `select holderId, count(*) as n from file_audit_file
     where planId = ? and ${OPEN} and dueAt <= ? and holderId is not null${unitId === null ? '' : ' and unitId = ?'}
     group by holderId order by holderId`,
    [planId, now, ...(unitId === null ? [] : [unitId])],
  );
  return rows.map(({ holderId, n }) => ({ holderId, n: Number(n) }));
}
