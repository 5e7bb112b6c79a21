/** 签名 of the form: what was sent becomes who signed what, when. The engine says whether they may. */
import type { PersonActor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { FieldValue, FormValues, GivenSignature, KeptSignature } from '../contract.ts';
import { givenIn } from '../fields/signature.ts';
import { valueOf } from '../form/fields.ts';
import type { FieldEdit } from '../model/edits.ts';
import { isHandlers, isSignature } from '../fields/controls.ts';
import { fieldOf, type Template } from '../template/template.ts';
import type { ApprovalsContext } from './deps.ts';
import { type Pictures, signatureFrom } from './signature.ts';

/** What a form, or changes of one, carry to be looked at before the unit of work. */
export const givenSignatures = (values: readonly (FieldValue | undefined)[]): GivenSignature[] =>
  values.flatMap((value) => givenIn(value) ?? []);

/** The form with the applicant's signatures as they are kept; what stands in fields of others is left as it is. */
export async function signedForm(
  ctx: ApprovalsContext,
  tx: Tx,
  actor: PersonActor,
  { fields }: Template,
  form: FormValues,
  pictures: Pictures,
): Promise<FormValues> {
  const signed: Record<string, FieldValue> = { ...form };
  for (const field of fields.filter((one) => isSignature(one) && !isHandlers(one))) {
    const given = givenIn(valueOf(form, field.key));
    if (given !== null) signed[field.key] = await kept(ctx, tx, actor, given, pictures);
  }
  return signed;
}

export async function signedEdits(
  ctx: ApprovalsContext,
  tx: Tx,
  actor: PersonActor,
  template: Template,
  edits: readonly FieldEdit[],
  pictures: Pictures,
): Promise<FieldEdit[]> {
  const signed: FieldEdit[] = [];
  for (const edit of edits) {
    const field = fieldOf(template, edit.key);
    const given = field !== undefined && isSignature(field) ? givenIn(edit.value) : null;
    const value = given === null ? edit.value : await kept(ctx, tx, actor, given, pictures);
    signed.push({ ...edit, value });
  }
  return signed;
}

async function kept(
  ctx: ApprovalsContext,
  tx: Tx,
  actor: PersonActor,
  given: GivenSignature,
  pictures: Pictures,
): Promise<KeptSignature> {
  const signature = await signatureFrom(ctx, tx, actor, given, pictures);
  return { ...signature, personId: actor.personId, name: actor.name, at: tx.now };
}
