import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { AssignmentKind, PersonCategory, PersonState, UnitKind } from './org.ts';

export interface UnitRow {
  id: string;
  /** The institution's own number of the unit; what sheets refer to. */
  code: string;
  name: string;
  parentId: string | null;
  kind: UnitKind;
  state: 'active' | 'removed';
  /** Smaller is shown first. */
  sortOrder: number;
  /** Its id in 企业微信, chosen by us so that a repeated creation is recognised. The root is 1. */
  departmentId: number;
  version: number;
}

export const UnitTable = new EntitySchema<UnitRow>({
  name: 'unit',
  tableName: 'unit',
  columns: {
    id: c.id(),
    code: c.code(32),
    name: c.label(64),
    parentId: c.nullable(c.ref()),
    kind: c.code(16),
    state: c.code(16),
    sortOrder: c.integer(),
    departmentId: c.integer(),
    version: c.version(),
  },
  indices: [
    { name: 'unit_code', columns: ['code'], unique: true },
    { name: 'unit_department', columns: ['departmentId'], unique: true },
  ],
});

export interface PersonRow {
  id: string;
  staffNo: string;
  name: string;
  /** Syllables with spaces: `zhang yu tong`. */
  pinyin: string;
  /** `zyt`. */
  initials: string;
  category: PersonCategory;
  state: PersonState;
  /** As 企业微信 shows it; `useridKey` is its lower-case form, the one to compare (rule B1). */
  userid: string;
  useridKey: string;
  /** Sealed by the vault, purpose `person.mobile`. */
  mobileSealed: string | null;
  mobileMasked: string | null;
  mobilePrint: string | null;
  email: string | null;
  /** Smaller is shown first among equals. */
  sortOrder: number;
  version: number;
  createdAt: number;
  updatedAt: number;
}

export const PersonTable = new EntitySchema<PersonRow>({
  name: 'person',
  tableName: 'person',
  columns: {
    id: c.id(),
    staffNo: c.code(32),
    name: c.label(64),
    pinyin: c.code(191),
    initials: c.code(64),
    category: c.code(16),
    state: c.code(16),
    userid: c.code(64),
    useridKey: c.code(64),
    mobileSealed: c.nullable(c.code(255)),
    mobileMasked: c.nullable(c.code(32)),
    mobilePrint: c.nullable(c.code(64)),
    email: c.nullable(c.code(64)),
    sortOrder: c.integer(),
    version: c.version(),
    createdAt: c.instant(),
    updatedAt: c.instant(),
  },
  indices: [
    { name: 'person_staff_no', columns: ['staffNo'], unique: true },
    { name: 'person_userid', columns: ['useridKey'], unique: true },
    { name: 'person_mobile', columns: ['mobilePrint'] },
  ],
});

export interface AssignmentRow {
  id: string;
  personId: string;
  unitId: string;
  kind: AssignmentKind;
  title: string;
  isHead: boolean;
  /** Order among several heads of one unit, smaller first (rule R20); null when no head. */
  headRank: number | null;
  sinceOn: string;
  /** First day it no longer holds; null when open. */
  untilOn: string | null;
  /** Place inside the unit, 1 first; null = behind those who have one. */
  place: number | null;
  version: number;
}

export const AssignmentTable = new EntitySchema<AssignmentRow>({
  name: 'assignment',
  tableName: 'assignment',
  columns: {
    id: c.id(),
    personId: c.ref(),
    unitId: c.ref(),
    kind: c.code(16),
    title: c.label(64),
    isHead: c.flag(),
    headRank: c.nullable(c.integer()),
    sinceOn: c.day(),
    untilOn: c.nullable(c.day()),
    place: c.nullable(c.integer()),
    version: c.version(),
  },
  indices: [
    { name: 'assignment_person', columns: ['personId'] },
    { name: 'assignment_unit', columns: ['unitId'] },
  ],
});

/** One row. `stamp` changes with every change of the directory or of roles; caches are keyed by it. */
export interface DirectoryRevisionRow {
  id: string;
  stamp: string;
  changedAt: number;
}

export const DirectoryRevisionTable = new EntitySchema<DirectoryRevisionRow>({
  name: 'directory_revision',
  tableName: 'directory_revision',
  columns: { id: c.id(), stamp: c.code(32), changedAt: c.instant() },
});

/** What was last written to 企业微信, so that an unchanged thing costs no call and a changed field one. */
interface MirrorRow {
  /** Fields last written; personal ones as fingerprints. */
  written: Record<string, unknown>;
  /** `writing`: a creation was begun and its end is not known, so what is found there later is ours. */
  state: 'writing' | 'written' | 'failed';
  /** 企业微信's errcode of the last refused write. */
  errorCode: number | null;
  /** Fields of the refused write, told to whoever repairs the data. */
  errorFields: string | null;
  updatedAt: number;
}

export interface MemberMirrorRow extends MirrorRow {
  /** The person's id. */
  id: string;
  userid: string;
}

export interface DepartmentMirrorRow extends MirrorRow {
  /** The unit's id. */
  id: string;
  departmentId: number;
}

const mirrorColumns = {
  written: c.json(),
  state: c.code(16),
  errorCode: c.nullable(c.integer()),
  errorFields: c.nullable(c.label()),
  updatedAt: c.instant(),
};

export const MemberMirrorTable = new EntitySchema<MemberMirrorRow>({
  name: 'wecom_member_mirror',
  tableName: 'wecom_member_mirror',
  columns: { id: c.id(), userid: c.code(64), ...mirrorColumns },
  indices: [{ name: 'wecom_member_mirror_state', columns: ['state'] }],
});

export const DepartmentMirrorTable = new EntitySchema<DepartmentMirrorRow>({
  name: 'wecom_department_mirror',
  tableName: 'wecom_department_mirror',
  columns: { id: c.id(), departmentId: c.integer(), ...mirrorColumns },
});

export const directoryTables = [
  UnitTable,
  PersonTable,
  AssignmentTable,
  DirectoryRevisionTable,
  MemberMirrorTable,
  DepartmentMirrorTable,
] as const;
