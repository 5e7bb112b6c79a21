import type { Route } from '../../platform/http/route.ts';
import { dailyAt, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import { verify, VERIFY_JOB } from './chain.ts';
import type { AdminDeps } from './deps.ts';
import { adminRoutes } from './routes.ts';

export type { AdminDeps } from './deps.ts';
export { adminTables } from './tables.ts';

/** A record of millions of entries. */
const LEASE_MS = 60 * 60_000;

/** The record as auditors read it, and what destroys a person's part of it (H9). */
export function createAdmin(deps: AdminDeps) {
  return {
    routes: adminRoutes(deps) as readonly Route[],
    jobs: [
      {
        name: VERIFY_JOB,
        exclusive: true,
        leaseMs: LEASE_MS,
        handle: ({ now }) => verify(deps, now),
      },
    ] satisfies JobDefinition[] as readonly JobDefinition[],
    schedules: [dailyAt(VERIFY_JOB, 1, 10)] as readonly Schedule[],
  };
}
