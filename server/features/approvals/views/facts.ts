/** What an approver reads: the form and its computed values as label and words, in the template's order. */
import type { Values } from '../model/condition.ts';
import type { Fact, FieldValue, FileBrief, FormValues, KeptSignature } from '../contract.ts';
import { fieldWords, nameThenOf, SIGNED, type WordSources } from '../form/words.ts';
import { pointWords } from '../fields/location.ts';
import { charactersOf, fenOf } from '../fields/money.ts';
import { keptIn } from '../fields/signature.ts';
import { cellsOf } from '../fields/table.ts';
import { idsOf, isEmpty, valueOf } from '../form/fields.ts';
import { fieldOf, type Template } from '../template/template.ts';
import { isFiles, isSignature, type TemplateField } from '../fields/controls.ts';
import { daysWords, markOf } from '../words.ts';

export interface FactSources extends Omit<WordSources, 'nameThen'> {
  readonly file: (fileId: string) => FileBrief | null;
  /** Labels of what was changed in the form after this signature was given. */
  readonly changedSince?: (signature: KeptSignature) => readonly string[];
  /** May the reader see masked numbers in full? */
  readonly mayReveal?: boolean;
}

/** With a note, or with more than its words, it is said here too. */
const isInTitle = ({ titleWords }: Template, { key, type }: TemplateField): boolean =>
  titleWords.includes(`{${key}}`) &&
  !['money', 'dateRange', 'table', 'formula', 'request', 'location'].includes(type);

/** Empty fields are left out. Types that stand in the title are said there, not here. */
export function factsOf(template: Template, form: FormValues, values: Values, sources: FactSources): Fact[] {
  return template.fields.flatMap((field) => {
    const value = field.type === 'formula' ? reckonedIn(values, field.key) : valueOf(form, field.key);
    if (value === undefined || isEmpty(value) || isInTitle(template, field)) return [];
    return [...fieldFact(field, value, values, sources), ...computedFact(template, field, values)];
  });
}

function fieldFact(field: TemplateField, value: FieldValue, values: Values, sources: FactSources): Fact[] {
  if (isFiles(field)) {
    const files = idsOf(value).flatMap((id) => sources.file(id) ?? []);
    return [{ label: field.label, value: files.map((f) => f.name).join('、'), kind: 'files', files }];
  }
  const signature = isSignature(field) ? keptIn(value) : null;
  if (signature !== null) return [signatureFact(field, signature, sources)];
  const note = noteOf(field, value, values);
  const wordSources = { ...sources, nameThen: nameThenOf(values) };
  const words = fieldWords(field, value, wordSources);
  const reveal = sources.mayReveal === true && isMasked(field) ? { revealKey: field.key } : {};
  if (field.type === 'table') {
    const rows = cellsOf(field, value, (column, cell) => fieldWords(column, cell, wordSources));
    const table = { columns: field.columns.map(({ label }) => label), rows };
    return [{ label: field.label, value: words, kind: 'table', table }];
  }
  if (field.type === 'request')
    return [{ label: field.label, value: words, kind: 'request', link: `/approvals/${String(value)}` }];
  return [{ label: field.label, value: words, kind: 'text', ...(note === '' ? {} : { note }), ...reveal }];
}

/** With what it was signed for: the hint of the field, which is a promise on paper as well. */
const signatureFact = (
  { label, help }: TemplateField,
  signature: KeptSignature,
  { changedSince = () => [] }: Pick<FactSources, 'changedSince'>,
): Fact => {
  const { fileId, how, hash, name, at } = signature;
  const changed = changedSince(signature).join('、');
  const notes = [help ?? '', changed === '' ? '' : `签名之后${changed}有改动`].filter(
    (words) => words !== '',
  );
  return {
    label,
    value: SIGNED,
    kind: 'signature',
    signature: { fileId, how, mark: markOf(hash), name, at },
    ...(notes.length === 0 ? {} : { note: notes.join('\n') }),
  };
};

const isMasked = ({ type }: TemplateField): boolean => type === 'phone' || type === 'idNumber';

/** What a formula came to when the form was handed in. */
function reckonedIn(values: Values, key: string): number | undefined {
  const value = values[key];
  return typeof value === 'number' ? value : undefined;
}

/** In small letters below: an amount in characters, the days of a range. */
function noteOf(field: TemplateField, value: FieldValue, values: Values): string {
  if (field.type === 'money' && typeof value === 'number') return charactersOf(value);
  if (field.type === 'formula' && field.as === 'money' && typeof value === 'number')
    return charactersOf(fenOf(value));
  if (field.type === 'location') return pointWords(value);
  const days = values[field.key];
  return field.type === 'dateRange' && typeof days === 'number'
    ? `共 ${daysWords(days, field.counting)}`
    : '';
}

/** A field's value in words; of files their number, for their names change hands with them. */
export function valueWords(
  template: Template,
  key: string,
  value: FieldValue,
  sources: Omit<WordSources, 'nameThen'>,
): string {
  const field = fieldOf(template, key);
  if (field === undefined || isEmpty(value)) return '空';
  if (isFiles(field)) return `${String(idsOf(value).length)} 个文件`;
  const signature = isSignature(field) ? keptIn(value) : null;
  if (signature !== null) return `${signature.name} ${SIGNED}`;
  // What keeps its name beside it cannot be changed by deciders (check/field-rights.ts).
  return fieldWords(field, value, { ...sources, nameThen: () => null });
}

/** What the counting left out stands right below the range: "扣除 周末 2 天不计；假后年假余 3 天". */
function computedFact(template: Template, field: TemplateField, values: Values): Fact[] {
  return template.computed
    .filter((spec) => spec.range === field.key)
    .flatMap((spec) => {
      const note = values[`${spec.key}Note`];
      return typeof note === 'string' && note !== ''
        ? [{ label: '扣除', value: note, kind: 'text' as const }]
        : [];
    });
}
