/** Plans, how far they are, and what they say of the data: each filtered to what the reader may see (H1). */
import { In, LessThan } from 'typeorm';
import { dateOf } from '../../../kernel/dates.ts';
import { forbidden, notFound } from '../../../kernel/errors.ts';
import type { AppError } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { FileAuditsContext } from '../commands/context.ts';
import { whyNotStart } from '../commands/plans.ts';
import { scopeOfPlan } from '../commands/scope-of-plan.ts';
import type * as contract from '../contract.ts';
import { ALL_FIELDS, FIELDS, labelOf } from '../fields.ts';
import { isReviewer, reviewerChoices, sightOf, viewerOf, type AuditOrg, type Viewer } from '../policy.ts';
import { METHOD, withScores } from '../score.ts';
import { loadPlan } from '../store.ts';
import { PlanTable, type PlanRow } from '../tables.ts';
import { PLAN_WORDS, STEP_WORDS } from '../words.ts';
import { unitsOf, wholeOf } from './figures.ts';

type Sight = NonNullable<ReturnType<typeof sightOf>>;
const unitsIn = (viewer: Viewer, sight: Sight): ReadonlySet<string> | null =>
  sight === 'units' ? viewer.unitIds : null;

const SCAN = 100;

/** Newest first; drafts for HR only. @throws forbidden `fileaudits.not_yours` to who has nothing to do with any */
export async function listPlans(
  ctx: FileAuditsContext,
  reads: Reads,
  actorId: string,
  { cursor, limit }: contract.PlansQuery,
): Promise<contract.PlansAnswer> {
  const org = await ctx.orgOf(reads);
  const viewer = viewerOf(org, ctx.settings, actorId);
  const found: { plan: PlanRow; sight: Sight }[] = [];
  // Which plans somebody sees follows from roles of now, so it is asked of each plan, not of the database.
  for (let after = cursor; ;) {
    const rows = await reads.em.getRepository(PlanTable).find({
      ...(after !== undefined && { where: { id: LessThan(after) } }),
      order: { id: 'DESC' },
      take: SCAN,
    });
    for (const plan of rows) {
      const sight = plan.state === 'discarded' ? null : sightOf(viewer, plan);
      if (sight !== null) found.push({ plan, sight });
    }
    after = rows.at(-1)?.id;
    if (rows.length < SCAN || found.length > limit) break;
  }
  const entered = viewer.isHr || viewer.isSupervisor || viewer.unitIds.size > 0 || found.length > 0;
  if (!entered) throw forbidden('fileaudits.not_yours');
  const page = found.slice(0, limit);
  const items: contract.PlanBrief[] = [];
  for (const { plan, sight } of page) items.push(await briefOf(reads, viewer, plan, sight));
  return {
    items,
    next: found.length > limit ? (page.at(-1)?.plan.id ?? null) : null,
    can: { make: viewer.isHr },
  };
}

async function briefOf(
  reads: Reads,
  viewer: Viewer,
  plan: PlanRow,
  sight: Sight,
): Promise<contract.PlanBrief> {
  const { id, title, state, fromOn, untilOn, makerName, startedAt, endedAt } = plan;
  const figures = state === 'draft' ? null : withScores(await wholeOf(reads, plan, unitsIn(viewer, sight)));
  const stateWords = PLAN_WORDS[state];
  return { planId: id, title, state, stateWords, fromOn, untilOn, makerName, startedAt, endedAt, figures };
}

/** @throws notFound `fileaudits.not_visible`: unknown and invisible look alike */
export async function planFor(ctx: FileAuditsContext, reads: Reads, actorId: string, planId: string) {
  const plan = await loadPlan(reads, planId);
  const org = await ctx.orgOf(reads);
  const viewer = viewerOf(org, ctx.settings, actorId);
  const sight = sightOf(viewer, plan);
  if (sight === null) throw notFound('fileaudits.not_visible');
  return { plan, org, viewer, sight };
}

export async function readPlan(
  ctx: FileAuditsContext,
  reads: Reads,
  actorId: string,
  planId: string,
  wordsOf: (error: AppError) => string,
): Promise<contract.PlanAnswer> {
  const { plan, org, viewer, sight } = await planFor(ctx, reads, actorId, planId);
  const { isHr } = viewer;
  const isDraft = plan.state === 'draft';
  const scope = isDraft ? await scopeOfPlan(ctx, reads, org, plan) : [];
  const why = isDraft ? whyNotStart(ctx, org, plan, scope, actorId, dateOf(reads.now)) : null;
  const isRunning = plan.state === 'running';
  const seesFiles = !isDraft && sight !== 'counts';
  return {
    ...(await briefOf(reads, viewer, plan, sight)),
    version: plan.version,
    basis: plan.basis,
    guidance: plan.guidance,
    scope: plan.scope,
    scopeWords: await scopeWords(ctx, reads, org, plan),
    fields: plan.fields.map((field) => ({ field, label: labelOf(field) })),
    steps: plan.steps.map((step) => ({ ...step, label: STEP_WORDS[step.kind] })),
    reviewers: plan.reviewerIds.map((id) => ({ id, name: org.person(id)?.name ?? '' })),
    startedByName: plan.startedByName,
    people: isDraft ? scope.length : plan.people,
    method: METHOD,
    can: {
      edit: isHr && isDraft,
      start: isHr && isDraft && why === null,
      startNot: why === null ? null : wordsOf(why),
      tune: isHr && isRunning,
      end: isHr && isRunning,
      remind: isHr && isRunning,
      files: seesFiles,
      export: !isDraft && (isHr || isReviewer(viewer, plan)),
    },
  };
}

const CATEGORY_WORDS = { internal: '院内', external: '院外服务', entrusted: '代管' } as const;

async function scopeWords(
  ctx: FileAuditsContext,
  reads: Reads,
  org: AuditOrg,
  { scope }: PlanRow,
): Promise<string[]> {
  const units = scope.unitIds.map((unitId) => org.unit(unitId)?.name ?? '');
  const sets = scope.setIds.length === 0 ? [] : await ctx.setsOf(reads);
  const named = sets.filter(({ setId }) => scope.setIds.includes(setId)).map(({ name }) => `人员集：${name}`);
  const categories = scope.categories.map((category) => CATEGORY_WORDS[category]).join('、');
  const who = units.length + named.length === 0 ? ['全校'] : [...units, ...named];
  return categories === '' ? who : [...who, `只含${categories}人员`];
}

/** S1-1c, S1-22a: by department, those with most past their time first. */
export async function listUnits(
  ctx: FileAuditsContext,
  reads: Reads,
  actorId: string,
  planId: string,
  { only, cursor, limit }: contract.UnitsQuery,
): Promise<contract.UnitsAnswer> {
  const { plan, org, viewer, sight } = await planFor(ctx, reads, actorId, planId);
  const units = await unitsOf(reads, plan, unitsIn(viewer, sight));
  const all = units
    .filter(({ counted }) => only === 'all' || counted.overdue > 0)
    .map(({ unitId, unitName, counted }) => ({
      unitId,
      unitName: unitName ?? (unitId === null ? '' : (org.unit(unitId)?.name ?? '')),
      ...withScores(counted),
    }))
    .map((unit) => ({ ...unit, unitName: unit.unitName || '没有岗位的人' }))
    .sort((a, b) => b.overdue - a.overdue || (a.unitName < b.unitName ? -1 : 1));
  const from = cursor === undefined ? 0 : Number.parseInt(cursor, 10) || 0;
  const items = all.slice(from, from + limit);
  const end = from + items.length;
  return { items, next: end < all.length ? String(end) : null, total: all.length };
}

/** @throws forbidden `fileaudits.hr_only` */
export async function readChoices(
  ctx: FileAuditsContext,
  reads: Reads,
  actorId: string,
): Promise<contract.ChoicesAnswer> {
  const org = await ctx.orgOf(reads);
  if (!viewerOf(org, ctx.settings, actorId).isHr) throw forbidden('fileaudits.hr_only');
  return {
    fields: ALL_FIELDS.map((field) => ({ field, ...FIELDS[field] })),
    sets: [...(await ctx.setsOf(reads))],
    reviewers: reviewerChoices(org, ctx.settings).map((personId) => {
      const { name = '', unitName = '' } = org.briefOf(personId) ?? {};
      return { personId, name, unitName };
    }),
    steps: (['self', 'unit', 'hr'] as const).map((kind) => ({
      kind,
      label: STEP_WORDS[kind],
      workdays: STEP_DAYS,
    })),
  };
}

const STEP_DAYS = 5;

/** S1-1c: accuracy and completeness of the staff domain, with date and method; every plan that ended, newest first. */
export async function readQuality(
  ctx: FileAuditsContext,
  reads: Reads,
  actorId: string,
  { cursor, limit }: contract.QualityQuery,
): Promise<contract.QualityAnswer> {
  const viewer = viewerOf(await ctx.orgOf(reads), ctx.settings, actorId);
  if (!viewer.isHr && !viewer.isSupervisor) throw forbidden('fileaudits.not_yours');
  const rows = await reads.em.getRepository(PlanTable).find({
    where: { state: In(['ended']), ...(cursor !== undefined && { id: LessThan(cursor) }) },
    order: { id: 'DESC' },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const items: contract.QualityAnswer['items'] = [];
  for (const plan of page)
    items.push({
      planId: plan.id,
      title: plan.title,
      basis: plan.basis,
      scoredAt: plan.endedAt ?? 0,
      fieldLabels: plan.fields.map(labelOf),
      figures: withScores(await wholeOf(reads, plan, null)),
    });
  return {
    domain: '人员',
    method: METHOD,
    items,
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
