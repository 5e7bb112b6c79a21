import { In } from 'typeorm';
import { systemActor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import type { Db, Tx } from '../../platform/db/unit-of-work.ts';
import { heldByMany, queueDigest } from './digest.ts';
import { type Check, planChecks, sameChanges } from './plan-checks.ts';
import type { PlannedRung } from './rungs.ts';
import { saveChecked } from './save-checked.ts';
import type { ClockSettings } from './settings.ts';
import { ObligationRungTable, ObligationTable, type ObligationRow } from './tables.ts';

/** Told in the unit of work that records the rung; what it sends, it enqueues. */
export type RungHandler = (tx: Tx, obligation: ObligationRow, rung: PlannedRung) => Promise<void>;

export interface RungListener {
  readonly handle: RungHandler;
  /**
   * It reminds the holder and does nothing else: whoever gets many of these in one sweep gets one digest instead. The
   * page that lists what one owes of this kind; null where more than a reminder follows.
   */
  readonly reminderOf: string | null;
}

export interface SweepDeps {
  readonly db: Db;
  readonly settings: ClockSettings;
  readonly listeners: ReadonlyMap<string, RungListener>;
  /** A provisional clock reached its due time: nobody is blamed, somebody must load the notice. */
  readonly onProvisionalDue: (obligation: ObligationRow) => void;
}

const actor = systemActor('job:supervision.sweep');
/** Looked at in one unit of work: what a unit costs besides its rows is paid once for so many, and waited for as long. */
const TOGETHER = 500;
/** Ids fetched at once; a longer queue is fetched in turns. */
const ROUND = 20_000;

/** What holds for the whole sweep. */
interface Sweep extends SweepDeps {
  readonly sweptAt: number;
  /** Who gets a digest instead of reminders. */
  readonly crowded: ReadonlySet<string>;
  /** Who has theirs, committed. */
  readonly digested: Set<string>;
}

/**
 * Look at every obligation whose next check has come, many in one unit of work: it records their rungs, what is next
 * for them and what is to be sent together, so that a crash between two units loses nothing and tells nothing twice.
 * Where one of them fails, those of its unit are looked at again one by one, so that one broken handler stops nobody
 * else's reminder. Safe to repeat and to run twice at once: rows are written only as they were read.
 * @returns how many rungs were fired. @throws AggregateError of what failed, after trying everything.
 */
export async function sweepObligations(deps: SweepDeps): Promise<number> {
  const failures = new Map<string, unknown>();
  let fired = 0;
  let sweep: Sweep | undefined;
  for (;;) {
    const due = await dueIds(deps.db, ROUND + failures.size);
    const ids = due.filter((id) => !failures.has(id));
    if (ids.length === 0) break;
    sweep ??= await begin(deps);
    for (let at = 0; at < ids.length; at += TOGETHER)
      fired += await checkSome(sweep, ids.slice(at, at + TOGETHER), failures);
  }
  if (failures.size > 0)
    throw new AggregateError(failures.values(), `${failures.size} obligations not checked`);
  return fired;
}

async function begin(deps: SweepDeps): Promise<Sweep> {
  const kinds = [...deps.listeners].filter(([, { reminderOf }]) => reminderOf !== null).map(([kind]) => kind);
  const found = await deps.db.read(async (reads) => ({
    sweptAt: reads.now,
    crowded: new Set(await heldByMany(reads, kinds)),
  }));
  return { ...deps, ...found, digested: new Set() };
}

const dueIds = (db: Db, limit: number): Promise<string[]> =>
  db.read(async ({ em, now }) => {
    const rows = await em.query<{ id: string }[]>(
      `select id from obligation where state = 'open' and nextCheckAt <= ? order by nextCheckAt, id limit ${limit}`,
      [now],
    );
    return rows.map((row) => row.id);
  });

const checkSome = (sweep: Sweep, ids: readonly string[], failures: Map<string, unknown>): Promise<number> =>
  checkTogether(sweep, ids).catch(() => checkAlone(sweep, ids, failures));

/** @param failures takes what could not be checked */
async function checkAlone(
  sweep: Sweep,
  ids: readonly string[],
  failures: Map<string, unknown>,
): Promise<number> {
  let fired = 0;
  for (const id of ids) {
    try {
      fired += await checkTogether(sweep, [id]);
    } catch (error) {
      failures.set(id, error);
    }
  }
  return fired;
}

async function checkTogether(sweep: Sweep, ids: readonly string[]): Promise<number> {
  const told = new Set<string>();
  const fired = await sweep.db.write(actor, async (tx) => {
    told.clear();
    const rows = await tx.em.getRepository(ObligationTable).findBy({ id: In(ids), state: 'open' });
    const due = rows.filter(({ nextCheckAt: at }) => at !== null && at <= tx.now);
    const checks = planChecks(due, tx.now, sweep.settings.calendar);
    await saveChecked(tx, sameChanges(checks));
    for (const check of checks) await follow(tx, sweep, check, told);
    return checks.filter(({ rung }) => rung !== null).length;
  });
  for (const personId of told) sweep.digested.add(personId);
  return fired;
}

/** @param told takes who gets a digest by this unit of work */
async function follow(tx: Tx, sweep: Sweep, check: Check, told: Set<string>): Promise<void> {
  const { row, next, rung, isProvisionalDue } = check;
  if (isProvisionalDue) tx.afterCommit(() => sweep.onProvisionalDue(row));
  if (!rung) return;
  tx.append(ObligationRungTable, {
    id: newId(),
    obligationId: row.id,
    rung: rung.rung,
    passedAt: rung.at,
    firedAt: tx.now,
  });
  const listener = sweep.listeners.get(row.kind);
  const { holderPersonId: holder } = row;
  if (listener && listener.reminderOf !== null && holder !== null && sweep.crowded.has(holder)) {
    if (!told.has(holder) && !sweep.digested.has(holder)) queueDigest(tx, holder, sweep.sweptAt);
    told.add(holder);
    return;
  }
  await listener?.handle(tx, next, rung);
}
