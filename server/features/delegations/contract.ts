/** 代理审批: standing agents with days and scope. Days are `YYYY-MM-DD`, ranges half-open; words are ready to show. */
import { z } from 'zod';

const Id = z.string().min(1).max(64);
const Day = z.iso.date();

export const MAX_TEMPLATES = 50;
/** Longer than that is another person's post, not an agency. */
export const MAX_DAYS = 366;

export const ScopeShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({
    kind: z.literal('templates'),
    keys: z.array(z.string().min(1).max(40)).min(1).max(MAX_TEMPLATES),
  }),
  /** Groups of the service hall, by name. */
  z.strictObject({
    kind: z.literal('groups'),
    groups: z.array(z.string().min(1).max(40)).min(1).max(MAX_TEMPLATES),
  }),
]);

/** R33: what is undecided when it ends goes back to the principal, or stays with the agent. */
export const AtEnd = z.enum(['return', 'stay']);
export type AtEnd = z.infer<typeof AtEnd>;

export const DelegateRequest = z.strictObject({
  agentId: Id,
  fromOn: Day,
  /** First day it holds no more. */
  untilOn: Day,
  scope: ScopeShape,
  /** Open tasks go to the agent too; otherwise only what comes from then on. */
  takesOpen: z.boolean(),
  atEnd: AtEnd,
});
export type DelegateRequest = z.infer<typeof DelegateRequest>;

const Someone = z.object({ personId: z.string(), name: z.string(), unitName: z.string() });

export const DelegationView = z.object({
  delegationId: z.string(),
  principal: Someone,
  agent: Someone,
  fromOn: z.string(),
  untilOn: z.string(),
  /** 11-23 至 11-25 */
  daysWords: z.string(),
  /** 全部审批, 请假、用章, 人事类 */
  scopeWords: z.string(),
  /** 到期后没处理完的退回本人 */
  atEndWords: z.string(),
  atEnd: AtEnd,
  takesOpen: z.boolean(),
  state: z.enum(['planned', 'inForce', 'ended']),
  /** 未开始, 代理中, 已到期, 本人已收回 … */
  stateWords: z.string(),
  /** Whose side the viewer is on. */
  side: z.enum(['given', 'received']),
  canEnd: z.boolean(),
});
export type DelegationView = z.infer<typeof DelegationView>;

export const ListQuery = z.strictObject({
  side: z.enum(['given', 'received']).default('given'),
  cursor: z.string().min(1).max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type ListQuery = z.infer<typeof ListQuery>;
/** Newest first. */
export const ListAnswer = z.object({ items: z.array(DelegationView), next: z.string().nullable() });
export type ListAnswer = z.infer<typeof ListAnswer>;

/** Of the whole house, for who answers for it when neither side can act. */
export const OverseeQuery = z.strictObject({
  state: z.enum(['running', 'ended']).default('running'),
  cursor: z.string().min(1).max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type OverseeQuery = z.infer<typeof OverseeQuery>;

export const EndForRequest = z.strictObject({ reason: z.string().trim().min(2).max(200) });

export const ById = z.strictObject({ delegationId: Id });
export const DelegationAnswer = z.object({ delegation: DelegationView });
