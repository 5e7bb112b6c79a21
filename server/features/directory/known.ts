import type { CalendarDate } from '../../kernel/dates.ts';

/**
 * A field that may be left out (rule A5): `undefined` was not provided and the stored value stays, `null` clears it
 * (`[清空]` in a sheet).
 */
export type Given<T> = T | null | undefined;

/** What a history is kept of. */
export type HistorySubject = 'unit' | 'person' | 'set';

export type Sex = 'male' | 'female';
/** 居民身份证, 护照, 港澳台居民居住证, 外国人永久居留身份证 (rule B11). */
export type IdType = 'residentId' | 'passport' | 'hmtResidence' | 'foreignResidence';
/** 院内, 院外服务, 代管: decides what is visible. */
export type Category = 'internal' | 'external' | 'entrusted';
/** 在编, 雇员, 外包, 借调, 挂职, 其他. */
export type Establishment = 'established' | 'employee' | 'outsourced' | 'seconded' | 'attached' | 'other';
/** 在职, 借调, 挂职, 停职, 离职, 退休. */
export type HrStatus = 'working' | 'secondedOut' | 'attachedOut' | 'suspended' | 'left' | 'retired';

/** Personal values that are sealed: compared by print, shown masked. */
export type SecretField = 'idNumber' | 'bornOn' | 'mobile';

/** What others may see of a sealed value: equal prints are equal values; `masked` is for people. */
export interface Secret {
  readonly print: string;
  readonly masked: string;
}

export interface KnownUnit {
  readonly unitId: string;
  readonly code: string;
  readonly name: string;
  /** Null for the institution itself. */
  readonly parentCode: string | null;
  /** The first of its heads. */
  readonly headStaffNo: string | null;
  /** 分管领导 */
  readonly leaderStaffNo: string | null;
  readonly sortOrder: number;
  readonly category: string | null;
  readonly state: 'active' | 'removed';
}

export interface KnownPost {
  readonly unitCode: string;
  readonly kind: 'main' | 'concurrent';
  readonly title: string;
  readonly isHead: boolean;
  readonly sinceOn: CalendarDate;
  readonly untilOn: CalendarDate | null;
}

export interface KnownPerson {
  readonly personId: string;
  readonly staffNo: string;
  readonly sourceId: string | null;
  readonly name: string;
  readonly sex: Sex | null;
  readonly idType: IdType | null;
  readonly idNumber: Secret | null;
  readonly bornOn: Secret | null;
  readonly mobile: Secret | null;
  readonly email: string | null;
  /** Held today or later, the main one first; those that ended are history. */
  readonly posts: readonly KnownPost[];
  readonly grade: string | null;
  readonly managerStaffNo: string | null;
  readonly category: Category;
  readonly establishment: Establishment | null;
  readonly employedOn: CalendarDate | null;
  readonly contractUntilOn: CalendarDate | null;
  readonly status: HrStatus;
  readonly statusOn: CalendarDate | null;
  readonly leaveReason: string | null;
  readonly sortOrder: number;
  readonly state: 'active' | 'locked' | 'left';
}

/** Everybody and every unit, former ones included, as a source of people is compared with. */
export interface DirectorySnapshot {
  readonly units: readonly KnownUnit[];
  readonly people: readonly KnownPerson[];
  /** The institution's own unit; '' while there is none. */
  readonly rootCode: string;
}
