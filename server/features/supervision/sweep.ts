import { In } from 'typeorm';
import { systemActor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import { updateRows } from '../../platform/db/rows.ts';
import type { Db, Tx } from '../../platform/db/unit-of-work.ts';
import { breachOf } from './commands/change-obligations.ts';
import { nextCheckAt, type PlannedRung, RUNGS, rungToFire } from './rungs.ts';
import type { ClockSettings } from './settings.ts';
import { ObligationRungTable, ObligationTable, type ObligationRow } from './tables.ts';

/** Told in the unit of work that records the rung; what it sends, it enqueues. */
export type RungHandler = (tx: Tx, obligation: ObligationRow, rung: PlannedRung) => Promise<void>;

export interface SweepDeps {
  readonly db: Db;
  readonly settings: ClockSettings;
  readonly handlers: ReadonlyMap<string, RungHandler>;
  /** A provisional clock reached its due time: nobody is blamed, somebody must load the notice. */
  readonly onProvisionalDue: (obligation: ObligationRow) => void;
}

const actor = systemActor('job:supervision.sweep');
/** What a unit of work costs besides its rows is paid once for so many. */
const PAGE = 200;

/**
 * Look at every obligation whose next check has come, many in one unit of work. Where one of them fails, those of its
 * page are looked at again one by one, so that one broken handler stops nobody else's reminder. Safe to repeat and to
 * run twice at once: a row is locked before it is judged.
 * @returns how many rungs were fired. @throws AggregateError of what failed, after trying everything.
 */
export async function sweepObligations(deps: SweepDeps): Promise<number> {
  const failures = new Map<string, unknown>();
  let fired = 0;
  for (;;) {
    const ids = (await dueIds(deps.db, PAGE + failures.size)).filter((id) => !failures.has(id));
    if (ids.length === 0) break;
    fired += await checkTogether(deps, ids).catch(() => checkAlone(deps, ids, failures));
  }
  if (failures.size > 0)
    throw new AggregateError(failures.values(), `${failures.size} obligations not checked`);
  return fired;
}

const dueIds = (db: Db, limit: number): Promise<string[]> =>
  db.read(async ({ em, now }) => {
    const rows = await em.query<{ id: string }[]>(
      `select id from obligation where state = 'open' and nextCheckAt <= ? order by nextCheckAt limit ${limit}`,
      [now],
    );
    return rows.map((row) => row.id);
  });

/** @param failures takes what could not be checked */
async function checkAlone(
  deps: SweepDeps,
  ids: readonly string[],
  failures: Map<string, unknown>,
): Promise<number> {
  let fired = 0;
  for (const id of ids) {
    try {
      fired += await checkTogether(deps, [id]);
    } catch (error) {
      failures.set(id, error);
    }
  }
  return fired;
}

const checkTogether = (deps: SweepDeps, ids: readonly string[]): Promise<number> =>
  deps.db.write(actor, async (tx) => {
    const checks = (await lockDue(tx, ids)).map((row) => check(row, tx.now, deps.settings));
    const seen = checks.map(({ next }) => next);
    await updateRows(tx, ObligationTable, seen, CHECKED, { sql: `state = 'open'`, params: [] });
    for (const one of checks) await follow(tx, deps, one);
    return checks.filter(({ rung }) => rung !== null).length;
  });

/** On SQLite the gate lets one in; on MySQL another sweep, or the act that closes one of them, waits here. */
async function lockDue(tx: Tx, ids: readonly string[]): Promise<ObligationRow[]> {
  if (tx.dialect === 'mysql') {
    const marks = ids.map(() => '?').join(', ');
    await tx.em.query(`select id from obligation where id in (${marks}) order by id for update`, [...ids]);
  }
  const rows = await tx.em.getRepository(ObligationTable).findBy({ id: In(ids), state: 'open' });
  return rows.filter(({ nextCheckAt: at }) => at !== null && at <= tx.now);
}

interface Check {
  readonly row: ObligationRow;
  readonly next: ObligationRow;
  readonly rung: PlannedRung | null;
}

const CHECKED = [
  'breachedAt',
  'breachPersonId',
  'breachUnitId',
  'rungLevel',
  'nextCheckAt',
  'version',
] as const;

function check(row: ObligationRow, now: number, { calendar }: ClockSettings): Check {
  const rung = rungToFire(row, now, calendar);
  const rungLevel = rung ? RUNGS.indexOf(rung.rung) + 1 : row.rungLevel;
  const checked = { ...row, ...breachOf(row, now), rungLevel };
  const next = { ...checked, nextCheckAt: nextCheckAt(checked, now, calendar), version: row.version + 1 };
  return { row, next, rung };
}

async function follow(tx: Tx, deps: SweepDeps, { row, next, rung }: Check): Promise<void> {
  if (row.provisional && row.dueAt !== null && row.dueAt <= tx.now)
    tx.afterCommit(() => deps.onProvisionalDue(row));
  if (!rung) return;
  tx.append(ObligationRungTable, {
    id: newId(),
    obligationId: row.id,
    rung: rung.rung,
    passedAt: rung.at,
    firedAt: tx.now,
  });
  await deps.handlers.get(row.kind)?.(tx, next, rung);
}
