import type { Clock } from '../../kernel/clock.ts';
import type { Calendar } from '../../kernel/workdays.ts';
import type { Db, Reads } from '../../platform/db/unit-of-work.ts';
import type { BlobStore } from '../../platform/files/index.ts';
import type { Log } from '../../platform/log.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { Directory } from '../directory/index.ts';
import type { CellVault } from './cells.ts';
import type { Limit } from './model.ts';

/** What follows in other rooms when these people are disabled and these units dissolved: "37 件待办要换人". */
export type ConsequencesOf = (
  reads: Reads,
  ends: { readonly personIds: readonly string[]; readonly unitIds: readonly string[] },
) => Promise<readonly { readonly words: string; readonly count: number }[]>;

export interface HrDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly vault: Vault;
  readonly blobs: BlobStore;
  readonly directory: Directory;
  readonly calendar: Calendar;
  readonly limits: readonly Limit[];
  readonly consequencesOf: ConsequencesOf;
}

export interface HrContext extends HrDeps {
  readonly cells: CellVault;
}
