import { stamp } from '../../ui/format.ts';
import type { EntryDetail } from './api.ts';
import { w } from './words.ts';

export interface FieldRow {
  key: string;
  label: string;
  before: string;
  after: string;
  /** From the part that is sealed with a person's key. */
  personal: boolean;
}

/** What an entry says, field by field; the personal part among the rest, marked. */
export function fieldRows(entry: Pick<EntryDetail, 'before' | 'after' | 'personalPart'>): FieldRow[] {
  const part = entry.personalPart?.state === 'open' ? entry.personalPart : null;
  return [...rowsOf(part?.before, part?.after, true), ...rowsOf(entry.before, entry.after, false)];
}

type Fields = EntryDetail['before'] | undefined;

function rowsOf(before: Fields, after: Fields, personal: boolean): FieldRow[] {
  const [was, is] = [before ?? {}, after ?? {}];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((key) => ({
    key: `${personal ? 'p' : 'e'}:${key}`,
    label: w.fields[key] ?? key,
    before: valueWords(key, was[key]),
    after: valueWords(key, is[key]),
    personal,
  }));
}

export function valueWords(key: string, value: unknown): string {
  if (value === undefined) return '';
  if (value === null) return '—';
  if (typeof value === 'number' && key.endsWith('At')) return stamp(value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
