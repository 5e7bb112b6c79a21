import { dateOf, timeOf } from '../../kernel/dates.ts';
import { refused } from '../../kernel/errors.ts';
import { writeSheets } from './write-sheets.ts';

/** More is refused, never cut (H2). */
export const MOST_LISTED = 5_000;

export interface SheetFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * All pages of a list, read by the list itself, so that the file holds what the list shows (H1).
 * @throws refused `sheets.list_too_large`
 */
export async function everyPage<T>(
  read: (
    cursor: string | undefined,
  ) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | undefined; ;) {
    const { items, next } = await read(cursor);
    all.push(...items);
    if (all.length > MOST_LISTED) throw refused('sheets.list_too_large', { most: MOST_LISTED });
    if (next === null) return all;
    cursor = next;
  }
}

/** Who took it, when, and what was asked for stands in the first row. Text stays text (F7). */
export async function listFile(
  list: {
    readonly title: string;
    /** What the filter said, in words. */
    readonly asked: readonly string[];
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
  },
  takenBy: string,
  now: number,
): Promise<SheetFile> {
  const said = [
    `${dateOf(now)} ${timeOf(now)} ${takenBy}导出`,
    ...list.asked.filter((part) => part !== ''),
    `${list.rows.length} 条`,
  ].join(' · ');
  const rows = [[said], [...list.columns], ...list.rows.map((row) => [...row])];
  return {
    name: `${list.title}-${dateOf(now)}.xlsx`,
    bytes: await writeSheets([{ name: list.title, rows }]),
  };
}
