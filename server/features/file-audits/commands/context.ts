import type { Db, Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { Supervision } from '../../supervision/index.ts';
import type { StepKind } from '../contract.ts';
import type { FileAuditSettings } from '../settings.ts';

/** A short word to somebody, with the page it is about. `key`, unique per person and at most 64 characters, makes a repetition harmless. */
export interface FileAuditNote {
  readonly key: string;
  readonly personId: string;
  readonly words: string;
  readonly path: string;
}

/** One field of a record as it stands: masked, and with the correction its person asked for. */
export interface RecordItem {
  readonly field: string;
  /** Null: nothing of it is in the record. */
  readonly present: string | null;
  /** The latest one asked for since a moment. */
  readonly correction: { readonly id: string; readonly state: string; readonly words: string } | null;
}

export interface FileAuditsContext {
  readonly db: Db;
  readonly settings: FileAuditSettings;
  readonly orgOf: (reads: Reads) => Promise<OrgWithRoles>;
  /** The corrections room keeps what one says of one's own record; asked through compose/. */
  readonly recordOf: (reads: Reads, personId: string, since: number) => Promise<readonly RecordItem[]>;
  readonly setsOf: (reads: Reads) => Promise<readonly { readonly setId: string; readonly name: string }[]>;
  readonly peopleInSets: (reads: Reads, setIds: readonly string[]) => Promise<readonly string[]>;
  readonly supervision: Pick<
    Supervision,
    | 'openObligations'
    | 'closeObligations'
    | 'transferObligations'
    | 'listOfSubjects'
    | 'dueOf'
    | 'onReminder'
    | 'onMoved'
  >;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly notify: (tx: Tx, note: FileAuditNote) => void;
}

/** As obligations name it. */
export const FILE = 'file_audit';
export const PLAN = 'file_audit_plan';
export const kindOf = (step: StepKind): string => `fileaudits.${step}`;

/** For who checks or reviews for a unit, on a phone; and for who judges, in the console. */
export const pathOf = (step: StepKind, fileId: string): string =>
  step === 'hr' ? `/console/file-audits/files/${fileId}` : `/file-audits/${fileId}`;
