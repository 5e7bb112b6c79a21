import { conflict } from '../../kernel/errors.ts';
import { updateCount } from '../../platform/db/rows.ts';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import type { SameChange } from './plan-checks.ts';

/** Rows of one UPDATE: three values each where their next checks differ, below what every SQLite build takes. */
const TOGETHER = 300;

/**
 * Write what a look at clocks found, as few statements as there are ways to change.
 * @throws conflict `db.changed_meanwhile` when one of them was changed since it was read: the unit of work is re-run.
 */
export async function saveChecked(tx: Tx, changes: readonly SameChange[]): Promise<void> {
  for (const { rows, ...change } of changes)
    for (let at = 0; at < rows.length; at += TOGETHER)
      await saveSame(tx, { ...change, rows: rows.slice(at, at + TOGETHER) });
}

async function saveSame(tx: Tx, { version, rungLevel, breached, rows }: SameChange): Promise<void> {
  const next = nextChecks(rows);
  const breach = breached
    ? 'breachPersonId = holderPersonId, breachUnitId = holderUnitId, breachedAt = dueAt,'
    : '';
  const changed = await updateCount(
    tx.em,
    `update obligation set rungLevel = ?, ${breach} nextCheckAt = ${next.sql}, version = version + 1
     where id in (${rows.map(() => '?').join(', ')}) and version = ? and state = 'open'`,
    [rungLevel, ...next.params, ...rows.map(({ id }) => id), version],
  );
  if (changed !== rows.length) throw conflict('db.changed_meanwhile');
}

function nextChecks(rows: SameChange['rows']): { sql: string; params: (string | number | null)[] } {
  const times = new Set(rows.map(({ nextCheckAt }) => nextCheckAt));
  if (times.size === 1) return { sql: '?', params: [...times] };
  return {
    sql: `case id${' when ? then ?'.repeat(rows.length)} end`,
    params: rows.flatMap(({ id, nextCheckAt }) => [id, nextCheckAt]),
  };
}
