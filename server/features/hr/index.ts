import { z } from 'zod';
import { dailyAt, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Actor } from '../../kernel/actor.ts';
import { createCellVault } from './cells.ts';
import { applyAndWait, planFiles, type PlanReport, type PlanStatus, statusOf } from './command-line.ts';
import { RUN_JOB } from './commands/control-run.ts';
import { type HrUpload, readBatchFile } from './commands/read-batch.ts';
import { DUE_JOB, enqueueDue, runDueChanges, runPlan } from './commands/run-plan.ts';
import { READ_JOB } from './commands/upload-batch.ts';
import type { HrContext, HrDeps } from './deps.ts';
import { hrKeepings } from './keeping.ts';
import { hrRoutes } from './routes.ts';
import { createSources, type SourcesOptions } from './sources/index.ts';
import { EXPIRE_JOB, expireUnitAct } from './unit-acts/commands.ts';
import type { UnitActContext, UnitActDeps } from './unit-acts/deps.ts';
import { unitActRoutes } from './unit-acts/routes.ts';
import type { Words } from './words.ts';

export type { ConsequencesOf, HrDeps } from './deps.ts';
export type { Limit } from './model.ts';
export { DEFAULT_LIMITS } from './plan/index.ts';
export { hrSourceTables, type SourceTrouble, type TroubleSocket } from './sources/index.ts';
export { plansToday } from './commands/make-plan.ts';
export * from './scim/index.ts';
export { sealedHrFiles } from './kept-file.ts';
export { hrTables } from './tables.ts';
export type { UnitActDeps, UnitActNote } from './unit-acts/deps.ts';
export type { UnitHolding } from './unit-acts/dry-run.ts';

export interface Hr {
  readonly routes: readonly Route[];
  readonly jobs: readonly JobDefinition[];
  readonly schedules: readonly Schedule[];
  readonly keepings: readonly Keeping[];
  readonly context: HrContext;
  /* The same commands for automation: scripts/hr.ts. */
  planFiles(actor: Actor, uploads: readonly HrUpload[], options: { complete: boolean }): Promise<PlanReport>;
  applyAndWait(actor: Actor, planId: string, runDue?: () => Promise<number>): Promise<string>;
  status(planId?: string): Promise<PlanStatus[]>;
}

const Batch = z.object({ batchId: z.string() });
const UnitAct = z.object({ actId: z.string() });
const Run = z.union([z.object({ planId: z.string() }), z.object({ due: z.literal(true) })]);

const RUN_LEASE_MS = 5 * 60_000;

/** From a statement of HR to the directory: read, match, plan, guard, confirm, carry out. */
export function createHr(
  deps: HrDeps,
  words: Words,
  from: Omit<SourcesOptions, 'words'>,
  unitActs: UnitActDeps,
): Hr {
  const ctx: HrContext = { ...deps, cells: createCellVault(deps.vault) };
  const sources = createSources(ctx, { ...from, words });
  const acts: UnitActContext = { ...ctx, unitActs };
  return {
    routes: [...hrRoutes(ctx, words), ...unitActRoutes(acts), ...sources.routes],
    jobs: [
      {
        name: READ_JOB,
        leaseMs: RUN_LEASE_MS,
        handle: ({ payload }) => readBatchFile(ctx, Batch.parse(payload).batchId),
      },
      // D12: never two runs at once, on any instance.
      {
        name: RUN_JOB,
        exclusive: true,
        leaseMs: RUN_LEASE_MS,
        handle: ({ payload, now }) => {
          const run = Run.parse(payload);
          return 'due' in run ? runDueChanges(ctx, now) : runPlan(ctx, run.planId);
        },
      },
      { name: EXPIRE_JOB, handle: ({ payload }) => expireUnitAct(acts, UnitAct.parse(payload).actId) },
      { name: DUE_JOB, handle: ({ now }) => enqueueDue(ctx, now) },
      ...sources.jobs,
    ],
    schedules: [dailyAt(DUE_JOB, 0, 20), ...sources.schedules],
    keepings: hrKeepings(deps.db, deps.blobs),
    context: ctx,
    planFiles: (actor, uploads, options) => planFiles(ctx, actor, uploads, options),
    applyAndWait: (actor, planId, runDue) => applyAndWait(ctx, actor, planId, runDue),
    status: (planId) => statusOf(ctx, planId),
  };
}
