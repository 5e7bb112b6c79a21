import type { Actor } from '../../kernel/actor.ts';
import { refused } from '../../kernel/errors.ts';
import { startRun } from './commands/control-run.ts';
import { planBatch } from './commands/make-plan.ts';
import type { HrUpload } from './commands/read-batch.ts';
import { takeStatement } from './commands/upload-batch.ts';
import { allFaults, loadBatch } from './batch-store.ts';
import type { HrContext } from './deps.ts';
import type { Change, Doubt, GuardResult, SheetKind } from './model.ts';
import { loadPlan, resultCounts, type ResultCounts } from './plan-store.ts';
import { faultSentence } from './sheet/index.ts';
import { ChangeTable, DoubtTable, PlanTable, type PlanState, type RunState } from './tables.ts';
import { fieldWords, KIND_WORDS } from './words.ts';

export interface PlanReport {
  readonly planId: string;
  readonly hash: string;
  readonly complete: boolean;
  readonly faults: readonly {
    readonly sheet: SheetKind;
    readonly row: number;
    readonly column: string;
    readonly code: string;
    readonly words: string;
  }[];
  readonly changes: readonly {
    readonly kind: Change['kind'];
    readonly kindWords: string;
    /** Staff number or unit code. */
    readonly ref: string;
    readonly name: string;
    readonly fields: readonly {
      readonly field: string;
      readonly label: string;
      readonly before: string | null;
      readonly after: string | null;
    }[];
  }[];
  readonly doubts: readonly { readonly key: string; readonly kind: Doubt['kind']; readonly words: string }[];
  readonly counts: Readonly<Record<string, number>>;
  readonly guard: GuardResult;
}

/**
 * Files in, plan out: the console's upload and 生成计划 in one go.
 * @throws refused the error code of a file that cannot be read; `hr.columns_missing`
 */
export async function planFiles(
  ctx: HrContext,
  actor: Actor,
  uploads: readonly HrUpload[],
  options: { readonly complete: boolean },
): Promise<PlanReport> {
  const batchId = await takeStatement(ctx, actor, uploads);
  const batch = await ctx.db.read((reads) => loadBatch(reads, batchId));
  if (batch.trouble !== null) throw refused(batch.trouble.code, batch.trouble.data);
  return reportOf(ctx, batchId, await planBatch(ctx, actor, batchId, options));
}

async function reportOf(ctx: HrContext, batchId: string, planId: string): Promise<PlanReport> {
  return ctx.db.read(async (reads) => {
    const plan = await loadPlan(reads, planId);
    const bySeq = { order: { seq: 'ASC' } } as const;
    const [faults, changes, doubts] = await Promise.all([
      allFaults(reads, batchId),
      reads.em.getRepository(ChangeTable).find({ where: { planId }, ...bySeq }),
      reads.em.getRepository(DoubtTable).find({ where: { planId }, ...bySeq }),
    ]);
    return {
      planId,
      hash: plan.hash,
      complete: plan.complete,
      faults: faults.map((fault) => ({
        sheet: fault.kind,
        row: fault.line,
        column: fault.column,
        code: fault.code,
        words: faultSentence(fault),
      })),
      changes: changes.map(({ content }) => ({
        kind: content.kind,
        kindWords: KIND_WORDS[content.kind],
        ref: content.target.ref,
        name: content.target.name,
        fields: content.fields.map((field) => ({ ...field, label: fieldWords(field.field) })),
      })),
      doubts: doubts.map(({ content }) => ({ key: content.key, kind: content.kind, words: content.why })),
      counts: plan.counts,
      guard: plan.guard,
    };
  });
}

/**
 * Start a plan and wait for its end. Whoever runs jobs on this database does the work: this process, a server, or
 * `runDue`, called between two looks, where nobody does.
 * @throws what `startRun` throws
 */
export async function applyAndWait(
  ctx: HrContext,
  actor: Actor,
  planId: string,
  runDue?: () => Promise<number>,
): Promise<RunState> {
  await startRun(ctx, actor, planId);
  for (;;) {
    await runDue?.();
    const { runState } = await ctx.db.read((reads) => loadPlan(reads, planId));
    if (runState !== null && runState !== 'running') return runState;
    await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
  }
}

const LOOK_AGAIN_MS = 500;
const SHOWN = 20;

export interface PlanStatus {
  readonly id: string;
  readonly state: PlanState;
  readonly runState: RunState | null;
  readonly counts: ResultCounts;
}

/** One plan, or the latest ones. @throws notFound `hr.unknown_plan` */
export async function statusOf(ctx: HrContext, planId?: string): Promise<PlanStatus[]> {
  return ctx.db.read(async (reads) => {
    const rows = planId
      ? [await loadPlan(reads, planId)]
      : await reads.em.getRepository(PlanTable).find({ order: { id: 'DESC' }, take: SHOWN });
    return Promise.all(
      rows.map(async ({ id, state, runState }) => ({
        id,
        state,
        runState,
        counts: await resultCounts(reads, id),
      })),
    );
  });
}
