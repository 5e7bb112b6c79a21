/**
 * The branches of a template: which sets of its steps can take part. Each field its conditions look at gets values from
 * both sides of every comparison, and every option; combinations with the same steps are one branch.
 */
import {
  conditionWords,
  fieldsOf,
  type Comparison,
  type Condition,
  type Scalar,
  type Values,
} from '../model/condition.ts';
import { vocabulary } from '../engine/explain.ts';
import { conditionsOf, pathFor } from '../template/plan.ts';
import type { TemplateField } from '../fields/controls.ts';
import { fieldOf, type Template, type TemplateStep } from '../template/template.ts';

export interface Branch {
  readonly steps: readonly TemplateStep[];
  /** One way of filling the form in that leads here. */
  readonly values: Values;
  /** What makes it this branch: "预计费用超过 5000 元"; 其余 where no condition holds, 全部 without conditions. */
  readonly words: string;
}

/** Combinations tried; a template that asks for more is tried field by field and in pairs. */
const MOST = 4_096;

export function branchesOf(template: Template): Branch[] {
  const conditions = conditionsOf(template);
  const axes = axesOf(template, conditions);
  const found = new Map<string, Branch>();
  for (const values of combinations(axes)) {
    const steps = pathFor(template, values).map(({ step }) => step);
    const name = steps.map(({ key }) => key).join(' ');
    if (!found.has(name)) found.set(name, { steps, values, words: branchWords(template, steps, values) });
  }
  return [...found.values()];
}

/* ---------- values worth trying ---------- */

interface Axis {
  readonly field: string;
  readonly values: readonly Scalar[];
}

function axesOf(template: Template, conditions: readonly Condition[]): Axis[] {
  const comparisons = conditions.flatMap(comparisonsOf);
  const fields = [...new Set(conditions.flatMap(fieldsOf))];
  return fields.map((field) => {
    const known = fieldOf(template, field);
    const values = valuesOf(
      known,
      comparisons.filter((one) => one.field === field),
    );
    return { field, values: [...new Set(known?.required === true ? values : [...values, null])] };
  });
}

/** A field with options takes no other value, a number none between its decimals or beyond its bounds. */
function valuesOf(field: TemplateField | undefined, asked: readonly Comparison[]): Scalar[] {
  if (field?.type === 'select' || field?.type === 'leaveType') return field.options.map(({ value }) => value);
  const named = asked.flatMap((test) => ('value' in test ? test.value : []));
  const numbers = named.filter((value) => typeof value === 'number');
  const words = named.filter((value) => typeof value === 'string');
  const plain = named.some((value) => typeof value === 'boolean') ? [true, false] : [];
  const { min, max } = field?.type === 'number' || field?.type === 'money' ? field : NO_BOUNDS;
  const between = around(numbers, grainOf(field)).filter(
    (value) => value >= (min ?? value) && value <= (max ?? value),
  );
  const other = numbers.length > 0 || plain.length > 0 ? [] : [ANOTHER];
  return [...between, ...plain, ...words, ...other];
}

const NO_BOUNDS: { readonly min?: number | undefined; readonly max?: number | undefined } = {};

/** The smallest step between two values: amounts are yuan here (form/values.ts), computed days go by halves. */
function grainOf(field: TemplateField | undefined): number {
  switch (field?.type) {
    case 'number':
      return 10 ** -field.decimals;
    case 'money':
      return CENT;
    case 'formula':
      return field.as === 'money' ? CENT : 10 ** -field.decimals;
    default:
      return HALF;
  }
}
const HALF = 0.5;
const CENT = 0.01;

/** Below, at, between and above the numbers that conditions name. */
function around(numbers: readonly number[], grain: number): number[] {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const [lowest] = sorted;
  if (lowest === undefined) return [];
  const above = sorted.flatMap((value, at) => {
    const next = value + grain;
    return next < (sorted[at + 1] ?? Infinity) ? [value, next] : [value];
  });
  return [lowest - grain, ...above];
}

function comparisonsOf(condition: Condition): Comparison[] {
  if ('all' in condition) return condition.all.flatMap(comparisonsOf);
  if ('any' in condition) return condition.any.flatMap(comparisonsOf);
  if ('not' in condition) return comparisonsOf(condition.not);
  return [condition];
}

/** Words no form holds: what is neither of the values a condition names. */
const ANOTHER = '\u0000';

/* ---------- combinations ---------- */

function combinations(axes: readonly Axis[]): Values[] {
  const all = axes.reduce((count, { values }) => count * values.length, 1);
  return all <= MOST ? product(axes) : pairs(axes);
}

const product = (axes: readonly Axis[]): Values[] =>
  axes.reduce<Values[]>(
    (rows, { field, values }) => rows.flatMap((row) => values.map((value) => ({ ...row, [field]: value }))),
    [{}],
  );

/** Every pair of fields in every way, the other fields at their first value. */
function pairs(axes: readonly Axis[]): Values[] {
  const rest = Object.fromEntries(axes.map(({ field, values }) => [field, values[0] ?? null]));
  return axes.flatMap((one, at) =>
    axes.slice(at + 1).flatMap((other) => product([one, other]).map((row) => ({ ...rest, ...row }))),
  );
}

/* ---------- words ---------- */

function branchWords(template: Template, steps: readonly TemplateStep[], values: Values): string {
  const conditions = steps.flatMap(({ when }) => (when === undefined ? [] : [when]));
  if (conditionsOf(template).length === 0) return '全部';
  // Days are working days for one kind of leave and calendar days for another.
  const units = Object.fromEntries(template.computed.map(({ key }) => [`${key}Unit`, '天']));
  const words = conditions.map((when) => conditionWords(when, vocabulary(template, { ...units, ...values })));
  return words.length === 0 ? '其余' : [...new Set(words)].join('，');
}
