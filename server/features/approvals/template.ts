/**
 * An approval template: versioned data (YAML or JSON), checked here before it may be used. Running requests keep
 * the version they were made with (R41). The words are Chinese because the people who write templates are.
 */
import { z } from 'zod';
import { Hue } from './contract.ts';
import { Condition } from './condition.ts';
import { AssigneeSpec } from './assignee.ts';
import { conditionKeysOf, TemplateField } from './template-fields.ts';
import { Key, Label } from './template-key.ts';

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

const stepBase = {
  key: Key,
  title: Label,
  when: Condition.optional(),
  /** What its people may do with a field; a field that is not named they read. */
  fields: z.record(Key, z.enum(['hidden', 'read', 'edit'])).optional(),
};
/** So many working days, or half working days, since the task was opened and while it could be decided. */
const After = z.union([
  z.strictObject({ workdays: z.number().int().min(1).max(60) }),
  z.strictObject({ halfDays: z.number().int().min(1).max(120) }),
]);
export const TimeoutRung = z.strictObject({
  after: After,
  do: z.enum(['remind', 'escalate', 'handToSuperior', 'pass']),
});
export type TimeoutRung = z.infer<typeof TimeoutRung>;

const humanStep = {
  ...stepBase,
  kind: z.literal('approve'),
  assignees: z.array(AssigneeSpec).min(1).max(10),
  /** Working days each holder gets. */
  allowWorkdays: z.number().int().min(1).max(60).nullable().default(null),
  requiresComment: z.boolean().default(false),
  /** 办理: its holders carry something out and say what came of it; nothing there is an approval. */
  role: z.literal('handle').optional(),
  /** What happens to a task nobody decides, in rising order (R37). */
  timeout: z.array(TimeoutRung).min(1).max(6).optional(),
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

/** Values a template's conditions may look at: what its fields give them and what the computations yield. */
export function valueKeys(template: Template): string[] {
  const computed = template.computed.flatMap((c) => [c.key, 'proofRequired']);
  return [...template.fields.flatMap(conditionKeysOf), ...computed];
}

export function fieldOf(template: Template, key: string): TemplateField | undefined {
  return template.fields.find((field) => field.key === key);
}
