/** Shapes of the register of systems with accounts, and of data links between them (S3-6, S3-7, S3-8). */
import { z } from 'zod';
import { Cursor, Id, Text } from '../base/contract.ts';

export const Grade = z.enum(['api', 'file', 'manual']);
export const LockRule = z.enum(['lock', 'cancel', 'keep']);
/** `off`: nobody gets an account unasked and nobody is inspected; what is there can still be locked and cancelled. */
export const SystemState = z.enum(['on', 'off']);

const rules = {
  name: Text(32).min(1),
  /** The unit that answers for the system. */
  ownerUnitId: Id,
  byDefault: z.boolean(),
  onLock: LockRule,
  onSecondOut: LockRule,
  inspected: z.boolean(),
};
export const RegisterSystem = z.strictObject({
  code: z.string().regex(/^[a-z][a-zA-Z0-9]{1,31}$/),
  /** One with an interface of its own needs a connector, and so the settings. */
  grade: z.enum(['file', 'manual']),
  ...rules,
});
export type RegisterSystem = z.infer<typeof RegisterSystem>;
export const ChangeSystem = z.strictObject({ version: z.number().int(), state: SystemState, ...rules });
export type ChangeSystem = z.infer<typeof ChangeSystem>;

export const SystemAnswer = z.object({
  code: z.string(),
  name: z.string(),
  grade: Grade,
  ownerUnitId: z.string().nullable(),
  ownerName: z.string().nullable(),
  state: SystemState,
  byDefault: z.boolean(),
  onLock: LockRule,
  onSecondOut: LockRule,
  inspected: z.boolean(),
  /** Null: it stands in the institution's settings file and is changed there. */
  version: z.number().nullable(),
});
/** At most fifty, so all at once. */
export const SystemsAnswer = z.object({
  systems: z.array(SystemAnswer),
  /** S3-7, S3-8: who brings the links between systems about, and who says what the rules mean. */
  offices: z.object({ coordinator: z.string().nullable(), interpreter: z.string().nullable() }),
  /** S1-7.3: whose word counts for a domain of data; one system for each. */
  authorities: z.array(
    z.object({
      domain: z.enum(['staff']),
      domainName: z.string(),
      systemName: z.string(),
      ownerName: z.string().nullable(),
    }),
  ),
  can: z.object({ register: z.boolean() }),
});
export type SystemsAnswer = z.infer<typeof SystemsAnswer>;

export const LinkState = z.enum(['planned', 'running', 'stopped']);
export const NewLink = z.strictObject({
  providerCode: Id,
  consumerCode: Id,
  /** What flows: 在编人员名单. */
  content: Text(128).min(1),
  state: LinkState,
});
export type NewLink = z.infer<typeof NewLink>;
export const MoveLink = z.strictObject({ version: z.number().int(), state: LinkState });
export const LinksQuery = z.strictObject(Cursor);
export const LinksAnswer = z.object({
  items: z.array(
    z.object({
      linkId: z.string(),
      providerName: z.string(),
      consumerName: z.string(),
      content: z.string(),
      state: LinkState,
      sinceAt: z.number(),
      version: z.number(),
    }),
  ),
  next: z.string().nullable(),
});
export type LinksAnswer = z.infer<typeof LinksAnswer>;
