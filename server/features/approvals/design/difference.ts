/**
 * What changed between two templates, as rows a person can read one by one: which field or step, what about it, from what
 * to what. Moving is told of what was moved, not of everything it passed.
 */
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { conditionWords, Condition } from '../model/condition.ts';
import { AssigneeSpec } from '../template/assignee.ts';
import { vocabulary } from '../engine/explain.ts';
import { groupsOf, planOf } from '../template/plan.ts';
import type { Template } from '../template/template.ts';
import { propertyWords } from './property-words.ts';
import { ruleWords, type Names } from './rule-words.ts';

export interface Difference {
  readonly part: 'template' | 'field' | 'step' | 'computed';
  readonly key: string;
  /** Of the field or step, as it is called now. */
  readonly title: string;
  readonly change: 'added' | 'removed' | 'moved' | 'changed';
  /** What about it: 必填. '' unless changed. */
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

type Part = Readonly<Record<string, unknown>> & { readonly key: string };
interface Side {
  readonly template: Template;
  readonly names: Names;
}

export function differences(before: Template, after: Template, names: Omit<Names, 'field'>): Difference[] {
  const sides = [before, after].map((template) => ({
    template,
    names: { ...names, field: (key: string) => template.fields.find((one) => one.key === key)?.label ?? key },
  }));
  const [old, now] = sides as [Side, Side];
  const { fields: _f, steps: _s, computed: _c, version: _v, ...head } = before;
  const { fields: _f2, steps: _s2, computed: _c2, version: _v2, ...newHead } = after;
  return [
    ...changed('template', { ...newHead }, { ...head }, old, now).map((row) => ({ ...row, title: '模板' })),
    ...ofParts('field', before.fields, after.fields, old, now),
    ...ofParts('computed', before.computed, after.computed, old, now),
    ...ofParts('step', stepParts(before), stepParts(after), old, now),
  ];
}

function ofParts(
  part: Difference['part'],
  before: readonly Part[],
  after: readonly Part[],
  old: Side,
  now: Side,
): Difference[] {
  const row = (one: Part, change: Difference['change'], from = '', to = ''): Difference => ({
    part,
    key: one.key,
    title: titleOf(one),
    change,
    what: '',
    from,
    to,
  });
  const was = new Map(before.map((one) => [one.key, one]));
  const is = new Set(after.map(({ key }) => key));
  const moved = movedKeys(
    before.filter(({ key }) => is.has(key)).map(({ key }) => key),
    after.filter(({ key }) => was.has(key)).map(({ key }) => key),
  );
  return [
    ...after.flatMap((one, at) => {
      const other = was.get(one.key);
      if (other === undefined) return [row(one, 'added')];
      const from = before.indexOf(other) + 1;
      const moves = moved.has(one.key)
        ? [row(one, 'moved', `第 ${String(from)} 位`, `第 ${String(at + 1)} 位`)]
        : [];
      return [...moves, ...changed(part, one, other, old, now)];
    }),
    ...before.filter(({ key }) => !is.has(key)).map((one) => row(one, 'removed')),
  ];
}

/** Steps and groups in one row, each step with the branches it lies in. */
const stepParts = (template: Template): Part[] => [
  ...groupsOf(template).map(({ group: { mode, refusal, branches, ...group } }) => ({
    ...group,
    way: mode === 'all' ? 'parallel' : mode,
    ...(refusal === undefined ? {} : { refusal: refusal === 'COLLECT_ALL' ? 'hearsAll' : refusal }),
    branches: branches.map(({ steps: _steps, ...branch }) => branch),
  })),
  ...planOf(template).places.map(({ step, within }) => ({
    ...step,
    ...(within.length === 0 ? {} : { within: within.map(({ branch }) => branch.branch.title).join('、') }),
  })),
];

const titleOf = (part: Part): string => String(part['label'] ?? part['title'] ?? part.key);

/** Keys outside a longest common order: the fewest that have to be moved. */
function movedKeys(before: readonly string[], after: readonly string[]): Set<string> {
  // Longest increasing run of the old positions; lists are 60 long at most.
  const at = after.map((key) => before.indexOf(key));
  const best: number[][] = [];
  at.forEach((position, n) => {
    const ahead = best.filter((_, m) => (at[m] ?? 0) < position);
    const longest = ahead.reduce<number[]>((most, one) => (one.length > most.length ? one : most), []);
    best.push([...longest, n]);
  });
  const stay = new Set(best.reduce<number[]>((most, one) => (one.length > most.length ? one : most), []));
  return new Set(after.filter((_, n) => !stay.has(n)));
}

function changed(part: Difference['part'], now: Part, was: Part, oldSide: Side, newSide: Side): Difference[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(now)])].filter((name) => name !== 'key');
  return names
    .filter((name) => canonicalJson(was[name] ?? null) !== canonicalJson(now[name] ?? null))
    .map((name) => ({
      part,
      key: now.key,
      title: titleOf(now),
      change: 'changed' as const,
      what: propertyWords(name),
      from: valueWords(name, was[name], oldSide),
      to: valueWords(name, now[name], newSide),
    }));
}

/* ---------- values in words ---------- */

const CODES: Readonly<Record<string, string>> = {
  all: '会签',
  any: '或签',
  sequential: '依次审批',
  quorum: '票签',
  FAIL_FAST: '一人拒绝即拒绝',
  COLLECT_ALL: '等所有人表态',
  FIRST_ACTION: '以先处理的为准',
  ANY_YES: '有一人同意即可',
  handle: '办理',
  approve: '审批',
  cc: '抄送',
  branches: '分支',
  parallel: '并行分支',
  hearsAll: '听完所有分支再结束',
  remind: '催办',
  escalate: '升级给上级',
  handToSuperior: '转给上级',
  pass: '自动通过',
  hidden: '看不到',
  read: '只读',
  edit: '可改',
  workday: '工作日',
  calendar: '自然日',
  applicant: '申请人',
  handler: '办理人',
  unit: '本单位',
  school: '全院',
  REDO_ALL: '从头再审',
  BACK_TO_RETURNER: '直接回到退回人',
  off: '每步都审',
  oncePerCase: '同一人只审一次',
  consecutive: '相邻同一人只审一次',
};

const NONE = '无';

export function valueWords(name: string, value: unknown, side: Side): string {
  if (value === undefined || value === null || value === '') return NONE;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string')
    return name === 'way' && value === 'first' ? '条件分支' : (CODES[value] ?? value);
  if (name === 'when' || (name === 'required' && 'when' in (value as object)))
    return whenWords('when' in (value as object) ? (value as { when: unknown }).when : value, side);
  if (Array.isArray(value)) return value.map((one) => valueWords(name, one, side)).join('、') || NONE;
  return objectWords(value, side);
}

function whenWords(value: unknown, { template }: Side): string {
  const condition = Condition.safeParse(value);
  return condition.success ? conditionWords(condition.data, vocabulary(template, {})) : NONE;
}

function objectWords(value: object, side: Side): string {
  const seat = AssigneeSpec.safeParse(value);
  if (seat.success) {
    const { label, by, fallback } = seat.data;
    const spare = fallback.map((rule) => ruleWords(rule, side.names));
    return `${label}（${[ruleWords(by, side.names), ...spare].join('，没有则')}）`;
  }
  const record = value as Readonly<Record<string, unknown>>;
  if ('after' in record && 'do' in record)
    return `${afterWords(record['after'])}${valueWords('do', record['do'], side)}`;
  if ('percent' in record) return `${String(record['percent'])}%`;
  if ('label' in record || 'title' in record) {
    const name = String(record['label'] ?? record['title']);
    return 'when' in record ? `${name}（${whenWords(record['when'], side)}）` : name;
  }
  return Object.entries(record)
    .map(([key, one]) => `${side.names.field(key)}${valueWords(key, one, side)}`)
    .join('、');
}

function afterWords(after: unknown): string {
  const { workdays, halfDays } = after as { workdays?: number; halfDays?: number };
  return workdays === undefined
    ? `${String((halfDays ?? 0) / 2)} 个工作日后`
    : `${String(workdays)} 个工作日后`;
}
