/** A good value of each field in words: on the page, on cards, in titles and sheets. */
import type { CalendarDate } from '../../../kernel/dates.ts';
import { maskIdNumber, maskMobile } from '../../../kernel/masking.ts';
import type { Values } from '../model/condition.ts';
import type { FieldValue } from '../contract.ts';
import { dateRangeOf, dateRangeWords, momentWords } from '../fields/dates.ts';
import { figureWords } from '../fields/figure-words.ts';
import { fractionOf } from '../fields/fraction.ts';
import { locationOf } from '../fields/location.ts';
import { moneyWords } from '../fields/money.ts';
import { keptIn } from '../fields/signature.ts';
import { rowsOf, sumWords } from '../fields/table.ts';
import { idsOf, rangeOf } from './fields.ts';
import { decimalsOf, kindOf } from './formulas.ts';
import type { FieldOf, TemplateField } from '../fields/controls.ts';
import { dateWords, rangeWords } from '../words.ts';

export interface WordSources {
  readonly today: CalendarDate;
  readonly personName: (personId: string) => string | null;
  /** What the value of this field was called when the form was handed in. */
  readonly nameThen: (key: string) => string | null;
}

/** Who signed, and the picture, stand on the page of the request. */
export const SIGNED = '已签名';

/** One line, personal numbers masked; empty where nothing can be said. */
export function fieldWords(field: TemplateField, value: FieldValue, sources: WordSources): string {
  switch (field.type) {
    case 'leaveType':
    case 'select':
      return field.options.find((o) => o.value === value)?.label ?? '';
    case 'multi': {
      const chosen = idsOf(value);
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
    case 'request':
    case 'choice':
      return sources.nameThen(field.key) ?? '';
    case 'location':
      return locationOf(value)?.text.trim() ?? '';
    case 'table':
      return tableWords(field, value);
    case 'formula':
      return typeof value === 'number' ? formulaWords(field, value) : '';
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
    case 'signature':
      return keptIn(value) === null ? '' : SIGNED;
    case 'attachment':
    case 'image':
    case 'explanation':
      return '';
  }
}

/** "3 行，金额合计 1,200.00 元" */
function tableWords(field: FieldOf<'table'>, value: FieldValue): string {
  const rows = `${String(rowsOf(value)?.length ?? 0)} 行`;
  return [rows, sumWords(field, value, figureWords)].filter((part) => part !== '').join('，');
}

/** From the value that was kept: to as many decimals as it has, a number is what was reckoned. */
function formulaWords(field: FieldOf<'formula'>, value: number): string {
  const exact = fractionOf(value.toFixed(decimalsOf(field)));
  return exact === null ? '' : figureWords(exact, kindOf(field));
}

/** The names a request keeps beside the ids in its form. */
export const nameThenOf =
  (values: Values) =>
  (key: string): string | null => {
    const name = values[`${key}Words`];
    return typeof name === 'string' ? name : null;
  };
