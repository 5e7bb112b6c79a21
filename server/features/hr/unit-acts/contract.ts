import { z } from 'zod';
import { GuardLine } from '../contract.ts';

const Id = z.string().min(1).max(64);
const Cursor = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(50),
};

export const UnitActKind = z.enum(['merge', 'dissolve']);
export const UnitActState = z.enum(['waiting', 'done', 'withdrawn', 'expired', 'outdated']);
export const Fate = z.enum(['goes', 'ends', 'look']);

/** `successorId` with `merge` only: the unit that takes people and sub-units. `on`: its first day, not a coming one. */
export const ProposeRequest = z.strictObject({
  kind: UnitActKind,
  unitId: Id,
  successorId: Id.nullable().default(null),
  on: z.iso.date(),
  reason: z.string().trim().min(4).max(300),
});
export type ProposeRequest = z.infer<typeof ProposeRequest>;
export const Proposed = z.object({ actId: z.string() });

export const UnitActBrief = z.object({
  actId: z.string(),
  kind: UnitActKind,
  state: UnitActState,
  unit: z.object({ unitId: z.string(), code: z.string(), name: z.string() }),
  successor: z.object({ unitId: z.string(), name: z.string() }).nullable(),
  effectiveOn: z.string(),
  people: z.number(),
  createdAt: z.number(),
  createdBy: z.string(),
  expiresAt: z.number(),
  endedAt: z.number().nullable(),
  endedBy: z.string().nullable(),
});
export type UnitActBrief = z.infer<typeof UnitActBrief>;

export const UnitActsQuery = z.object({
  ...Cursor,
  /** Waiting for somebody, or over. */
  box: z.enum(['open', 'over']).default('open'),
  unitId: Id.optional(),
});
export type UnitActsQuery = z.infer<typeof UnitActsQuery>;
export const UnitActsAnswer = z.object({
  items: z.array(UnitActBrief),
  next: z.string().nullable(),
  total: z.number(),
});
export type UnitActsAnswer = z.infer<typeof UnitActsAnswer>;

export const UnitActAnswer = UnitActBrief.extend({
  reason: z.string(),
  /** A confirmation found that something had changed; what is shown is the dry run of then. */
  refreshedAt: z.number().nullable(),
  hash: z.string(),
  shortHash: z.string(),
  groups: z.array(z.object({ kind: z.string(), fate: Fate, count: z.number() })),
  /** Only while it waits. */
  limits: z.array(GuardLine),
  /** What must be typed; null: nothing. */
  phrase: z.string().nullable(),
  can: z.object({
    confirm: z.boolean(),
    withdraw: z.boolean(),
    /** A code when only this person may not. */
    why: z.string().nullable(),
  }),
});
export type UnitActAnswer = z.infer<typeof UnitActAnswer>;

export const UnitActItemsQuery = z.object({ ...Cursor, kind: z.string().min(1).max(32) });
export type UnitActItemsQuery = z.infer<typeof UnitActItemsQuery>;
export const UnitActItemsAnswer = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      /** Of the person or unit; '' for other things. */
      name: z.string(),
      /** Staff number or unit code; '' for other things. */
      ref: z.string(),
      note: z.string(),
    }),
  ),
  next: z.string().nullable(),
  total: z.number(),
});
export type UnitActItemsAnswer = z.infer<typeof UnitActItemsAnswer>;

export const ConfirmUnitAct = z.strictObject({ hash: z.string().length(64), phrase: z.string().max(40) });
export type ConfirmUnitAct = z.infer<typeof ConfirmUnitAct>;
