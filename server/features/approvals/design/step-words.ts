/** What the drawing says of each step of a draft, as far as the draft says it. */
import { Condition, conditionWords } from '../model/condition.ts';
import { readShape } from '../check/template.ts';
import { vocabulary } from '../engine/explain.ts';
import type { Template } from '../template/template.ts';
import { TemplateStep } from '../template/steps.ts';
import type { DraftContent, DraftStep } from './draft.ts';
import { branchesIn, nodesOf } from './draft-tree.ts';
import { ruleWords, type Names } from './rule-words.ts';

export interface StepWords {
  readonly key: string;
  /** "部门负责人，没有则党政办公室负责人" */
  readonly who: string;
  /** "或签 · 1 个工作日" */
  readonly how: string;
  /** "金额超过 5000 元" */
  readonly when: string;
}

const MODES = { all: '会签', any: '或签', sequential: '依次审批', quorum: '票签' } as const;

export function stepWords(draft: DraftContent, names: Omit<Names, 'field'>): StepWords[] {
  const shape = readShape(draft);
  const template = 'template' in shape ? shape.template : null;
  const all: Names = {
    ...names,
    field: (key) => draft.fields.find((field) => field.key === key)?.label ?? key,
  };
  return nodesOf(draft.steps).flatMap((node) => [
    wordsOf(node, template, all),
    ...branchesIn(node).map((branch) => ({
      key: `${node.key}/${branch.key}`,
      who: '',
      how: '',
      when: whenWords(branch.when, template),
    })),
  ]);
}

function wordsOf(step: DraftStep, template: Template | null, names: Names): StepWords {
  const when = whenWords(step['when'], template);
  const parsed = TemplateStep.safeParse(step);
  if (!parsed.success) return { key: step.key, who: '', how: '', when };
  const { data } = parsed;
  const who = data.assignees
    .map(({ by, fallback }) =>
      [by, ...fallback]
        .slice(0, 2)
        .map((rule) => ruleWords(rule, names))
        .join('，没有则'),
    )
    .join('、');
  return { key: step.key, who, how: howWords(data), when };
}

/** The words of a condition need the template's fields, so they wait until its shape is whole. */
function whenWords(value: unknown, template: Template | null): string {
  const when = Condition.safeParse(value);
  return when.success && template !== null ? conditionWords(when.data, vocabulary(template, {})) : '';
}

function howWords(step: TemplateStep): string {
  if (step.kind === 'cc') return '抄送';
  const one = step.assignees.length === 1;
  const mode = one && step.mode === 'any' ? '' : MODES[step.mode];
  const handled = step.role === 'handle' ? '办理' : '';
  const days = step.allowWorkdays === null ? '不限时' : `${String(step.allowWorkdays)} 个工作日`;
  return [handled, mode, days].filter((part) => part !== '').join(' · ');
}
