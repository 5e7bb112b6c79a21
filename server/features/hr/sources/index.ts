import { z } from 'zod';
import type { Route } from '../../../platform/http/route.ts';
import { everyMinutes, type JobDefinition, type Schedule } from '../../../platform/jobs/index.ts';
import type { HrContext } from '../deps.ts';
import type { Words } from '../words.ts';
import { DUE_SOURCES_JOB, FETCH_JOB, fetchDue } from './commands/fetch-source.ts';
import { runFetch } from './commands/run-fetch.ts';
import type { SourcesContext, TroubleSocket } from './deps.ts';
import type { AskLimits } from './http/ask.ts';
import { takePush } from './push/take-push.ts';
import { TAKE_PUSH_JOB } from './push/receive.ts';
import { createReach } from './reach.ts';
import { sourceRoutes } from './routes.ts';

export type { SourceTrouble, TroubleSocket } from './deps.ts';
export { completeOf } from './fetch-store.ts';
export { hrSourceTables } from './tables.ts';

export interface SourcesOptions {
  /** Networks in CIDR form that are not public and may be fetched from: `10.20.0.0/16`. Empty: none. */
  readonly networks: readonly string[];
  readonly troubles: TroubleSocket;
  readonly words: Words;
  readonly askLimits?: Partial<AskLimits>;
}

export interface Sources {
  readonly routes: readonly Route[];
  readonly jobs: readonly JobDefinition[];
  readonly schedules: readonly Schedule[];
}

const FETCH_LEASE_MS = 5 * 60_000;
const Fetch = z.object({ fetchId: z.string() });
const Push = z.object({ pushId: z.string() });

/** Where statements of HR come from besides a sheet: another database, an HTTP endpoint, a caller that pushes. */
export function createSources(hr: HrContext, { networks, ...options }: SourcesOptions): Sources {
  const ctx: SourcesContext = { ...hr, ...options, reach: createReach(networks) };
  return {
    routes: sourceRoutes(ctx),
    jobs: [
      {
        name: FETCH_JOB,
        leaseMs: FETCH_LEASE_MS,
        handle: ({ payload, attempt }) => runFetch(ctx, Fetch.parse(payload).fetchId, attempt),
      },
      {
        name: TAKE_PUSH_JOB,
        leaseMs: FETCH_LEASE_MS,
        handle: ({ payload }) => takePush(ctx, Push.parse(payload).pushId),
      },
      { name: DUE_SOURCES_JOB, handle: ({ now }) => fetchDue(ctx, now) },
    ],
    schedules: [everyMinutes(DUE_SOURCES_JOB, 1)],
  };
}
