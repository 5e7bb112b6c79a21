/**
 * A plan starts and ends slice by slice, each a unit of work of its own, so that one for 5,000 people shuts nobody out.
 * How far it is stands in its row and is written with the slice: cut off anywhere, whoever goes on does what is
 * missing and nothing twice.
 */
import { systemActor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, updateCount } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { AuditOrg } from '../policy.ts';
import { figuresByUnit } from '../reads/figures.ts';
import { appendEvent, lockPlan, OPEN } from '../store.ts';
import { PlanTable, ScoreTable, type PlanRow, type ScoreRow } from '../tables.ts';
import { FILE, type FileAuditsContext } from './context.ts';
import { openFiles } from './put-file.ts';
import { scopeOfPlan } from './scope-of-plan.ts';

export const CARRY_ON_JOB = 'fileaudits.carryOn';
const MECHANISM = systemActor(`job:${CARRY_ON_JOB}`);
/** People of one unit of work. */
const SLICE = 200;

/** @returns whether nothing is left to do */
export async function carryOn(
  ctx: FileAuditsContext,
  planId: string,
  most = Number.MAX_SAFE_INTEGER,
  slice = SLICE,
): Promise<boolean> {
  for (let done = 0; done < most; done += 1) {
    const isFinished = await ctx.db.write(MECHANISM, (tx) => oneStep(ctx, tx, planId, slice));
    if (isFinished) return true;
  }
  return false;
}

async function oneStep(ctx: FileAuditsContext, tx: Tx, planId: string, slice: number): Promise<boolean> {
  const plan = await lockPlan(tx, planId);
  const org = await ctx.orgOf(tx);
  if (plan.state === 'starting') return openSome(ctx, tx, org, plan, slice);
  if (plan.state === 'ending') return stopSome(ctx, tx, org, plan, slice);
  return true;
}

async function save(tx: Tx, { id, version }: PlanRow, changes: Partial<PlanRow>): Promise<void> {
  await tx.em.getRepository(PlanTable).update({ id }, { ...changes, version: version + 1 });
}

async function openSome(
  ctx: FileAuditsContext,
  tx: Tx,
  org: AuditOrg,
  plan: PlanRow,
  slice: number,
): Promise<boolean> {
  const after = plan.progress?.after ?? '';
  const all = await scopeOfPlan(ctx, tx, org, plan);
  const some = all.filter((personId) => personId > after).slice(0, slice);
  const last = some.at(-1);
  if (last !== undefined) {
    await openFiles(ctx, tx, org, plan, some);
    await save(tx, plan, { progress: { after: last } });
    return false;
  }
  const [row] = await tx.em.query<{ n: number | string }[]>(
    'select count(*) as n from file_audit_file where planId = ?',
    [plan.id],
  );
  const people = Number(row?.n ?? 0);
  await save(tx, plan, { state: 'running', progress: null, people });
  tellSupervisors(ctx, tx, org, plan, `began:${plan.id}`, `${plan.title}已启动，列入 ${people} 人`);
  recordAct(tx, {
    action: 'fileaudits.started',
    targetType: 'file_audit_plan',
    targetId: plan.id,
    after: { people },
  });
  return true;
}

async function stopSome(
  ctx: FileAuditsContext,
  tx: Tx,
  org: AuditOrg,
  plan: PlanRow,
  slice: number,
): Promise<boolean> {
  const rows = await tx.em.query<{ id: string; stage: 'self' | 'unit' | 'hr' }[]>(
    `select id, stage from file_audit_file where planId = ? and ${OPEN} order by id limit ${slice}`,
    [plan.id],
  );
  for (const { id } of rows) {
    await ctx.supervision.closeObligations(tx, { subjectType: FILE, subjectId: id, outcome: 'plan_ended' });
    appendEvent(ctx, tx, id, { kind: 'stopped', stage: 'unfinished' });
  }
  if (rows.length > 0) {
    const marks = rows.map(() => '?').join(', ');
    // MySQL assigns from left to right and sees new values: what asks for the old due time comes first.
    await updateCount(
      tx.em,
      `update file_audit_file
       set isLate = case when dueAt is not null and dueAt <= ? then 1 else isLate end,
         dueAt = null, holderId = null, stage = 'unfinished', version = version + 1
       where id in (${marks}) and ${OPEN}`,
      [tx.now, ...rows.map(({ id }) => id)],
    );
    return false;
  }
  await freeze(tx, org, plan);
  tellSupervisors(ctx, tx, org, plan, `ended:${plan.id}`, `${plan.title}已结束，结果已定`);
  return true;
}

/** S1-1c: what the plan says of the data, by unit, as it is now and stays. */
async function freeze(tx: Tx, org: AuditOrg, plan: PlanRow): Promise<void> {
  const units = await figuresByUnit(tx, plan.id, null);
  const rows = units.map(({ unitId, counted }): ScoreRow => ({
    id: newId(),
    planId: plan.id,
    unitId,
    unitName: unitId === null ? '' : (org.unit(unitId)?.name ?? ''),
    scoredAt: tx.now,
    people: counted.people,
    doneCount: counted.done,
    droppedCount: counted.dropped,
    unfinishedCount: counted.unfinished,
    lateCount: counted.late,
    okCount: counted.ok,
    missingCount: counted.missing,
    wrongCount: counted.wrong,
  }));
  await insertRows(tx, ScoreTable, rows);
  await save(tx, plan, { state: 'ended', endedAt: tx.now, progress: null });
  recordAct(tx, {
    action: 'fileaudits.ended',
    targetType: 'file_audit_plan',
    targetId: plan.id,
    after: { units: rows.length },
  });
}

/** S1-22a: those who supervise learn of it, with the page that counts; nothing on it is of a person. */
function tellSupervisors(
  { notify, settings }: FileAuditsContext,
  tx: Tx,
  org: AuditOrg,
  plan: PlanRow,
  key: string,
  words: string,
): void {
  const heads = org
    .units()
    .filter(({ code }) => settings.supervisorUnits.includes(code))
    .flatMap(({ unitId }) => org.headsOf(unitId));
  for (const personId of new Set(heads.map((head) => head.personId)))
    notify(tx, {
      key,
      personId,
      words: `${words}。你部门可以看各单位的数量和完整率。`,
      path: `/console/file-audits/${plan.id}`,
    });
}
