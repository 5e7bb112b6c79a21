import type { ColumnRule, Empties } from './contract.ts';
import { trouble } from './troubles.ts';

/** The word of a sheet that takes a stored value away (A5). */
const CLEAR = '[清空]';

/**
 * A value of a source as the text of a cell; `undefined`: not provided. The sheet's reader judges it from there, so a
 * wrong value is a fault of its cell and not the end of the statement.
 * @throws refused `hr.source_not_text` {field} for what is no value: an object, bytes
 */
export function cellText(
  value: unknown,
  { from, values = {} }: Pick<ColumnRule, 'from' | 'values'>,
  empties: Empties,
): string | undefined {
  if (value === undefined) return undefined;
  const text = plain(value, from).trim();
  const known = Object.hasOwn(values, text) ? (values[text] ?? '') : text;
  if (known !== '') return known;
  return empties === 'clear' ? CLEAR : '';
}

function plain(value: unknown, from: string): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (value === null) return '';
      // Several units of one person.
      if (Array.isArray(value)) return value.map((one) => scalar(one, from)).join('；');
      throw trouble('not_text', { field: from });
  }
}

function scalar(value: unknown, from: string): string {
  if (Array.isArray(value)) throw trouble('not_text', { field: from });
  return plain(value, from);
}
