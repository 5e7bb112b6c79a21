/**
 * What somebody may not read of a request's form. Who sees it in several ways sees what any of them shows; the
 * applicant, and whoever keeps the queue it waits in, see everything. A hidden value leaves the server in no answer.
 */
import { notFound } from '../../kernel/errors.ts';
import { fieldsOf } from './model/condition.ts';
import { idsOf, valueOf } from './form/fields.ts';
import type { InstanceState } from './model/state.ts';
import { placeOf, stepAt, stepsOf } from './template/plan.ts';
import { mayAssign, type Viewer } from './policy.ts';
import { conditionKeysOf, isFiles } from './fields/controls.ts';
import type { Template } from './template/template.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** Keys of fields; those computed from them are left out by `readable`. */
export function hiddenFrom(template: Template, state: InstanceState, viewer: Viewer): ReadonlySet<string> {
  if (stepsOf(template).every(({ fields }) => fields === undefined)) return NOTHING;
  if (state.applicant.personId === viewer.personId || mayAssign(state, viewer)) return NOTHING;
  const ways = waysOf(template, state, viewer.personId);
  const all = template.fields.map(({ key }) => key);
  return new Set(all.filter((key) => ways.every((hidden) => hidden.has(key))));
}

/**
 * By each step they were asked, stood in for, consulted or copied at: the fields hidden there. Sent it to read, those its
 * sender could not read.
 */
function waysOf(template: Template, state: InstanceState, personId: string): ReadonlySet<string>[] {
  const { steps, tasks, copies, consults = [], circulations = [] } = state;
  const asked = [
    ...tasks.filter((task) => task.person.personId === personId || task.onBehalfOf?.personId === personId),
    ...consults.filter(({ person }) => person.personId === personId),
  ].map((one) => steps.find(({ stepId }) => stepId === one.stepId)?.stepKey ?? '');
  const copied = copies.filter(({ person }) => person.personId === personId).map(({ stepKey }) => stepKey);
  const sent = circulations.filter(({ readers }) =>
    readers.some(({ person }) => person.personId === personId),
  );
  return [
    ...[...new Set([...asked, ...copied])].map((stepKey) => hiddenAt(template, stepKey)),
    ...sent.map(({ hidden }) => new Set(hidden)),
  ];
}

function hiddenAt(template: Template, stepKey: string): ReadonlySet<string> {
  const fields = stepAt(template, stepKey)?.fields ?? {};
  return new Set(Object.keys(fields).filter((key) => fields[key] === 'hidden'));
}

/** The template without what is hidden and what is computed from it: what facts, cards and lists are made with. */
export function readable(template: Template, hidden: ReadonlySet<string>): Template {
  if (hidden.size === 0) return template;
  return {
    ...template,
    fields: template.fields.filter(({ key }) => !hidden.has(key)),
    computed: template.computed.filter(({ type, range }) => !hidden.has(type) && !hidden.has(range)),
  };
}

/** Whether the reason a step takes part for would tell what is hidden: "金额超过 1000". */
export function tellsHidden(template: Template, hidden: ReadonlySet<string>, stepKey: string): boolean {
  const place = placeOf(template, stepKey);
  const whens = [place?.step.when, ...(place?.within ?? []).map(({ branch }) => branch.branch.when)];
  if (hidden.size === 0) return false;
  const secret = secretKeys(template, hidden);
  return whens.some((when) => when !== undefined && fieldsOf(when).some((key) => secret.has(key)));
}

/** What is hidden, its parts that conditions name, and what is computed from it. */
export function secretKeys(template: Template, hidden: ReadonlySet<string>): ReadonlySet<string> {
  const lost = template.computed.filter(({ type, range }) => hidden.has(type) || hidden.has(range));
  const parts = template.fields.filter(({ key }) => hidden.has(key)).flatMap(conditionKeysOf);
  return new Set([...hidden, ...parts, ...lost.flatMap(({ key }) => [key, 'proofRequired'])]);
}

/**
 * Whether a file of the request is one this viewer may read. Of whoever may not read every field only what is known to
 * stand in one they may: what was replaced when the form was handed in again belongs to no field any more.
 */
export function maySeeFile(
  template: Template,
  state: InstanceState,
  viewer: Viewer,
): (fileId: string) => boolean {
  const hidden = hiddenFrom(template, state, viewer);
  if (hidden.size === 0) return () => true;
  const open = template.fields.filter((field) => isFiles(field) && !hidden.has(field.key));
  const shown = new Set([
    ...open.flatMap(({ key }) => idsOf(valueOf(state.form, key))),
    ...(state.signatures ?? []).flatMap(({ key, fileId }) => (hidden.has(key) ? [] : [fileId])),
    ...state.tasks.flatMap(({ signature }) => signature?.fileId ?? []),
    ...state.comments.flatMap(({ files = [] }) => files.map(({ fileId }) => fileId)),
  ]);
  return (fileId) => shown.has(fileId);
}

/** @throws notFound, as if it did not exist, for a file of a hidden field */
export function mustSeeFile(template: Template, state: InstanceState, viewer: Viewer, fileId: string): void {
  if (!maySeeFile(template, state, viewer)(fileId)) throw notFound('approvals.not_visible');
}
