/** Seats that templates in force give to a person by name. Requests under way keep the version they were made with. */
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { AssigneeSpec, RuleSpec } from '../template/assignee.ts';
import { everyStep, stepsOf } from '../template/plan.ts';
import type { Template } from '../template/template.ts';
import type { TemplateLibrary } from '../store/templates.ts';

export interface NamedSeat {
  readonly templateKey: string;
  readonly title: string;
  /** Steps and seats: 部门审核（部门负责人）. */
  readonly where: readonly string[];
}

export async function namedSeats(
  library: TemplateLibrary,
  reads: Reads,
  personId: string,
): Promise<NamedSeat[]> {
  const templates = await library.all(reads);
  return templates.flatMap((template) => {
    const where = placesOf(template, personId);
    return where.length === 0 ? [] : [{ templateKey: template.key, title: template.title, where }];
  });
}

const placesOf = (template: Template, personId: string): string[] =>
  stepsOf(template).flatMap(({ title, assignees }) =>
    assignees
      .filter((spec) => rulesOf(spec).some((rule) => names(rule, personId)))
      .map(({ label }) => `${title}（${label}）`),
  );

const rulesOf = ({ by, fallback }: AssigneeSpec): readonly RuleSpec[] => [by, ...fallback];

const names = (rule: RuleSpec, personId: string): boolean =>
  rule.rule === 'named' && rule.personIds.includes(personId);

/** R25: `merges` where the successor is named everywhere already; `none` when the person is named nowhere. */
export async function trySeats(
  library: TemplateLibrary,
  reads: Reads,
  templateKey: string,
  { personId, successorId }: { readonly personId: string; readonly successorId: string },
): Promise<'takes' | 'merges' | 'none'> {
  const template = await library.latest(reads, templateKey);
  const rules = stepsOf(template)
    .flatMap(({ assignees }) => assignees.flatMap(rulesOf))
    .filter((rule) => names(rule, personId));
  if (rules.length === 0) return 'none';
  return rules.every((rule) => names(rule, successorId)) ? 'merges' : 'takes';
}

/** A new version with the successor in the person's seats. @returns its version and the one before; null: no change */
export async function takeSeats(
  library: TemplateLibrary,
  tx: Tx,
  templateKey: string,
  who: { readonly personId: string; readonly successorId: string },
): Promise<{ readonly before: number; readonly after: number } | null> {
  const before = await library.latest(tx, templateKey);
  const { version } = await library.publish(tx, withSuccessor(before, who));
  return version === before.version ? null : { before: before.version, after: version };
}

/** The version before again, unless the template was changed since. */
export async function giveSeatsBack(
  library: TemplateLibrary,
  tx: Tx,
  templateKey: string,
  { before, after }: { readonly before: number; readonly after: number },
): Promise<boolean> {
  const latest = await library.latest(tx, templateKey);
  if (latest.version !== after) return false;
  await library.publish(tx, await library.version(tx, templateKey, before));
  return true;
}

function withSuccessor(
  template: Template,
  { personId, successorId }: { readonly personId: string; readonly successorId: string },
): Template {
  const inRule = (rule: RuleSpec): RuleSpec => {
    if (rule.rule !== 'named') return rule;
    const ids = rule.personIds.map((id) => (id === personId ? successorId : id));
    return { ...rule, personIds: [...new Set(ids)] };
  };
  const inSpec = (spec: AssigneeSpec): AssigneeSpec => ({
    ...spec,
    by: inRule(spec.by),
    fallback: spec.fallback.map(inRule),
  });
  return {
    ...template,
    steps: everyStep(template.steps, (step) => ({ ...step, assignees: step.assignees.map(inSpec) })),
  };
}
