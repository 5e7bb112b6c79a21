import type { Context } from 'koa';
import type { Actor } from '../../../kernel/actor.ts';
import { actorId } from '../../../kernel/actor.ts';
import type { CalendarDate } from '../../../kernel/dates.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Db, Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { Supervision } from '../../supervision/index.ts';
import type { PersonnelNews } from '../news.ts';
import type { Connectors } from '../connectors.ts';
import type { HoldingProvider } from '../handover/model.ts';
import type { EntryLog, EvidenceSource, LeaveSource, MemberLog } from '../inspection/sources.ts';
import type { By } from '../model.ts';
import type { Identities } from '../newcomers/people.ts';
import type { AccountsOrg } from '../org.ts';
import type { PolicyContext, Viewer } from '../policy.ts';
import type { AccountsSettings } from '../settings.ts';

/** A short word to somebody; the lead sends it as a text of messaging. `key` (`accounts.returned:…`) makes a repetition harmless. */
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

export interface AccountsContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly settings: AccountsSettings;
  readonly connectors: Connectors;
  readonly orgOf: (reads: Reads) => Promise<AccountsOrg>;
  /** What is read of people after it stays so until the unit of work ends: a second one waits here. */
  readonly lockPeople: (tx: Tx) => Promise<void>;
  readonly supervision: Pick<
    Supervision,
    | 'calendar'
    | 'openObligations'
    | 'closeObligations'
    | 'pauseObligations'
    | 'resumeObligations'
    | 'transferObligations'
    | 'listHeld'
    | 'listOfSubjects'
    | 'listOfUnit'
    | 'dueOf'
    | 'onReminder'
  >;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  /** Attachments: from now on they belong to this owner; those that do already are left alone. */
  readonly claimFiles: (tx: Tx, fileIds: readonly string[], owner: FileOwner) => Promise<void>;
  /** Answers the request with the file; who may have it was asked before. */
  readonly sendFile: (http: Context, fileId: string, owner: FileOwner) => Promise<void>;
  /** They belong to nobody any more, and go. */
  readonly releaseFiles: (tx: Tx, owner: FileOwner) => Promise<void>;
  /** HR's record, asked who a newcomer is. */
  readonly identities: Identities;
  readonly notify: (tx: Tx, note: Note) => void;
  /** The sockets other rooms fill through the door. */
  readonly providers: ReadonlyMap<string, HoldingProvider>;
  readonly evidence: readonly EvidenceSource[];
  readonly leaves: readonly LeaveSource[];
  /** Day of joining by person id, where HR knows it (G7). */
  readonly joinedOn: (reads: Reads) => Promise<ReadonlyMap<string, CalendarDate>>;
  /** What HR's last word about a person was; null: nothing that concerns accounts (S3-0a). */
  readonly newsOf: (
    reads: Reads,
    personId: string,
    change: 'hired' | 'returned' | 'moved' | 'left',
  ) => Promise<PersonnelNews | null>;
  /** Folded several times a day; null: no system tells. */
  readonly entryLog: EntryLog | null;
  /** Pulled monthly; null: no system gives one. */
  readonly memberLog: MemberLog | null;
  /** Something broke that is nobody's refusal; never holds personal data. */
  readonly onTrouble: (fields: object, message: string) => void;
}

export const byOf = (actor: Actor): By =>
  actor.kind === 'person'
    ? { personId: actor.personId, name: actor.name }
    : { personId: null, name: actorId(actor) };

/** Who looks or acts, with the roles they hold at this moment. */
export const viewerOf = (org: AccountsOrg, personId: string): Viewer => ({
  personId,
  held: org.rolesOf(personId),
});

export const policyOf = (ctx: AccountsContext, org: AccountsOrg): PolicyContext => ({
  settings: ctx.settings,
  org,
});

export const REQUEST = 'account_request';
export const LOCK = 'account_lock';
export const SHEET = 'account_handover';
export const LETTER = 'account_letter';

export const requestPath = (requestId: string): string => `/accounts/requests/${requestId}`;
