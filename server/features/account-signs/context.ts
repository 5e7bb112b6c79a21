import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { OrgWithRoles } from '../access/index.ts';
import type { Supervision } from '../supervision/index.ts';
import type { SignSource } from './contract.ts';
import type { SignSettings } from './settings.ts';

/** A short word to somebody, with the page it is about. `key` makes a repetition harmless. */
export interface Note {
  readonly key: string;
  readonly personId: string;
  readonly words: string;
  readonly path: string;
}

/** Who did it, and when; what 企业微信's log says besides (words, address) is not taken over. */
export interface MemberAct {
  readonly personId: string | null;
  readonly at: number;
}

export type LogSource = Extract<SignSource, 'newDevice' | 'newMobile' | 'newWeChat'>;

/** 成员操作记录 of one kind; or the errcode with which it is refused. */
export type MemberLog = (
  source: LogSource,
  range: { readonly from: number; readonly until: number },
  now: number,
) => Promise<{ readonly value: readonly MemberAct[] } | { readonly refused: number }>;

export interface SignsContext {
  readonly db: Db;
  readonly settings: SignSettings;
  readonly orgOf: (reads: Reads) => Promise<OrgWithRoles>;
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
  readonly memberLog: MemberLog;
  readonly notify: (tx: Tx, note: Note) => void;
}

/** As obligations name it. */
export const CHECK = 'account_check';
