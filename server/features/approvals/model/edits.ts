/**
 * The part of a request's model about its form while it runs: what deciders change in it, and which version of it a
 * decision was made on. Every field here is optional in the state, so that older requests replay to what they were.
 */
import type { FieldValue, KeptSignature } from '../contract.ts';
import type { Values } from './condition.ts';
import type { By } from './people.ts';

/** What a step lets its people do with a field; read where the template says nothing. */
export type FieldRight = 'hidden' | 'read' | 'edit';

/** One field somebody wants to change. `version`: of the field as they saw it, see `fieldVersion` (R40). */
export interface FieldEdit {
  readonly key: string;
  readonly version: number;
  /** null empties it */
  readonly value: FieldValue;
}

/** Edits with what the changed form says: computed where the form is checked, not by the engine. */
export interface FormEdit {
  readonly edits: readonly FieldEdit[];
  readonly title: string;
  readonly values: Values;
}

export interface FieldChange {
  readonly key: string;
  readonly label: string;
  readonly before: FieldValue;
  readonly after: FieldValue;
}

/** One act of changing the form. `version`: of the whole form since then; as handed in it is 1. */
export interface EditState {
  readonly editId: string;
  readonly at: number;
  readonly by: By;
  readonly taskId: string;
  readonly round: number;
  readonly version: number;
  readonly changes: readonly FieldChange[];
}

/** A signature in the form with the field it was given in. */
export interface FormSignature extends KeptSignature {
  readonly key: string;
}

export interface EditsInState {
  readonly edits?: readonly EditState[];
  /** Every 签名 that was ever given in the form, in order; those of now stand in the form as well. */
  readonly signatures?: readonly FormSignature[];
}

export interface EditFormCommand {
  readonly type: 'editForm';
  readonly by: By;
  readonly taskId: string;
  readonly edit: FormEdit;
}

export interface FormEdited {
  readonly type: 'formEdited';
  readonly editId: string;
  readonly taskId: string;
  readonly version: number;
  readonly changes: readonly FieldChange[];
  readonly title: string;
  readonly values: Values;
}
