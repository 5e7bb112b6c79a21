/**
 * The words of this room. One HR statement travels: file → `RawRow` → `UnitRecord` / `PersonRecord` (or faults) →
 * `Incoming` (personal values as `Secret`) → match → reconcile → `Plan`. Everything from a record on is pure.
 */
import type { CalendarDate } from '../../kernel/dates.ts';
import type {
  Category,
  DirectorySnapshot,
  Establishment,
  Given,
  HrStatus,
  IdType,
  KnownPerson,
  KnownPost,
  KnownUnit,
  Secret,
  Sex,
} from '../directory/index.ts';

export type {
  Category,
  /** What is stored: everybody and every unit; the institution's own unit is never written by a plan. */
  DirectorySnapshot as Known,
  Establishment,
  Given,
  HrStatus,
  IdType,
  KnownPerson,
  KnownPost,
  KnownUnit,
  Secret,
  Sex,
};

export type SheetKind = 'units' | 'people';

/** One row as it was read: text by column key, columns that were not in the file left out. */
export interface RawRow {
  readonly kind: SheetKind;
  /** Row number as the spreadsheet shows it; 1-based position for sources without rows. */
  readonly line: number;
  readonly cells: Readonly<Partial<Record<string, string>>>;
}

export interface UnitRecord {
  readonly line: number;
  readonly code: string;
  readonly name: string;
  /** `null`: directly below the institution. */
  readonly parentCode: Given<string>;
  readonly headStaffNo: Given<string>;
  /** 分管领导 */
  readonly leaderStaffNo: Given<string>;
  readonly sortOrder: Given<number>;
  /** 类别: free word of the institution, e.g. 教学单位. */
  readonly category: Given<string>;
}

/** Personal values in clear; lives only while a row is read or applied, never in a plan, a log or an answer. */
export interface PersonRecord {
  readonly line: number;
  /** The source's own unchanging id of the person, where it has one (rule B1). */
  readonly sourceId: string | undefined;
  readonly staffNo: string;
  readonly name: string;
  readonly sex: Given<Sex>;
  readonly idType: Given<IdType>;
  readonly idNumber: Given<string>;
  readonly bornOn: Given<CalendarDate>;
  readonly mobile: Given<string>;
  readonly email: Given<string>;
  /** The first is the main post; never empty. */
  readonly unitCodes: readonly string[];
  /** 职务 of the main post. */
  readonly title: Given<string>;
  /** 职级 */
  readonly grade: Given<string>;
  readonly managerStaffNo: Given<string>;
  readonly category: Category;
  readonly establishment: Given<Establishment>;
  readonly employedOn: Given<CalendarDate>;
  readonly contractUntilOn: Given<CalendarDate>;
  readonly status: HrStatus;
  /** From when the status holds; in the future it is planned for its day (A6). */
  readonly statusOn: Given<CalendarDate>;
  readonly leaveReason: Given<string>;
  readonly sortOrder: Given<number>;
}

export type FaultCode =
  /** A required cell is empty. */
  | 'missing'
  /** The form is wrong; `hint` says how it should look. */
  | 'malformed'
  /** Not one of the words this column takes; `hint` lists the nearest. */
  | 'unknownWord'
  /** The unit or person named is neither in the file nor known. */
  | 'unknownUnit'
  | 'unknownPerson'
  /** The same key twice in the file; `otherLine` is the first. */
  | 'duplicate'
  /** Check digit of the ID number (B9). */
  | 'checkDigit'
  /** 15-digit number (B11). */
  | 'oldIdNumber'
  /** Sex or birth date differ from the ID number (B10). */
  | 'contradictsId'
  /** Neither mobile nor email: 企业微信 takes nobody without one (B4). */
  | 'noContact'
  | 'tooLong'
  /** A formula instead of a value. */
  | 'formula'
  /** The units would not be a tree: cycle, same name twice under one parent, deeper than 15 (C3-C5). */
  | 'treeBroken';

/** Why a row was not taken. Never holds a personal value. */
export interface Fault {
  readonly kind: SheetKind;
  readonly line: number;
  /** Column key (`staffNo`); '' for the row as a whole. */
  readonly column: string;
  readonly code: FaultCode;
  /** What would be right: a form, or the nearest known values. */
  readonly hint?: string;
  readonly otherLine?: number;
}

export type Incoming = Omit<PersonRecord, 'idNumber' | 'bornOn' | 'mobile'> & {
  readonly idNumber: Given<Secret>;
  readonly bornOn: Given<Secret>;
  readonly mobile: Given<Secret>;
};

/** Everything one run of a source said. */
export interface Snapshot {
  readonly sourceKey: string;
  /** State of the source at this moment (rule A6 and the clocks count from it). */
  readonly cutOffAt: number;
  /** True only when the source says that nobody is left out and nothing failed (A1). */
  readonly complete: boolean;
  readonly units: readonly UnitRecord[];
  readonly people: readonly Incoming[];
  /** Keys of rows that were refused: they are not missing, they are unreadable (A4). */
  readonly refusedStaffNos: readonly string[];
  readonly refusedUnitCodes: readonly string[];
}

/* ---------- the plan ---------- */

export type ChangeKind =
  | 'unitCreate'
  | 'unitChange'
  | 'unitMove'
  | 'unitDissolve'
  | 'hire'
  | 'rehire'
  | 'change'
  | 'move'
  | 'giveConcurrent'
  | 'endConcurrent'
  | 'secondOut'
  | 'suspend'
  | 'resume'
  | 'leave'
  | 'retire';

/** Kinds that take something from somebody; the guard counts them (D2). */
export const DESTRUCTIVE: readonly ChangeKind[] = ['unitDissolve', 'secondOut', 'suspend', 'leave', 'retire'];

/** Before and after of one field, ready to show: personal values masked, units and people by name. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Order of writing (rule C1). */
export type Stage = 'units' | 'people' | 'leaders' | 'order' | 'leavers' | 'removals';

export interface Change {
  /** Stable within the plan: `person:00731:move`. With the plan's hash it is the step's key (D5). */
  readonly key: string;
  readonly stage: Stage;
  readonly kind: ChangeKind;
  readonly target: {
    readonly type: 'unit' | 'person';
    readonly id: string | null;
    readonly ref: string;
    readonly name: string;
  };
  /** Code of the unit directly below the institution this counts for. */
  readonly topUnitCode: string;
  readonly fields: readonly FieldChange[];
  /** The day it holds from; later than the plan's day: done on that day (A6). */
  readonly effectiveOn: CalendarDate;
  /** Working days between that day and the day HR said so, when it said so late. */
  readonly lateWorkdays: number;
  /** Rows of the file that say so; empty for who is missing from it. */
  readonly lines: readonly number[];
  /** One sentence: why. */
  readonly why: string;
}

/** What cannot be done by itself: a human decides. Nothing is planned for it. */
export interface Doubt {
  readonly key: string;
  readonly kind: 'maybeSamePerson' | 'mobileTaken' | 'maybeLeft' | 'nameChanged' | 'treeConflict';
  readonly target: Change['target'];
  readonly lines: readonly number[];
  readonly candidates: readonly {
    readonly personId: string;
    readonly staffNo: string;
    readonly name: string;
    readonly by: string;
  }[];
  readonly why: string;
}

export interface Plan {
  readonly hash: string;
  readonly sourceKey: string;
  readonly cutOffAt: number;
  readonly complete: boolean;
  /** In the order of doing. */
  readonly changes: readonly Change[];
  readonly doubts: readonly Doubt[];
  readonly counts: Readonly<Partial<Record<ChangeKind, number>>>;
}

/* ---------- the guard ---------- */

export interface Limit {
  readonly scope: 'run' | 'day' | 'topUnit';
  readonly max: number;
  /** Of the active people (units for dissolving) in the scope. */
  readonly maxPercent: number;
}

export interface GuardLine {
  readonly scope: Limit['scope'];
  readonly scopeName: string;
  readonly planned: number;
  readonly alreadyToday: number;
  readonly base: number;
  readonly max: number;
  readonly maxPercent: number;
  readonly exceeded: boolean;
}

export type Verdict =
  /** Nothing destructive: needs nobody else. */
  | 'free'
  /** Destructive and within limits: a second person confirms this hash. */
  | 'needsConfirmation'
  /** Over a limit: no way to confirm (D3). */
  | 'overLimit'
  /** A floor is broken (A2) or the source is incomplete and destructive steps were asked for (A1). */
  | 'suspicious';

export interface GuardResult {
  readonly verdict: Verdict;
  readonly lines: readonly GuardLine[];
  readonly reasons: readonly string[];
}
