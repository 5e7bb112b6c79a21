import type { Clock } from '../../kernel/clock.ts';
import type { OpenPersonal } from '../../platform/audit/index.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import type { Route } from '../../platform/http/route.ts';
import { dailyAt, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { Access } from '../access/index.ts';
import type { Accounts } from '../accounts/index.ts';
import type { Directory } from '../directory/index.ts';
import { verify, VERIFY_JOB } from './chain.ts';
import type { ClocksOf } from './clocks.ts';
import { adminRoutes } from './routes.ts';

export { adminTables } from './tables.ts';

export interface AdminDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly access: Pick<Access, 'orgOf' | 'mayKnow'>;
  readonly directory: Pick<Directory, 'lock' | 'personRecord'>;
  readonly accounts: Pick<Accounts, 'statesOf'>;
  readonly supervision: ClocksOf;
  readonly openPersonal: OpenPersonal;
  readonly roleName: (code: string) => string;
  /** Heads outside the database, one JSON line a day. */
  readonly anchorFile: string;
  /** How long the record's personal parts are kept after somebody left. */
  readonly keepPersonalDays: number;
  readonly onAlarm: (kind: string) => void;
}

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
