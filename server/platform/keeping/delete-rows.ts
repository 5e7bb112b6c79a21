import { systemActor } from '../../kernel/actor.ts';
import { updateCount } from '../db/rows.ts';
import type { Db, Reads } from '../db/unit-of-work.ts';
import type { Keeping } from './keeping.ts';

export interface OldRows {
  readonly kind: string;
  readonly atLeastDays?: number;
  readonly table: string;
  /** Primary key of one column. */
  readonly idColumn?: string;
  /** The instant a row's time counts from; rows without one stay. */
  readonly since: string;
  /** Which rows end at all; all of them when left out. */
  readonly where?: string;
  /** Rows of other tables that go with them. */
  readonly parts?: readonly { readonly table: string; readonly column: string }[];
}

// Bound values of one statement: 999 are safe on every SQLite build.
const MOST = 400;

/** The plain case: old rows of a table are deleted, with what hangs on them. */
export function deleteRows(db: Db, rows: OldRows): Keeping {
  const { kind, table, idColumn = 'id', since, where, parts = [] } = rows;
  const ending = where === undefined ? '' : `(${where}) and `;
  const actor = systemActor(`keeping:${kind}`);
  return {
    kind,
    atLeastDays: rows.atLeastDays ?? 0,
    ending: {
      how: 'delete',
      async remove(before, limit) {
        const found = await db.read((reads) =>
          reads.em.query<{ id: string }[]>(
            `select ${idColumn} as id from ${table} where ${ending}${since} < ? order by ${idColumn}
             limit ${Math.min(limit, MOST)}`,
            [before],
          ),
        );
        if (found.length === 0) return 0;
        const ids = found.map(({ id }) => id);
        const marks = ids.map(() => '?').join(', ');
        return db.write(actor, async (tx) => {
          // Looked at again: one of them may have changed since it was found, and keeps its parts then.
          const gone = await updateCount(
            tx.em,
            `delete from ${table} where ${idColumn} in (${marks}) and ${ending}${since} < ?`,
            [...ids, before],
          );
          for (const part of parts)
            await tx.em.query(
              `delete from ${part.table} where ${part.column} in (${marks})
               and ${part.column} not in (select ${idColumn} from ${table} where ${idColumn} in (${marks}))`,
              [...ids, ...ids],
            );
          return gone;
        });
      },
      overdue: (reads, before) =>
        numberIn(reads, `select count(*) as n from ${table} where ${ending}${since} < ?`, [before]).then(
          (n) => n ?? 0,
        ),
      oldest: (reads) =>
        numberIn(reads, `select min(${since}) as n from ${table} where ${ending}${since} is not null`),
    },
  };
}

/** The one number a query answers as `n`. */
export async function numberIn(reads: Reads, sql: string, params: unknown[] = []): Promise<number | null> {
  const rows = await reads.em.query<{ n: number | string | null }[]>(sql, params);
  const n = rows[0]?.n ?? null;
  return n === null ? null : Number(n);
}
