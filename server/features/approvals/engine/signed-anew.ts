/**
 * R13, R15: a signature is given for a form with that content. On the way back to whoever sent a request back, a step
 * that was signed by hand is not passed over when something its people see has changed since one of them signed.
 */
import { readFormula, namesIn } from '../fields/formula.ts';
import { keptIn } from '../fields/signature.ts';
import type { InstanceState } from '../model/state.ts';
import type { StepState } from '../model/steps.ts';
import { isSignature, type TemplateField } from '../fields/controls.ts';
import type { Template } from '../template/template.ts';
import { changedAfter, rightAt, sawVersion } from './form-edits.ts';
import { saidYes } from './tally.ts';

/**
 * Labels of what changed under the signatures of this step, in the form's order; empty where none was given or nothing
 * did. That somebody else signed the same is no change of it.
 */
export function changedUnderSignature(template: Template, state: InstanceState, step: StepState): string[] {
  if (step.signature !== true && !signedInForm(state, step)) return [];
  const seen = state.tasks
    .filter((task) => task.stepId === step.stepId && saidYes(task))
    .map((task) => sawVersion(state, task));
  if (seen.length === 0) return [];
  const changed = withReckoned(template, changedAfter(state, Math.min(...seen)));
  return template.fields
    .filter((field) => changed.has(field.key) && !isSignature(field))
    .filter(({ key }) => rightAt(template, step.stepKey, key) !== 'hidden')
    .map(({ label }) => label);
}

/** Somebody gave a signature in the form at this step. */
function signedInForm({ edits = [], tasks }: InstanceState, { stepId }: StepState): boolean {
  const here = new Set(tasks.filter((task) => task.stepId === stepId).map(({ taskId }) => taskId));
  return edits.some(
    ({ taskId, changes }) => here.has(taskId) && changes.some(({ after }) => keptIn(after) !== null),
  );
}

/** A sum one sees changes with the parts one may not see. */
function withReckoned({ fields }: Template, changed: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([
    ...changed,
    ...fields.filter((field) => operandsOf(field).some((key) => changed.has(key))).map(({ key }) => key),
  ]);
}

/** Formulas name fields and columns of tables (`items.amount`), never other formulas. */
function operandsOf(field: TemplateField): string[] {
  const reading = field.type === 'formula' ? readFormula(field.expression) : null;
  return reading?.ok === true ? namesIn(reading.expression).map((name) => name.split('.')[0] ?? name) : [];
}
