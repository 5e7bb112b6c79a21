/** What every shape of the accounts API is made of, and the words of the regulation. */
import { z } from 'zod';
import { isCalendarDate } from '../../../kernel/dates.ts';

/** A clock as supervision tells it; declared here, because rules of this room load this file. */
export const Due = z.object({
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
  state: z.enum(['ok', 'today', 'amber', 'overdue', 'none']),
  words: z.string(),
});

export const Id = z.string().min(1).max(64);
export const DateText = z.string().refine(isCalendarDate, 'not a calendar date');
export const Text = (max: number) => z.string().trim().max(max);
/** An act on more than 50: what and how many, as typed; the server says the phrase where it is missing. */
export const Typed = z.string().max(80).optional();
export const Cursor = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
};

/* ---------- words of the regulation ---------- */

/** 开通, 变更, 兼任, 借入, 借出, 挂职, 锁定, 解锁, 注销. */
export const RequestKind = z.enum([
  'open',
  'change',
  'concurrentPost',
  'secondIn',
  'secondOut',
  'attach',
  'lock',
  'unlock',
  'cancel',
]);
export type RequestKind = z.infer<typeof RequestKind>;

/** S3-1.1 to 1.4: 在编, 非在编 (雇员, 外包), 调任或转任, 挂职, 借调, 其他. */
export const Category = z.enum([
  'established',
  'nonEstablished',
  'transferred',
  'attached',
  'seconded',
  'other',
]);
export type Category = z.infer<typeof Category>;

/** S3-3.1 to 3.7, exactly these: 退休, 辞职, 病故或意外死亡, 开除公职, 辞退, 调离本区, 其他. */
export const LeavingReason = z.enum([
  'retired',
  'resigned',
  'deceased',
  'dismissed',
  'discharged',
  'leftDistrict',
  'other',
]);
export type LeavingReason = z.infer<typeof LeavingReason>;

export const AccountState = z.enum(['none', 'opening', 'open', 'locked', 'cancelling', 'cancelled']);
export type AccountState = z.infer<typeof AccountState>;

export const Act = z.enum(['open', 'change', 'lock', 'unlock', 'disable', 'restore', 'cancel']);
export type Act = z.infer<typeof Act>;

export const RequestStatus = z.enum([
  'draft',
  /** Sent in, and HR does not know the newcomer yet. */
  'awaiting',
  'submitted',
  'returned',
  'accepted',
  'executing',
  'done',
  'withdrawn',
]);
export type RequestStatus = z.infer<typeof RequestStatus>;

export const Done = z.object({ ok: z.literal(true) });
