import type { Context } from 'koa';
import type { Reads, Tx, Db } from '../../../platform/db/unit-of-work.ts';
import type { FileBrief } from '../../../platform/files/index.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { Directory } from '../../directory/index.ts';
import type { Supervision } from '../../supervision/index.ts';
import type { CorrectionsSettings } from '../settings.ts';

/** A short word to somebody, with the page it is about. `key` makes a repetition harmless. */
export interface Note {
  readonly key: string;
  readonly personId: string;
  readonly words: string;
  readonly path: string;
}

export interface FileOwner {
  readonly type: string;
  readonly id: string;
}

export interface CorrectionsContext {
  readonly db: Db;
  readonly settings: CorrectionsSettings;
  readonly orgOf: (reads: Reads) => Promise<OrgWithRoles>;
  readonly directory: Pick<Directory, 'personRecord' | 'revealField' | 'secretOf' | 'setAddress'>;
  readonly supervision: Pick<
    Supervision,
    | 'openObligation'
    | 'closeObligations'
    | 'transferObligations'
    | 'listHeld'
    | 'listOfSubjects'
    | 'dueOf'
    | 'onReminder'
  >;
  readonly vault: Pick<Vault, 'seal' | 'open' | 'fingerprint'>;
  readonly files: {
    /** @throws `files.unknown`: only the uploader's own, and each once */
    claim(tx: Tx, fileIds: readonly string[], owner: FileOwner): Promise<void>;
    release(tx: Tx, owner: FileOwner, fileIds?: readonly string[]): Promise<void>;
    bytesOfUnclaimed(fileId: string, personId: string): Promise<Buffer | null>;
    ofOwner(reads: Reads, owner: FileOwner): Promise<FileBrief[]>;
    send(http: Context, fileId: string, owner: FileOwner): Promise<void>;
  };
  readonly notify: (tx: Tx, note: Note) => void;
}

/** As obligations name it. */
export const CORRECTION = 'correction';
/** The kind of its clock. */
export const ANSWER = 'corrections.answer';

export const proofOf = (correctionId: string): FileOwner => ({ type: 'correction_file', id: correctionId });

/** For whoever asked, on the phone. */
export const ownPath = (correctionId: string): string => `/corrections/${correctionId}`;
/** For whoever answers, in the console. */
export const ownerPath = (correctionId: string): string => `/console/corrections/${correctionId}`;
