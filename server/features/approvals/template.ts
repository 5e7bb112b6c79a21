/**
 * An approval template: versioned data (YAML or JSON), checked here before it may be used. Running requests keep
 * the version they were made with (R41). The words are Chinese because the people who write templates are.
 */
import { z } from 'zod';
import { Hue } from './contract.ts';
import { Condition } from './condition.ts';
import { AssigneeSpec } from './assignee.ts';
import { choiceShape } from './choice-shape.ts';

const Key = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/, '只能用字母和数字，并以小写字母开头')
  .refine((key) => !(key in {}), '这个名字不能用，请换一个');
const Label = z.string().min(1).max(20);

/* ---------- fields ---------- */

/** One kind of leave and how its days are counted (R39). */
export const LeaveType = z.strictObject({
  value: Key,
  label: Label,
  counting: z.enum(['workday', 'calendar']),
  halfDays: z.boolean(),
  /** Longest single request, in the type's own unit. */
  maxDays: z.number().positive().nullable(),
  /** From this many days on a proof must be attached; null: never. */
  proof: z.strictObject({ fromDays: z.number().min(0), name: z.string().min(1).max(30) }).nullable(),
  /** True where the leave room keeps a balance per person and year. */
  balance: z.boolean().default(false),
  help: z.string().max(100).optional(),
});
export type LeaveType = z.infer<typeof LeaveType>;

const Required = z.union([z.boolean(), z.strictObject({ when: Condition })]);

const base = {
  key: Key,
  label: Label,
  required: Required.default(false),
  help: z.string().max(100).optional(),
};
const Option = z.strictObject({ value: z.string().min(1).max(40), label: Label });

export const TemplateField = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('leaveType'), options: z.array(LeaveType).min(1).max(30) }),
  z.strictObject({ ...base, type: z.literal('select'), options: z.array(Option).min(1).max(50) }),
  z.strictObject({
    ...base,
    type: z.literal('halfDayRange'),
    fromLabel: Label.default('开始'),
    toLabel: Label.default('结束'),
    typeField: Key.optional(),
    /** How many days back a request may start; R44: what happened may be past, deciding never is. */
    pastDays: z.number().int().min(0).max(366).default(0),
    maxSpanDays: z.number().int().min(1).max(400).default(366),
    /** Refuse ranges that overlap another running or approved request of the applicant (R39). */
    exclusive: z.boolean().default(false),
  }),
  z.strictObject({
    ...base,
    type: z.literal('person'),
    from: z.enum(['unit', 'school']).default('school'),
    /** True: the applicant cannot be named. */
    notSelf: z.boolean().default(true),
  }),
  z.strictObject({
    ...base,
    type: z.literal('text'),
    maxLength: z.number().int().min(1).max(200).default(50),
  }),
  z.strictObject({
    ...base,
    type: z.literal('paragraph'),
    maxLength: z.number().int().min(1).max(5000).default(500),
  }),
  z.strictObject({
    ...base,
    type: z.literal('number'),
    min: z.number().optional(),
    max: z.number().optional(),
    decimals: z.number().int().min(0).max(4).default(0),
    unit: z.string().max(10).optional(),
  }),
  z.strictObject({ ...base, type: z.literal('date') }),
  z.strictObject({ ...base, ...choiceShape }),
  z.strictObject({
    ...base,
    type: z.literal('attachment'),
    maxFiles: z.number().int().min(1).max(20).default(9),
  }),
]);
export type TemplateField = z.infer<typeof TemplateField>;

/**
 * A computed value: `fn` names a registered computation (form-compute.ts), `from` its input fields. leaveDays
 * yields the day count under `key` and, as `proofRequired`, whether a proof is due.
 */
export const ComputedSpec = z.strictObject({
  key: Key,
  label: Label,
  fn: z.literal('leaveDays'),
  type: Key,
  range: Key,
});
export type ComputedSpec = z.infer<typeof ComputedSpec>;

/* ---------- steps ---------- */

const stepBase = { key: Key, title: Label, when: Condition.optional() };
const humanStep = {
  ...stepBase,
  kind: z.literal('approve'),
  assignees: z.array(AssigneeSpec).min(1).max(10),
  /** Working days each holder gets. */
  allowWorkdays: z.number().int().min(1).max(60).nullable().default(null),
  requiresComment: z.boolean().default(false),
  /** 办理: its holders carry something out and say what came of it; nothing there is an approval. */
  role: z.literal('handle').optional(),
};

/** 票签: so many people, or so many percent of them. */
export const Needed = z.union([
  z.number().int().min(1).max(50),
  z.strictObject({ percent: z.number().int().min(1).max(100) }),
]);

export const ApproveStep = z.discriminatedUnion('mode', [
  z.strictObject({ ...humanStep, mode: z.literal('all'), refusal: z.enum(['FAIL_FAST', 'COLLECT_ALL']) }),
  z.strictObject({ ...humanStep, mode: z.literal('any'), refusal: z.enum(['FIRST_ACTION', 'ANY_YES']) }),
  z.strictObject({
    ...humanStep,
    mode: z.literal('sequential'),
    refusal: z.literal('FAIL_FAST').default('FAIL_FAST'),
  }),
  z.strictObject({
    ...humanStep,
    mode: z.literal('quorum'),
    refusal: z.enum(['FAIL_FAST', 'COLLECT_ALL']),
    needed: Needed,
  }),
]);
export type ApproveStep = z.infer<typeof ApproveStep>;

export const CcStep = z.strictObject({
  ...stepBase,
  kind: z.literal('cc'),
  assignees: z.array(AssigneeSpec).min(1).max(10),
});
export type CcStep = z.infer<typeof CcStep>;

export const TemplateStep = z.union([ApproveStep, CcStep]);
export type TemplateStep = z.infer<typeof TemplateStep>;

/* ---------- template ---------- */

export const Template = z.strictObject({
  key: Key,
  version: z.number().int().min(1),
  title: Label,
  /** Two to four letters before the request number: `QJ` → QJ-2026-1183. */
  numberPrefix: z.string().regex(/^[A-Z]{2,4}$/, '单号前缀须是 2 至 4 个大写字母'),
  icon: Key,
  hue: Hue,
  group: Label,
  help: z.string().max(200).optional(),
  /** R46: no step may ever pass by timeout; its cards show the title only. */
  sensitive: z.boolean().default(false),
  /** The request's title: `{key}` takes the words of a field or of a computed value. */
  titleWords: z.string().min(1).max(60),
  fields: z.array(TemplateField).min(1).max(60),
  computed: z.array(ComputedSpec).max(10).default([]),
  steps: z.array(TemplateStep).min(1).max(30),
  quickReasons: z.array(z.string().min(1).max(20)).max(8).default([]),
  // Optional, not defaulted: a version published before these existed keeps its content and its hash.
  /** R13, see `returnRulesOf`. */
  onReturn: z.enum(['REDO_ALL', 'BACK_TO_RETURNER']).optional(),
  /** Working days the applicant gets for a request sent back. */
  returnWorkdays: z.number().int().min(1).max(60).optional(),
  /** R14 to R16: whether somebody who decided already is asked again. */
  dedupe: z.enum(['off', 'oncePerCase', 'consecutive']).optional(),
});
export type Template = z.infer<typeof Template>;

/** What holds where a template says nothing: everybody again, three working days, everybody is asked. */
export function returnRulesOf({ onReturn, returnWorkdays, dedupe }: Template) {
  return {
    onReturn: onReturn ?? 'REDO_ALL',
    returnWorkdays: returnWorkdays ?? 3,
    dedupe: dedupe ?? 'off',
  } as const;
}

/** Values a template's conditions may look at: scalar fields and what the computations yield. */
export function valueKeys(template: Template): string[] {
  const scalar = template.fields.filter((f) => !['halfDayRange', 'attachment'].includes(f.type));
  const computed = template.computed.flatMap((c) => [c.key, 'proofRequired']);
  return [...scalar.map((f) => f.key), ...computed];
}

export function fieldOf(template: Template, key: string): TemplateField | undefined {
  return template.fields.find((field) => field.key === key);
}
