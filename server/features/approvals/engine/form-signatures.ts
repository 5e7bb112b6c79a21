/**
 * 签名 in the form. Whoever hands the form in, or changes it, signs for themselves and anew: nobody puts in another's
 * signature, and no picture is used twice in a request, for the form or for a decision (R15).
 */
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { forbidden, refused } from '../../../kernel/errors.ts';
import type { FieldValue, FormValues, KeptSignature } from '../contract.ts';
import { keptIn } from '../fields/signature.ts';
import { isEmpty, valueOf } from '../form/fields.ts';
import type { By } from '../model/people.ts';
import type { InstanceState } from '../model/state.ts';
import type { FieldChange } from '../model/edits.ts';
import { isHandlers, isSignature, type TemplateField } from '../fields/controls.ts';
import { fieldOf, type Template } from '../template/template.ts';

type Given = Pick<InstanceState, 'signatures' | 'tasks'>;
const NOTHING: Given = { tasks: [] };

/**
 * The form as it is handed in: the applicant's signatures are new ones; those of others may only stay as they are.
 * @param before the request it is handed in again for
 * @throws `approvals.signature_not_yours`, `approvals.signature_used`
 */
export function mustSignHandIn(
  template: Template,
  before: InstanceState | null,
  by: By,
  form: FormValues,
): void {
  const filled = template.fields.filter(({ key }) => !isEmpty(valueOf(form, key)));
  const others = filled.find(
    (field) =>
      isHandlers(field) && !same(before ? valueOf(before.form, field.key) : null, valueOf(form, field.key)),
  );
  if (others !== undefined) throw notYours(template, others.key);
  const own = filled.filter((field) => isSignature(field) && !isHandlers(field)).map(({ key }) => key);
  mustBeFresh(template, before ?? NOTHING, by, pick(form, own));
}

/** What somebody changes in the form; a signature once given is replaced by one's own, never taken out. */
export function mustSignEdits(
  template: Template,
  state: InstanceState,
  by: By,
  changes: readonly FieldChange[],
): void {
  const signed = changes.filter(({ key }) => isSignatureKey(template, key));
  const emptied = signed.find(({ after }) => keptIn(after) === null);
  if (emptied !== undefined) throw refused('approvals.signature_stays', { label: emptied.label });
  mustBeFresh(template, state, by, Object.fromEntries(signed.map(({ key, after }) => [key, after])));
}

function mustBeFresh(template: Template, { signatures = [], tasks }: Given, by: By, form: FormValues): void {
  const used = new Set([
    ...signatures.map(({ hash }) => hash),
    ...tasks.flatMap(({ signature }) => signature?.hash ?? []),
  ]);
  for (const [key, value] of Object.entries(form)) {
    const { personId, hash = '' } = keptIn(value) ?? {};
    if (personId === undefined || personId !== by.personId) throw notYours(template, key);
    if (used.has(hash)) throw refused('approvals.signature_used');
    used.add(hash);
  }
}

/** Whether this picture was given in the form; then it is none of a decision. */
export const isUsedInForm = ({ signatures = [] }: InstanceState, hash: string): boolean =>
  signatures.some((one) => one.hash === hash);

/**
 * The form the applicant hands in again, with what others signed in it before: it stays while the applicant leaves
 * everything else as it was, and is given anew otherwise.
 */
export function withOthersSignatures(
  { fields }: Template,
  before: FormValues,
  after: FormValues,
): FormValues {
  const isSame = fields.every(
    (field) => isSignature(field) || same(valueOf(before, field.key), valueOf(after, field.key)),
  );
  const form: Record<string, FieldValue> = { ...after };
  for (const { key } of fields.filter(isHandlers)) {
    const value = valueOf(before, key);
    if (isSame && value !== undefined) form[key] = value;
    else delete form[key];
  }
  return form;
}

/** Whether a field is another than it was. The applicant's signature is new each time, and is no change for that. */
export function isChanged(field: TemplateField, before: FormValues, after: FormValues): boolean {
  const [was, is] = [valueOf(before, field.key), valueOf(after, field.key)];
  if (isSignature(field) && !isHandlers(field)) return isEmpty(was) !== isEmpty(is);
  return !same(was, is);
}

/** Labels of what others, or the signer later, changed in the form since this signature was given. */
export function changedSince(
  { fields }: Template,
  { edits = [], resubmissions = [] }: InstanceState,
  { hash }: KeptSignature,
): string[] {
  const given = edits.findIndex(({ changes }) => changes.some(({ after }) => keptIn(after)?.hash === hash));
  const round = resubmissions.at(-1)?.round ?? 1;
  const later = edits.filter((edit, at) => (given === -1 ? edit.round >= round : at > given));
  const changed = new Set(later.flatMap(({ changes }) => changes.map(({ key }) => key)));
  return fields.filter((field) => changed.has(field.key) && !isSignature(field)).map(({ label }) => label);
}

const pick = (form: FormValues, keys: readonly string[]): FormValues =>
  Object.fromEntries(keys.map((key) => [key, valueOf(form, key) ?? null]));

const same = (a: FieldValue | undefined, b: FieldValue | undefined): boolean =>
  canonicalJson(a ?? null) === canonicalJson(b ?? null);

function isSignatureKey(template: Template, key: string): boolean {
  const field = fieldOf(template, key);
  return field !== undefined && isSignature(field);
}
const notYours = (template: Template, key: string) =>
  forbidden('approvals.signature_not_yours', { label: fieldOf(template, key)?.label ?? key });
