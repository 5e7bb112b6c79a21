import type { Calendar } from '../../kernel/workdays.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { OrgWithRoles } from '../access/index.ts';
import type { Approvals } from '../approvals/index.ts';
import type { Supervision } from '../supervision/index.ts';
import type { LeaveSettings } from './settings.ts';

/** As obligations and messages name it, and the page of one's own leaves. */
export const ABSENCE = 'leave';
export const OWN_PATH = '/leave';

/** A short word to somebody, with the page it is about. `key` makes a repetition harmless. */
export interface Note {
  readonly key: string;
  readonly personId: string;
  readonly absenceId: string;
  readonly words: string;
  readonly path: string;
}

export interface LeaveContext {
  readonly db: Db;
  readonly settings: LeaveSettings;
  readonly orgOf: (reads: Reads) => Promise<OrgWithRoles>;
  /** Since when people are employed here, by person. */
  readonly employedSince: (
    reads: Reads,
    personIds?: readonly string[],
  ) => Promise<ReadonlyMap<string, string>>;
  readonly approvals: Pick<Approvals, 'requestedLeave' | 'lockApplicant' | 'templatesInForce'>;
  readonly supervision: Pick<
    Supervision,
    'openObligation' | 'closeObligations' | 'onReminder' | 'listOfSubjects' | 'dueOf'
  >;
  readonly calendar: Calendar;
  readonly vault: Vault;
  readonly publicUrl: string;
  readonly notify: (tx: Tx, note: Note) => void;
}
