import type { Clock } from '../../../kernel/clock.ts';
import type { Calendar } from '../../../kernel/workdays.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { Db, Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { ChoiceSource, FactSource } from '../form/choice.ts';
import type { Absence } from '../form/leave-days.ts';
import type { FileBrief, HalfDayRangeValue } from '../contract.ts';
import type { Balances } from '../form/compute.ts';
import type { InstanceState } from '../model/state.ts';
import type { Org } from '../model/org.ts';
import type { Freed } from '../form/taken-days.ts';
import type { TemplateLibrary } from '../store/templates.ts';
import type { Template } from '../template/template.ts';

/** A clock for one holder of a task; supervision keeps it. */
export interface NewClock {
  readonly kind: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly stepRef: string;
  readonly title: string;
  readonly path: string;
  readonly holderPersonId: string;
  readonly holderUnitId: string;
  readonly workdays: number;
}

export interface Due {
  readonly dueAt: number | null;
  readonly provisional: boolean;
}

export interface ClockSelector {
  readonly subjectType: string;
  readonly subjectId: string;
  /** All of the subject when left out. */
  readonly stepRefs?: readonly string[];
}

export type PauseReason = 'added_before' | 'opinion_awaited';

export type BareClock = Omit<NewClock, 'holderPersonId' | 'holderUnitId' | 'workdays'> & {
  readonly budget: { readonly workdays: number } | { readonly minutes: number };
};

export interface NewHolder extends Pick<NewClock, 'stepRef' | 'holderPersonId' | 'holderUnitId'> {
  readonly reason: string;
}

/** What this room asks of supervision. */
export interface Clocks {
  /** In the order asked. */
  open(tx: Tx, clocks: readonly NewClock[]): readonly Due[];
  /** Without a holder and without reminders: what they lead to is asked for with `onRung`. */
  openOwedByNobody(tx: Tx, clocks: readonly BareClock[]): void;
  close(tx: Tx, which: ClockSelector & { readonly outcome: string }): void;
  /** Stop while those added before a task are asked (R8), and go on with what was left (R36). */
  pause(tx: Tx, which: ClockSelector & { readonly reason: PauseReason }): Promise<void>;
  /** The same clock for another holder and task: its start and what was used of it stay (R36). */
  handOn(
    tx: Tx,
    which: ClockSelector & { readonly stepRefs: readonly string[] },
    to: NewHolder,
  ): Promise<void>;
  /** How many go on. */
  resume(tx: Tx, which: ClockSelector): Promise<number>;
  /** The open clocks of these steps, in the order asked; null where there is none. */
  ofSteps(
    tx: Tx,
    which: ClockSelector & { readonly stepRefs: readonly string[] },
  ): Promise<readonly (Due | null)[]>;
}

export interface Files {
  /** Uploaded by this person, and nothing has taken it yet; null otherwise. */
  brief(reads: Reads, fileId: string, personId: string): Promise<FileBrief | null>;
  /** From now on the file belongs to the request. */
  attach(tx: Tx, fileIds: readonly string[], instanceId: string): Promise<void>;
  attached(reads: Reads, instanceId: string): Promise<FileBrief[]>;
  /** SHA-256 its bytes had when they were uploaded, in hex. */
  hashOf(reads: Reads, fileId: string): Promise<string>;
  /** The bytes of a file this person uploaded and nothing has taken yet; null otherwise. */
  bytesOfOwn(fileId: string, personId: string): Promise<Buffer | null>;
  /** Whether the same bytes, uploaded by whomever, belong to something already. */
  isTaken(reads: Reads, fileId: string): Promise<boolean>;
  /** SHA-256 of the bytes that lie there now under this hash. @throws when they are lost */
  digestOf(contentHash: string): Promise<string>;
}

/** Runs in the unit of work that ends a request: book the room, take the contract number. */
export type FinishedEffect = (tx: Tx, state: InstanceState) => Promise<void>;

/**
 * Takes effects of an approved request back, in the unit of work of the revocation: release the room, say that the
 * number stays used.
 */
export type RevokedEffect = (tx: Tx, state: InstanceState) => Promise<Freed>;

/** What the room that keeps balances of leave, and knows when somebody really came back, fills. */
export interface LeaveKeeper {
  /** Days left; what the request `itself` holds does not count against it when it is handed in again. */
  readonly balancesOf: (reads: Reads, personId: string, itself?: string) => Promise<Balances>;
  /**
   * Of these requests those that did not take the days they were approved for (R39): the days they took, null for none.
   */
  readonly takenOtherwise: (
    reads: Reads,
    instanceIds: readonly string[],
  ) => Promise<ReadonlyMap<string, HalfDayRangeValue | null>>;
  /**
   * A request was made, or its form was changed: in the same unit of work, before it can end.
   * @param isNew nothing was ever asked for by it before
   */
  readonly onAsked: (tx: Tx, state: InstanceState, isNew: boolean) => Promise<void>;
}

export const NO_LEAVES: LeaveKeeper = {
  balancesOf: () => Promise.resolve({}),
  takenOtherwise: () => Promise.resolve(new Map()),
  onAsked: () => Promise.resolve(),
};

export interface ApprovalsContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly calendar: () => Calendar;
  readonly templates: TemplateLibrary;
  readonly orgOf: (reads: Reads) => Promise<Org>;
  readonly clocks: Clocks;
  readonly files: Files;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly publicUrl: string;
  /** Effects by template key. */
  readonly finished: ReadonlyMap<string, readonly FinishedEffect[]>;
  /** What takes effects back, by template key. */
  readonly revoked: ReadonlyMap<string, readonly RevokedEffect[]>;
  readonly leaves: () => LeaveKeeper;
  /** What fields of type `choice` choose from, by source. */
  readonly choices: ReadonlyMap<string, ChoiceSource>;
  /** What rooms add to a request's page, by template key. */
  readonly facts: ReadonlyMap<string, readonly FactSource[]>;
  /** These people's numbers of to-dos, copies or own requests moved. */
  readonly countsMoved: (tx: Tx, personIds: readonly string[]) => void;
  /** Who fills empty seats (R18). */
  readonly adminIds: (reads: Reads) => Promise<readonly string[]>;
  readonly onAlarm: (kind: string) => void;
  /** To the log: an act that failed beside others that did not. */
  readonly onTrouble: (fields: object, message: string) => void;
  /** Standing agents in force now for requests of a template (R30). */
  readonly agentsOf: AgentsOf;
}

/** @returns who stands in for a person; null: they act themselves */
export type AgentsOf = (
  reads: Reads,
  kind: Pick<Template, 'key' | 'group'>,
) => Promise<(personId: string) => string | null>;

export type { Absence };
