/**
 * The path a request would take, before it is made: people, reasons and what stands in the way. A forecast, not a
 * promise: steps resolve again when they open (R24). What cannot work is refused here (R18).
 */
import { refused } from '../../../kernel/errors.ts';
import { branchOfPlace } from './branches.ts';
import { conditionWords } from '../model/condition.ts';
import type { Chosen, ForecastAnswer, FormValues, PathStep } from '../contract.ts';
import { explainWhy, modeWords, roleWords, stepWhy, vocabulary } from '../engine/explain.ts';
import { lackOf } from '../engine/quorum.ts';
import { checkForm, type CheckedForm, type FormContext } from '../form/form.ts';
import type { ForecastStep, PersonSnapshot } from '../model/people.ts';
import type { Seat } from '../model/steps.ts';
import { isActive, snapshot } from '../model/org.ts';
import { pathFor, stepAt } from '../template/plan.ts';
import { mayBeChosen } from '../people/rules.ts';
import { resolveSeats } from '../people/resolve.ts';
import { fieldOf, type Template, type TemplateStep } from '../template/template.ts';

export interface Draft {
  readonly personId: string;
  /** R21: the post the applicant applies from. */
  readonly assignmentId: string;
  readonly form: FormValues;
  readonly chosen: Chosen;
}

export type ForecastContext = Omit<FormContext, 'applicantId' | 'unitId'>;

/** The answer for the page, and what `submit` needs to make the request. */
export interface Forecast {
  readonly answer: ForecastAnswer;
  readonly checked: CheckedForm;
  readonly applicant: PersonSnapshot | null;
  readonly steps: readonly ForecastStep[];
}

export function forecast(template: Template, draft: Draft, ctx: ForecastContext): Forecast {
  const applicant = applicantOf(draft, ctx);
  const unitId = applicant?.unitId ?? '';
  const checked = checkForm(template, draft.form, { ...ctx, applicantId: draft.personId, unitId });
  const path = applicant === null ? [] : pathOf(template, draft, checked, applicant, ctx);
  const reasons = reasonsOf(template, checked, path, applicant);
  return {
    answer: {
      title: checked.title,
      computed: {
        days: checked.days,
        ...(checked.balance === null ? {} : { balance: checked.balance }),
        provisional: checked.provisional,
      },
      fieldNotes: [...checked.fieldNotes],
      figures: [...checked.figures],
      required: [...checked.required],
      path,
      estimateWords: estimateWords(template, path),
      canSubmit: reasons.length === 0,
      reasons,
    },
    checked,
    applicant,
    steps: path
      .filter((step) => step.mode !== 'cc')
      .map((step) => ({ stepKey: step.stepKey, personIds: step.people.map((p) => p.personId) })),
  };
}

function applicantOf(draft: Draft, ctx: ForecastContext): PersonSnapshot | null {
  const found = snapshot(ctx.org, draft.personId, draft.assignmentId);
  const holds = found?.assignmentId === draft.assignmentId && isActive(ctx.org, draft.personId);
  return holds ? found : null;
}

/** @throws `approvals.cannot_submit` with every reason and the notes per field (R18: refused at preview). */
export function mustBeSubmittable(template: Template, found: Forecast): PersonSnapshot {
  const { answer, applicant, checked } = found;
  if (answer.canSubmit && applicant !== null) return applicant;
  const missing = checked.missing.map((field) => ({
    field,
    tone: 'error' as const,
    words: missingWords(template, checked, field),
  }));
  const fieldNotes = [...answer.fieldNotes.filter((note) => note.tone === 'error'), ...missing];
  throw refused('approvals.cannot_submit', { reasons: answer.reasons, fieldNotes });
}

/* ---------- path ---------- */

function pathOf(
  template: Template,
  draft: Draft,
  checked: CheckedForm,
  applicant: PersonSnapshot,
  ctx: ForecastContext,
): PathStep[] {
  const copied = new Set<string>();
  return pathFor(template, checked.values)
    .map((place) => {
      const { step } = place;
      const resolve = {
        org: ctx.org,
        applicant,
        stepKey: step.key,
        chosen: draft.chosen,
        values: checked.values,
      };
      const seats = resolveSeats(step.assignees, resolve);
      const shown = step.kind === 'cc' ? notYetCopied(seats, copied) : seats;
      const problem =
        step.kind === 'cc'
          ? null
          : problemOf(step, seats, (id, from) => mayBeChosen(resolve, id, from), draft);
      const branch = branchOfPlace(place);
      const told = pathStep(template, step, checked, shown, problem);
      return branch === undefined ? told : { ...told, branch };
    })
    .filter((step) => step.mode !== 'cc' || step.people.length > 0);
}

/** R29: one copy per person. */
function notYetCopied(seats: readonly Seat[], copied: Set<string>): Seat[] {
  return seats.filter((seat) => {
    const id = seat.person?.personId;
    if (id === undefined || copied.has(id)) return false;
    copied.add(id);
    return true;
  });
}

function pathStep(
  template: Template,
  step: TemplateStep,
  checked: CheckedForm,
  seats: readonly Seat[],
  problem: string | null,
): PathStep {
  const people = seats.flatMap((seat) => (seat.person === null ? [] : [{ seat, person: seat.person }]));
  const mode = step.kind === 'cc' ? 'cc' : step.mode;
  const needed = step.kind !== 'cc' && step.mode === 'quorum' ? step.needed : undefined;
  const needs =
    step.kind === 'cc' ? '' : roleWords(step.role, modeWords(step.mode, step.refusal, people.length, needed));
  const when = stepWhy(template, step, checked.values, 'short');
  const choice = choiceOf(step);
  return {
    stepKey: step.key,
    title: step.title,
    mode,
    why: [when, needs].filter((part) => part !== '').join('，'),
    people: people.map(({ seat, person }) => ({
      personId: person.personId,
      name: person.name,
      unitName: person.unitName,
      title: person.title,
      label: seat.label,
      why: explainWhy({ why: stepWhy(template, step, checked.values, 'opened') }, seat.why),
    })),
    ...(choice === null ? {} : { chosenByApplicant: choice }),
    ...(problem === null ? {} : { problem }),
  };
}

function choiceOf(step: TemplateStep): { min: number; max: number; from: 'unit' | 'school' } | null {
  const spec = step.assignees.find((a) => a.by.rule === 'applicantChoice');
  if (spec?.by.rule !== 'applicantChoice') return null;
  const { min, max, from } = spec.by;
  return { min, max, from };
}

/** R18: an empty seat that can be foreseen. In 或签 one who can act is enough. */
function problemOf(
  step: TemplateStep,
  seats: readonly Seat[],
  mayChoose: (personId: string, from: 'unit' | 'school') => boolean,
  draft: Draft,
): string | null {
  const choice = choiceOf(step);
  const picked = Object.hasOwn(draft.chosen, step.key) ? (draft.chosen[step.key] ?? []) : [];
  if (choice !== null && picked.length > choice.max) return `最多选 ${String(choice.max)} 人`;
  if (choice !== null && picked.some((id) => !mayChoose(id, choice.from)))
    return '选的人里有不能审批的，请重新选择';
  return emptySeat(step, seats);
}

/** What a step lacks to be decided by these seats; null when it can be. */
export function emptySeat(step: TemplateStep, seats: readonly Seat[]): string | null {
  const missing = seats.filter((seat) => seat.person === null);
  const enough = step.kind === 'approve' && step.mode === 'any' && missing.length < seats.length;
  const found = seats.length - missing.length;
  const lack = step.kind === 'approve' && step.mode === 'quorum' ? lackOf(step.needed, found) : 0;
  if (lack > 0) return `需 ${String(found + lack)} 人同意，只找到 ${String(found)} 人`;
  return missing.length === 0 || enough ? null : (missing[0]?.missing ?? null);
}

/* ---------- words ---------- */

function reasonsOf(
  template: Template,
  checked: CheckedForm,
  path: readonly PathStep[],
  applicant: PersonSnapshot | null,
): string[] {
  if (applicant === null) return ['请重新选择以哪个岗位申请。'];
  const errors = checked.fieldNotes.filter((note) => note.tone === 'error').map((note) => note.words);
  const missing = checked.missing
    .filter((key) => !checked.fieldNotes.some((note) => note.field === key && note.tone === 'error'))
    .map((key) => missingWords(template, checked, key));
  const problems = path.flatMap((s) => (s.problem === undefined ? [] : [`${s.title}：${s.problem}。`]));
  const human = path.some((step) => step.mode !== 'cc');
  const dead = human ? [] : ['按现在的内容没有审批人，请联系管理员。'];
  return [...errors, ...missing, ...problems, ...dead];
}

/** "请填写事由。"; where a rule asks for it, with the rule: "请假超过 5 个工作日，请选择工作交接人。" */
export function missingWords(template: Template, checked: CheckedForm, key: string): string {
  const field = fieldOf(template, key);
  if (field === undefined) return '';
  const verb = VERBS[field.type] ?? '填写';
  const ask = `请${verb}${field.label}。`;
  if (typeof field.required === 'boolean') return ask;
  const proof = checked.values['proofWords'];
  if (field.type === 'attachment' && typeof proof === 'string') return `${proof}，请上传。`;
  return `${conditionWords(field.required.when, vocabulary(template, checked.values))}，${ask}`;
}

const VERBS: Readonly<Record<string, string>> = {
  signature: '完成',
  leaveType: '选择',
  select: '选择',
  choice: '选择',
  halfDayRange: '选择',
  person: '选择',
  date: '选择',
  attachment: '上传',
  request: '选择',
  image: '上传',
  unit: '选择',
  multi: '选择',
  dateTime: '选择',
  dateRange: '选择',
};

/** "约 2 个工作日": what the steps' clocks allow in all. */
function estimateWords(template: Template, path: readonly PathStep[]): string {
  const days = path.reduce((sum, shown) => {
    const step = stepAt(template, shown.stepKey);
    if (step?.kind !== 'approve' || step.allowWorkdays === null) return sum;
    return sum + step.allowWorkdays * (step.mode === 'sequential' ? Math.max(1, shown.people.length) : 1);
  }, 0);
  return days === 0 ? '' : `约 ${String(days)} 个工作日`;
}
