import type { JobDefinition, Schedule } from '../../../platform/jobs/index.ts';
import { deleteRows, type Keeping } from '../../../platform/keeping/index.ts';
import type { Route } from '../../../platform/http/route.ts';
import type { ContactChanged } from '../../../wecom/callback/index.ts';
import { createPersonal } from '../commands/protect-personal.ts';
import type { DriftContext, DriftDeps } from './deps.ts';
import { noteEvent } from './events.ts';
import { MASS_LIMITS } from './guard.ts';
import { driftJobs } from './jobs.ts';
import { driftRoutes, type Words } from './routes.ts';

export type { DriftDeps, DriftScope, DriftSockets, HrRequest } from './deps.ts';
export type { MassLimits } from './guard.ts';
export type { DriftClient } from './read-wecom.ts';
export { driftTables } from './tables.ts';

export interface Drift {
  readonly routes: readonly Route[];
  readonly jobs: readonly JobDefinition[];
  readonly schedules: readonly Schedule[];
  readonly keepings: readonly Keeping[];
  /** For `messaging.onContactChanged`: notes what is to be looked at; the looking is a job's. */
  onContactChanged(event: ContactChanged): Promise<void>;
}

/**
 * What somebody else changed in 企业微信 (D11): found every night and on its events, shown with who may have done it,
 * and put back, taken to HR or ignored, by rule or by a person. Stands above `access`, whose scopes it asks, so the
 * composition makes it after both.
 */
export function createDrift(deps: DriftDeps, words: Words): Drift {
  const ctx: DriftContext = {
    ...deps,
    limits: deps.limits ?? MASS_LIMITS,
    personal: createPersonal(deps.vault),
  };
  const { definitions, schedules } = driftJobs(ctx);
  return {
    routes: driftRoutes(ctx, words),
    jobs: definitions,
    // Without a contacts secret nothing is written there, so nothing can have drifted.
    schedules: deps.pushes ? schedules : [],
    keepings: [
      // The returns of a difference are counted over 90 days.
      deleteRows(deps.db, {
        kind: 'directory.differences',
        atLeastDays: 90,
        table: 'directory_difference',
        since: 'settledAt',
        where: 'settledAt is not null',
      }),
      deleteRows(deps.db, {
        kind: 'directory.driftRuns',
        atLeastDays: 7,
        table: 'directory_drift_run',
        since: 'startedAt',
        where: `state <> 'running'`,
      }),
    ],
    onContactChanged: (event) => (deps.pushes ? noteEvent(ctx, event) : Promise.resolve()),
  };
}
