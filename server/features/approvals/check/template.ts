/**
 * Reads a template and tells its faults in plain words. What passes here cannot dead-end by its own wording:
 * every name it uses exists, every 或签 says what a refusal does (R2), and at least one person always decides
 * (R18).
 */
import { z } from 'zod';
import { fieldsOf, type Condition } from '../model/condition.ts';
import type { AssigneeSpec, RuleSpec } from '../template/assignee.ts';
import { duplicates, fieldFaults } from './field.ts';
import type { TemplateField } from '../fields/controls.ts';
import { fieldRightFaults } from './field-rights.ts';
import { timeoutFaults } from './timeouts.ts';
import { branchFaults } from './branches.ts';
import { stepsOf } from '../template/plan.ts';
import { fieldOf, Template, valueKeys, type TemplateStep } from '../template/template.ts';

export interface TemplateCheck {
  /** Null when there are faults. */
  readonly template: Template | null;
  readonly faults: readonly string[];
}

export interface TemplateSurroundings {
  /** Role codes that exist; omitted: roles are not checked. */
  readonly roles?: readonly string[];
  /** Is this person known and active; omitted: named people are not checked. */
  readonly isPerson?: (personId: string) => boolean;
}

export function checkTemplate(source: unknown, around: TemplateSurroundings = {}): TemplateCheck {
  const parsed = Template.safeParse(source, { error: plainWords });
  if (!parsed.success) return { template: null, faults: parsed.error.issues.flatMap((i) => issueWords(i)) };
  const faults = [...nameFaults(parsed.data), ...stepFaults(parsed.data, around), ...textFaults(parsed.data)];
  return { template: faults.length === 0 ? parsed.data : null, faults };
}

/* ---------- shape ---------- */

/** zod's messages in the words of a form designer. */
function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? '没有填' : '类型不对';
    case 'unrecognized_keys':
      return `不认识 ${issue.keys.join('、')}`;
    case 'too_small':
      return `太少或太短，最少 ${String(issue.minimum)}`;
    case 'too_big':
      return `太多或太长，最多 ${String(issue.maximum)}`;
    case 'invalid_value':
      return `只能是 ${issue.values.map(String).join('、')}`;
    case 'invalid_union':
      return '写法不对';
    default:
      return undefined;
  }
}

function issueWords(issue: z.core.$ZodIssue): string[] {
  return placedIssues(issue).map(({ path, words }) =>
    path.length === 0 ? words : `${path.map(String).join('.')}：${words}`,
  );
}

/** What is wrong with the shape, and where. */
export interface PlacedIssue {
  readonly path: readonly PropertyKey[];
  readonly words: string;
}

function placedIssues(issue: z.core.$ZodIssue): PlacedIssue[] {
  // A union of step modes says only "写法不对"; the branch that fits best says what is wrong.
  const branches = issue.code === 'invalid_union' ? issue.errors : [];
  const best = [...branches].sort((a, b) => a.length - b.length)[0] ?? [];
  if (best.length === 0) return [{ path: issue.path, words: issue.message }];
  return best.flatMap((inner) => placedIssues({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** The template, or every fault of its shape with its place. Names and rules are not looked at. */
export function readShape(source: unknown): { template: Template } | { issues: PlacedIssue[] } {
  const parsed = Template.safeParse(source, { error: plainWords });
  return parsed.success
    ? { template: parsed.data }
    : { issues: parsed.error.issues.flatMap((issue) => placedIssues(issue)) };
}

/* ---------- names ---------- */

function nameFaults(template: Template): string[] {
  const faults: string[] = [];
  for (const [what, keys] of [
    ['栏目', template.fields.map((f) => f.key)],
    ['计算值', template.computed.map((c) => c.key)],
  ] as const) {
    for (const key of duplicates(keys)) faults.push(`${what} ${key} 出现了两次`);
  }
  for (const spec of template.computed) {
    if (fieldOf(template, spec.key) !== undefined) faults.push(`计算值 ${spec.key} 和栏目重名`);
    if (fieldOf(template, spec.type)?.type !== 'leaveType')
      faults.push(`计算值 ${spec.key} 的 type 要指向请假类型栏目`);
    if (fieldOf(template, spec.range)?.type !== 'halfDayRange')
      faults.push(`计算值 ${spec.key} 的 range 要指向起止时间栏目`);
  }
  return [
    ...faults,
    ...requiredFaults(template),
    ...template.fields.flatMap((f) => fieldFaults(template, f)),
  ];
}

function requiredFaults(template: Template): string[] {
  return template.fields.flatMap(({ label, required }) =>
    typeof required === 'object' ? conditionFaults(template, `栏目“${label}”的必填条件`, required.when) : [],
  );
}

/* ---------- steps ---------- */

function stepFaults(template: Template, around: TemplateSurroundings): string[] {
  const faults = stepsOf(template).flatMap((step) => oneStep(template, step, around));
  return [
    ...faults,
    ...branchFaults(template, (where, condition) => conditionFaults(template, where, condition)),
  ];
}

/** Faults of one step. */
export function oneStep(template: Template, step: TemplateStep, around: TemplateSurroundings): string[] {
  const where = `步骤“${step.title}”`;
  const faults = step.when === undefined ? [] : conditionFaults(template, `${where}的条件`, step.when);
  for (const spec of step.assignees) faults.push(...assigneeFaults(template, where, spec, around));
  faults.push(...quorumFaults(where, step), ...fieldRightFaults(template, where, step));
  faults.push(...timeoutFaults(template, where, step), ...signatureFaults(where, step));
  const choices = step.assignees.filter((spec) => spec.by.rule === 'applicantChoice');
  if (choices.length > 1) faults.push(`${where}只能有一处由申请人选择`);
  return faults;
}

/** What is carried out is reported in words; only an approval is signed. */
function signatureFaults(where: string, step: TemplateStep): string[] {
  const signed = step.kind === 'approve' && step.signature === true;
  return signed && step.role === 'handle' ? [`${where}是办理，不用手写签名`] : [];
}

/** Where everybody is named, it can be told now that the number cannot be reached. */
function quorumFaults(where: string, step: TemplateStep): string[] {
  if (step.kind === 'cc' || step.mode !== 'quorum' || typeof step.needed !== 'number') return [];
  const rules = step.assignees.map(({ by }) => by);
  if (!rules.every((rule) => rule.rule === 'named')) return [];
  const people = new Set(rules.flatMap((rule) => rule.personIds)).size;
  return people < step.needed
    ? [`${where}要 ${String(step.needed)} 人同意，只写了 ${String(people)} 人`]
    : [];
}

function assigneeFaults(
  template: Template,
  where: string,
  spec: AssigneeSpec,
  around: TemplateSurroundings,
): string[] {
  return [spec.by, ...spec.fallback].flatMap((rule) =>
    ruleFaults(template, `${where}的“${spec.label}”`, rule, around),
  );
}

function ruleFaults(
  template: Template,
  where: string,
  rule: RuleSpec,
  around: TemplateSurroundings,
): string[] {
  switch (rule.rule) {
    case 'applicantChoice':
      return rule.min > rule.max ? [`${where}最少选的人数大于最多选的人数`] : [];
    case 'roleInScope':
      return around.roles !== undefined && !around.roles.includes(rule.role)
        ? [`${where}用了不存在的角色 ${rule.role}`]
        : [];
    case 'named': {
      const again = duplicates(rule.personIds);
      const unknown = rule.personIds.filter((id) => around.isPerson?.(id) === false);
      return [
        ...(again.length > 0 ? [`${where}里同一个人写了两次`] : []),
        ...(unknown.length > 0 ? [`${where}里有 ${String(unknown.length)} 人不存在或已停用`] : []),
      ];
    }
    case 'choiceHead':
      return fieldOf(template, rule.field)?.type === 'choice'
        ? []
        : [`${where}要指向一个由系统提供选项的栏目`];
    case 'unitHead':
    case 'headOfUnit':
    case 'managerChain':
      return [];
  }
}

export function conditionFaults(template: Template, where: string, condition: Condition): string[] {
  const known = new Set(valueKeys(template));
  const unknown = [...new Set(fieldsOf(condition))].filter((field) => !known.has(field));
  return unknown.map((field) => `${where}用了不能作条件的栏目 ${field}`);
}

/* ---------- texts ---------- */

/** What has words for a title though no condition can ask for it whole. */
const isSayable = ({ type }: TemplateField): boolean =>
  ['multi', 'table', 'location', 'request'].includes(type);

export function textFaults(template: Template): string[] {
  const known = new Set([...valueKeys(template), ...template.fields.filter(isSayable).map((f) => f.key)]);
  const blanks = [...template.titleWords.matchAll(/\{([\w.]*)\}/g)].map((m) => m[1] ?? '');
  const unknown = blanks.filter((key) => !known.has(key));
  const faults = unknown.map((key) => `标题用了不存在的栏目 ${key}`);
  const again = duplicates(template.quickReasons);
  if (again.length > 0) faults.push(`常用拒绝理由“${again.join('、')}”出现了两次`);
  return faults;
}
