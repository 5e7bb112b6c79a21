import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { Category, Establishment, HistorySubject, HrStatus, IdType, Sex } from './known.ts';
import { sheetTables } from './push/sheet/tables.ts';
import { tagTables } from './tags/tables.ts';
import type { AssignmentKind, PersonState, UnitKind } from './org.ts';

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
  /** 分管领导 */
  leaderInChargeId: string | null;
  /** The unit that took its place; null while it is there, or when none did. */
  successorId: string | null;
  /** 类别: free word of the institution. */
  category: string | null;
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
    leaderInChargeId: c.nullable(c.ref()),
    successorId: c.nullable(c.ref()),
    category: c.nullable(c.label(64)),
    version: c.version(),
  },
  indices: [
    { name: 'unit_parent', columns: ['parentId'] },
    { name: 'unit_code', columns: ['code'], unique: true },
    { name: 'unit_department', columns: ['departmentId'], unique: true },
  ],
});

/** How a name or place of a unit held over time; ranges are half-open and do not overlap. */
export interface UnitVersionRow {
  id: string;
  unitId: string;
  name: string;
  parentId: string | null;
  sinceOn: string;
  /** First day it no longer holds; null for the present one. */
  untilOn: string | null;
}

export const UnitVersionTable = new EntitySchema<UnitVersionRow>({
  name: 'unit_version',
  tableName: 'unit_version',
  columns: {
    id: c.id(),
    unitId: c.ref(),
    name: c.label(64),
    parentId: c.nullable(c.ref()),
    sinceOn: c.day(),
    untilOn: c.nullable(c.day()),
  },
  indices: [{ name: 'unit_version_unit', columns: ['unitId', 'sinceOn'] }],
});

/** What happened to a unit or a person. Only grows. */
export interface DirectoryEventRow {
  id: string;
  subjectType: HistorySubject;
  subjectId: string;
  kind: string;
  happenedAt: number;
  /** The day it holds from, as HR said it. */
  effectiveOn: string;
  byActor: string;
  /** Changed fields only; sealed values masked. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export const DirectoryEventTable = new EntitySchema<DirectoryEventRow>({
  name: 'directory_event',
  tableName: 'directory_event',
  columns: {
    id: c.id(),
    subjectType: c.code(8),
    subjectId: c.ref(),
    kind: c.code(32),
    happenedAt: c.instant(),
    effectiveOn: c.day(),
    byActor: c.code(),
    before: c.nullable(c.json()),
    after: c.nullable(c.json()),
  },
  indices: [{ name: 'directory_event_subject', columns: ['subjectType', 'subjectId', 'happenedAt'] }],
});

export type LockCause = 'status' | 'decision' | 'both';

export interface PersonRow {
  id: string;
  staffNo: string;
  /** The personnel system's own unchanging id, where it has one (rule B1). */
  sourceId: string | null;
  name: string;
  /** Syllables with spaces: `zhang yu tong`. */
  pinyin: string;
  /** `zyt`. */
  initials: string;
  category: Category;
  establishment: Establishment | null;
  /** What HR says; `state` is what follows from it for the account. */
  status: HrStatus;
  statusOn: string | null;
  leaveReason: string | null;
  leftAt: number | null;
  state: PersonState;
  /**
   * Why the account is locked: the status brought it, somebody decided it (never lifted by a status), or both (停职),
   * and each ends by itself.
   */
  lockCause: LockCause | null;
  sex: Sex | null;
  idType: IdType | null;
  /** Sealed by the vault, purpose `person.idNumber`. */
  idNumberSealed: string | null;
  idNumberMasked: string | null;
  idNumberPrint: string | null;
  /** Sealed by the vault, purpose `person.bornOn`. */
  bornOnSealed: string | null;
  bornOnMasked: string | null;
  bornOnPrint: string | null;
  /** 职级 */
  grade: string | null;
  /** Direct superior. */
  managerId: string | null;
  employedOn: string | null;
  contractUntilOn: string | null;
  /** As 企业微信 shows it; `useridKey` is its lower-case form, the one to compare (rule B1). */
  userid: string;
  useridKey: string;
  /** Sealed by the vault, purpose `person.mobile`. */
  mobileSealed: string | null;
  mobileMasked: string | null;
  mobilePrint: string | null;
  email: string | null;
  /** As it is compared: see `emailKeyOf`. */
  emailKey: string | null;
  /** Home address, which only a correction by the person brings. Sealed by the vault, purpose `person.address`. */
  addressSealed: string | null;
  addressMasked: string | null;
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
    sourceId: c.nullable(c.code(64)),
    name: c.label(64),
    pinyin: c.code(191),
    initials: c.code(64),
    category: c.code(16),
    establishment: c.nullable(c.code(16)),
    status: c.withDefault(c.code(16), 'working'),
    statusOn: c.nullable(c.day()),
    leaveReason: c.nullable(c.label()),
    leftAt: c.nullable(c.instant()),
    state: c.code(16),
    lockCause: c.nullable(c.code(16)),
    sex: c.nullable(c.code(8)),
    idType: c.nullable(c.code(24)),
    idNumberSealed: c.nullable(c.sealed(c.code(255), 'person.idNumber')),
    idNumberMasked: c.nullable(c.code(32)),
    idNumberPrint: c.nullable(c.print('person.idNumber', 'idNumberSealed')),
    bornOnSealed: c.nullable(c.sealed(c.code(255), 'person.bornOn')),
    bornOnMasked: c.nullable(c.code(16)),
    bornOnPrint: c.nullable(c.print('person.bornOn', 'bornOnSealed')),
    grade: c.nullable(c.label(64)),
    managerId: c.nullable(c.ref()),
    employedOn: c.nullable(c.day()),
    contractUntilOn: c.nullable(c.day()),
    userid: c.code(64),
    useridKey: c.code(64),
    mobileSealed: c.nullable(c.sealed(c.code(255), 'person.mobile')),
    mobileMasked: c.nullable(c.code(32)),
    mobilePrint: c.nullable(c.print('person.mobile', 'mobileSealed')),
    email: c.nullable(c.code(64)),
    emailKey: c.nullable(c.code(64)),
    addressSealed: c.nullable(c.sealed(c.longText(), 'person.address')),
    addressMasked: c.nullable(c.label(32)),
    sortOrder: c.integer(),
    version: c.version(),
    createdAt: c.instant(),
    updatedAt: c.instant(),
  },
  indices: [
    { name: 'person_staff_no', columns: ['staffNo'], unique: true },
    { name: 'person_userid', columns: ['useridKey'], unique: true },
    { name: 'person_mobile', columns: ['mobilePrint'] },
    { name: 'person_id_number', columns: ['idNumberPrint'] },
    { name: 'person_source', columns: ['sourceId'] },
    { name: 'person_manager', columns: ['managerId'] },
    { name: 'person_changed', columns: ['updatedAt', 'state'] },
    { name: 'person_called', columns: ['state', 'name'] },
    { name: 'person_email', columns: ['emailKey'] },
    { name: 'person_by_userid', columns: ['useridKey', 'state'] },
    { name: 'person_by_staff_no', columns: ['staffNo', 'state'] },
    {
      name: 'person_listing',
      columns: [
        'id',
        'state',
        'useridKey',
        'name',
        'emailKey',
        'category',
        'staffNo',
        'managerId',
        'createdAt',
        'updatedAt',
      ],
    },
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
    {
      name: 'assignment_listing',
      columns: ['kind', 'personId', 'unitId', 'sinceOn', 'untilOn', 'title'],
    },
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

/**
 * What one revision changed of the one before, so that a copy in memory is brought up to date instead of being read
 * anew. Units are read anew every time. Kept for a day.
 */
export interface DirectoryChangeRow {
  /** The revision's stamp. */
  id: string;
  /** The stamp before; '' before the first. */
  previous: string;
  /** Whose rows and posts changed; null: perhaps everybody's. */
  personIds: string[] | null;
  changedAt: number;
}

export const DirectoryChangeTable = new EntitySchema<DirectoryChangeRow>({
  name: 'directory_change',
  tableName: 'directory_change',
  columns: {
    id: c.id(),
    previous: c.code(32),
    personIds: c.nullable(c.json()),
    changedAt: c.instant(),
  },
  indices: [{ name: 'directory_change_old', columns: ['changedAt'] }],
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
  /** Print of the mobile 企业微信 has for the member, to find who holds a number (B4). */
  mobilePrint: string | null;
  /** 企业微信's errcode of the last refused direct superior: no fault of the person's own record (C15). */
  managerErrorCode: number | null;
  /** The one push that may write to this member now, and until when. */
  claim: string | null;
  claimUntilAt: number | null;
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
  columns: {
    id: c.id(),
    userid: c.code(64),
    ...mirrorColumns,
    mobilePrint: c.nullable(c.code(64)),
    managerErrorCode: c.nullable(c.integer()),
    claim: c.nullable(c.ref()),
    claimUntilAt: c.nullable(c.instant()),
  },
  indices: [
    { name: 'wecom_member_mirror_state', columns: ['state'] },
    { name: 'wecom_member_mirror_mobile', columns: ['mobilePrint'] },
  ],
});

export const DepartmentMirrorTable = new EntitySchema<DepartmentMirrorRow>({
  name: 'wecom_department_mirror',
  tableName: 'wecom_department_mirror',
  columns: { id: c.id(), departmentId: c.integer(), ...mirrorColumns },
});

export const directoryTables = [
  UnitTable,
  UnitVersionTable,
  PersonTable,
  AssignmentTable,
  DirectoryEventTable,
  DirectoryRevisionTable,
  DirectoryChangeTable,
  MemberMirrorTable,
  DepartmentMirrorTable,
  ...tagTables,
  ...sheetTables,
] as const;
