/** Files of a plan and one of them, each filtered to what the reader may see (H1, H2); values masked (H6). */
import { notFound } from '../../../kernel/errors.ts';
import { among } from '../../../platform/db/among.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { ObligationRow } from '../../supervision/index.ts';
import { FILE, type FileAuditsContext } from '../commands/context.ts';
import { isPast } from '../commands/put-file.ts';
import type * as contract from '../contract.ts';
import { isOpen, stepsBefore } from '../engine.ts';
import { labelOf } from '../fields.ts';
import { maySeeFile, mayDo, viewerOf, type AuditOrg, type Viewer } from '../policy.ts';
import { loadFile, loadPlan, notesOf, OPEN, reasonOf, rulesOf } from '../store.ts';
import { FileEventTable, FileTable, PlanTable, type FileRow, type PlanRow } from '../tables.ts';
import { eventWords, STAGE_WORDS, STEP_WORDS } from '../words.ts';
import { planFor } from './plans.ts';

interface Asked {
  readonly where: string;
  readonly params: readonly unknown[];
}

/** The condition of a list: the plan, what the reader sees of it, what was asked for. */
async function askedOf(
  ctx: FileAuditsContext,
  reads: Reads,
  actorId: string,
  planId: string,
  { stage, unitId, overdue }: Pick<contract.FilesQuery, 'stage' | 'unitId' | 'overdue'>,
): Promise<Asked & { readonly plan: PlanRow; readonly org: AuditOrg; readonly viewer: Viewer }> {
  const { plan, org, viewer, sight } = await planFor(ctx, reads, actorId, planId);
  if (sight === 'counts') throw notFound('fileaudits.not_visible');
  const seen = sight === 'units' ? among('unitId', [...viewer.unitIds]) : { sql: '1 = 1', params: [] };
  const parts: [string, readonly unknown[]][] = [
    ['planId = ?', [planId]],
    [seen.sql, seen.params],
  ];
  if (stage !== undefined) parts.push(['stage = ?', [stage]]);
  if (unitId !== undefined) parts.push(['unitId = ?', [unitId]]);
  if (overdue !== undefined) parts.push([`${OPEN} and dueAt <= ?`, [reads.now]]);
  return {
    plan,
    org,
    viewer,
    where: parts.map(([sql]) => sql).join(' and '),
    params: parts.flatMap(([, params]) => params),
  };
}

/** In the order in which they were opened. */
export async function listFiles(
  ctx: FileAuditsContext,
  reads: Reads,
  actorId: string,
  planId: string,
  query: contract.FilesQuery,
): Promise<contract.FilesAnswer> {
  const { where, params, plan, org, viewer } = await askedOf(ctx, reads, actorId, planId, query);
  const rows = await rowsWhere(reads, where, params, query.cursor, query.limit + 1);
  const page = rows.slice(0, query.limit);
  const [count] = await reads.em.query<{ n: number | string }[]>(
    `select count(*) as n from file_audit_file where ${where}`,
    [...params],
  );
  return {
    items: await briefs(ctx, reads, org, viewer, page, new Map([[plan.id, plan]])),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
    total: Number(count?.n ?? 0),
  };
}

/** Rows of the same list with their verdicts, for the sheet. */
export async function pageOfRows(
  ctx: FileAuditsContext,
  reads: Reads,
  actorId: string,
  planId: string,
  query: Omit<contract.FilesQuery, 'limit'>,
  limit: number,
): Promise<{ items: FileRow[]; next: string | null; plan: PlanRow; org: AuditOrg }> {
  const { where, params, plan, org } = await askedOf(ctx, reads, actorId, planId, query);
  const rows = await rowsWhere(reads, where, params, query.cursor, limit + 1);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null, plan, org };
}

async function rowsWhere(
  reads: Reads,
  where: string,
  params: readonly unknown[],
  cursor: string | undefined,
  limit: number,
): Promise<FileRow[]> {
  const found = await reads.em.query<{ id: string }[]>(
    `select id from file_audit_file where ${where}${cursor === undefined ? '' : ' and id > ?'}
     order by id limit ${limit}`,
    [...params, ...(cursor === undefined ? [] : [cursor])],
  );
  if (found.length === 0) return [];
  const part = among(
    'file.id',
    found.map(({ id }) => id),
  );
  const rows = await reads.em
    .getRepository(FileTable)
    .createQueryBuilder('file')
    .where(
      part.params.length > 0 ? 'file.id in (:...ids)' : part.sql,
      part.params.length > 0 ? { ids: part.params } : {},
    )
    .orderBy('file.id')
    .getMany();
  return rows;
}

/** My own files, newest first; running and past. */
export async function listOwn(
  ctx: FileAuditsContext,
  reads: Reads,
  actorId: string,
  { cursor, limit }: contract.OwnQuery,
): Promise<contract.OwnAnswer> {
  return ownPage(ctx, reads, actorId, 'personId = ?', [actorId], cursor, limit);
}

/** What waits for me to review. */
export async function listToReview(
  ctx: FileAuditsContext,
  reads: Reads,
  actorId: string,
  { cursor, limit }: contract.OwnQuery,
): Promise<contract.OwnAnswer> {
  const where = `holderId = ? and stage in ('unit', 'hr')`;
  return ownPage(ctx, reads, actorId, where, [actorId], cursor, limit);
}

async function ownPage(
  ctx: FileAuditsContext,
  reads: Reads,
  actorId: string,
  where: string,
  params: readonly unknown[],
  cursor: string | undefined,
  limit: number,
): Promise<contract.OwnAnswer> {
  const org = await ctx.orgOf(reads);
  const found = await reads.em.query<{ id: string }[]>(
    `select id from file_audit_file where ${where}${cursor === undefined ? '' : ' and id < ?'}
     order by id desc limit ${limit + 1}`,
    [...params, ...(cursor === undefined ? [] : [cursor])],
  );
  const ids = found.slice(0, limit).map(({ id }) => id);
  const rows = (await rowsWhere(reads, among('id', ids).sql, among('id', ids).params, undefined, limit)).sort(
    (a, b) => (a.id < b.id ? 1 : -1),
  );
  return {
    items: await briefs(ctx, reads, org, viewerOf(org, ctx.settings, actorId), rows),
    next: found.length > limit ? (ids.at(-1) ?? null) : null,
  };
}

async function briefs(
  ctx: FileAuditsContext,
  reads: Reads,
  org: AuditOrg,
  viewer: Viewer,
  rows: readonly FileRow[],
  known: ReadonlyMap<string, PlanRow> = new Map(),
): Promise<contract.FileBrief[]> {
  const plans = new Map(known);
  for (const planId of new Set(rows.map((row) => row.planId)))
    if (!plans.has(planId)) {
      const plan = await reads.em.getRepository(PlanTable).findOneBy({ id: planId });
      if (plan) plans.set(planId, plan);
    }
  const clocks = await ctx.supervision.listOfSubjects(
    reads,
    FILE,
    rows.map(({ id }) => id),
  );
  const open = new Map(clocks.filter(({ state }) => state === 'open').map((row) => [row.subjectId, row]));
  return rows.flatMap((row) => {
    const plan = plans.get(row.planId);
    return plan ? [briefOf(ctx, reads, org, viewer, plan, row, open.get(row.id))] : [];
  });
}

function briefOf(
  { supervision }: FileAuditsContext,
  { now }: Reads,
  org: AuditOrg,
  viewer: Viewer,
  plan: PlanRow,
  row: FileRow,
  clock: ObligationRow | undefined,
): contract.FileBrief {
  const person = org.person(row.personId);
  return {
    fileId: row.id,
    planId: plan.id,
    planTitle: plan.title,
    person: {
      personId: row.personId,
      staffNo: person?.staffNo ?? '',
      name: person?.name ?? '',
      title: org.briefOf(row.personId)?.title ?? '',
    },
    unitName: row.unitId === null ? '' : (org.unit(row.unitId)?.name ?? ''),
    stage: row.stage,
    stageWords: STAGE_WORDS[row.stage],
    holderName: row.holderId === null ? null : (org.person(row.holderId)?.name ?? null),
    due: clock ? { ...supervision.dueOf(clock, now) } : null,
    isLate: row.isLate || isPast(row, now),
    wrongSaid: row.saidWrong?.length ?? 0,
    doubts: row.doubts.length,
    ok: row.okCount,
    missing: row.missingCount,
    wrong: row.wrongCount,
    can: mayDo(viewer, plan, row),
  };
}

/** One file for its person, who reviews it, and HR. */
export async function readFile(
  ctx: FileAuditsContext,
  reads: Reads,
  actorId: string,
  fileId: string,
): Promise<contract.FileAnswer> {
  const row = await loadFile(reads, fileId);
  const plan = await loadPlan(reads, row.planId);
  const org = await ctx.orgOf(reads);
  const viewer = viewerOf(org, ctx.settings, actorId);
  if (!maySeeFile(viewer, plan, row)) throw notFound('fileaudits.not_visible');
  const clocks = await ctx.supervision.listOfSubjects(reads, FILE, [row.id]);
  const running = clocks.find(({ state }) => state === 'open');
  const events = await reads.em
    .getRepository(FileEventTable)
    .find({ where: { fileId: row.id }, order: { id: 'ASC' } });
  const brief = briefOf(ctx, reads, org, viewer, plan, row, running);
  const mayBack = brief.can.pass || brief.can.judge;
  return {
    ...brief,
    round: row.round,
    guidance: plan.guidance,
    basis: plan.basis,
    fields: await fieldsOf(ctx, reads, plan, row),
    history: events.map((event) => ({
      id: event.id,
      at: event.happenedAt,
      by: event.byName,
      words: eventWords(event.kind, event.stage),
      note: reasonOf(ctx, event.reasonSealed),
    })),
    clocks: clocks.map((clock) => ({
      id: clock.id,
      step: stepWords(clock),
      holder: nameIn(org, clock.breachPersonId ?? clock.holderPersonId),
      openedAt: clock.openedAt,
      dueAt: clock.dueAt,
      closedAt: clock.closedAt,
      isLate: isLate(clock, reads.now),
    })),
    back: mayBack
      ? stepsBefore(rulesOf(plan), row.stage).map((step) => ({ step, label: STEP_WORDS[step] }))
      : [],
    isOwn: row.personId === actorId,
  };
}

/** What the record says now beside what was said of it; after the end of the file, what was said. */
async function fieldsOf(
  ctx: FileAuditsContext,
  reads: Reads,
  plan: PlanRow,
  row: FileRow,
): Promise<contract.FileField[]> {
  const record = await ctx.recordOf(reads, row.personId, plan.startedAt ?? 0);
  const notes = notesOf(ctx, row);
  return plan.fields.map((field) => {
    const item = record.find((one) => one.field === field);
    return {
      field,
      label: labelOf(field),
      present: item?.present ?? null,
      said: row.saidWrong === null ? null : row.saidWrong.includes(field) ? 'wrong' : 'right',
      correction: item?.correction ?? null,
      doubt: row.doubts.includes(field) ? (notes.doubts[field] ?? '') : null,
      verdict: row.verdicts[field] ?? null,
      verdictNote: notes.verdicts[field] ?? null,
    };
  });
}

const stepWords = ({ kind }: ObligationRow): string => {
  const step = kind.split('.').at(-1) ?? '';
  return isOpen(step as contract.Stage) ? STEP_WORDS[step as contract.StepKind] : step;
};

const nameIn = (org: AuditOrg, personId: string | null): string | null =>
  personId === null ? null : (org.person(personId)?.name ?? null);

/** Passed now, though the sweep has not written it down yet, or was passed (G9). */
const isLate = ({ breachedAt, state, dueAt, provisional }: ObligationRow, now: number): boolean =>
  breachedAt !== null || (state === 'open' && !provisional && dueAt !== null && dueAt <= now);
