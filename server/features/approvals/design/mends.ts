/** Repairs that may be tried for a fault at a place. Whether one mends it, the checker sees by checking again. */
import { fieldsOf, type Condition } from '../model/condition.ts';
import { readShape } from '../check/template.ts';
import { halfDaysOf } from '../check/timeouts.ts';
import { duplicates } from '../check/field.ts';
import { stepsOf } from '../template/plan.ts';
import { valueKeys, type ApproveStep, type Template, type TemplateStep } from '../template/template.ts';
import type { TemplateField } from '../fields/controls.ts';
import type { RuleSpec } from '../template/assignee.ts';
import type { DraftSurroundings, Mend } from './fault.ts';
import type { DraftContent, DraftField } from './draft.ts';
import { withNode } from './draft-tree.ts';
import type { Place } from './places.ts';

type Changed<T> = readonly [words: string, part: T];

export function mendsOf(draft: DraftContent, { part, key }: Place, around: DraftSurroundings): Mend[] {
  const shape = readShape(draft);
  if ('issues' in shape) return [];
  const { template } = shape;
  if (part === 'template') return ofTemplate(draft, template);
  if (part === 'field') {
    const renamed = renames(draft.fields, key).map(([words, fields]) => ({
      words,
      content: { ...draft, fields },
    }));
    const field = template.fields.find((one) => one.key === key);
    const others = field ? ofField(template, field) : [];
    return [...renamed, ...others.map(([words, changed]) => ({ words, content: withField(draft, changed) }))];
  }
  const renamed = renames(draft.steps, key).map(([words, steps]) => ({
    words,
    content: { ...draft, steps },
  }));
  const step = stepsOf(template).find((one) => one.key === key);
  const others = step ? ofStep(template, step, around) : [];
  return [...renamed, ...others.map(([words, changed]) => ({ words, content: withStep(draft, changed) }))];
}

const withField = (draft: DraftContent, changed: TemplateField): DraftContent => ({
  ...draft,
  fields: draft.fields.map((one): DraftField => (one.key === changed.key ? { ...changed } : one)),
});

const withStep = (draft: DraftContent, changed: TemplateStep): DraftContent =>
  withNode(draft, changed.key, () => ({ ...changed }));

/** The second of two of the same name gets another. */
function renames<T extends { key: string }>(parts: readonly T[], key: string | null): Changed<T[]>[] {
  const again = parts.map((one) => one.key).lastIndexOf(key ?? '');
  if (key === null || parts.filter((one) => one.key === key).length < 2) return [];
  const taken = new Set(parts.map((one) => one.key));
  const free = Array.from({ length: parts.length + 1 }, (_, n) => `${key.slice(0, 36)}${n + 2}`);
  const name = free.find((one) => !taken.has(one)) ?? `${key}x`;
  return [[`后一个改为 ${name}`, parts.map((one, at) => (at === again ? { ...one, key: name } : one))]];
}

function ofTemplate(draft: DraftContent, template: Template): Mend[] {
  const known = new Set([...valueKeys(template), ...template.fields.map(({ key }) => key)]);
  const titleWords = template.titleWords.replace(/\{([\w.]*)\}/g, (blank, key: string) =>
    known.has(key) ? blank : '',
  );
  return [
    { words: '从标题里去掉', content: { ...draft, titleWords: titleWords.trim() || template.title } },
    {
      words: '重复的只留一个',
      content: { ...draft, quickReasons: [...new Set(template.quickReasons)] },
    },
  ];
}

/* ---------- fields ---------- */

function ofField(template: Template, field: TemplateField): Changed<TemplateField>[] {
  const found: Changed<TemplateField>[] = [];
  const { required } = field;
  if (typeof required === 'object') {
    const when = withoutUnknown(required.when, new Set(valueKeys(template)));
    found.push(
      when === null
        ? ['改成不必填', { ...field, required: false }]
        : ['去掉用不上的条件', { ...field, required: { when } }],
    );
  }
  if ('options' in field && duplicates(field.options.map(({ value }) => value)).length > 0)
    found.push([
      '重复的只留一个',
      { ...field, options: onceByValue<never>(field.options as never[]) } as TemplateField,
    ]);
  if (field.type === 'number' || field.type === 'money')
    found.push(['两个数对调', { ...field, min: field.max, max: field.min }]);
  if (field.type === 'table')
    found.push(['两个数对调', { ...field, minRows: field.maxRows, maxRows: field.minRows }]);
  if (field.type === 'multi') {
    found.push(['两个数对调', { ...field, min: field.max, max: field.min }]);
    found.push([`改为最少 ${String(field.options.length)} 项`, { ...field, min: field.options.length }]);
  }
  if (field.type === 'halfDayRange' && field.typeField !== undefined) {
    const { typeField: _gone, ...rest } = field;
    found.push(['不按请假类型算', rest]);
  }
  return found;
}

const onceByValue = <T extends { value: string }>(options: readonly T[]): T[] =>
  options.filter(({ value }, at) => options.findIndex((one) => one.value === value) === at);

/** Without comparisons of what is not there; null when nothing is left. */
function withoutUnknown(condition: Condition, known: ReadonlySet<string>): Condition | null {
  const inner = (parts: readonly Condition[]): Condition[] =>
    parts.flatMap((part) => withoutUnknown(part, known) ?? []);
  if ('all' in condition) {
    const all = inner(condition.all);
    return all.length === 0 ? null : { all };
  }
  if ('any' in condition) {
    const any = inner(condition.any);
    return any.length === 0 ? null : { any };
  }
  if ('not' in condition) {
    const not = withoutUnknown(condition.not, known);
    return not === null ? null : { not };
  }
  return fieldsOf(condition).every((field) => known.has(field)) ? condition : null;
}

/* ---------- steps ---------- */

function ofStep(template: Template, step: TemplateStep, around: DraftSurroundings): Changed<TemplateStep>[] {
  const found: Changed<TemplateStep>[] = [['换成在岗的人，没有则由部门负责人', withActive(step, around)]];
  if (step.when !== undefined) {
    const when = withoutUnknown(step.when, new Set(valueKeys(template)));
    // A condition of which nothing is left would make the step everybody's: that is for a person to decide.
    if (when !== null) found.push(['去掉用不上的条件', { ...step, when }]);
  }
  for (const right of Object.keys(step.fields ?? {})) {
    const { [right]: _gone, ...fields } = step.fields ?? {};
    found.push(['去掉这条栏目权限', { ...step, fields }]);
  }
  if (step.kind === 'approve') found.push(...ofTimeout(step), ...ofQuorum(step));
  found.push([
    '两个数对调',
    { ...step, assignees: step.assignees.map((spec) => ({ ...spec, by: swapped(spec.by) })) },
  ]);
  return found;
}

const swapped = (rule: RuleSpec): RuleSpec =>
  rule.rule === 'applicantChoice' ? { ...rule, min: rule.max, max: rule.min } : rule;

function ofTimeout(step: ApproveStep): Changed<TemplateStep>[] {
  if (step.timeout === undefined) return [];
  const rungs = [...step.timeout].sort((a, b) => halfDaysOf(a) - halfDaysOf(b));
  const once = rungs.filter((rung, at) => at === 0 || halfDaysOf(rung) > halfDaysOf(rungs[at - 1] ?? rung));
  const passes = step.timeout.findIndex((rung) => rung.do === 'pass');
  const escalated = step.timeout.map((rung) =>
    rung.do === 'pass' ? { ...rung, do: 'escalate' as const } : rung,
  );
  return [
    ['超时改为升级给上级', { ...step, timeout: escalated }],
    ['按从早到晚排好', { ...step, timeout: once }],
    ...(passes === -1
      ? []
      : [
          [
            '去掉自动通过以后的',
            { ...step, timeout: step.timeout.slice(0, passes + 1) },
          ] as Changed<TemplateStep>,
        ]),
  ];
}

function ofQuorum(step: ApproveStep): Changed<TemplateStep>[] {
  if (step.mode !== 'quorum') return [];
  const named = step.assignees.flatMap(({ by }) => (by.rule === 'named' ? by.personIds : []));
  const most = new Set(named).size;
  return most === 0 ? [] : [[`改为 ${String(most)} 人同意`, { ...step, needed: most }]];
}

/** People who are gone are taken out; where nobody is left the post decides (R23: rules, not names). */
function withActive(step: TemplateStep, { isPerson }: DraftSurroundings): TemplateStep {
  const mended = (rule: RuleSpec): RuleSpec => {
    if (rule.rule !== 'named') return rule;
    const personIds = [...new Set(rule.personIds)].filter((id) => isPerson?.(id) !== false);
    return personIds.length > 0
      ? { ...rule, personIds }
      : { rule: 'unitHead', of: 'department', level: 1, take: 'first' };
  };
  return {
    ...step,
    assignees: step.assignees.map((spec) => ({
      ...spec,
      by: mended(spec.by),
      fallback: spec.fallback.map(mended),
    })),
  };
}
