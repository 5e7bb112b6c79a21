import type { CalendarDate } from '../../../kernel/dates.ts';
import type { Category, Establishment, Given, HrStatus, IdType, Sex } from '../known.ts';
import type { UnitKind } from '../org.ts';
import type { PostGoal } from '../roster/plan-posts.ts';

/** A unit as it shall be, known by its code. What is left out stays (rule A5). */
export interface UnitGoal {
  readonly code: string;
  /** Needed for a new unit. */
  readonly name?: string | undefined;
  /** `null`, and a new unit without one: directly below the institution. */
  readonly parentCode?: Given<string>;
  /** A new unit directly below the institution is a department, deeper an office, unless told. */
  readonly kind?: UnitKind | undefined;
  readonly sortOrder?: Given<number>;
  /** 类别, a free word of the institution. */
  readonly category?: Given<string>;
  /** First day it holds: today unless told, never in the future. */
  readonly on?: CalendarDate | undefined;
}

/** Fields of a person. Personal values in clear: they are sealed before anything is stored. */
export interface PersonFields {
  readonly staffNo?: string | undefined;
  readonly sourceId?: Given<string>;
  readonly name?: string | undefined;
  /** Somebody new without one gets the staff number. */
  readonly userid?: string | undefined;
  readonly sex?: Given<Sex>;
  readonly idType?: Given<IdType>;
  readonly idNumber?: Given<string>;
  readonly bornOn?: Given<CalendarDate>;
  readonly mobile?: Given<string>;
  readonly email?: Given<string>;
  readonly grade?: Given<string>;
  readonly category?: Category | undefined;
  readonly establishment?: Given<Establishment>;
  readonly employedOn?: Given<CalendarDate>;
  readonly contractUntilOn?: Given<CalendarDate>;
  /** Another word for the same standing (借调 → 挂职), its day or reason put right; what changes the standing is an act. */
  readonly status?: HrStatus | undefined;
  readonly statusOn?: Given<CalendarDate>;
  readonly leaveReason?: Given<string>;
  readonly sortOrder?: Given<number>;
}

export interface PersonGoal extends PersonFields {
  /** Left out: somebody new, who needs `staffNo`, `name`, `category` and `posts`. */
  readonly personId?: string | undefined;
  /** All posts the person shall hold; left out, they stay. */
  readonly posts?: readonly PostGoal[] | undefined;
  /** First day the change holds: today unless told, never in the future. */
  readonly on?: CalendarDate | undefined;
}

export interface EndOfEmployment {
  readonly status: 'left' | 'retired';
  /** First day without employment; today or earlier. */
  readonly on: CalendarDate;
  readonly reason: string | null;
}

/** What nobody has any more after somebody left: material for tasks (rules C11, C16). */
export interface Orphaned {
  readonly changed: boolean;
  /** People whose direct superior is now nobody. */
  readonly reportIds: readonly string[];
  /** Units whose leader in charge is now nobody. */
  readonly unitIdsInCharge: readonly string[];
  /** Units the person was a head of. */
  readonly unitIdsHeaded: readonly string[];
}

export interface Rehiring {
  readonly on: CalendarDate;
  readonly posts: readonly PostGoal[];
  /** Changes of the record in the same act, e.g. a new mobile. */
  readonly fields?: PersonFields | undefined;
}

export interface SecondingOut {
  readonly status: 'secondedOut' | 'attachedOut';
  readonly on: CalendarDate;
}

export interface Resuming {
  readonly on: CalendarDate;
  /** False: the status is 在职 again, the account stays locked until somebody decides (S3-2.4b, S3-2.5b). */
  readonly unlock?: boolean | undefined;
}
