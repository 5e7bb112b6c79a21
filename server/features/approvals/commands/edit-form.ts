/** A decider changes the form, alone or with the decision (R40). The changed form is checked as at submission. */
import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { refused } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { chosenBefore } from '../form/choice.ts';
import type { ActAnswer, FieldNote, FormValues, SignatureRequest } from '../contract.ts';
import { describeTask } from '../views/tasks.ts';
import { editedForm } from '../engine/form-edits.ts';
import { missingWords } from '../views/forecast.ts';
import { checkForm, type CheckedForm } from '../form/form.ts';
import { linkedRequests } from '../store/linked-requests.ts';
import { secretsOf } from '../store/secrets.ts';
import { withSecrets } from '../form/set-aside.ts';
import type { Decision } from '../model/events.ts';
import type { InstanceCommand } from '../model/commands.ts';
import type { InstanceState } from '../model/state.ts';
import type { Signature } from '../model/tasks.ts';
import type { FieldEdit, FormEdit } from '../model/edits.ts';
import { isKnownClosed } from '../store/known-states.ts';
import { lockApplicant, lockInstanceOfTask, readInstanceOfTask, saveContent } from '../store/requests.ts';
import type { Template } from '../template/template.ts';
import type { ApprovalsContext } from './deps.ts';
import { byOf, performOn } from './perform.ts';
import { givenSignatures, signedEdits } from './form-signatures.ts';
import { picturesOf, signed } from './signature.ts';
import { absencesOf, exclusiveRange, fileIdsOf, imagesOf, mustOwnFiles, startOf } from './submit.ts';

type EditingAct = Extract<InstanceCommand, { type: 'editForm' | 'approve' | 'handle' }>;

/**
 * @param command what is done with the checked edits
 * @param given the signature of the decision they are part of
 */
export async function actWithEdits(
  ctx: ApprovalsContext,
  actor: PersonActor,
  taskId: string,
  asked: readonly FieldEdit[],
  command: (edit: FormEdit, signature?: Signature) => EditingAct,
  given?: SignatureRequest,
): Promise<Decision> {
  if (isKnownClosed(taskId, actor.personId)) {
    const { state } = await ctx.db.read((reads) => readInstanceOfTask(reads, taskId));
    return { outcome: 'already', events: [], state };
  }
  const pictures = await picturesOf(ctx, actor, [given, ...givenSignatures(asked.map(({ value }) => value))]);
  return ctx.db.write(actor, async (tx) => {
    const seen = await readInstanceOfTask(tx, taskId);
    const template = await ctx.templates.version(tx, seen.templateKey, seen.templateVersion);
    // The order of submitting: the applicant's days first, then the request.
    if (exclusiveRange(template)) await lockApplicant(tx, seen.state.applicant.personId);
    const row = await lockInstanceOfTask(tx, taskId);
    const { state } = row;
    const stepKey = stepOfOpenTask(state, taskId, actor.personId);
    // Whose it is and whether it is open the engine says; there is nothing to check the form for.
    if (stepKey === null)
      return performOn(ctx, tx, row, command({ edits: asked, title: state.title, values: state.values }));
    const edits = await signedEdits(ctx, tx, actor, template, asked, pictures);
    const { form, changes } = editedForm(template, state, stepKey, edits);
    const { title, values } = await checkedEdit(ctx, tx, template, state, {
      form,
      edited: changes.map(({ key }) => key),
    });
    const known = new Set((await ctx.files.attached(tx, state.instanceId)).map(({ fileId }) => fileId));
    const fresh = fileIdsOf(template, { form }).filter((fileId) => !known.has(fileId));
    await mustOwnFiles(ctx, tx, actor, fresh, imagesOf(template, { form }));
    const decision = await signed(ctx, tx, actor, { given, pictures }, (signature) =>
      performOn(ctx, tx, row, command({ edits, title, values }, signature)),
    );
    if (changes.length > 0) await saveContent(tx, decision.state, startOf(template, { form }));
    if (fresh.length > 0) await ctx.files.attach(tx, fresh, state.instanceId);
    return decision;
  });
}

function stepOfOpenTask(state: InstanceState, taskId: string, personId: string): string | null {
  const task = state.tasks.find((one) => one.taskId === taskId);
  if (task?.status !== 'pending' || task.person.personId !== personId) return null;
  return state.steps.find(({ stepId }) => stepId === task.stepId)?.stepKey ?? null;
}

/**
 * By the day it was handed in on: what was in time then is in time now. Faults it had already (somebody named has left
 * meanwhile) are none of the one who changes another field.
 * @throws `approvals.edit_invalid` with the reasons and the notes per field
 */
async function checkedEdit(
  ctx: ApprovalsContext,
  reads: Reads,
  template: Template,
  state: InstanceState,
  { form, edited }: { readonly form: FormValues; readonly edited: readonly string[] },
): Promise<CheckedForm> {
  const { personId, unitId } = state.applicant;
  const around = {
    org: await ctx.orgOf(reads),
    calendar: ctx.calendar(),
    today: dateOf(state.resubmissions?.at(-1)?.at ?? state.submittedAt),
    absences: await absencesOf(ctx, reads, template, personId, state.instanceId),
    balances: await ctx.leaves().balancesOf(reads, personId, state.instanceId),
    request: await linkedRequests(reads, template, form, personId),
    // Chosen when it was handed in; deciders cannot choose otherwise (check/field-rights.ts).
    choices: chosenBefore(template, state.form, state.values),
    applicantId: personId,
    unitId,
  };
  // Sealed numbers are whole again for the check; they can be no part of an edit.
  const secrets = await secretsOf(ctx, reads, state.instanceId);
  const before = checkForm(template, withSecrets(template, state.form, secrets), around);
  const after = checkForm(template, withSecrets(template, form, secrets), around);
  const notes = [...errorsOf(template, after)].filter(
    (note) =>
      edited.includes(note.field) || !errorsOf(template, before).some((known) => known.words === note.words),
  );
  if (notes.length > 0)
    throw refused('approvals.edit_invalid', {
      reasons: [...new Set(notes.map(({ words }) => words))].join(''),
      fieldNotes: notes,
    });
  return after;
}

const errorsOf = (template: Template, checked: CheckedForm): FieldNote[] => [
  ...checked.fieldNotes.filter(({ tone }) => tone === 'error'),
  ...checked.missing.map((field) => ({
    field,
    tone: 'error' as const,
    words: missingWords(template, checked, field),
  })),
];

export async function editFormAnswer(
  ctx: ApprovalsContext,
  actor: PersonActor,
  taskId: string,
  edits: readonly FieldEdit[],
): Promise<ActAnswer> {
  const { outcome, state, events } = await actWithEdits(ctx, actor, taskId, edits, (edit) => ({
    type: 'editForm',
    by: byOf(actor),
    taskId,
    edit,
  }));
  const labels = events.flatMap((event) =>
    event.type === 'formEdited' ? event.changes.map(({ label }) => label) : [],
  );
  const described = describeTask(state, taskId);
  const already = described.code === 'pending' ? '没有改动' : described.sentence;
  return {
    outcome,
    words: outcome === 'done' ? `已修改${labels.join('、')}` : already,
    nextWords: null,
    nextItem: null,
  };
}
