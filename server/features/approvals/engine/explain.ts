/** Why a step takes part and why this person sits in it, in words for the applicant and the holder. */
import { conditionWords, type Values, type Vocabulary } from '../model/condition.ts';
import { thresholdOf } from './quorum.ts';
import type { InstanceState } from '../model/state.ts';
import type { Needed, Seat, StepMode, StepState } from '../model/steps.ts';
import type { TableColumn } from '../fields/controls.ts';
import { fieldOf, type Template, type TemplateStep } from '../template/template.ts';

/** How fields, values and units are called in this template. */
export function vocabulary(template: Template, values: Values): Vocabulary {
  return {
    label: (key) =>
      template.computed.find((c) => c.key === key)?.label ??
      fieldOf(template, key)?.label ??
      columnOf(template, key)?.label ??
      key,
    chosen: (key) => optionOf(template, key),
    unit: (key) => {
      const counted = values[`${key}Unit`];
      if (typeof counted === 'string') return counted;
      const field = fieldOf(template, key);
      const column = columnOf(template, key)?.column;
      if (field?.type === 'formula' && field.as === 'number') return field.unit ?? '';
      if (field?.type === 'money' || field?.type === 'formula' || column?.type === 'money') return '元';
      if (column?.type === 'number') return column.unit ?? '';
      return field?.type === 'number' ? (field.unit ?? '') : '';
    },
    option: (key, value) => {
      const field = fieldOf(template, key);
      const options = field?.type === 'select' || field?.type === 'leaveType' ? field.options : [];
      return options.find((o) => o.value === value)?.label ?? plain(value);
    },
  };
}

/** "明细的金额合计" for `items.amount`, the sum of a table's column. */
function columnOf({ fields }: Template, key: string): { label: string; column: TableColumn } | null {
  for (const field of fields) {
    if (field.type !== 'table') continue;
    const column = field.columns.find((one) => key === `${field.key}.${one.key}`);
    if (column) return { label: `${field.label}的${column.label}合计`, column };
  }
  return null;
}

/** "选了派车" for `needs.car`, an option of a field of several. */
function optionOf({ fields }: Template, key: string): string | null {
  for (const field of fields) {
    if (field.type !== 'multi') continue;
    const option = field.options.find((o) => key === `${field.key}.${o.value}`);
    if (option) return `${field.label}选了${option.label}`;
  }
  return null;
}

function plain(value: string | number | boolean): string {
  if (value === true) return '是';
  return value === false ? '否' : String(value);
}

/**
 * opened: "请假超过 3 个工作日，需人事处负责人和分管院领导都同意". short, for the forecast: "超过 3 个工作日".
 * skipped: "请假超过 3 个工作日才需要". Empty for a step that always takes part and has one seat.
 */
export function stepWhy(
  template: Template,
  step: TemplateStep,
  values: Values,
  kind: 'opened' | 'short' | 'skipped',
): string {
  const words = vocabulary(template, values);
  const when = step.when === undefined ? '' : conditionWords(step.when, words, kind === 'short');
  if (kind === 'short') return when;
  if (kind === 'skipped') return when === '' ? '' : `${when}才需要`;
  const labels = step.assignees.map((spec) => spec.label);
  const needs = step.kind === 'cc' ? '' : roleWords(step.role, needsWords(step.mode, labels));
  return [when, needs].filter((part) => part !== '').join('，');
}

/** Whether a step of this request was decided or carried out. */
export const roleOf = ({ steps }: InstanceState, stepKey: string): StepState['role'] =>
  steps.findLast((step) => step.stepKey === stepKey)?.role;

/** 办理 is never called an approval. */
export const roleWords = (role: 'handle' | undefined, words: string): string =>
  role === 'handle' ? words.replace(/同意|处理/g, '办理') : words;

function needsWords(mode: StepMode, labels: readonly string[]): string {
  const names = listWords(labels);
  if (labels.length < 2) return `需${names}同意`;
  switch (mode) {
    case 'all':
      return `需${names}都同意`;
    case 'any':
      return `${names}中一人处理即可`;
    case 'sequential':
      return `需${names}依次同意`;
    case 'quorum':
      return `由${names}表决，够人数同意即可`;
  }
}

/** "甲", "甲和乙", "甲、乙和丙" */
function listWords(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join('、')}和${last}`;
}

/** What a step with several people asks: "需两人都同意", "一人同意即可"; empty for one person. */
export function modeWords(mode: StepMode, refusal: string, people: number, needed?: Needed): string {
  if (people < 2) return '';
  const count = people === 2 ? '两人' : `${String(people)} 人`;
  switch (mode) {
    case 'all':
      return `需${count}都同意`;
    case 'any':
      return refusal === 'ANY_YES' ? '一人同意即可' : '一人处理即可';
    case 'sequential':
      return `需${count}依次同意`;
    case 'quorum':
      return `${String(people)} 人中 ${String(thresholdOf(needed, people))} 人同意即可`;
  }
}

export const MODE_NAMES: Readonly<Record<StepMode, string>> = {
  all: '会签',
  any: '或签',
  sequential: '依次审批',
  quorum: '票签',
};

/** The answer to 为什么是…审批: "请假超过 3 个工作日，需…都同意。王处长是人事处负责人（主岗，2025-09 起）。" */
export function explainWhy(step: Pick<StepState, 'why'>, seatWhy: Seat['why']): string {
  return [step.why, seatWhy]
    .filter((part) => part !== '')
    .map((part) => `${part}。`)
    .join('');
}
