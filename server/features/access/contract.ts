/** The access API: who am I, signing in and out, JS-SDK signatures, rights. The web front end imports types only. */
import { z } from 'zod';
import { isCalendarDate } from '../../kernel/dates.ts';
import { PersonBrief } from '../directory/contract.ts';

export const Category = z.enum(['internal', 'external', 'entrusted']);

export const Post = z.object({
  assignmentId: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  /** From the department down, joined by ` / `. */
  unitPath: z.string(),
  title: z.string(),
  kind: z.enum(['main', 'concurrent']),
  isHead: z.boolean(),
  /** `YYYY-MM-DD`. */
  since: z.string(),
});
export type Post = z.infer<typeof Post>;

export const Me = z.object({
  person: PersonBrief.extend({
    staffNo: z.string(),
    mobileMasked: z.string().nullable(),
    /** Decides what is visible (S2-4.4). */
    category: Category,
    /** "编制内", "外包" … */
    categoryName: z.string(),
  }),
  /** Main post first (rule R21). */
  posts: z.array(Post),
  roles: z.array(z.object({ role: z.string(), roleName: z.string(), scopeUnitName: z.string().nullable() })),
  /**
   * `seePeople`: units and people of the own scope; a delegation gives it without a role. `managePeople`: keeps records
   * of people or their accounts there.
   */
  can: z.object({
    seePeople: z.boolean(),
    managePeople: z.boolean(),
    /** Areas of the console open to them without a role: keepers of seals, who manages repairs by delegation. */
    areas: z.array(z.string()).optional(),
  }),
  /** Sent back as `x-csrf-token` with every write. */
  csrfToken: z.string(),
  institution: z.string(),
  appName: z.string(),
  /** The server's clock, epoch ms. */
  now: z.number(),
  /** True when 企业微信 is played by the local sandbox. */
  sandbox: z.boolean(),
});
export type Me = z.infer<typeof Me>;

export const LoginQuery = z.object({
  /** Where to go afterwards: a path of this site; anything else becomes `/`. */
  return: z.string().max(1024).default('/'),
  /** `1`: sign in again even if somebody is signed in (another member in the sandbox phone). */
  switch: z.enum(['0', '1']).default('0'),
});

export const CallbackQuery = z.object({
  code: z.string().max(512).default(''),
  state: z.string().max(128).default(''),
});

export const SignatureQuery = z.object({ url: z.string().max(2048) });

const Signed = z.object({ timestamp: z.number(), nonceStr: z.string(), signature: z.string() });
export const Signature = z.object({
  corpId: z.string(),
  agentId: z.number(),
  /** For ww.config / getConfigSignature. */
  config: Signed,
  /** For ww.agentConfig / getAgentConfigSignature. */
  agentConfig: Signed,
});
export type Signature = z.infer<typeof Signature>;

export const SignedOut = z.object({ ok: z.literal(true) });

/* ---------- rights: roles, delegations, scope ---------- */

const Id = z.string().min(1).max(64);
const RoleCode = z.string().min(1).max(64);
const Day = z.string().refine(isCalendarDate, 'not a calendar date');
const page = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(50),
};

export const Duty = z.enum(['view', 'handle', 'manage']);
const NamedCategory = z.object({ category: Category, name: z.string() });
const UnitBrief = z.object({ unitId: z.string(), name: z.string() });
const NamedModule = z.object({ key: z.string(), name: z.string() });

export const RolesAnswer = z.object({
  items: z.array(
    z.object({
      role: z.string(),
      name: z.string(),
      scoped: z.boolean(),
      unitOnly: z.boolean(),
      onePerScope: z.boolean(),
      /** Names of what its holder may not hold besides. */
      excludes: z.array(z.string()),
      /** Whoever asks may give it (to others). */
      can: z.object({ grant: z.boolean() }),
    }),
  ),
});
export type RolesAnswer = z.infer<typeof RolesAnswer>;

export const GrantBrief = z.object({
  /** Null for what follows from the directory. */
  grantId: z.string().nullable(),
  role: z.string(),
  roleName: z.string(),
  unit: UnitBrief.nullable(),
  sinceAt: z.number().nullable(),
  /** Last day; null: open. */
  lastOn: z.string().nullable(),
  /** Name of a person, or of a mechanism. */
  grantedBy: z.string().nullable(),
  can: z.object({ revoke: z.boolean() }),
});
export type GrantBrief = z.infer<typeof GrantBrief>;

export const DelegationAnswer = z.object({
  delegationId: z.string(),
  person: PersonBrief,
  /** False: locked or gone, so it gives nothing now. */
  active: z.boolean(),
  unit: UnitBrief,
  duty: Duty,
  dutyName: z.string(),
  modules: z.array(NamedModule),
  categories: z.array(NamedCategory),
  note: z.string(),
  grantedBy: z.string(),
  sinceAt: z.number(),
  lastOn: z.string(),
  ended: z
    .object({
      at: z.number(),
      by: z.string().nullable(),
      reason: z.enum(['revoked', 'expired', 'left', 'unit']),
    })
    .nullable(),
  can: z.object({ change: z.boolean(), end: z.boolean() }),
});
export type DelegationAnswer = z.infer<typeof DelegationAnswer>;

/** Everything one person may do: complete, never a page of it. */
export const RightsAnswer = z.object({
  person: PersonBrief,
  active: z.boolean(),
  roles: z.array(GrantBrief),
  delegations: z.array(DelegationAnswer),
});
export type RightsAnswer = z.infer<typeof RightsAnswer>;

export const HoldersQuery = z.strictObject({ ...page, unitId: Id.optional() });
export type HoldersQuery = z.infer<typeof HoldersQuery>;
export const HoldersAnswer = z.object({
  role: z.string(),
  roleName: z.string(),
  items: z.array(
    GrantBrief.extend({
      person: PersonBrief,
      active: z.boolean(),
      /** What somebody should look at: "职务已变动" …; null when nothing. */
      warning: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
  total: z.number(),
});
export type HoldersAnswer = z.infer<typeof HoldersAnswer>;

export const GrantRoleRequest = z.strictObject({
  personId: Id,
  role: RoleCode,
  unitId: Id.nullable(),
  /** Last day; null: open. */
  lastOn: Day.nullable(),
});
export type GrantRoleRequest = z.infer<typeof GrantRoleRequest>;
export const GrantedAnswer = z.object({ grantId: z.string() });

export const DelegationsQuery = z.strictObject({
  ...page,
  personId: Id.optional(),
  /** Those for this unit or one below it. */
  unitId: Id.optional(),
  state: z.enum(['current', 'ended']).default('current'),
});
export type DelegationsQuery = z.infer<typeof DelegationsQuery>;
export const DelegationsAnswer = z.object({
  items: z.array(DelegationAnswer),
  next: z.string().nullable(),
  total: z.number(),
});
export type DelegationsAnswer = z.infer<typeof DelegationsAnswer>;

export const ChangeDelegationRequest = z.strictObject({
  unitId: Id,
  duty: Duty,
  modules: z.array(z.string().min(1).max(32)).min(1).max(100),
  categories: z.array(Category).min(1).max(3),
  /** The last day it holds; required. */
  lastOn: Day,
  note: z.string().trim().min(1).max(191),
});
export type ChangeDelegationRequest = z.infer<typeof ChangeDelegationRequest>;
export const DelegateRequest = ChangeDelegationRequest.extend({ personId: Id });
export type DelegateRequest = z.infer<typeof DelegateRequest>;
export const DelegatedAnswer = z.object({ delegationId: z.string() });

export const ScopeAnswer = z.object({
  /** Everything, everywhere. */
  isGlobal: z.boolean(),
  slices: z.array(
    z.object({
      /** Null: the whole institution. */
      unit: UnitBrief.nullable(),
      /** Active units in it, itself included. */
      unitCount: z.number(),
      /** Null: all. */
      modules: z.array(NamedModule).nullable(),
      categories: z.array(NamedCategory).nullable(),
      duty: Duty,
      dutyName: z.string(),
      /** "超级管理员", or who gave it: "何一鸣 授权" */
      from: z.string(),
      lastOn: z.string().nullable(),
    }),
  ),
});
export type ScopeAnswer = z.infer<typeof ScopeAnswer>;

/** What I may see, with the affiliation of mine that qualifies (S2-4.4, B8) and who answers for it (S2-5). */
export const ModulesAnswer = z.object({
  items: z.array(
    NamedModule.extend({
      by: z.array(NamedCategory),
      owner: UnitBrief.nullable(),
      jointOwners: z.array(UnitBrief),
      managers: z.array(PersonBrief),
    }),
  ),
});
export type ModulesAnswer = z.infer<typeof ModulesAnswer>;

/** Departments that have not named their liaison yet (S2-3). */
export const VacanciesQuery = z.strictObject(page);
export type VacanciesQuery = z.infer<typeof VacanciesQuery>;
export const VacanciesAnswer = z.object({
  items: z.array(UnitBrief),
  next: z.string().nullable(),
  total: z.number(),
});
export type VacanciesAnswer = z.infer<typeof VacanciesAnswer>;

export const Done = z.object({ ok: z.literal(true) });
