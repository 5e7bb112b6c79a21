import { systemActor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import { saveWithVersion } from '../../platform/db/rows.ts';
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
const PAGE = 100;

/**
 * Look at every obligation whose next check has come, each in its own unit of work, so that one broken handler
 * stops nobody else's reminder. Safe to repeat and to run twice at once: the row's version decides.
 * @returns how many rungs were fired. @throws AggregateError of what failed, after trying everything.
 */
export async function sweepObligations(deps: SweepDeps): Promise<number> {
  const failures = new Map<string, unknown>();
  let fired = 0;
  for (;;) {
    const ids = (await dueIds(deps.db, PAGE + failures.size)).filter((id) => !failures.has(id));
    if (ids.length === 0) break;
    for (const id of ids) {
      try {
        fired += await deps.db.write(actor, (tx) => checkOne(tx, deps, id));
      } catch (error) {
        failures.set(id, error);
      }
    }
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

async function checkOne(tx: Tx, deps: SweepDeps, id: string): Promise<number> {
  const { calendar } = deps.settings;
  const row = await tx.em.getRepository(ObligationTable).findOneBy({ id });
  if (!row || row.state !== 'open' || row.nextCheckAt === null || row.nextCheckAt > tx.now) return 0;
  const breach = breachOf(row, tx.now);
  const rung = rungToFire(row, tx.now, calendar);
  const rungLevel = rung ? RUNGS.indexOf(rung.rung) + 1 : row.rungLevel;
  const checked = { ...row, ...breach, rungLevel };
  const next = nextCheckAt(checked, tx.now, calendar);
  await saveWithVersion(tx, ObligationTable, row, { ...breach, rungLevel, nextCheckAt: next });
  if (row.provisional && row.dueAt !== null && row.dueAt <= tx.now) {
    tx.afterCommit(() => deps.onProvisionalDue(row));
  }
  if (!rung) return 0;
  tx.append(ObligationRungTable, {
    id: newId(),
    obligationId: id,
    rung: rung.rung,
    passedAt: rung.at,
    firedAt: tx.now,
  });
  await deps.handlers.get(row.kind)?.(tx, { ...checked, nextCheckAt: next, version: row.version + 1 }, rung);
  return 1;
}
