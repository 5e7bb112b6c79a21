import { z } from 'zod';
import { dailyAt, type JobDefinition, type Schedule } from '../../../platform/jobs/index.ts';
import { tellOfMass, TELL_MASS } from './automatic.ts';
import { compareAll, compareOne } from './compare-one.ts';
import type { DriftContext } from './deps.ts';
import { DRIFT_RECORD, DRIFT_SCAN } from './recheck.ts';
import { DRIFT_ACTOR, takeStep } from './run.ts';
import { beginRun, DRIFT_RUN } from './run-store.ts';

/** Before the nightly push at 05:00, so that what it writes has been looked at. */
const HOUR = 2;
const MINUTE = 10;
/** user/list_id and 20 departments' members; a slow 企业微信 may take its time. */
const LEASE_MS = 10 * 60_000;

/*
 * None of these is exclusive: a step of a run counts only from where the run stood, rows are saved with their version,
 * and of two that find the same difference one row stays.
 */

/** A scheduled job names no run: it begins one. */
const Step = z.object({ runId: z.string().optional() });
const Ref = z.object({
  type: z.enum(['member', 'department']),
  id: z.string(),
  happenedAt: z.number().nullable(),
});
const Scan = z.object({ happenedAt: z.number().nullable() });

export function driftJobs(ctx: DriftContext): { definitions: JobDefinition[]; schedules: Schedule[] } {
  const { db } = ctx;
  return {
    definitions: [
      {
        name: DRIFT_RUN,
        leaseMs: LEASE_MS,
        handle: async ({ payload, now }) => {
          const { runId } = Step.parse(payload ?? {});
          if (runId === undefined) await db.write(DRIFT_ACTOR, beginRun);
          else await takeStep(ctx, runId, now);
        },
      },
      {
        name: DRIFT_RECORD,
        handle: ({ payload, now }) => compareOne(ctx, Ref.parse(payload), now),
      },
      {
        name: DRIFT_SCAN,
        leaseMs: LEASE_MS,
        handle: ({ payload, now }) => compareAll(ctx, Scan.parse(payload).happenedAt, now),
      },
      { name: TELL_MASS, handle: () => db.write(DRIFT_ACTOR, (tx) => tellOfMass(ctx, tx)) },
    ],
    schedules: [dailyAt(DRIFT_RUN, HOUR, MINUTE)],
  };
}
