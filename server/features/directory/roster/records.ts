import type { CalendarDate } from '../../../kernel/dates.ts';
import type { Category, Establishment, Given } from '../known.ts';
import type { AssignmentKind, UnitKind } from '../org.ts';

export interface UnitRecord {
  readonly line: number;
  readonly code: string;
  readonly name: string;
  readonly parentCode: string | null;
  readonly kind: UnitKind;
  readonly sortOrder: number | undefined;
}

export interface PersonRecord {
  readonly line: number;
  readonly staffNo: string;
  readonly name: string;
  readonly userid: string;
  readonly category: Category;
  readonly establishment: Establishment;
  readonly mobile: Given<string>;
  readonly email: Given<string>;
  readonly sortOrder: number | undefined;
  /** `undefined` when the file says nothing (or something wrong) about this person's posts. */
  readonly posts: readonly PostRecord[] | undefined;
}

export interface PostRecord {
  readonly line: number;
  readonly staffNo: string;
  readonly unitCode: string;
  readonly kind: AssignmentKind;
  readonly title: string;
  readonly isHead: boolean;
  readonly headRank: number | null;
  readonly sinceOn: CalendarDate;
  readonly untilOn: CalendarDate | null;
  readonly place: number | null;
}

/** Why a row was not taken. Never holds the value itself: it may be somebody's number. */
export interface RowFault {
  readonly sheet: string;
  /** Row number as the spreadsheet shows it. */
  readonly line: number;
  readonly column: string;
  readonly reason: FaultReason;
}

export type FaultReason =
  'missing' | 'malformed' | 'unknown' | 'duplicate' | 'taken' | 'noMainPost' | 'noContact' | 'postRefused';

export interface Roster {
  readonly units: readonly UnitRecord[];
  readonly people: readonly PersonRecord[];
  readonly faults: readonly RowFault[];
}

export const SHEETS = { units: '单位', people: '人员', posts: '岗位' } as const;

export const COLUMNS = {
  unitCode: '单位编号',
  unitName: '单位名称',
  parentCode: '上级编号',
  unitKind: '单位类型',
  sortOrder: '排序',
  staffNo: '工号',
  personName: '姓名',
  userid: '账号',
  category: '人员类别',
  mobile: '手机',
  email: '邮箱',
  postKind: '岗位类型',
  title: '职务',
  isHead: '负责人',
  headRank: '负责人次序',
  sinceOn: '任职起',
  untilOn: '任职止',
  place: '部门内次序',
} as const;

export const UNIT_KINDS: Readonly<Record<string, UnitKind>> = {
  学校: 'institution',
  部门: 'department',
  科室: 'office',
};

/** The words of the first sheet say both things at once. */
export const CATEGORIES: Readonly<Record<string, Pick<PersonRecord, 'category' | 'establishment'>>> = {
  编制内: { category: 'internal', establishment: 'established' },
  编外: { category: 'internal', establishment: 'employee' },
  外包: { category: 'external', establishment: 'outsourced' },
  代管单位: { category: 'entrusted', establishment: 'other' },
};
export const DEFAULT_CATEGORY = { category: 'internal', establishment: 'established' } as const;

export const POST_KINDS: Readonly<Record<string, AssignmentKind>> = { 主岗: 'main', 兼任: 'concurrent' };

export const CLEAR = '[清空]';
