/**
 * Everything that is wrong with a draft, at once, each fault with its place, and with a repair where one follows from the
 * fault (CONSOLE 9.8). `error` keeps it from being published; `notice` is for the designer to weigh.
 */
import { checkTemplate, conditionFaults, oneStep, readShape, textFaults } from '../check/template.ts';
import { duplicates, fieldFaults } from '../check/field.ts';
import { stepsOf } from '../template/plan.ts';
import type { Template, TemplateStep } from '../template/template.ts';
import type { DraftContent } from './draft.ts';
import type { DraftSurroundings, Fault, Issue, Mend } from './fault.ts';
import { mendsOf } from './mends.ts';
import { noticesOf } from './notices.ts';
import { pathWords } from './property-words.ts';
import { atField, atStep, placeOf, placeWords, stepAt, WHOLE, type Place } from './places.ts';

/** Candidates for a repair are tried for so many faults; whoever has more starts with these. */
const MOST_MENDED = 20;
/** Of all faults together; each is a check of the whole draft, and a draft is checked with every save. */
const MOST_TRIED = 100;

export interface DraftCheck {
  /** Null while there are errors of shape. */
  readonly template: Template | null;
  readonly issues: readonly Issue[];
}

export function checkDraft(draft: DraftContent, around: DraftSurroundings = {}): DraftCheck {
  const { template, faults } = faultsOf(draft, around);
  const trial = { draft, around, known: new Set(faults.map(idOf)), left: MOST_TRIED };
  const issues = faults.map((fault, at) => {
    const repair = at < MOST_MENDED ? mendOf(trial, fault) : null;
    return {
      id: idOf(fault),
      severity: fault.severity,
      at: fault.at,
      title: placeWords(draft, fault.at),
      words: fault.words,
      repair: repair?.words ?? null,
    };
  });
  return { template, issues };
}

/** 照此改. Null where the fault is gone or has no repair. */
export function repairDraft(
  draft: DraftContent,
  issueId: string,
  around: DraftSurroundings = {},
): DraftContent | null {
  const { faults } = faultsOf(draft, around);
  const fault = faults.find((one) => idOf(one) === issueId);
  const trial = { draft, around, known: new Set(faults.map(idOf)), left: MOST_TRIED };
  return fault ? (mendOf(trial, fault)?.content ?? null) : null;
}

export const errorsOf = (issues: readonly Issue[]): number =>
  issues.filter(({ severity }) => severity === 'error').length;

const idOf = ({ at, words }: Fault): string => `${at.part}|${at.key ?? ''}|${words}`;

interface Trial {
  readonly draft: DraftContent;
  readonly around: DraftSurroundings;
  /** Faults it has. */
  readonly known: ReadonlySet<string>;
  /** So many candidates may still be tried. */
  left: number;
}

/** The first candidate that takes this fault away and brings no new error. */
function mendOf(trial: Trial, fault: Fault): Mend | null {
  if (fault.mend) return fault.mend;
  if (fault.severity === 'notice') return null;
  const { draft, around, known } = trial;
  const fits = ({ content }: Mend): boolean => {
    const after = faultsOf(content, around).faults.filter(({ severity }) => severity === 'error');
    return after.every((one) => known.has(idOf(one)) && idOf(one) !== idOf(fault));
  };
  for (const mend of mendsOf(draft, fault.at, around)) {
    if (trial.left === 0) return null;
    trial.left -= 1;
    if (fits(mend)) return mend;
  }
  return null;
}

/* ---------- faults ---------- */

function faultsOf(
  draft: DraftContent,
  around: DraftSurroundings,
): { template: Template | null; faults: Fault[] } {
  const shape = readShape(draft);
  if ('issues' in shape) {
    const faults = shape.issues.map(({ path, words }) => {
      const at = placeOf(draft, path);
      const rest = pathWords(restOf(draft, at, path));
      return error(at, rest === '' ? words : `${rest}：${words}`);
    });
    return { template: null, faults: onceEach(faults) };
  }
  const { template } = shape;
  const placed = [
    ...againFaults(template),
    ...template.fields.flatMap((field) => ofField(template, field)),
    ...stepsOf(template).flatMap((step) => ofStep(template, step, around)),
    ...textFaults(template).map((words) => error(WHOLE, words)),
    ...aroundFaults(template, around),
    ...runningFaults(draft, template, around),
  ];
  // Whatever the checker of files finds besides is a fault of the whole.
  const told = new Set(placed.map(({ words }) => words));
  const rest = checkTemplate(draft, around).faults.filter((words) => !told.has(words));
  return {
    template,
    faults: onceEach([
      ...placed,
      ...rest.map((words) => error(WHOLE, words)),
      ...noticesOf(draft, template, around),
    ]),
  };
}

const error = (at: Place, words: string, mend?: Mend): Fault => ({
  severity: 'error',
  at,
  words,
  ...(mend ? { mend } : {}),
});

function restOf(draft: DraftContent, { part }: Place, path: readonly PropertyKey[]): readonly PropertyKey[] {
  if (part === 'field') return path.slice(2);
  return part === 'step' ? stepAt(draft, path).rest : path;
}

const onceEach = (faults: readonly Fault[]): Fault[] => [
  ...new Map(faults.map((fault) => [idOf(fault), fault])).values(),
];

function againFaults(template: Template): Fault[] {
  const { fields } = template;
  const steps = stepsOf(template);
  const again = (what: string, keys: readonly string[], at: (key: string) => Place) =>
    duplicates(keys).map((key) => error(at(key), `${what} ${key} 出现了两次`));
  return [
    ...again(
      '栏目',
      fields.map(({ key }) => key),
      atField,
    ),
    ...again(
      '步骤',
      steps.map(({ key }) => key),
      atStep,
    ),
  ];
}

function ofField(template: Template, field: Template['fields'][number]): Fault[] {
  const { required, label } = field;
  const asked =
    typeof required === 'object' ? conditionFaults(template, `栏目“${label}”的必填条件`, required.when) : [];
  return [...asked, ...fieldFaults(template, field)].map((words) => error(atField(field.key), words));
}

function ofStep(template: Template, step: TemplateStep, around: DraftSurroundings): Fault[] {
  return oneStep(template, step, around).map((words) => error(atStep(step.key), words));
}

/** What the institution does not have: units, rooms' options, kinds of request. */
function aroundFaults(template: Template, around: DraftSurroundings): Fault[] {
  const { isUnitCode, sources, templates } = around;
  const fields = template.fields.flatMap((field) => {
    if (field.type === 'choice' && sources && !sources.includes(field.source))
      return [error(atField(field.key), `栏目“${field.label}”的选项来源 ${field.source} 不存在`)];
    if (field.type !== 'request' || !templates) return [];
    const unknown = field.templates.filter((key) => !templates.includes(key) && key !== template.key);
    return unknown.map((key) => error(atField(field.key), `栏目“${field.label}”用了不存在的模板 ${key}`));
  });
  const steps = stepsOf(template).flatMap((step) =>
    step.assignees
      .flatMap(({ by, fallback }) => [by, ...fallback])
      .flatMap((rule) =>
        rule.rule === 'headOfUnit' && isUnitCode && !isUnitCode(rule.unit)
          ? [error(atStep(step.key), `步骤“${step.title}”用了不存在的单位编号 ${rule.unit}`)]
          : [],
      ),
  );
  return [...fields, ...steps];
}

/** What is in force moved on, or holds what other parts of the system read. */
function runningFaults(
  draft: DraftContent,
  template: Template,
  { running, basedOn }: DraftSurroundings,
): Fault[] {
  if (!running) return [];
  const faults: Fault[] = [];
  if (basedOn !== undefined && running.template.version > basedOn)
    faults.push(
      error(
        WHOLE,
        `草稿从第 ${String(basedOn)} 版改起，现用的已经是第 ${String(running.template.version)} 版，先比较，免得把后来的改动改回去`,
      ),
    );
  if (!running.hasEffects) return faults;
  for (const [at, field] of running.template.fields.entries()) {
    const kept = template.fields.find(({ key }) => key === field.key);
    if (kept?.type === field.type) continue;
    const without = draft.fields.filter(({ key }) => key !== field.key);
    faults.push(
      error(WHOLE, `栏目“${field.label}”办结后系统要用（登记、扣假等），不能删，也不能换类型`, {
        words: '放回这个栏目',
        content: { ...draft, fields: [...without.slice(0, at), { ...field }, ...without.slice(at)] },
      }),
    );
  }
  return faults;
}
