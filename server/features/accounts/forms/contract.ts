/** Forms of requests: a draft may lack anything; what is missing is named when it is sent in. */
import { z } from 'zod';
import { Category, DateText, Id, LeavingReason, RequestKind, Text } from '../base/contract.ts';

/** 函: its number or a file of it. */
export const Letter = z.strictObject({
  number: Text(64).default(''),
  fileId: Id.nullable().default(null),
});
export type Letter = z.infer<typeof Letter>;

/** S3-2b: exactly these are changed. */
export const ItemToChange = z.strictObject({ item: Text(40), before: Text(191), after: Text(191) });
export type ItemToChange = z.infer<typeof ItemToChange>;

const unitId = Id.nullable().default(null);
const date = DateText.nullable().default(null);
const systems = z.array(Id).max(50).nullable().default(null);
const changes = z.array(ItemToChange).max(30).default([]);
const note = Text(500).default('');
const title = Text(64).default('');

export const OpenForm = z.strictObject({
  unitId,
  /** Day of reporting for duty. */
  reportOn: date,
  category: Category.nullable().default(null),
  /** Null: all that newcomers of this category get. */
  systems,
  /** S3-1.2: why somebody outside the establishment needs these systems. */
  need: note,
  /** S3-1.3 */
  originUnit: Text(128).default(''),
  untilOn: date,
  /** S3-1.4 */
  reason: note,
});
export const ChangeForm = z.strictObject({
  /** S3-2.1 inside the unit, 2.2 between units, 2.6 anything else. */
  move: z.enum(['within', 'between', 'other']).nullable().default(null),
  unitId,
  toUnitId: unitId,
  effectiveOn: date,
  reason: note,
  changes,
  systems,
});
export const ConcurrentPostForm = z.strictObject({
  unitId,
  toUnitId: unitId,
  title,
  effectiveOn: date,
  /** C12: the end is stored; null only for an open-ended post. */
  untilOn: date,
  reason: note,
});
/** S3-2.3: both units send; a concurrent post is added, the original one stays. */
export const SecondInForm = z.strictObject({
  homeUnitId: unitId,
  hostUnitId: unitId,
  title,
  fromOn: date,
  untilOn: date,
  reason: note,
});
/** S3-2.4a: to outside. The other side signs here when it is a unit of ours, else by its own letter. */
export const SecondOutForm = z.strictObject({
  homeUnitId: unitId,
  hostUnitId: unitId,
  hostName: Text(128).default(''),
  hostLetter: Letter.nullable().default(null),
  fromOn: date,
  untilOn: date,
  reason: note,
});
/** 挂职: like a secondment into (inside) or out of (outside) the institution. */
export const AttachForm = SecondOutForm.extend({
  where: z.enum(['inside', 'outside']).nullable().default(null),
  title,
});
/** `cause` and `reason` are for named roles only (H5). */
export const LockForm = z.strictObject({
  unitId,
  fromOn: date,
  untilOn: date,
  cause: z.enum(['investigation', 'other']).nullable().default(null),
  reason: note,
});
export const UnlockForm = z.strictObject({
  unitId,
  lockId: Id.nullable().default(null),
  effectiveOn: date,
  /** S3-2.4b: back at work here, so attendance is opened anew (C14). */
  returned: z.boolean().default(true),
  reason: note,
});
export const CancelForm = z.strictObject({
  unitId,
  /** Day of formal leaving. */
  leftOn: date,
  leavingReason: LeavingReason.nullable().default(null),
  reason: note,
});

export const FORMS = {
  open: OpenForm,
  change: ChangeForm,
  concurrentPost: ConcurrentPostForm,
  secondIn: SecondInForm,
  secondOut: SecondOutForm,
  attach: AttachForm,
  lock: LockForm,
  unlock: UnlockForm,
  cancel: CancelForm,
} as const;

const filled = <K extends RequestKind, S extends z.ZodType>(kind: K, form: S) =>
  z.strictObject({ kind: z.literal(kind), form });

/** A kind with its form. */
export const Filled = z.discriminatedUnion('kind', [
  filled('open', OpenForm),
  filled('change', ChangeForm),
  filled('concurrentPost', ConcurrentPostForm),
  filled('secondIn', SecondInForm),
  filled('secondOut', SecondOutForm),
  filled('attach', AttachForm),
  filled('lock', LockForm),
  filled('unlock', UnlockForm),
  filled('cancel', CancelForm),
]);
export type Filled = z.infer<typeof Filled>;
