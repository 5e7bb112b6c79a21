import type { Filled } from '../../../../../server/features/accounts/contract.ts';
import type { ItemToChange, Letter } from '../shapes.ts';

export type FormValue = string | boolean | null | string[] | ItemToChange[] | Letter;
export type Values = Readonly<Record<string, FormValue>>;

export const noLetter = (): Letter => ({ number: '', fileId: null });

export const textOf = (value: FormValue | undefined): string => (typeof value === 'string' ? value : '');

export const isLetter = (value: FormValue | undefined): value is Letter =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const changesOf = (value: FormValue | undefined): ItemToChange[] =>
  Array.isArray(value) ? value.filter((one): one is ItemToChange => typeof one !== 'string') : [];

export const namesOf = (value: FormValue | undefined): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

export function isBlank(value: FormValue | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  return isLetter(value) && value.number.trim() === '' && value.fileId === null;
}

/** A request's form as it is filled in again. */
export const valuesOf = ({ form }: Filled): Values => ({ ...(form as Values) });
