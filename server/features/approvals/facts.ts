/** What an approver reads: the form and its computed values as label and words, in the template's order. */
import type { CalendarDate } from '../../kernel/dates.ts';
import { choiceWords } from './choice.ts';
import type { Values } from './condition.ts';
import type { Fact, FieldValue, FileBrief, FormValues } from './contract.ts';
import { isEmpty, rangeOf, valueOf } from './form-fields.ts';
import type { Template, TemplateField } from './template.ts';
import { dateWords, rangeWords } from './words.ts';

export interface FactSources {
  readonly today: CalendarDate;
  readonly personName: (personId: string) => string | null;
  readonly file: (fileId: string) => FileBrief | null;
}

/** Empty fields are left out. Types that stand in the title are said there, not here. */
export function factsOf(template: Template, form: FormValues, values: Values, sources: FactSources): Fact[] {
  return template.fields.flatMap((field) => {
    const value = valueOf(form, field.key);
    if (value === undefined || isEmpty(value) || template.titleWords.includes(`{${field.key}}`)) return [];
    if (field.type === 'choice')
      return [{ label: field.label, value: choiceWords(values, field.key), kind: 'text' as const }];
    return [...fieldFact(field, value, sources), ...computedFact(template, field, values)];
  });
}

function fieldFact(field: TemplateField, value: FieldValue, sources: FactSources): Fact[] {
  if (field.type === 'attachment') {
    const ids = Array.isArray(value) ? value : [];
    const files = ids.flatMap((id) => sources.file(id) ?? []);
    return [{ label: field.label, value: files.map((f) => f.name).join('、'), kind: 'files', files }];
  }
  return [{ label: field.label, value: fieldWords(field, value, sources), kind: 'text' }];
}

function fieldWords(field: TemplateField, value: FieldValue, sources: FactSources): string {
  switch (field.type) {
    case 'leaveType':
    case 'select':
      return field.options.find((o) => o.value === value)?.label ?? '';
    case 'halfDayRange': {
      const range = rangeOf(value);
      return range === null ? '' : rangeWords(range, sources.today);
    }
    case 'person':
      return sources.personName(String(value)) ?? '';
    case 'date':
      return dateWords(String(value), sources.today);
    case 'number':
      return field.unit === undefined ? String(value) : `${String(value)} ${field.unit}`;
    default:
      return String(value).trim();
  }
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
