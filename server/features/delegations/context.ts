import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../access/index.ts';
import type { Approvals } from '../approvals/index.ts';
import type { Directory } from '../directory/index.ts';

/** A short word to somebody. `key` makes a repetition harmless; its first word is the kind. */
export interface Note {
  readonly key: string;
  readonly personId: string;
  /** The rule, or the request that made us ask. */
  readonly aboutId: string;
  readonly words: string;
  readonly path: string;
}

/** Where both sides find their rules. */
export const LIST_PATH = '/delegations';

export interface DelegationsContext {
  readonly db: Db;
  readonly directory: Pick<Directory, 'orgOf' | 'touch'>;
  readonly orgOf: (reads: Reads) => Promise<OrgWithRoles>;
  readonly approvals: Pick<Approvals, 'agency' | 'templatesInForce' | 'nameAgents' | 'heldTaskSince'>;
  readonly notify: (tx: Tx, note: Note) => void;
}
