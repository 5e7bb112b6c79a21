import type { RequestKind } from '../shapes.ts';
import { fieldsInSight } from './fields.ts';
import { changesOf, isBlank, type FormValue, type Values } from './values.ts';

/** A kind with what was filled in; the server adds what is left out. */
export interface FilledInput {
  readonly kind: RequestKind;
  readonly form: Values;
}

/** What is sent: only what stands in sight and is not blank. */
export function filledFrom(kind: RequestKind, values: Values): FilledInput {
  const entries = fieldsInSight(kind, values).flatMap(({ key }): [string, FormValue][] => {
    const value = values[key];
    if (value === undefined || isBlank(value)) return [];
    return [[key, tidy(value)]];
  });
  return { kind, form: Object.fromEntries(entries) };
}

function tidy(value: FormValue): FormValue {
  if (typeof value === 'string') return value.trim();
  if (!Array.isArray(value)) return value;
  const changes = changesOf(value);
  return changes.length > 0
    ? changes.filter(({ item, before, after }) => item + before + after !== '')
    : value;
}
