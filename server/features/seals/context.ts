import type { Context } from 'koa';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { FileBrief } from '../../platform/files/index.ts';
import type { OrgWithRoles } from '../access/index.ts';
import type { Supervision } from '../supervision/index.ts';
import type { SealSettings } from './settings.ts';

/** A short word to somebody, with the page it is about. `key`, unique per person and at most 64 characters, makes a repetition harmless. */
export interface SealNote {
  readonly key: string;
  readonly personId: string;
  readonly words: string;
  readonly path: string;
}

interface Owner {
  readonly type: string;
  readonly id: string;
}

export interface SealsContext {
  readonly db: Db;
  readonly settings: SealSettings;
  readonly orgOf: (reads: Reads) => Promise<OrgWithRoles>;
  readonly supervision: Pick<
    Supervision,
    | 'openObligation'
    | 'closeObligations'
    | 'transferObligations'
    | 'pauseObligations'
    | 'resumeObligations'
    | 'listOfSubjects'
    | 'dueOf'
    | 'onReminder'
  >;
  readonly files: {
    claim(tx: Tx, fileIds: readonly string[], owner: Owner): Promise<void>;
    ownUnclaimed(reads: Reads, fileId: string, personId: string): Promise<FileBrief | null>;
    send(http: Context, fileId: string, owner: Owner): Promise<void>;
    release(tx: Tx, owner: Owner): Promise<void>;
  };
  readonly notify: (tx: Tx, note: SealNote) => void;
}

/** As obligations and files name them. */
export const USE = 'seal_use';
export const CHECKOUT = 'seal_checkout';
export const OUT_PAUSE = 'seals.out';
export const usePath = (useId: string): string => `/seals/${useId}`;
export const ownerOf = (useId: string): Owner => ({ type: USE, id: useId });

/** What decides who answers for seals, and who for contract numbers. */
export const sealDesk = ({ settings }: Pick<SealsContext, 'settings'>) => ({
  moduleKey: settings.moduleKey,
  chiefUnits: settings.chiefUnits,
});
export const contractDesk = ({ settings }: Pick<SealsContext, 'settings'>) => ({
  moduleKey: settings.contractsModuleKey,
  chiefUnits: settings.chiefUnits,
});
