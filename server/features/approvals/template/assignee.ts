/**
 * What an assignee rule is: its arguments as a template writes them, what it is told, what it answers.
 */
import { z } from 'zod';
import type { Values } from '../model/condition.ts';
import type { Chosen } from '../contract.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { Org } from '../model/org.ts';

/** One person a rule proposes, with the reason in words. */
export interface Candidate {
  readonly personId: string;
  readonly assignmentId: string | null;
  readonly why: string;
}

/** `missing`: why nobody (or one person too few) was found; the seat then waits for an administrator. */
export interface Resolution {
  readonly people: readonly Candidate[];
  readonly missing: string | null;
}

export interface ResolveContext {
  readonly org: Org;
  /** With the post the applicant chose: it drives every chain (R21). */
  readonly applicant: PersonSnapshot;
  readonly stepKey: string;
  readonly chosen: Chosen;
  /** Of the form, with what its choices say about themselves. */
  readonly values: Values;
}

const Take = z.enum(['first', 'all']);
const Of = z.enum(['unit', 'department']);
const Label = z.string().min(1).max(20);

/** A rule with its arguments, as a template writes it. */
export const RuleSpec = z.discriminatedUnion('rule', [
  z.strictObject({
    rule: z.literal('unitHead'),
    /** Count from the unit of the post itself, or from the department it belongs to. */
    of: Of.default('department'),
    level: z.number().int().min(1).max(10),
    take: Take.default('first'),
  }),
  z.strictObject({
    rule: z.literal('headOfUnit'),
    /** Code in HR's data of the unit that answers for the matter, as in config/modules.json. */
    unit: z.string().min(1).max(40),
    take: Take.default('first'),
  }),
  z.strictObject({
    rule: z.literal('managerChain'),
    of: Of.default('unit'),
    upTo: z.number().int().min(1).max(10),
  }),
  z.strictObject({
    rule: z.literal('roleInScope'),
    role: z.string().min(1).max(40),
    /** unit: nearest unit upward that has a holder; school: holders for the whole school. */
    scope: z.enum(['unit', 'school']),
    take: Take.default('first'),
  }),
  z.strictObject({ rule: z.literal('named'), personIds: z.array(z.string().min(1).max(64)).min(1).max(20) }),
  z.strictObject({
    rule: z.literal('applicantChoice'),
    min: z.number().int().min(1).max(20),
    max: z.number().int().min(1).max(20),
    from: z.enum(['unit', 'school']),
  }),
  /** Of the unit that manages what was chosen in this field. */
  z.strictObject({ rule: z.literal('choiceHead'), field: z.string().min(1).max(40) }),
]);
export type RuleSpec = z.infer<typeof RuleSpec>;
export type RuleCode = RuleSpec['rule'];
export type ArgsOf<C extends RuleCode> = Extract<RuleSpec, { rule: C }>;

/** Asked first; when it finds nobody, the fallbacks are asked in their order. */
export const AssigneeSpec = z.strictObject({
  /** The seat's name: 部门负责人. */
  label: Label,
  by: RuleSpec,
  /** The first step up for an applicant's own seat is automatic (R17); these come after it. */
  fallback: z.array(RuleSpec).max(5).default([]),
});
export type AssigneeSpec = z.infer<typeof AssigneeSpec>;

/** A configurable rule: the designer shows its title, the template holds its arguments. */
export interface AssigneeRule<C extends RuleCode> {
  readonly code: C;
  readonly title: string;
  readonly resolve: (args: ArgsOf<C>, label: string, ctx: ResolveContext) => Resolution;
}
