/**
 * A template walked by everybody: each post of each active person through each branch, to the end or to the step where
 * it stops. Nothing is made and nobody is told. Only the directory decides here; what a form holds is the branches'.
 */
import type { AssigneeSpec, RuleCode, RuleSpec } from '../template/assignee.ts';
import { choiceValues, type Choices } from '../form/choice.ts';
import type { Values } from '../model/condition.ts';
import { emptySeat } from '../views/forecast.ts';
import { isActive, snapshot, unitChain, type Org } from '../model/org.ts';
import type { Seat } from '../model/steps.ts';
import { stepsOf } from '../template/plan.ts';
import { resolveSeats } from '../people/resolve.ts';
import { fieldOf, type Template, type TemplateStep } from '../template/template.ts';
import { branchesOf, type Branch } from './branches.ts';

/** The directory with everybody in it. */
export interface WholeOrg extends Org {
  people(): readonly { readonly personId: string; readonly active: boolean }[];
  units(): readonly { readonly unitId: string; readonly name?: string; readonly code?: string | null }[];
}

/** Where somebody's request would stop, told once for all it happens to in the same way. */
export interface DeadEnd {
  readonly stepKey: string;
  readonly title: string;
  /** "没有人担任信息化领导小组组长" */
  readonly reason: string;
  /** The rule that found nobody: what has to be mended. */
  readonly rule: RuleCode;
  readonly branches: readonly string[];
  /** Posts times branches. */
  readonly runs: number;
  readonly people: number;
  /** Departments, most people first. */
  readonly units: readonly { readonly unitId: string; readonly name: string; readonly people: number }[];
}

export interface BranchResult {
  readonly words: string;
  readonly steps: readonly string[];
  readonly good: number;
  readonly dead: number;
  /** Working days its clocks allow in all, one holder after the other counted once. */
  readonly workdays: number;
}

export interface DryRun {
  readonly people: number;
  readonly runs: number;
  readonly dead: number;
  readonly deadPeople: number;
  /** Most runs first. */
  readonly deadEnds: readonly DeadEnd[];
  readonly branches: readonly BranchResult[];
}

export interface Traveller {
  readonly personId: string;
  readonly assignmentId: string;
  readonly unitId: string;
}

/** Everybody active, once for each post they may apply from (R21). */
export function travellersOf(org: WholeOrg): Traveller[] {
  return org
    .people()
    .filter(({ active }) => active)
    .flatMap(({ personId }) =>
      org.assignmentsOf(personId).map(({ assignmentId, unitId }) => ({ personId, assignmentId, unitId })),
    );
}

/** @param choices what rooms offer for the template's fields; a step that follows from one is walked for each option */
export function dryRun(
  template: Template,
  org: WholeOrg,
  travellers = travellersOf(org),
  choices: Choices = {},
): DryRun {
  const branches = branchesOf(template);
  const faultsOf = faultFinder(template, org, choices);
  const ends = new Map<string, OpenEnd>();
  const counts = branches.map(() => ({ good: 0, dead: 0 }));
  const stopped = new Set<string>();
  for (const traveller of travellers) {
    branches.forEach((branch, at) => {
      const count = counts[at];
      if (count === undefined) return;
      const stops = branch.steps.flatMap((step) =>
        faultsOf(traveller, step).map((fault) => ({ step, ...fault })),
      );
      if (stops.length === 0) return void (count.good += 1);
      count.dead += 1;
      stopped.add(traveller.personId);
      for (const stop of stops) note(ends, stop, branch, traveller);
    });
  }
  const dead = counts.reduce((sum, one) => sum + one.dead, 0);
  return {
    people: new Set(travellers.map(({ personId }) => personId)).size,
    runs: travellers.length * branches.length,
    dead,
    deadPeople: stopped.size,
    deadEnds: [...ends.values()].map((end) => closed(end, org)).sort((a, b) => b.runs - a.runs),
    branches: branches.map((branch, at) => ({ ...shown(branch), ...(counts[at] ?? { good: 0, dead: 0 }) })),
  };
}

/* ---------- one step, one traveller ---------- */

/**
 * Why a step finds nobody, nothing where it finds them. Rules ask for the unit one applies from and for who one is; who
 * could sit in no seat is like everybody else of the unit, so they share one answer.
 */
export function faultFinder(template: Template, org: WholeOrg, choices: Choices = {}) {
  const special = possibleHolders(template, org);
  const known = new Map<string, readonly Fault[]>();
  const pool = new Map<string, number>();
  return ({ personId, assignmentId, unitId }: Traveller, step: TemplateStep): readonly Fault[] => {
    const who = special.has(personId) ? assignmentId : '';
    const key = `${step.key}|${unitId}|${who}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const applicant = snapshot(org, personId, assignmentId);
    const context = applicant && { org, applicant, stepKey: step.key, chosen: {}, values: {} };
    const faults =
      context === null
        ? [{ reason: '没有岗位', rule: ruleOf([], step.assignees) }]
        : offered(template, step, choices).flatMap(({ values, words }) => {
            const fault = stepFault(step, { ...context, values }, (unit) => choosable(org, pool, unit));
            return fault === null ? [] : [{ ...fault, reason: `${fault.reason}${words}` }];
          });
    known.set(key, faults);
    return faults;
  };
}

/** Why a step finds nobody, and by which of its rules. */
interface Fault {
  readonly reason: string;
  readonly rule: RuleCode;
}

type Context = Parameters<typeof resolveSeats>[1];

export interface Offered {
  readonly values: Values;
  /** "（合同专用章）"; '' where nothing is chosen. */
  readonly words: string;
}

/** What the form can say to a step that follows from a choice: each thing offered. */
export function offered(template: Template, { assignees }: TemplateStep, choices: Choices): Offered[] {
  const rules = assignees.flatMap(({ by, fallback }) => [by, ...fallback]);
  const field = rules.find((rule) => rule.rule === 'choiceHead')?.field;
  if (field === undefined) return [{ values: {}, words: '' }];
  const options = choices[field] ?? [];
  if (options.length === 0)
    return [{ values: {}, words: `（还没有可选的${fieldOf(template, field)?.label ?? ''}）` }];
  return options.map(({ value, label }) => ({
    values: choiceValues(template, { [field]: value }, choices),
    words: `（${label}）`,
  }));
}

function stepFault(
  step: TemplateStep,
  context: Context,
  choosableIn: (unitId: string | null) => number,
): Fault | null {
  if (step.kind === 'cc') return null;
  const chosen = step.assignees.filter(({ by }) => by.rule === 'applicantChoice');
  const others = step.assignees.filter(({ by }) => by.rule !== 'applicantChoice');
  for (const { by, label } of chosen) {
    if (by.rule !== 'applicantChoice') continue;
    // One of them is the applicant.
    const may = choosableIn(by.from === 'unit' ? context.applicant.unitId : null) - 1;
    if (may < by.min) return { reason: `没有可选的${label}`, rule: by.rule };
  }
  // A seat the applicant fills is enough where one of many decides; it counts as taken.
  if (chosen.length > 0 && (step.mode === 'any' || step.mode === 'quorum' || others.length === 0))
    return null;
  const seats = resolveSeats(others, context);
  const reason = emptySeat(step, seats);
  return reason === null ? null : { reason, rule: ruleOf(seats, others) };
}

/** The rule of the first empty seat; of the first seat where too few are named for a quorum. */
function ruleOf(seats: readonly Seat[], specs: readonly AssigneeSpec[]): RuleCode {
  const empty = seats.find(({ person }) => person === null)?.label;
  return (specs.find(({ label }) => label === empty) ?? specs[0])?.by.rule ?? 'named';
}

/** Who could be named by a rule of this template: only for them it matters who applies. */
function possibleHolders(template: Template, org: WholeOrg): ReadonlySet<string> {
  const rules = stepsOf(template).flatMap((step) =>
    step.assignees.flatMap(({ by, fallback }) => [by, ...fallback]),
  );
  const units = org.units().map(({ unitId }) => unitId);
  const heads = units.flatMap((unitId) => org.headsOf(unitId).map(({ personId }) => personId));
  return new Set([...heads, ...rules.flatMap((rule) => namedBy(rule, org, units))]);
}

function namedBy(rule: RuleSpec, org: Org, units: readonly string[]): string[] {
  if (rule.rule === 'named') return rule.personIds;
  if (rule.rule !== 'roleInScope') return [];
  const scopes = rule.scope === 'school' ? [null] : units;
  return scopes.flatMap((unitId) => org.roleHolders(rule.role, unitId).map(({ personId }) => personId));
}

/** How many active people work in the unit or below it; in the whole institution for null. */
function choosable(org: WholeOrg, known: Map<string, number>, unitId: string | null): number {
  if (known.size === 0) {
    for (const { personId } of org.people().filter((one) => isActive(org, one.personId))) {
      const units = org.assignmentsOf(personId).flatMap((post) => unitChain(org, post.unitId));
      for (const id of new Set(['', ...units.map((unit) => unit.unitId)]))
        known.set(id, (known.get(id) ?? 0) + 1);
    }
  }
  return known.get(unitId ?? '') ?? 0;
}

/* ---------- gathering ---------- */

interface Stop extends Fault {
  readonly step: TemplateStep;
}

interface OpenEnd {
  readonly stop: Stop;
  readonly branches: Set<string>;
  runs: number;
  readonly people: Map<string, string>;
}

function note(ends: Map<string, OpenEnd>, stop: Stop, branch: Branch, { personId, unitId }: Traveller): void {
  const key = `${stop.step.key}|${stop.reason}`;
  const end = ends.get(key) ?? { stop, branches: new Set(), runs: 0, people: new Map() };
  ends.set(key, end);
  end.branches.add(branch.words);
  end.runs += 1;
  if (!end.people.has(personId)) end.people.set(personId, unitId);
}

function closed({ stop, branches, runs, people }: OpenEnd, org: Org): DeadEnd {
  const units = new Map<string, { unitId: string; name: string; people: number }>();
  for (const unitId of people.values()) {
    const unit = org.departmentOf(unitId);
    const known = units.get(unit?.unitId ?? '');
    if (known) known.people += 1;
    else units.set(unit?.unitId ?? '', { unitId: unit?.unitId ?? '', name: unit?.name ?? '', people: 1 });
  }
  return {
    stepKey: stop.step.key,
    title: stop.step.title,
    reason: stop.reason,
    rule: stop.rule,
    branches: [...branches],
    runs,
    people: people.size,
    units: [...units.values()].sort((a, b) => b.people - a.people),
  };
}

function shown({ words, steps }: Branch): Omit<BranchResult, 'good' | 'dead'> {
  const human = steps.filter((step) => step.kind === 'approve');
  return {
    words,
    steps: human.map(({ title }) => title),
    workdays: human.reduce((sum, step) => sum + (step.allowWorkdays ?? 0), 0),
  };
}
