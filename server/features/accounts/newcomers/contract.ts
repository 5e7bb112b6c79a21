/** Shapes of a newcomer's report: somebody who takes up duty before HR has a number for them (S3-1a). */
import { z } from 'zod';
import { Cursor, Due, Id, RequestStatus, Text } from '../base/contract.ts';
import { Letter, OpenForm } from '../forms/contract.ts';

/** 居民身份证, 护照, 港澳台居民居住证, 外国人永久居留身份证. */
export const IdPaperType = z.enum(['residentId', 'passport', 'hmtResidence', 'foreignResidence']);
export type IdPaperType = z.infer<typeof IdPaperType>;
export const Sex = z.enum(['male', 'female']);
export type Sex = z.infer<typeof Sex>;
/** 院内, 院外服务, 代管 (S2-4.4). */
export const PersonCategory = z.enum(['internal', 'external', 'entrusted']);
export type PersonCategory = z.infer<typeof PersonCategory>;
/** 在编, 雇员, 外包, 借调, 挂职, 其他. */
export const Establishment = z.enum([
  'established',
  'employee',
  'outsourced',
  'seconded',
  'attached',
  'other',
]);
export type Establishment = z.infer<typeof Establishment>;

/** `filling`: with the unit; `waiting`: for HR; `linked`: HR knows them; `opened`: the opening began; `ended`: nobody came. */
export const NewcomerState = z.enum(['filling', 'waiting', 'linked', 'opened', 'ended']);
export type NewcomerState = z.infer<typeof NewcomerState>;
export const LinkedBy = z.enum(['idNumber', 'mobileAndName', 'hand']);
export type LinkedBy = z.infer<typeof LinkedBy>;

/** As typed. `idNumber` and `mobile` null, only when it is filled in again: as they were. */
export const NewcomerInput = z.strictObject({
  name: Text(80),
  sex: Sex.nullable().default(null),
  idType: IdPaperType,
  idNumber: Text(40).nullable(),
  mobile: Text(40).nullable(),
  title: Text(80),
  personCategory: PersonCategory.default('internal'),
  establishment: Establishment.nullable().default(null),
});
export type NewcomerInput = z.infer<typeof NewcomerInput>;

export const ReportNewcomer = z.strictObject({
  newcomer: NewcomerInput,
  form: OpenForm,
  /** Sent in at once with it; null: a draft. */
  letter: Letter.nullable().default(null),
});
export type ReportNewcomer = z.infer<typeof ReportNewcomer>;

export const NewcomerField = z.enum(['name', 'sex', 'idType', 'idNumber', 'mobile', 'title']);
export type NewcomerField = z.infer<typeof NewcomerField>;
export const NewcomerFault = z.object({ field: NewcomerField, code: z.string(), words: z.string() });
export type NewcomerFault = z.infer<typeof NewcomerFault>;

/** `faulty`: nothing was kept, `faults` say why by field. The rest as every request answers. */
export const NewcomerAnswer = z.object({
  outcome: z.enum(['faulty', 'done', 'already', 'returned', 'waiting']),
  requestId: z.string().nullable(),
  status: RequestStatus.nullable(),
  missing: z.array(z.string()),
  faults: z.array(NewcomerFault),
});
export type NewcomerAnswer = z.infer<typeof NewcomerAnswer>;

/** What a liaison needs to begin: systems of newcomers. */
export const NewcomerOptions = z.object({
  today: z.string(),
  systems: z.array(z.object({ code: z.string(), name: z.string(), byDefault: z.boolean() })),
});
export type NewcomerOptions = z.infer<typeof NewcomerOptions>;

/** On the request's page; numbers masked. Null on the page once there is nothing of it any more. */
export const NewcomerCard = z.object({
  state: NewcomerState,
  name: z.string(),
  sex: Sex.nullable(),
  idType: IdPaperType.nullable(),
  idTypeWords: z.string(),
  idNumber: z.string(),
  mobile: z.string(),
  title: z.string(),
  personCategory: PersonCategory,
  personCategoryWords: z.string(),
  establishment: Establishment.nullable(),
  establishmentWords: z.string(),
  linkedWords: z.string().nullable(),
});
export type NewcomerCard = z.infer<typeof NewcomerCard>;

export const NewcomerBox = z.enum(['waiting', 'linked', 'ended']);
export type NewcomerBox = z.infer<typeof NewcomerBox>;
export const NewcomersQuery = z.strictObject({ ...Cursor, box: NewcomerBox.default('waiting') });
export type NewcomersQuery = z.infer<typeof NewcomersQuery>;

const Registered = z.object({
  personId: z.string(),
  staffNo: z.string(),
  name: z.string(),
  unitName: z.string(),
});

export const NewcomerRowAnswer = z.object({
  requestId: z.string(),
  number: z.string(),
  state: NewcomerState,
  stateWords: z.string(),
  nameMasked: z.string(),
  idTypeWords: z.string(),
  idNumber: z.string(),
  mobile: z.string(),
  unitName: z.string(),
  title: z.string(),
  reportOn: z.string(),
  reportedAt: z.number(),
  /** HR's clock (S1-7.2e); null when none runs. */
  due: Due.nullable(),
  /** How many in HR's record may be meant; 0 while nobody is. */
  candidates: z.number(),
  registered: Registered.nullable(),
  linkedWords: z.string().nullable(),
});
export type NewcomerRowAnswer = z.infer<typeof NewcomerRowAnswer>;

export const NewcomersAnswer = z.object({
  items: z.array(NewcomerRowAnswer),
  next: z.string().nullable(),
  /** Null on later pages. */
  counts: z.object({ waiting: z.number(), linked: z.number(), ended: z.number() }).nullable(),
});
export type NewcomersAnswer = z.infer<typeof NewcomersAnswer>;

/** Somebody in HR's record who may be meant. `same…` null: the record has no such value. */
export const NewcomerCandidate = Registered.extend({
  isFormer: z.boolean(),
  leftOn: z.string().nullable(),
  sameIdNumber: z.boolean().nullable(),
  sameMobile: z.boolean().nullable(),
  sameName: z.boolean(),
  /** They have an account, or another opening is under way. */
  hasOpening: z.boolean(),
  /** HR said before that it is not them. */
  isRejected: z.boolean(),
  /** May be linked by hand now. */
  mayLink: z.boolean(),
});
export type NewcomerCandidate = z.infer<typeof NewcomerCandidate>;

export const NewcomerDetail = NewcomerRowAnswer.extend({
  status: RequestStatus,
  statusWords: z.string(),
  card: NewcomerCard.nullable(),
  candidates: z.array(NewcomerCandidate),
  can: z.object({ link: z.boolean(), unlink: z.boolean(), reveal: z.boolean(), giveBack: z.boolean() }),
});
export type NewcomerDetail = z.infer<typeof NewcomerDetail>;

/** By id, or by staff number as a person of HR types it. */
export const LinkNewcomer = z.strictObject({ personId: Id, reason: Text(200).min(2) });
export type LinkNewcomer = z.infer<typeof LinkNewcomer>;
export const UnlinkNewcomer = z.strictObject({ reason: Text(200).min(2) });

export const RevealedNewcomer = z.object({
  name: z.string(),
  idNumber: z.string(),
  mobile: z.string(),
});
export type RevealedNewcomer = z.infer<typeof RevealedNewcomer>;
