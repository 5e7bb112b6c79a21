import { systemActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { AppError } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import { applyPerson } from '../apply/apply-person.ts';
import { applyUnit } from '../apply/apply-unit.ts';
import { loadBatch, rowsAt } from '../batch-store.ts';
import type { HrContext } from '../deps.ts';
import type { PersonRecord } from '../model.ts';
import type { PlannedChange } from '../plan/index.ts';
import {
  loadPlan,
  nextChanges,
  noteEnded,
  noteOutcome,
  resultCounts,
  type StepOutcome,
} from '../plan-store.ts';
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

/** Changes of one unit of work: what each costs besides itself is paid once, and nobody else waits long for it. */
const TOGETHER = 25;

/**
 * Carry a plan out in its order, some changes a unit of work. Cut off anywhere it goes on with what is missing: a
 * change and the note that it is done are written together (D5). A change that cannot be done is noted with its reason
 * and never stops the others (D9).
 */
export async function runPlan(ctx: HrContext, planId: string): Promise<void> {
  const until = performance.now() + SHIFT_MS;
  for (;;) {
    const plan = await ctx.db.read((reads) => loadPlan(reads, planId));
    if (plan.state !== 'running') return;
    const changes = await ctx.db.read((reads) => nextChanges(reads, planId, TOGETHER));
    if (changes.length === 0) return finish(ctx, plan);
    await steps(ctx, plan, changes);
    if (performance.now() > until) {
      await ctx.db.write(runActor, async (tx) => enqueueRun(tx, planId, tx.now));
      return;
    }
  }
}

/** All of them in one unit of work; when one of them cannot be done, each in its own, so that it stops no other. */
async function steps(ctx: HrContext, plan: PlanRow, changes: readonly ChangeRow[]): Promise<void> {
  const records = await recordsOf(ctx, plan, changes);
  try {
    await ctx.db.write(runActor, async (tx) => {
      await sign(tx, plan.id);
      await stepsIn(ctx, tx, changes, records);
    });
  } catch (error) {
    if (!(error instanceof AppError) || saysNothing(error)) throw error;
    const [change, ...more] = changes;
    if (!change) return;
    if (more.length > 0) for (const one of changes) await steps(ctx, plan, [one]);
    else {
      const { code } = error;
      await ctx.db.write(runActor, (tx) => noteOutcome(tx, change, { result: 'failed', errorCode: code }));
    }
  }
}

/** Somebody else wrote the same row at the same moment: that says nothing about the change, the job tries again. */
const saysNothing = ({ status, code }: AppError): boolean => status >= 500 || code === 'db.changed_meanwhile';

async function stepsIn(
  ctx: HrContext,
  tx: Tx,
  changes: readonly ChangeRow[],
  records: Records,
): Promise<void> {
  const ended = { done: [] as ChangeRow[], unchanged: [] as ChangeRow[] };
  for (const change of changes) {
    const outcome = await stepIn(ctx, tx, change, records.get(lineOf(change)) ?? null);
    if (outcome.result === 'done' || outcome.result === 'unchanged') ended[outcome.result].push(change);
    // At once: the next one asks what it must not go without.
    else await noteOutcome(tx, change, outcome);
  }
  await noteEnded(tx, 'done', ended.done);
  await noteEnded(tx, 'unchanged', ended.unchanged);
}

async function stepIn(
  ctx: HrContext,
  tx: Tx,
  change: ChangeRow,
  record: PersonRecord | null,
): Promise<StepOutcome> {
  const planned = change.content as PlannedChange;
  if (await isBlocked(tx, change, planned)) return { result: 'skipped', errorCode: 'hr.needs_failed' };
  if (change.effectiveOn > dateOf(tx.now)) return { result: 'planned' };
  const changed =
    planned.target.type === 'unit'
      ? await applyUnit(ctx.directory, tx, planned)
      : await applyPerson(ctx.directory, tx, planned, record);
  return { result: changed ? 'done' : 'unchanged' };
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

type Records = ReadonlyMap<number | null, PersonRecord>;

const lineOf = ({ content }: ChangeRow): number | null =>
  content.target.type === 'unit' ? null : (content.lines[0] ?? null);

/** By line, the rows people's changes come from, as they were when the plan was made; nobody who is not in the file. */
async function recordsOf(
  ctx: HrContext,
  { batchId, createdAt }: PlanRow,
  changes: readonly ChangeRow[],
): Promise<Records> {
  const lines = changes.flatMap((change) => lineOf(change) ?? []);
  if (lines.length === 0) return new Map();
  return ctx.db.read(async (reads) => {
    const rows = await rowsAt(reads, ctx.cells, batchId, {
      kind: 'people',
      lines,
      correctedUntil: createdAt,
    });
    const records = new Map<number, PersonRecord>();
    for (const row of rows) {
      const reading = readPerson(row, dateOf(reads.now));
      if (reading.ok) records.set(row.line, reading.record);
    }
    return records;
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
    await steps(ctx, await ctx.db.read((reads) => loadPlan(reads, due.planId)), [due]);
  }
}
