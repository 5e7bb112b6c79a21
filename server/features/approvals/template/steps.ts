/**
 * The steps of a template, and the branches they may lie in. A group of branches is one place of the path: `first`
 * goes the first branch whose condition holds (条件分支), `all` every branch whose condition holds, at the same time
 * (并行分支); the path goes on when all that were gone have ended. Of 并行分支 the template may say that everybody is
 * heard before a refusal counts (R3). Groups lie in groups at most two deep.
 */
import { z } from 'zod';
import { AssigneeSpec } from './assignee.ts';
import { Condition } from '../model/condition.ts';
import { Key, Label } from '../fields/key.ts';

/** Of a template. */
export const MOST_FIELDS = 60;

const stepBase = {
  key: Key,
  title: Label,
  when: Condition.optional(),
  /** What its people may do with a field; a field that is not named they read. */
  fields: z
    .record(Key, z.enum(['hidden', 'read', 'edit']))
    .refine((rights) => Object.keys(rights).length <= MOST_FIELDS, '栏目权限比栏目还多')
    .optional(),
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
  /** 手写签名: whoever agrees signs by hand. */
  signature: z.literal(true).optional(),
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

export const TemplateStep = z.discriminatedUnion('kind', [ApproveStep, CcStep]);
export type TemplateStep = z.infer<typeof TemplateStep>;

/* ---------- branches ---------- */

const branchBase = { key: Key, title: Label, when: Condition.optional() };
const groupBase = {
  key: Key,
  title: Label,
  kind: z.literal('branches'),
  mode: z.enum(['first', 'all']),
  /** Of 并行分支. COLLECT_ALL: a refusal ends its branch, and the request when all were heard. Unsaid: FAIL_FAST. */
  refusal: z.enum(['FAIL_FAST', 'COLLECT_ALL']).optional(),
};

/** Without steps only in `first`: nothing is asked of whoever goes there. */
const InnerBranch = z.strictObject({ ...branchBase, steps: z.array(TemplateStep).max(10) });
const InnerGroup = z.strictObject({ ...groupBase, branches: z.array(InnerBranch).min(2).max(8) });
const OuterBranch = z.strictObject({
  ...branchBase,
  steps: z.array(z.discriminatedUnion('kind', [ApproveStep, CcStep, InnerGroup])).max(10),
});
const OuterGroup = z.strictObject({ ...groupBase, branches: z.array(OuterBranch).min(2).max(8) });

export interface Branch {
  readonly key: string;
  readonly title: string;
  /** Absent: always gone; of the last of `first`: 其余. */
  readonly when?: Condition | undefined;
  readonly steps: readonly TemplateNode[];
}

export interface BranchGroup {
  readonly key: string;
  readonly title: string;
  readonly kind: 'branches';
  readonly mode: 'first' | 'all';
  readonly refusal?: 'FAIL_FAST' | 'COLLECT_ALL' | undefined;
  readonly branches: readonly Branch[];
}

export const TemplateNode: z.ZodType<TemplateNode> = z.discriminatedUnion('kind', [
  ApproveStep,
  CcStep,
  OuterGroup,
]);
export type TemplateNode = TemplateStep | BranchGroup;
