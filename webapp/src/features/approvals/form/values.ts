import type {
  DateRangeValue,
  Field,
  FieldValue,
  FormValues,
  GivenSignature,
  HalfDayRangeValue,
  KeptSignature,
  LocationValue,
  TableRow,
} from '../../../api/shapes.ts';

/** Pure helpers on form values. What is right or wrong is the server's to say; this only sees what is empty. */

export function isRange(value: FieldValue | undefined): value is HalfDayRangeValue {
  return isObject(value) && 'fromHalf' in value;
}

export function isDates(value: FieldValue | undefined): value is DateRangeValue {
  return isObject(value) && 'from' in value && !('fromHalf' in value);
}

/** A signature, as it was given just now or as it is kept. */
export const signatureIn = (value: FieldValue | undefined): GivenSignature | KeptSignature | null =>
  isObject(value) && 'fileId' in value ? value : null;

export const placeOf = (value: FieldValue | undefined): LocationValue | null =>
  isObject(value) && 'text' in value ? value : null;

/** Rows of a table; what is no row is left out. */
export const rowsIn = (value: FieldValue | undefined): TableRow[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'object') : [];

const isBlank = (row: TableRow): boolean =>
  Object.values(row).every((cell) => cell === null || (typeof cell === 'string' && cell.trim() === ''));

const isObject = (value: FieldValue | undefined): value is Exclude<FieldValue, null> & object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asText = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');

export const asNumber = (value: FieldValue | undefined): number | null =>
  typeof value === 'number' ? value : null;

export const asList = (value: FieldValue | undefined): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

export function isEmpty(value: FieldValue | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return !value.some((one) => typeof one === 'string' || !isBlank(one));
  const place = placeOf(value);
  if (place) return place.text.trim() === '';
  return (isRange(value) || isDates(value)) && (value.from === '' || value.to === '');
}

/** What is sent: empty values left out, text without blanks at its ends. */
export function filled(form: FormValues): FormValues {
  const entries = Object.entries(form)
    .filter(([, value]) => !isEmpty(value))
    .map(([key, value]): [string, FieldValue] => [key, trimmed(value)]);
  return Object.fromEntries(entries);
}

/** Text without blanks at its ends, a table without the rows nobody filled. */
function trimmed(value: FieldValue): FieldValue {
  if (typeof value === 'string') return value.trim();
  const rows = rowsIn(value);
  return rows.length > 0 ? rows.filter((row) => !isBlank(row)) : value;
}

/** Keys that must be filled now: the template's own and those that a rule asks for. */
export function requiredKeys(fields: readonly Field[], byRule: readonly string[]): Set<string> {
  return new Set([...fields.filter((field) => field.required === true).map((field) => field.key), ...byRule]);
}

/** The first field, in reading order, that still has to be filled. */
export function firstMissing(
  fields: readonly Field[],
  form: FormValues,
  byRule: readonly string[],
): Field | null {
  const required = requiredKeys(fields, byRule);
  return fields.find((field) => required.has(field.key) && isEmpty(form[field.key])) ?? null;
}

/** Fields that stand in one card: choices and the time have their own, the others share. */
export function cardsOf(fields: readonly Field[]): Field[][] {
  const cards: Field[][] = [];
  let alone = true;
  for (const field of fields) {
    const own = ['leaveType', 'halfDayRange', 'table'].includes(field.type);
    const last = cards.at(-1);
    if (own || alone || !last) cards.push([field]);
    else last.push(field);
    alone = own;
  }
  return cards;
}

/** Do half days count for the type chosen in the form? Without a type field they do. */
export function halfDaysAllowed(fields: readonly Field[], form: FormValues, range: Field): boolean {
  if (range.type !== 'halfDayRange' || range.typeField === null) return true;
  const types = fields.find((field) => field.key === range.typeField);
  if (types?.type !== 'leaveType') return true;
  const chosen = types.options.find((option) => option.value === form[types.key]);
  return chosen?.halfDays ?? true;
}

type TableField = Extract<Field, { type: 'table' }>;

const isWhole = ({ columns }: TableField, row: TableRow): boolean =>
  columns.every(({ key, required }) => !required || !isBlank({ cell: row[key] ?? null }));

/** The first row somebody began and did not finish, counted from 1. */
export function openRow(fields: readonly Field[], form: FormValues): { field: Field; row: number } | null {
  for (const field of fields) {
    if (field.type !== 'table') continue;
    const rows = rowsIn(form[field.key]);
    const at = rows.findIndex((row) => !isBlank(row) && !isWhole(field, row));
    if (at >= 0) return { field, row: at + 1 };
  }
  return null;
}

/**
 * Text alone changes neither days nor path, so it asks the server nothing while it is typed. Of a table the rows that
 * are whole are asked about: nobody is told of a mistake in a row they are still writing.
 */
export function asksForecast(fields: readonly Field[], form: FormValues): FormValues {
  const quiet = new Set(
    fields.filter((field) => field.type === 'text' || field.type === 'paragraph').map((field) => field.key),
  );
  const tables = new Map(fields.flatMap((each) => (each.type === 'table' ? [[each.key, each]] : [])));
  return Object.fromEntries(
    Object.entries(filled(form))
      .filter(([key]) => !quiet.has(key))
      .map(([key, value]): [string, FieldValue] => {
        const table = tables.get(key);
        return [key, table ? rowsIn(value).filter((row) => isWhole(table, row)) : value];
      }),
  );
}

/** What the calendar opens with: both ends of a range, or one day. */
export function daysIn(value: FieldValue | undefined): DateRangeValue {
  if (isRange(value) || isDates(value)) return { from: value.from, to: value.to };
  return { from: asText(value).split('T')[0] ?? '', to: '' };
}

/** The value with the days the calendar gave; halves and the time of day stay. */
export function withDays(
  type: Field['type'] | undefined,
  value: FieldValue | undefined,
  { from, to }: DateRangeValue,
): FieldValue {
  if (type === 'dateTime') return `${from}T${asText(value).split('T')[1] ?? ''}`;
  if (type === 'date') return from;
  if (type === 'dateRange') return { from, to };
  return { fromHalf: 'am', toHalf: 'pm', ...(isRange(value) ? value : {}), from, to };
}
