import type { Clock } from '../../kernel/clock.ts';
import type { OpenPersonal } from '../../platform/audit/index.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { Access } from '../access/index.ts';
import type { Accounts } from '../accounts/index.ts';
import type { Directory } from '../directory/index.ts';
import type { ClocksOf } from './clocks.ts';

export interface AdminDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly access: Pick<Access, 'orgOf' | 'mayKnow'>;
  readonly directory: Pick<Directory, 'lock' | 'personRecord' | 'formerSince'>;
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
