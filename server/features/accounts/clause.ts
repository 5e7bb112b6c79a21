/** Parts of a `where` put together, so that a list and its count ask the same (H2). */
import { among } from '../../platform/db/among.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';

/** Part of a `where`, with its parameters in order. */
export interface Clause {
  readonly sql: string;
  readonly params: readonly unknown[];
}

export const clause = (sql: string, ...params: unknown[]): Clause => ({ sql, params });
export const NONE = clause('1 = 0');
export const both = (...parts: readonly Clause[]): Clause => joined(parts, ' and ');
export const either = (...parts: readonly Clause[]): Clause => joined(parts, ' or ');

const joined = (parts: readonly Clause[], word: string): Clause => ({
  sql: parts.map(({ sql }) => `(${sql})`).join(word),
  params: parts.flatMap(({ params }) => params),
});

/** However many they are. */
export const within = (column: string, values: readonly string[]): Clause => among(column, values);

/** @param from a table with its alias */
export async function countIn(reads: Reads, from: string, { sql, params }: Clause): Promise<number> {
  const [row] = await reads.em.query<{ total: number | string }[]>(
    `select count(*) as total from ${from} where ${sql}`,
    [...params],
  );
  return Number(row?.total ?? 0);
}
