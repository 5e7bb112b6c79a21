import type { Db } from '../../platform/db/unit-of-work.ts';
import type { Route } from '../../platform/http/route.ts';
import { dailyAt, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import { deleteRows, kept, type Keeping } from '../../platform/keeping/index.ts';
import { readRegister } from './register.ts';
import { keepingRoutes } from './routes.ts';
import { runKeeping } from './run.ts';

export { keepingTables } from './tables.ts';

export interface KeepingDeps {
  readonly db: Db;
  /** What the rooms declare at their doors. */
  readonly keepings: readonly Keeping[];
  /** config/keeping.json */
  readonly config: unknown;
  readonly onFailed: (kind: string, error: unknown) => void;
}

const RUN_JOB = 'keeping.run';
/** A night with a million rows to end; another worker takes over after it. */
const LEASE_MS = 60 * 60_000;

/** What is ended by nobody's code: its rooms keep it for good, and say so in the register. */
const KEPT = [
  'directory.history',
  'approvals.requests',
  'accounts.requests',
  'supervision.obligations',
  'access.sessions',
];
/** H10: six months and never less; not deleted here, because a chain with a hole proves nothing. */
const AUDIT = kept('audit.entries', 184);

/** One register of what is kept how long (个保法 6, 19, 47), one nightly job that ends it, one report. */
export function createKeeping({ db, keepings, config, onFailed }: KeepingDeps) {
  const own = deleteRows(db, {
    kind: 'keeping.runs',
    atLeastDays: 366,
    table: 'keeping_run',
    since: 'ranAt',
  });
  const periods = readRegister(config, [...keepings, ...KEPT.map((kind) => kept(kind)), AUDIT, own]);
  const jobs: readonly JobDefinition[] = [
    {
      name: RUN_JOB,
      exclusive: true,
      leaseMs: LEASE_MS,
      handle: ({ now }) => runKeeping({ db, periods, onFailed }, now),
    },
  ];
  const schedules: readonly Schedule[] = [dailyAt(RUN_JOB, 3, 20)];
  return { periods, jobs, schedules, routes: keepingRoutes(db, periods) as readonly Route[] };
}
