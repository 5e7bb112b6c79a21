/** What a change of the form means for the state. No rule lives here, as in apply.ts. */
import type { FormValues } from '../contract.ts';
import { signaturesIn } from '../fields/signature.ts';
import type { InstanceEvent } from '../model/events.ts';
import { type Draft, set } from './draft.ts';

export function formEdited(draft: Draft, event: Extract<InstanceEvent, { type: 'formEdited' }>): void {
  const { editId, at, by, taskId, version, changes, title, values } = event;
  const form = { ...draft.form };
  for (const { key, after } of changes) form[key] = after;
  const one = { editId, at, by, taskId, round: draft.round, version, changes };
  set(draft, { form, title, values, edits: [...(draft.edits ?? []), one] });
  rememberSignatures(draft, form);
}

export function rememberSignatures(draft: Draft, form: FormValues): void {
  const { signatures = [] } = draft;
  const fresh = signaturesIn(form).filter(({ hash }) => !signatures.some((known) => known.hash === hash));
  if (fresh.length > 0) set(draft, { signatures: [...signatures, ...fresh] });
}
