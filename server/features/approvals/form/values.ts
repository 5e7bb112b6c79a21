/** What a good value of each field gives to conditions and titles, and what it amounts to in words. */
import type { Calendar } from '../../../kernel/workdays.ts';
import type { Scalar } from '../model/condition.ts';
import type { FieldValue } from '../contract.ts';
import { countRange, countWords, dateRangeOf } from '../fields/dates.ts';
import { figureWords, numberOf } from '../fields/figure-words.ts';
import { charactersOf } from '../fields/money.ts';
import { summed, sumOf, sumWords } from '../fields/table.ts';
import { idsOf, type LinkedRequest } from './fields.ts';
import type { Org } from '../model/org.ts';
import type { FieldOf, TemplateField } from '../fields/controls.ts';
import { unitWords } from '../words.ts';

type Scalars = Readonly<Record<string, Scalar>>;

/** What values are read against. */
export interface ValueContext {
  readonly calendar: Calendar;
  readonly org: Org;
  readonly request?: (instanceId: string) => LinkedRequest | null;
}

/**
 * By name, as `conditionKeysOf` lists them. Amounts are yuan here, as templates write them: the nearest double of an
 * amount in fen is that of the same amount written in a condition, so comparing them is exact. `<key>Words` keeps what an
 * id was called then (R22).
 */
export function scalarsOf(field: TemplateField, value: FieldValue, ctx: ValueContext): Scalars {
  const { key } = field;
  switch (field.type) {
    case 'explanation':
    case 'phone':
    case 'idNumber':
      return {};
    case 'person':
      return named(key, value, (id) => ctx.org.person(id)?.name);
    case 'unit':
      return named(key, value, (id) => ctx.org.unit(id)?.name);
    case 'location':
    case 'signature':
      return {};
    case 'table':
      return sums(field, value);
    case 'request':
      return named(key, value, (id) => ctx.request?.(id)?.words);
    case 'multi': {
      const chosen = idsOf(value);
      return Object.fromEntries(field.options.map((o) => [`${key}.${o.value}`, chosen.includes(o.value)]));
    }
    case 'money':
      return typeof value === 'number' ? { [key]: value / 100 } : {};
    case 'dateRange': {
      const range = dateRangeOf(value);
      if (range === null) return {};
      const { total } = countRange(range, field.counting, ctx.calendar);
      return { [key]: total, [`${key}Unit`]: unitWords(field.counting) };
    }
    default:
      return typeof value === 'string' || typeof value === 'number' ? { [key]: value } : {};
  }
}

function sums(field: FieldOf<'table'>, value: FieldValue): Scalars {
  return Object.fromEntries(
    summed(field).flatMap((column) => {
      const sum = sumOf(column, value);
      const number = sum === null ? null : numberOf(sum, column.type === 'money' ? 2 : column.decimals);
      return number === null ? [] : [[`${field.key}.${column.key}`, number]];
    }),
  );
}

function named(key: string, value: FieldValue, nameOf: (id: string) => string | undefined): Scalars {
  if (typeof value !== 'string') return {};
  const name = nameOf(value);
  return name === undefined ? { [key]: value } : { [key]: value, [`${key}Words`]: name };
}

/** Beside the control while it is filled in: "共 4 个工作日", "壹万贰仟元整"; null where there is nothing to add. */
export function figureOf(field: TemplateField, value: FieldValue, calendar: Calendar): string | null {
  switch (field.type) {
    case 'money':
      return typeof value === 'number' ? charactersOf(value) : null;
    case 'dateRange': {
      const range = dateRangeOf(value);
      return range === null ? null : countWords(countRange(range, field.counting, calendar), field.counting);
    }
    case 'table':
      return sumWords(field, value, figureWords);
    default:
      return null;
  }
}
