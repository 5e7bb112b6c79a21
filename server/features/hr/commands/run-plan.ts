import { systemActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { AppError } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import { applyPerson } from '../apply/apply-person.ts';
import { applyUnit } from '../apply/apply-unit.ts';
import { loadBatch, someRows } from '../batch-store.ts';
import type { HrContext } from '../deps.ts';
import type { PersonRecord } from '../model.ts';
import type { PlannedChange } from '../plan/index.ts';
import { loadPlan, nextChange, noteOutcome, resultCounts } from '../plan-store.ts';
import { readPerson } from '../sheet/index.ts';
import {
  ChangeTable,
  type ChangeRow,
  PlanTable,
  type PlanRow,
  type RunState,
  SourceStateTable,
} from '../tables.ts';
import { enqueueRun, RUN_JOB } from './control-run.ts';
import { gatherNewcomers } from './gather-newcomers.ts';

export const runActor = systemActor('job:hr.run');
/** A run gives way to others after a while and goes on in its next job. */
const SHIFT_MS = 60_000;

/**
 * Carry a plan out, one unit of work a change, in the plan's order. Cut off anywhere it goes on with what is missing:
 * a change and the note that it is done are written together (D5). A change that cannot be done is noted with its
 * reason and never stops the others (D9).
 */
export async function runPlan(ctx: HrContext, planId: string): Promise<void> {
  const until = performance.now() + SHIFT_MS;
  for (;;) {
    const plan = await ctx.db.read((reads) => loadPlan(reads, planId));
    if (plan.state !== 'running') return;
    const change = await ctx.db.read((reads) => nextChange(reads, planId));
    if (!change) return finish(ctx, plan);
    await step(ctx, plan, change);
    if (performance.now() > until) {
      await ctx.db.write(runActor, async (tx) => enqueueRun(tx, planId, tx.now));
      return;
    }
  }
}

async function step(ctx: HrContext, plan: PlanRow, change: ChangeRow): Promise<void> {
  try {
    const record = await recordOf(ctx, plan, change);
    await ctx.db.write(runActor, async (tx) => {
      await sign(tx, plan.id);
      await stepIn(ctx, tx, change, record);
    });
  } catch (error) {
    // Somebody else wrote the same row at the same moment: that says nothing about the change, the job tries again.
    if (!(error instanceof AppError) || error.status >= 500 || error.code === 'db.changed_meanwhile')
      throw error;
    const { code } = error;
    await ctx.db.write(runActor, (tx) => noteOutcome(tx, change, { result: 'failed', errorCode: code }));
  }
}

async function stepIn(ctx: HrContext, tx: Tx, change: ChangeRow, record: PersonRecord | null): Promise<void> {
  const planned = change.content as PlannedChange;
  if (await isBlocked(tx, change, planned))
    return noteOutcome(tx, change, { result: 'skipped', errorCode: 'hr.needs_failed' });
  if (change.effectiveOn > dateOf(tx.now)) return noteOutcome(tx, change, { result: 'planned' });
  const changed =
    planned.target.type === 'unit'
      ? await applyUnit(ctx.directory, tx, planned)
      : await applyPerson(ctx.directory, tx, planned, record);
  await noteOutcome(tx, change, { result: changed ? 'done' : 'unchanged' });
}

/** What this one makes no sense without was not done (C6: a unit stays while somebody could not be moved). */
async function isBlocked(tx: Tx, { planId, seq }: ChangeRow, { needs }: PlannedChange): Promise<boolean> {
  if (needs.length === 0) return false;
  const rows = await tx.em.query<{ n: number | string }[]>(
    `select count(*) as n from hr_change where planId = ? and seq < ? and result in ('failed', 'skipped')
     and changeKey in (${needs.map(() => '?').join(', ')})`,
    [planId, seq, ...needs],
  );
  return Number(rows[0]?.n ?? 0) > 0;
}

/** The row a person's change comes from, as it was when the plan was made; null for who is not in the file. */
async function recordOf(
  ctx: HrContext,
  { batchId, createdAt }: PlanRow,
  change: ChangeRow,
): Promise<PersonRecord | null> {
  const [line] = change.content.lines;
  if (change.content.target.type === 'unit' || line === undefined) return null;
  return ctx.db.read(async (reads) => {
    const [row] = await someRows(reads, ctx.cells, batchId, {
      kind: 'people',
      from: line,
      limit: 1,
      correctedUntil: createdAt,
    });
    const reading = row && row.line === line ? readPerson(row, dateOf(reads.now)) : null;
    return reading?.ok ? reading.record : null;
  });
}

/** The last sign of life, told on the page; no version, because it decides nothing. */
const sign = (tx: Tx, planId: string): Promise<unknown> =>
  tx.em.query('update hr_plan set lastSignAt = ? where id = ?', [tx.now, planId]);

async function finish(ctx: HrContext, plan: PlanRow): Promise<void> {
  await ctx.db.write(runActor, async (tx) => {
    const counts = await resultCounts(tx, plan.id);
    const bad = counts.failed + counts.skipped;
    const good = plan.changeCount - bad;
    const runState: RunState = bad === 0 ? 'success' : good === 0 ? 'failed' : 'partial';
    await saveWithVersion(tx, PlanTable, plan, {
      state: 'done',
      runState,
      runSlot: null,
      finishedAt: tx.now,
    });
    if (runState === 'success') await noteSuccess(tx, plan);
    await ctx.directory.newcomersAreHere(tx);
    recordAct(tx, {
      action: 'hr.finishRun',
      targetType: 'hrPlan',
      targetId: plan.id,
      after: { counts },
      result: runState,
    });
  });
}

/** Only a run that did everything moves what the next one is measured by (D6). */
export async function noteSuccess(tx: Tx, { sourceKey, batchId, cutOffAt }: PlanRow): Promise<void> {
  const { peopleRows } = await loadBatch(tx, batchId);
  const repo = tx.em.getRepository(SourceStateTable);
  const known = await repo.findOneBy({ id: sourceKey });
  const row = {
    lastGoodPeople: peopleRows,
    lastSuccessAt: tx.now,
    lastCutOffAt: Math.max(cutOffAt, known?.lastCutOffAt ?? 0),
  };
  if (known) await repo.update({ id: sourceKey }, row);
  else await repo.insert({ id: sourceKey, acceptedAt: null, acceptedBy: null, ...row });
}

export const DUE_JOB = 'hr.dueChanges';

/** The schedule's job: what is due is done as a run, so that it waits for the one under way (D12). */
export const enqueueDue = (ctx: HrContext, now: number): Promise<void> =>
  ctx.db.write(runActor, async (tx) =>
    enqueue(tx, { name: RUN_JOB, key: `due:${dateOf(now)}`, payload: { due: true } }),
  );

/** Changes said for later whose day has come (A6). */
export async function runDueChanges(ctx: HrContext, now: number): Promise<void> {
  const today = dateOf(now);
  await ctx.db.write(runActor, (tx) => gatherNewcomers(ctx, tx, { result: 'planned' }));
  for (;;) {
    const due = await ctx.db.read((reads) =>
      reads.em
        .getRepository(ChangeTable)
        .createQueryBuilder('c')
        .where(`c.result = 'planned' and c.effectiveOn <= :today`, { today })
        .orderBy('c.effectiveOn')
        .addOrderBy('c.seq')
        .limit(1)
        .getOne(),
    );
    if (!due) return ctx.db.write(runActor, (tx) => ctx.directory.newcomersAreHere(tx));
    await step(ctx, await ctx.db.read((reads) => loadPlan(reads, due.planId)), due);
  }
}
