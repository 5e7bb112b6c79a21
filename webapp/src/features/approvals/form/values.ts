import type {
  DateRangeValue,
  Field,
  FieldValue,
  FormValues,
  HalfDayRangeValue,
} from '../../../api/shapes.ts';

/** Pure helpers on form values. What is right or wrong is the server's to say; this only sees what is empty. */

export function isRange(value: FieldValue | undefined): value is HalfDayRangeValue {
  return isObject(value) && 'fromHalf' in value;
}

export function isDates(value: FieldValue | undefined): value is DateRangeValue {
  return isObject(value) && 'from' in value && !('fromHalf' in value);
}

const isObject = (value: FieldValue | undefined): value is Exclude<FieldValue, null> & object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asText = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');

export const asNumber = (value: FieldValue | undefined): number | null =>
  typeof value === 'number' ? value : null;

export const asList = (value: FieldValue | undefined): string[] => (Array.isArray(value) ? value : []);

export function isEmpty(value: FieldValue | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  return (isRange(value) || isDates(value)) && (value.from === '' || value.to === '');
}

/** What is sent: empty values left out, text without blanks at its ends. */
export function filled(form: FormValues): FormValues {
  const entries = Object.entries(form)
    .filter(([, value]) => !isEmpty(value))
    .map(([key, value]): [string, FieldValue] => [key, typeof value === 'string' ? value.trim() : value]);
  return Object.fromEntries(entries);
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
    const own = field.type === 'leaveType' || field.type === 'halfDayRange';
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

/** Text alone changes neither days nor path, so it asks the server nothing while it is typed. */
export function asksForecast(fields: readonly Field[], form: FormValues): FormValues {
  const quiet = new Set(
    fields.filter((field) => field.type === 'text' || field.type === 'paragraph').map((field) => field.key),
  );
  return Object.fromEntries(Object.entries(filled(form)).filter(([key]) => !quiet.has(key)));
}
