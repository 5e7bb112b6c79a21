/** What an approver reads: the form and its computed values as label and words, in the template's order. */
import type { Values } from './condition.ts';
import type { Fact, FieldValue, FileBrief, FormValues } from './contract.ts';
import { fieldWords, nameThenOf, type WordSources } from './field-words.ts';
import { charactersOf } from './fields/money.ts';
import { isEmpty, valueOf } from './form-fields.ts';
import type { Template } from './template.ts';
import { isFiles, type TemplateField } from './template-fields.ts';
import { daysWords } from './words.ts';

export interface FactSources extends Omit<WordSources, 'nameThen'> {
  readonly file: (fileId: string) => FileBrief | null;
  /** May the reader see masked numbers in full? */
  readonly mayReveal?: boolean;
}

/** With a note, or with more than its words, it is said here too. */
const isInTitle = ({ titleWords }: Template, { key, type }: TemplateField): boolean =>
  titleWords.includes(`{${key}}`) && !['money', 'dateRange'].includes(type);

/** Empty fields are left out. Types that stand in the title are said there, not here. */
export function factsOf(template: Template, form: FormValues, values: Values, sources: FactSources): Fact[] {
  return template.fields.flatMap((field) => {
    const value = valueOf(form, field.key);
    if (value === undefined || isEmpty(value) || isInTitle(template, field)) return [];
    return [...fieldFact(field, value, values, sources), ...computedFact(template, field, values)];
  });
}

function fieldFact(field: TemplateField, value: FieldValue, values: Values, sources: FactSources): Fact[] {
  if (isFiles(field)) {
    const ids = Array.isArray(value) ? value : [];
    const files = ids.flatMap((id) => sources.file(id) ?? []);
    return [{ label: field.label, value: files.map((f) => f.name).join('、'), kind: 'files', files }];
  }
  const note = noteOf(field, value, values);
  const words = fieldWords(field, value, { ...sources, nameThen: nameThenOf(values) });
  const reveal = sources.mayReveal === true && isMasked(field) ? { revealKey: field.key } : {};
  return [{ label: field.label, value: words, kind: 'text', ...(note === '' ? {} : { note }), ...reveal }];
}

const isMasked = ({ type }: TemplateField): boolean => type === 'phone' || type === 'idNumber';

/** In small letters below: an amount in characters, the days of a range. */
function noteOf(field: TemplateField, value: FieldValue, values: Values): string {
  if (field.type === 'money' && typeof value === 'number') return charactersOf(value);
  const days = values[field.key];
  return field.type === 'dateRange' && typeof days === 'number'
    ? `共 ${daysWords(days, field.counting)}`
    : '';
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
