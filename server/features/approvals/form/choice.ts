/**
 * A field whose options come from a room: which seal, which numbering rule. The room says with each option which unit
 * manages it, so that a step can name that unit's head. What was chosen is kept with its words: the request reads the
 * same when the option is gone (R41).
 */
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Scalar, Values } from '../model/condition.ts';
import type { FieldValue, FormValues } from '../contract.ts';
import type { InstanceState } from '../model/state.ts';
import type { TemplateField } from '../fields/controls.ts';
import type { Template } from '../template/template.ts';

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
  /** A few words beside it; '' for none. */
  readonly note: string;
  /** The unit that manages it; null: none does. */
  readonly unitId: string | null;
}
/** What this person may choose from, in the order shown. */
export type ChoiceSource = (reads: Reads, personId: string) => Promise<readonly ChoiceOption[]>;
/** Options by field key. */
export type Choices = Readonly<Record<string, readonly ChoiceOption[]>>;

/** What a room adds to a request's page; `link` is the page inside the H5 that has more of it. */
export interface AddedFact {
  readonly label: string;
  readonly value: string;
  readonly link?: string;
  /** All of it has happened and nothing can be taken back: 撤销 is not offered any more. */
  readonly isFinal?: boolean;
}
export type FactSource = (reads: Reads, state: InstanceState) => Promise<readonly AddedFact[]>;

type ChoiceField = Extract<TemplateField, { type: 'choice' }>;
const choiceFields = ({ fields }: Template): ChoiceField[] =>
  fields.filter((field) => field.type === 'choice');
const optionsOf = (choices: Choices, key: string): readonly ChoiceOption[] =>
  Object.hasOwn(choices, key) ? (choices[key] ?? []) : [];

/** Asked of the rooms; a source nobody offers has nothing to choose from. */
export async function askChoices(
  sources: ReadonlyMap<string, ChoiceSource>,
  reads: Reads,
  template: Template,
  personId: string,
): Promise<Choices> {
  const found: Record<string, readonly ChoiceOption[]> = {};
  for (const { key, source } of choiceFields(template))
    found[key] = (await sources.get(source)?.(reads, personId)) ?? [];
  return found;
}

/** As they were when the request was made. */
export function chosenBefore(template: Template, form: FormValues, values: Values): Choices {
  const found: Record<string, readonly ChoiceOption[]> = {};
  for (const { key } of choiceFields(template)) {
    const value = Object.hasOwn(form, key) ? form[key] : undefined;
    if (typeof value !== 'string') continue;
    found[key] = [{ value, label: choiceWords(values, key), note: '', unitId: choiceUnit(values, key) }];
  }
  return found;
}

export const choiceFault = (
  { key, label }: ChoiceField,
  value: FieldValue,
  choices: Choices,
): string | null =>
  optionsOf(choices, key).some((option) => option.value === value) ? null : `请重新选择${label}。`;

/** Beside the chosen id, per field: `<key>Words` and `<key>Unit`. */
export function choiceValues(template: Template, form: FormValues, choices: Choices): Record<string, Scalar> {
  const values: Record<string, Scalar> = {};
  for (const { key } of choiceFields(template)) {
    const chosen = optionsOf(choices, key).find(
      (option) => Object.hasOwn(form, key) && option.value === form[key],
    );
    if (!chosen) continue;
    values[`${key}Words`] = chosen.label;
    if (chosen.unitId !== null) values[`${key}Unit`] = chosen.unitId;
  }
  return values;
}

const textIn = (values: Values, key: string): string | null => {
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  return typeof value === 'string' ? value : null;
};
export const choiceWords = (values: Values, key: string): string => textIn(values, `${key}Words`) ?? '';
export const choiceUnit = (values: Values, key: string): string | null => textIn(values, `${key}Unit`);
