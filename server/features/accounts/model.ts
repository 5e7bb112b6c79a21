/**
 * The words of this room. One person has one account per registered system; nothing happens to an account but by a
 * request: sent in by the right unit, accepted, carried out per system with proof. The state is what the events say.
 */
import type { CalendarDate } from '../../kernel/dates.ts';
import type {
  AccountState,
  Act,
  Filled,
  ItemToChange,
  Letter,
  LinkedBy,
  RequestKind,
  RequestStatus,
} from './contract.ts';

export type {
  AccountState,
  Act,
  Category,
  Filled,
  ItemToChange,
  LeavingReason,
  Letter,
  LinkedBy,
  RequestKind,
  RequestStatus,
} from './contract.ts';

/** Who did it: a person, or a named mechanism. */
export interface By {
  readonly personId: string | null;
  readonly name: string;
}

/** `api`: a connector does it; `file`: rows for an exchange file, confirmed by a person; `manual`: a task with proof. */
export type Grade = 'api' | 'file' | 'manual';

/** What a lock or an outside secondment does to the account of one system. */
export type LockRule = 'lock' | 'cancel' | 'keep';

export interface SystemSettings {
  readonly code: string;
  readonly name: string;
  readonly grade: Grade;
  /** Given to newcomers of the establishment without being asked for. */
  readonly byDefault: boolean;
  readonly onLock: LockRule;
  readonly onSecondOut: LockRule;
  readonly inspected: boolean;
}

/** own: S3-2.1, 2.5, 1, 3; receiving: 2.2; home and host: 2.3, 2.4. */
export type SenderRole = 'own' | 'receiving' | 'home' | 'host';

export interface SenderUnit {
  readonly unitId: string;
  readonly unitName: string;
  readonly role: SenderRole;
}

export interface SenderState extends SenderUnit {
  /** Last day in time; the clock of this unit alone (contradiction 2 of the regulation). */
  readonly dueOn: CalendarDate;
  readonly provisional: boolean;
  readonly submittedAt: number | null;
  readonly by: By | null;
  readonly letter: Letter | null;
  /** S3-5. 0 when in time or while the due date is provisional; null while not sent in. */
  readonly lateWorkdays: number | null;
}

export interface Proof {
  readonly note: string;
  readonly fileId: string | null;
  readonly by: By;
  readonly at: number;
}

export type ItemStatus = 'waiting' | 'running' | 'done' | 'failed' | 'dropped';

/** One act on one system. Stages run one after the other. */
export interface PlannedItem {
  readonly systemCode: string;
  readonly act: Act;
  readonly stage: number;
  /** For `restore`: the state to give back. */
  readonly target: AccountState | null;
}

export interface ItemState extends PlannedItem {
  readonly itemId: string;
  readonly status: ItemStatus;
  readonly trouble: string | null;
  readonly proof: Proof | null;
}

/** States of a person's accounts by system code; systems left out are `none`. */
export type AccountStates = Readonly<Record<string, AccountState>>;

export interface Origin {
  readonly type: 'unit' | 'hr' | 'inspection' | 'lock';
  /** Id of the letter item or the lock; null otherwise. */
  readonly ref: string | null;
}

/** Stands in a request for somebody HR does not know yet; stays when HR does. */
export interface Unknown {
  /** The request's person until HR knows them. */
  readonly newcomerId: string;
  readonly maskedName: string;
}

export interface RequestState {
  readonly requestId: string;
  readonly number: string;
  readonly kind: RequestKind;
  readonly personId: string;
  readonly personName: string;
  /** Left out: HR knew the person from the beginning. */
  readonly unknown?: Unknown;
  readonly origin: Origin;
  readonly status: RequestStatus;
  /** Without what only named roles may read. */
  readonly form: Filled['form'];
  /** What the clock counts from. */
  readonly eventOn: CalendarDate;
  readonly senders: readonly SenderState[];
  readonly missing: readonly string[];
  readonly returnNote: string | null;
  /** How often it was returned by hand. */
  readonly round: number;
  readonly createdAt: number;
  readonly createdBy: By;
  readonly submittedAt: number | null;
  readonly acceptedBy: By | null;
  /** States before anything was done (H5, C13): what an undo gives back. */
  readonly before: AccountStates;
  readonly items: readonly ItemState[];
  /** The stage that runs; 0 before `execute`. */
  readonly stage: number;
  /** Stages from this one on wait for a release (deletion after grace); null: none waits. */
  readonly heldStage: number | null;
  readonly doneAt: number | null;
}

type Stamped<T> = T & { readonly at: number; readonly by: By };

export type RequestEvent = Stamped<
  | {
      readonly type: 'created';
      readonly requestId: string;
      readonly number: string;
      readonly kind: RequestKind;
      readonly personId: string;
      readonly personName: string;
      readonly unknown?: Unknown;
      readonly origin: Origin;
      readonly form: Filled['form'];
      readonly eventOn: CalendarDate;
      readonly senders: readonly SenderState[];
    }
  | {
      readonly type: 'filled';
      readonly form: Filled['form'];
      readonly eventOn: CalendarDate;
      readonly senders: readonly SenderState[];
    }
  | {
      readonly type: 'sent';
      readonly unitId: string;
      readonly letter: Letter;
      readonly lateWorkdays: number;
    }
  | { readonly type: 'submitted' }
  /** Complete, and HR does not know the newcomer yet. */
  | { readonly type: 'awaited' }
  | {
      readonly type: 'linked';
      readonly personId: string;
      readonly personName: string;
      readonly how: LinkedBy;
    }
  | { readonly type: 'unlinked' }
  | {
      readonly type: 'returned';
      readonly missing: readonly string[];
      readonly note: string;
      /** True: found by the check when it was sent in; IT never had it. */
      readonly byCheck: boolean;
    }
  | {
      readonly type: 'accepted';
      readonly items: readonly ItemState[];
      readonly before: AccountStates;
      readonly heldStage: number | null;
    }
  | { readonly type: 'stageStarted'; readonly stage: number }
  | { readonly type: 'itemDone'; readonly itemId: string; readonly proof: Proof }
  | { readonly type: 'itemFailed'; readonly itemId: string; readonly trouble: string }
  | { readonly type: 'itemRetried'; readonly itemId: string }
  | { readonly type: 'released' }
  | { readonly type: 'recalled'; readonly reason: string; readonly items: readonly ItemState[] }
  | { readonly type: 'done' }
  | { readonly type: 'withdrawn'; readonly reason: string }
>;

export interface Decision {
  /** `returned`: something was missing; `waiting`: another unit must still send; `already`: nothing changed. */
  readonly outcome: 'done' | 'already' | 'returned' | 'waiting';
  readonly events: readonly RequestEvent[];
  readonly state: RequestState;
}

/** What a connector is told to do. */
export interface Order {
  /** The key of the step: the same order twice has one effect. */
  readonly itemId: string;
  readonly personId: string;
  readonly systemCode: string;
  readonly act: Act;
  readonly target: AccountState | null;
  /** When it was given; a refusal from before is none of this order. */
  readonly givenAt: number;
  /** S3-2b: nothing else is touched. */
  readonly changes: readonly ItemToChange[];
  /** 兼任 to add (C12: the main post stays). */
  readonly concurrentPost: {
    readonly unitId: string;
    readonly title: string;
    readonly fromOn: CalendarDate;
    readonly untilOn: CalendarDate | null;
  } | null;
}

/** 批示: who gave it, on which day, and the number of the paper (S3-4g). */
export interface Instruction {
  readonly instructedBy: string;
  readonly instructedOn: string;
  readonly documentNumber: string;
  /** The paper itself, where it was attached. */
  readonly fileId?: string | null;
}
