import { systemActor } from '../../../kernel/actor.ts';
import { DAY_MS, MINUTE_MS } from '../../../kernel/dates.ts';
import { reading } from '../../../connector/reading.ts';
import type { Db, Tx } from '../../../platform/db/unit-of-work.ts';
import { dailyAt, type JobDefinition, type Schedule } from '../../../platform/jobs/index.ts';
import type { AdminAct } from '../../../wecom/index.ts';
import { tell, type ConsoleFound, type Socket } from '../commands/deps.ts';
import type { RightsLoader } from '../load-rights.ts';
import { judge } from './judge.ts';
import { operatorsOf } from './operators.ts';
import { markOf, saveFindings, saveMark } from './store.ts';

const READ_CONSOLE_LOG = 'access.readConsoleLog';
const actor = systemActor(`job:${READ_CONSOLE_LOG}`);
const HOUR = 2;
const MINUTE = 40;
/** At the very first time: what an administrator still remembers. */
const FIRST_MS = 7 * DAY_MS;
/** The log goes back 180 days (page 100179); a day of room for a slow night. */
const LIFE_MS = 179 * DAY_MS;
/** An act may reach the log a little later than it was done. */
const LAG_MS = 10 * MINUTE_MS;
/** A day at the console with more acts than that is read as far as this: whoever did it is found by then. */
const MOST_A_DAY = 20_000;

export interface ConsoleLogClient {
  admin(range: { from: number; until: number }): AsyncIterable<AdminAct>;
}

export interface ReadLogDeps {
  readonly db: Db;
  readonly log: ConsoleLogClient;
  readonly rights: RightsLoader;
  readonly found: readonly Socket<ConsoleFound>[];
}

/** Every night the administrators' log of the day before, day by day since the last one read, each whole (H10). */
export function consoleLogJobs(deps: ReadLogDeps): { definitions: JobDefinition[]; schedules: Schedule[] } {
  return {
    definitions: [{ name: READ_CONSOLE_LOG, exclusive: true, handle: ({ now }) => readLog(deps, now) }],
    schedules: [dailyAt(READ_CONSOLE_LOG, HOUR, MINUTE)],
  };
}

async function readLog(deps: ReadLogDeps, now: number): Promise<void> {
  const mark = await deps.db.read(markOf);
  const until = now - LAG_MS;
  let from = Math.max(mark?.readUntil ?? now - FIRST_MS, now - LIFE_MS);
  while (from < until) {
    const end = Math.min(from + DAY_MS, until);
    const day = { from, until: end };
    const answer = await reading(now, () => readDay(deps.log, day));
    await deps.db.write(actor, async (tx) => {
      if ('value' in answer) return noteDay(deps, tx, answer.value, end);
      await saveMark(tx, { readUntil: day.from, checkedAt: now, refused: answer.refused });
    });
    // Not let in today: what was not read is read when the console lists the app again.
    if ('refused' in answer) return;
    from = end;
  }
}

async function readDay(log: ConsoleLogClient, day: { from: number; until: number }): Promise<AdminAct[]> {
  const acts: AdminAct[] = [];
  for await (const act of log.admin(day)) {
    acts.push(act);
    if (acts.length >= MOST_A_DAY) break;
  }
  return acts;
}

async function noteDay(deps: ReadLogDeps, tx: Tx, acts: readonly AdminAct[], readUntil: number) {
  const { org } = await deps.rights(tx);
  const operators = await operatorsOf(
    tx,
    org,
    acts.map(({ userid }) => userid),
  );
  const opened = await saveFindings(tx, judge(acts, operators));
  await saveMark(tx, { readUntil, checkedAt: tx.now, refused: null });
  if (opened > 0) await tell(tx, deps.found, { opened });
}
