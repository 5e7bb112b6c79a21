/**
 * Routing conditions as data: a small typed expression tree over a request's computed values and form fields.
 * Comparing across types is never true (a missing number is not 0), so an unanswered question takes no branch.
 */
import { z } from 'zod';

export type Scalar = string | number | boolean | null;
export type Values = Readonly<Record<string, Scalar>>;

const Comparison = z.union([
  z.strictObject({ field: z.string().min(1), op: z.enum(['>', '>=', '<', '<=']), value: z.number() }),
  z.strictObject({
    field: z.string().min(1),
    op: z.enum(['=', '!=']),
    value: z.union([z.string(), z.number(), z.boolean()]),
  }),
  z.strictObject({
    field: z.string().min(1),
    op: z.enum(['in', 'notIn']),
    value: z.array(z.union([z.string(), z.number()])).min(1),
  }),
  z.strictObject({ field: z.string().min(1), op: z.enum(['filled', 'empty']) }),
]);
export type Comparison = z.infer<typeof Comparison>;

export type Condition =
  | Comparison
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    Comparison,
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: Condition }),
  ]),
);

/** True when the values satisfy the condition; an absent condition always holds. */
export function holds(condition: Condition | undefined, values: Values): boolean {
  if (condition === undefined) return true;
  if ('all' in condition) return condition.all.every((part) => holds(part, values));
  if ('any' in condition) return condition.any.some((part) => holds(part, values));
  if ('not' in condition) return !holds(condition.not, values);
  const { field } = condition;
  return compare(condition, Object.hasOwn(values, field) ? (values[field] ?? null) : null);
}

function compare(test: Comparison, actual: Scalar): boolean {
  switch (test.op) {
    case '>':
      return typeof actual === 'number' && actual > test.value;
    case '>=':
      return typeof actual === 'number' && actual >= test.value;
    case '<':
      return typeof actual === 'number' && actual < test.value;
    case '<=':
      return typeof actual === 'number' && actual <= test.value;
    case '=':
      return actual === test.value;
    case '!=':
      return actual !== null && actual !== test.value;
    case 'in':
      return isListed(test.value, actual);
    case 'notIn':
      return actual !== null && !isListed(test.value, actual);
    case 'filled':
      return actual !== null && actual !== '';
    case 'empty':
      return actual === null || actual === '';
  }
}

function isListed(list: readonly (string | number)[], actual: Scalar): boolean {
  return (typeof actual === 'string' || typeof actual === 'number') && list.includes(actual);
}

/** Every field a condition looks at. */
export function fieldsOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(fieldsOf);
  if ('any' in condition) return condition.any.flatMap(fieldsOf);
  if ('not' in condition) return fieldsOf(condition.not);
  return [condition.field];
}

/** How a field and its values are called in words. */
export interface Vocabulary {
  /** "请假" */
  readonly label: (field: string) => string;
  /** "需要的服务选了派车" for one option of several; null for what is no such option. */
  readonly chosen?: (field: string) => string | null;
  /** "个工作日" */
  readonly unit: (field: string) => string;
  /** "年假" for the option value `annual` */
  readonly option: (field: string, value: string | number | boolean) => string;
}

/** The condition in plain words: "请假超过 3 个工作日". `short` leaves the field's name out: "超过 3 个工作日". */
export function conditionWords(condition: Condition, words: Vocabulary, short = false): string {
  const within = (part: Condition, plain: boolean): string =>
    joins(part) ? `（${conditionWords(part, words)}）` : conditionWords(part, words, plain);
  if ('all' in condition) return condition.all.map((part) => within(part, short)).join('且');
  if ('any' in condition) return condition.any.map((part) => within(part, short)).join('或');
  if ('not' in condition) return `并非${within(condition.not, false)}`;
  return comparisonWords(condition, words, short);
}

/** Several in one: within another it is said in brackets, because 且 and 或 do not tell which goes first. */
const joins = (part: Condition): boolean =>
  ('all' in part && part.all.length > 1) || ('any' in part && part.any.length > 1);

const MORE: Readonly<Record<'>' | '>=' | '<' | '<=', string>> = {
  '>': '超过',
  '>=': '达到',
  '<': '不到',
  '<=': '不超过',
};

function comparisonWords(test: Comparison, words: Vocabulary, short: boolean): string {
  const label = words.label(test.field);
  switch (test.op) {
    case '>':
    case '>=':
    case '<':
    case '<=':
      return `${short ? '' : label}${MORE[test.op]} ${test.value} ${words.unit(test.field)}`.trim();
    case '=':
      return (
        (test.value === true ? words.chosen?.(test.field) : null) ??
        `${label}为${words.option(test.field, test.value)}`
      );
    case '!=':
      return `${label}不是${words.option(test.field, test.value)}`;
    case 'in':
      return `${label}为${test.value.map((v) => words.option(test.field, v)).join('或')}`;
    case 'notIn':
      return `${label}不是${test.value.map((v) => words.option(test.field, v)).join('或')}`;
    case 'filled':
      return `填了${label}`;
    case 'empty':
      return `没填${label}`;
  }
}
