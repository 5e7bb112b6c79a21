/**
 * A decider changes fields their step may change (R40). Each field has a version of its own: two people of one 会签
 * who change different fields both succeed, who changes a field somebody changed meanwhile is told and changes nothing.
 * What follows later is judged on the changed form (R24); the forecast stays, so that differences to it are logged.
 */
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { conflict, forbidden, refused } from '../../../kernel/errors.ts';
import type { FormValues } from '../contract.ts';
import { idsOf, isEmpty, valueOf } from '../form/fields.ts';
import type { InstanceState } from '../model/state.ts';
import type { TaskState } from '../model/tasks.ts';
import type { EditState, FieldChange, FieldEdit, FieldRight, FormEdit } from '../model/edits.ts';
import { stepAt } from '../template/plan.ts';
import { isFiles, type TemplateField } from '../fields/controls.ts';
import { fieldOf, type Template } from '../template/template.ts';
import { mustSignEdits } from './form-signatures.ts';
import { emit, type Run } from './run.ts';

/** All together, so that a request's document stays of a size one can read. */
export const EDITS_PER_REQUEST = 100;

/** How often a field was changed since the request was made. */
export function fieldVersion({ edits = [], resubmissions = [] }: InstanceState, key: string): number {
  return [...edits, ...resubmissions.map(({ changed }) => ({ changes: changed }))].filter(({ changes }) =>
    changes.some((change) => change.key === key),
  ).length;
}

/** Of the whole form; 1 as it was handed in first. */
export const formVersion = ({ edits = [], resubmissions = [] }: InstanceState): number =>
  1 + edits.length + resubmissions.filter(({ changed }) => changed.length > 0).length;

/**
 * The version a decision was made on; on decisions from before edits the one of their time. A request is handed in again
 * with nothing open, so what came before a task is what began its round or an earlier one.
 */
export function sawVersion({ resubmissions = [] }: InstanceState, task: TaskState): number {
  const before = resubmissions.filter(({ round, changed }) => round <= task.round && changed.length > 0);
  return task.formVersion ?? 1 + before.length;
}

/** Fields that were changed after this version of the form, by whomever. */
export function changedAfter(
  { edits = [], resubmissions = [] }: InstanceState,
  seen: number,
): ReadonlySet<string> {
  const byVersion = new Map(edits.map(({ version, changes }) => [version, changes.map(({ key }) => key)]));
  // Only edits say which version they made; the others were made by handing in again, in order.
  const handedIn = resubmissions
    .map(({ changed }) => changed.map(({ key }) => key))
    .filter(({ length }) => length > 0);
  let version = 2;
  for (const keys of handedIn) {
    while (byVersion.has(version)) version += 1;
    byVersion.set(version, keys);
  }
  return new Set([...byVersion].flatMap(([made, keys]) => (made > seen ? keys : [])));
}

/** To be put into an event of a decision; nothing while the form is as it was handed in. */
export function seenForm(state: InstanceState): { formVersion?: number } {
  const version = formVersion(state);
  return version === 1 ? {} : { formVersion: version };
}

export function rightAt(template: Template, stepKey: string, key: string): FieldRight {
  const fields = stepAt(template, stepKey)?.fields ?? {};
  return Object.hasOwn(fields, key) ? (fields[key] ?? 'read') : 'read';
}

/** R40: somebody else changed what this task's step shows, after the task was opened: a card of it shows old words. */
export const changedSinceOpened = (template: Template, state: InstanceState, task: TaskState): boolean =>
  changedByOthers(template, state, task, ({ at }) => at > task.openedAt);

/** The same since the form was shown as this version. */
export const changedSinceSeen = (
  template: Template,
  state: InstanceState,
  task: TaskState,
  seen: number,
): boolean => changedByOthers(template, state, task, ({ version }) => version > seen);

function changedByOthers(
  template: Template,
  state: InstanceState,
  task: TaskState,
  isLater: (edit: EditState) => boolean,
): boolean {
  const stepKey = state.steps.find(({ stepId }) => stepId === task.stepId)?.stepKey ?? '';
  return (state.edits ?? []).some(
    (edit) =>
      isLater(edit) &&
      edit.by.personId !== task.person.personId &&
      edit.changes.some(({ key }) => rightAt(template, stepKey, key) !== 'hidden'),
  );
}

/**
 * The form as it would be; whether its values are good is not asked here.
 * @throws `approvals.field_not_editable`, `approvals.field_changed` (R40), `approvals.files_only_added`
 */
export function editedForm(
  template: Template,
  state: InstanceState,
  stepKey: string,
  edits: readonly FieldEdit[],
): { readonly form: FormValues; readonly changes: readonly FieldChange[] } {
  const changes = edits.flatMap((edit) => {
    const field = fieldOf(template, edit.key);
    if (field === undefined || rightAt(template, stepKey, edit.key) !== 'edit')
      throw forbidden('approvals.field_not_editable', { label: field?.label ?? edit.key });
    return changeOf(state, field, edit);
  });
  const form = { ...state.form };
  for (const { key, after } of changes) form[key] = after;
  return { form, changes };
}

function changeOf(state: InstanceState, field: TemplateField, edit: FieldEdit): FieldChange[] {
  const { key, label } = field;
  const before = valueOf(state.form, key) ?? null;
  const after = isEmpty(edit.value) ? null : edit.value;
  // The same act again, or two people of one mind.
  if (same(isEmpty(before) ? null : before, after)) return [];
  if (edit.version !== fieldVersion(state, key)) throw changedMeanwhile(state, key, label);
  const gone = isFiles(field) && idsOf(before).some((id) => !idsOf(after ?? undefined).includes(id));
  if (gone) throw refused('approvals.files_only_added', { label });
  return [{ key, label, before, after }];
}

function changedMeanwhile(state: InstanceState, key: string, label: string) {
  const last = (state.edits ?? []).findLast(({ changes }) => changes.some((change) => change.key === key));
  return conflict('approvals.field_changed', { label, name: last?.by.name ?? state.applicant.name });
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** @returns false where nothing differs */
export function applyEdit(run: Run, { taskId, stepId }: TaskState, edit: FormEdit | undefined): boolean {
  if (edit === undefined) return false;
  const { state, ctx } = run;
  const stepKey = state.steps.find((step) => step.stepId === stepId)?.stepKey ?? '';
  const { changes } = editedForm(ctx.template, state, stepKey, edit.edits);
  if (changes.length === 0) return false;
  mustSignEdits(ctx.template, state, run.by, changes);
  if ((state.edits ?? []).length >= EDITS_PER_REQUEST)
    throw refused('approvals.too_many_edits', { max: EDITS_PER_REQUEST });
  const { title, values } = edit;
  const version = formVersion(state) + 1;
  emit(run, { type: 'formEdited', editId: ctx.newId(), taskId, version, changes, title, values });
  return true;
}
