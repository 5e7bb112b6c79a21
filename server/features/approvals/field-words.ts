/** A good value of each field in words: on the page, on cards, in titles and sheets. */
import type { CalendarDate } from '../../kernel/dates.ts';
import { maskIdNumber, maskMobile } from '../../kernel/masking.ts';
import type { Values } from './condition.ts';
import type { FieldValue } from './contract.ts';
import { dateRangeOf, dateRangeWords, momentWords } from './fields/dates.ts';
import { moneyWords } from './fields/money.ts';
import { rangeOf } from './form-fields.ts';
import type { TemplateField } from './template-fields.ts';
import { dateWords, rangeWords } from './words.ts';

export interface WordSources {
  readonly today: CalendarDate;
  readonly personName: (personId: string) => string | null;
  /** What the value of this field was called when the form was handed in. */
  readonly nameThen: (key: string) => string | null;
}

/** One line, personal numbers masked; empty where nothing can be said. */
export function fieldWords(field: TemplateField, value: FieldValue, sources: WordSources): string {
  switch (field.type) {
    case 'leaveType':
    case 'select':
      return field.options.find((o) => o.value === value)?.label ?? '';
    case 'multi': {
      const chosen = Array.isArray(value) ? value : [];
      return field.options
        .filter((o) => chosen.includes(o.value))
        .map((o) => o.label)
        .join('、');
    }
    case 'halfDayRange': {
      const range = rangeOf(value);
      return range === null ? '' : rangeWords(range, sources.today);
    }
    case 'dateRange': {
      const range = dateRangeOf(value);
      return range === null ? '' : dateRangeWords(range, sources.today);
    }
    case 'person':
      return sources.personName(String(value)) ?? sources.nameThen(field.key) ?? '';
    case 'unit':
      return sources.nameThen(field.key) ?? '';
    case 'date':
      return dateWords(String(value), sources.today);
    case 'dateTime':
      return momentWords(value, sources.today);
    case 'number':
      return field.unit === undefined ? String(value) : `${String(value)} ${field.unit}`;
    case 'money':
      return typeof value === 'number' ? moneyWords(value) : '';
    case 'phone':
      return maskMobile(String(value).trim());
    case 'idNumber':
      return maskIdNumber(String(value).trim());
    case 'text':
    case 'paragraph':
      return String(value).trim();
    case 'attachment':
    case 'image':
    case 'explanation':
      return '';
  }
}

/** The names a request keeps beside the ids in its form. */
export const nameThenOf =
  (values: Values) =>
  (key: string): string | null => {
    const name = values[`${key}Words`];
    return typeof name === 'string' ? name : null;
  };
