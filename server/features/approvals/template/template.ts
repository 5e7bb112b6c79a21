/**
 * An approval template: versioned data (YAML or JSON), checked here before it may be used. Running requests keep
 * the version they were made with (R41). The words are Chinese because the people who write templates are.
 */
import { z } from 'zod';
import { Hue } from '../contract.ts';
import { conditionKeysOf, TemplateField } from '../fields/controls.ts';
import { Key, Label } from '../fields/key.ts';
import { MOST_FIELDS, TemplateNode } from './steps.ts';

export {
  ApproveStep,
  type Branch,
  type BranchGroup,
  type CcStep,
  type Needed,
  type TemplateNode,
  type TemplateStep,
  type TimeoutRung,
} from './steps.ts';

/**
 * A computed value: `fn` names a registered computation (form/compute.ts), `from` its input fields. leaveDays
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
  fields: z.array(TemplateField).min(1).max(MOST_FIELDS),
  computed: z.array(ComputedSpec).max(10).default([]),
  steps: z.array(TemplateNode).min(1).max(30),
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
