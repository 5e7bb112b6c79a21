import type { Role } from '../../../kernel/actor.ts';
import { forbidden } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { askChoices, type Choices, type ChoiceSource } from '../form/choice.ts';
import { retiredKeys } from '../design/states.ts';
import type { TemplateLibrary } from '../store/templates.ts';
import type { Template } from '../template/template.ts';
import type { DryRunAnswer, DryRunListAnswer, PersonWalkAnswer } from './contract.ts';
import { personWalk } from './person-walk.ts';
import { dryRun, travellersOf, type DryRun, type WholeOrg } from './walk.ts';

export interface DryRunContext {
  readonly templates: TemplateLibrary;
  /** The same object while nothing in the directory changed. */
  readonly orgOf: (reads: Reads) => Promise<WholeOrg>;
  /** What rooms offer, by source. */
  readonly choices: ReadonlyMap<string, ChoiceSource>;
}

/** Who keeps templates, and who keeps the records they are walked over. */
const READERS: readonly Role[] = ['creator', 'superAdmin', 'moduleManager', 'hrMaintainer'];

/** @throws forbidden `approvals.not_template_keeper` */
export function mustMayDryRun(roles: readonly Role[]): void {
  if (!roles.some((role) => READERS.includes(role))) throw forbidden('approvals.not_template_keeper');
}

export type Walk = (template: Template, choices: Choices) => DryRun;

// A walk is good for as long as the directory it was made over.
const walks = new WeakMap<WholeOrg, Map<string, DryRun>>();

/** Walks a template over this directory, once. */
export function walkerOf(org: WholeOrg): Walk {
  const known = walks.get(org) ?? new Map<string, DryRun>();
  walks.set(org, known);
  let travellers: ReturnType<typeof travellersOf> | null = null;
  return (template, choices) => {
    const name = `${template.key}@${template.version} ${JSON.stringify(choices)}`;
    const before = known.get(name);
    if (before) return before;
    const made = dryRun(template, org, (travellers ??= travellersOf(org)), choices);
    known.set(name, made);
    return made;
  };
}

/** What is offered to nobody in particular: the things of the institution, not one's own. */
export const offeredTo = (
  ctx: Pick<DryRunContext, 'choices'>,
  reads: Reads,
  template: Template,
): Promise<Choices> => askChoices(ctx.choices, reads, template, '');

/** Every template in force with its walk; others get their turn between two of them. */
export async function walkAll(
  ctx: DryRunContext,
  reads: Reads,
): Promise<{ template: Template; run: DryRun }[]> {
  const walk = walkerOf(await ctx.orgOf(reads));
  const all: { template: Template; run: DryRun }[] = [];
  const retired = await retiredKeys(reads);
  for (const template of await ctx.templates.all(reads)) {
    // Nobody can apply for it, so nobody can get stuck.
    if (retired.has(template.key)) continue;
    all.push({ template, run: walk(template, await offeredTo(ctx, reads, template)) });
    await new Promise((next) => void setImmediate(next));
  }
  return all;
}

export async function listDryRuns(ctx: DryRunContext, reads: Reads): Promise<DryRunListAnswer> {
  const all = await walkAll(ctx, reads);
  const sum = (count: (run: DryRun) => number) => all.reduce((total, { run }) => total + count(run), 0);
  return {
    people: all[0]?.run.people ?? 0,
    runs: sum(({ runs }) => runs),
    dead: sum(({ dead }) => dead),
    items: all
      .map(({ template, run }) => ({
        ...headOf(template, run),
        reasons: run.deadEnds.length,
        branches: run.branches.length,
      }))
      .sort((a, b) => b.dead - a.dead),
  };
}

/** What is shown at once; the rest is counted. */
const MOST_ENDS = 100;
const MOST_UNITS = 8;

export async function readDryRun(
  ctx: DryRunContext,
  reads: Reads,
  templateKey: string,
): Promise<DryRunAnswer> {
  const template = await ctx.templates.latest(reads, templateKey);
  return dryRunAnswer(
    template,
    walkerOf(await ctx.orgOf(reads))(template, await offeredTo(ctx, reads, template)),
  );
}

export function dryRunAnswer(template: Template, run: DryRun): DryRunAnswer {
  return {
    ...headOf(template, run),
    longest: Math.max(...run.branches.map(({ steps }) => steps.length)),
    deadEnds: run.deadEnds.slice(0, MOST_ENDS).map((end) => ({
      ...end,
      branches: [...end.branches],
      allBranches: end.branches.length === run.branches.length,
      units: end.units.slice(0, MOST_UNITS).map((unit) => ({ ...unit })),
      moreUnits: Math.max(0, end.units.length - MOST_UNITS),
    })),
    moreDeadEnds: Math.max(0, run.deadEnds.length - MOST_ENDS),
    branches: run.branches.map((branch) => ({ ...branch, steps: [...branch.steps] })),
  };
}

export async function readPersonWalk(
  ctx: DryRunContext,
  reads: Reads,
  { templateKey, personId }: { readonly templateKey: string; readonly personId: string },
): Promise<PersonWalkAnswer> {
  const template = await ctx.templates.latest(reads, templateKey);
  return personWalk(template, await ctx.orgOf(reads), personId, await offeredTo(ctx, reads, template));
}

const headOf = ({ key, title, group, version }: Template, { people, runs, dead, deadPeople }: DryRun) => ({
  templateKey: key,
  title,
  group,
  version,
  people,
  runs,
  dead,
  deadPeople,
});
