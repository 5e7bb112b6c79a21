import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { NativeApprovalResource } from '../../wecom/index.ts';
import type { OrgWithRoles } from '../access/index.ts';
import type { Supervision } from '../supervision/index.ts';
import type { NativeSettings } from './settings.ts';

/** A short word to somebody, with the page it is about. `key` makes a repetition harmless. */
export interface NativeNote {
  readonly key: string;
  readonly personId: string;
  readonly words: string;
  readonly path: string;
}

export interface NativeContext {
  readonly db: Db;
  /** Is the app listed under 审批 → 可调用接口的应用 (NATIVE_APPROVALS). Off: nothing is asked, what is held is shown. */
  readonly isOn: boolean;
  readonly settings: NativeSettings;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly orgOf: (reads: Reads) => Promise<OrgWithRoles>;
  readonly supervision: Pick<
    Supervision,
    'openObligation' | 'closeObligations' | 'listOfSubjects' | 'figuresByUnit' | 'dueOf' | 'onReminder'
  >;
  readonly port: NativeApprovalResource;
  readonly notify: (tx: Tx, note: NativeNote) => void;
}

/** As obligations name them. */
export const CASE = 'native_approval';
export const STEP_KIND = 'native.step';
export const ACCESS_KIND = 'native.access';
export const pathOf = (caseId: string): string => `/native-approvals/${caseId}`;
