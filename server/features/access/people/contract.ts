/**
 * The organisation and its people as an administrator sees them, and one's own record. Instants are epoch ms, dates
 * `YYYY-MM-DD` in Asia/Shanghai. Every list, count, export and search holds exactly what the actor's scope holds (H1).
 */
import { z } from 'zod';
import { isCalendarDate } from '../../../kernel/dates.ts';
import { PersonBrief } from '../../directory/contract.ts';

const Id = z.string().min(1).max(64);
const Day = z.string().refine(isCalendarDate, 'not a calendar date');
const Cursor = z.string().max(600);

export const ByPerson = z.strictObject({ personId: Id });
export const ByUnit = z.strictObject({ unitId: Id });

const Category = z.enum(['internal', 'external', 'entrusted']);
const UnitBrief = z.object({
  unitId: z.string(),
  name: z.string(),
  /** The unit lies in the scope: its page opens. */
  open: z.boolean(),
});
const OpenPerson = PersonBrief.extend({
  /** The person lies in the scope: the page opens. Names of colleagues everybody may read. */
  open: z.boolean(),
});

/* ---------- units ---------- */

export const UnitsQuery = z.strictObject({
  /** The topmost units of the scope when left out. */
  parentId: Id.optional(),
  /** Part of a name, or a code: units anywhere in the scope. */
  q: z.string().max(64).default(''),
  /** How it was on this day; today when left out. */
  on: Day.optional(),
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(200),
});
export type UnitsQuery = z.infer<typeof UnitsQuery>;

export const UnitNode = z.object({
  unitId: z.string(),
  code: z.string(),
  name: z.string(),
  /** From below the institution down to the unit itself. */
  path: z.array(z.string()),
  /** People of the scope with a post in the unit or below it, locked ones included, each once. */
  people: z.number(),
  childCount: z.number(),
  heads: z.array(OpenPerson),
});
export type UnitNode = z.infer<typeof UnitNode>;

export const UnitsAnswer = z.object({
  items: z.array(UnitNode),
  next: z.string().nullable(),
  total: z.number(),
  /** Everybody in the scope, each once. */
  people: z.number(),
});
export type UnitsAnswer = z.infer<typeof UnitsAnswer>;

export const UnitQuery = z.strictObject({ on: Day.optional() });

export const UnitAnswer = UnitNode.omit({ path: true }).extend({
  /** Named 类别 of the institution. */
  category: z.string().nullable(),
  removed: z.boolean(),
  path: z.array(UnitBrief),
  /** 分管领导 */
  leaderInCharge: OpenPerson.nullable(),
  /** How it was called and where it lay, newest first. `sinceOn` null: from before the records began. */
  versions: z.array(
    z.object({
      name: z.string(),
      parentName: z.string().nullable(),
      sinceOn: z.string().nullable(),
      /** First day it no longer held. */
      untilOn: z.string().nullable(),
    }),
  ),
});
export type UnitAnswer = z.infer<typeof UnitAnswer>;

/* ---------- people ---------- */

/** `here`: everybody not gone. */
export const StateFilter = z.enum(['here', 'active', 'locked', 'left']);
const filters = {
  /** Name, pinyin, initials, staff number. */
  q: z.string().max(64).default(''),
  /** With a post in this unit or below it. */
  unitId: Id.optional(),
  category: Category.optional(),
  state: StateFilter.default('here'),
  /** Who held posts on this day; today when left out. */
  on: Day.optional(),
  /** `name`: best matches first, then by pinyin. */
  sort: z.enum(['name', 'staffNo']).default('name'),
};

export const PeopleQuery = z.strictObject({
  ...filters,
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type PeopleQuery = z.infer<typeof PeopleQuery>;

export const ExportQuery = z.strictObject({ ...filters, format: z.enum(['xlsx', 'csv']).default('xlsx') });
export type ExportQuery = z.infer<typeof ExportQuery>;

/** Every lock reads the same, whatever its reason (H5). */
const State = z.object({ code: z.enum(['active', 'locked', 'left']), words: z.string() });

export const PersonItem = z.object({
  personId: z.string(),
  staffNo: z.string(),
  name: z.string(),
  /** Characters of the name that answered, half-open; null when the number did. */
  matched: z.object({ from: z.number(), to: z.number() }).nullable(),
  /** Of the main post. */
  unitPath: z.string(),
  title: z.string(),
  /** Concurrent posts besides. */
  alsoIn: z.array(z.string()),
  categoryName: z.string(),
  state: State,
});
export type PersonItem = z.infer<typeof PersonItem>;

export const PeopleAnswer = z.object({
  items: z.array(PersonItem),
  next: z.string().nullable(),
  total: z.number(),
});
export type PeopleAnswer = z.infer<typeof PeopleAnswer>;

export const PersonalField = z.enum(['mobile', 'idNumber', 'bornOn', 'email', 'address']);
export type PersonalField = z.infer<typeof PersonalField>;

const HistoryLine = z.object({
  id: z.string(),
  at: z.number(),
  /** The day it holds from. */
  on: z.string(),
  part: z.enum(['posts', 'data', 'account']),
  words: z.string(),
  changes: z.array(z.object({ label: z.string(), before: z.string(), after: z.string() })),
  /** A name, or "系统"; null where even this is not told. */
  by: z.string().nullable(),
});
export type HistoryLine = z.infer<typeof HistoryLine>;

export const PersonAnswer = z.object({
  personId: z.string(),
  staffNo: z.string(),
  name: z.string(),
  category: Category,
  categoryName: z.string(),
  state: State,
  /** The day the lock or the leaving holds from. */
  stateSince: z.string().nullable(),
  /** Main one, concurrent ones, those to come, those of the past. */
  posts: z.array(
    z.object({
      assignmentId: z.string(),
      kind: z.enum(['main', 'concurrent', 'coming', 'former']),
      unit: UnitBrief,
      unitPath: z.string(),
      title: z.string(),
      isHead: z.boolean(),
      since: z.string(),
      /** First day it no longer holds. */
      until: z.string().nullable(),
    }),
  ),
  manager: OpenPerson.nullable(),
  /** Masked. `canReveal`: whoever asks may see it in full, saying what for. */
  personal: z.array(
    z.object({ field: PersonalField, label: z.string(), masked: z.string(), canReveal: z.boolean() }),
  ),
  /** Plain facts of HR. */
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  /** How the person stands in 企业微信. */
  wecom: z.object({
    state: z.enum(['none', 'written', 'waiting', 'failed']),
    words: z.string(),
    errorCode: z.number().nullable(),
    at: z.number().nullable(),
  }),
  /** Newest first, at most 200 lines. */
  history: z.array(HistoryLine),
  historyCut: z.boolean(),
});
export type PersonAnswer = z.infer<typeof PersonAnswer>;

export const RevealRequest = z.strictObject({
  field: PersonalField,
  /** What for, in words; goes into the record (H6). */
  purpose: z.string().trim().min(2).max(100),
});
export type RevealRequest = z.infer<typeof RevealRequest>;
export const RevealAnswer = z.object({ value: z.string() });
export type RevealAnswer = z.infer<typeof RevealAnswer>;

/* ---------- a copy of what is held about a person (个保法 45) ---------- */

export const DataFormat = z.enum(['xlsx', 'json']);
export const OwnDataQuery = z.object({ format: DataFormat.default('xlsx') });
export const DataRequest = z.strictObject({
  format: DataFormat.default('xlsx'),
  /** What for, in words; goes into the record (H6). */
  purpose: z.string().trim().min(2).max(100),
});
export type DataRequest = z.infer<typeof DataRequest>;
/** The file itself, so that the purpose stands in no address (H6). */
export const DataAnswer = z.object({ name: z.string(), type: z.string(), base64: z.string() });
export type DataAnswer = z.infer<typeof DataAnswer>;

/* ---------- one's own record ---------- */

export const OwnRecordAnswer = PersonAnswer.extend({
  /** Who may see how much of it. */
  watchers: z.array(
    z.object({
      person: PersonBrief,
      /** "花名册维护", "分级管理员" … */
      as: z.string(),
      /** `manage`: also in full, saying what for. */
      duty: z.enum(['view', 'manage']),
    }),
  ),
  /** Who looked at a value in full, newest first, at most 20. */
  looks: z.array(z.object({ at: z.number(), by: z.string(), what: z.string(), purpose: z.string() })),
});
export type OwnRecordAnswer = z.infer<typeof OwnRecordAnswer>;
