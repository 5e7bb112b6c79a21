import type { Clock } from '../../../kernel/clock.ts';
import type { Calendar } from '../../../kernel/workdays.ts';
import type { Db, Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { Absence } from '../leave-days.ts';
import type { FileBrief } from '../contract.ts';
import type { InstanceState } from '../model.ts';
import type { Org } from '../org.ts';
import type { TemplateLibrary } from '../template-library.ts';

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

/** What this room asks of supervision. */
export interface Clocks {
  /** In the order asked. */
  open(tx: Tx, clocks: readonly NewClock[]): readonly Due[];
  close(
    tx: Tx,
    which: { subjectType: string; subjectId: string; stepRefs: readonly string[]; outcome: string },
  ): Promise<void>;
}

export interface Files {
  /** Uploaded by this person or attached to this request; null otherwise. */
  brief(reads: Reads, fileId: string, personId: string): Promise<FileBrief | null>;
  /** From now on the file belongs to the request. */
  attach(tx: Tx, fileIds: readonly string[], instanceId: string): Promise<void>;
  attached(reads: Reads, instanceId: string): Promise<FileBrief[]>;
}

/** Runs in the unit of work that ends a request: book the room, take the contract number. */
export type FinishedEffect = (tx: Tx, state: InstanceState) => Promise<void>;

export interface ApprovalsContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly calendar: () => Calendar;
  readonly templates: TemplateLibrary;
  readonly orgOf: (reads: Reads) => Promise<Org>;
  readonly clocks: Clocks;
  readonly files: Files;
  readonly publicUrl: string;
  /** Effects by template key. */
  readonly finished: ReadonlyMap<string, readonly FinishedEffect[]>;
  /** Days left by leave type, where a room keeps them. */
  readonly balancesOf: (reads: Reads, personId: string) => Promise<Readonly<Record<string, number>>>;
  /** Who fills empty seats (R18). */
  readonly adminIds: (reads: Reads) => Promise<readonly string[]>;
  readonly onAlarm: (kind: string) => void;
}

export type { Absence };
