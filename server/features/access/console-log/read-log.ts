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
/** Held in memory at once; a day at the console with more acts than that is read in shorter pieces. */
const MOST_AT_ONCE = 20_000;
const SHORTEST_MS = MINUTE_MS;

interface Range {
  readonly from: number;
  readonly until: number;
}

export interface ConsoleLogClient {
  admin(range: Range): AsyncIterable<AdminAct>;
}

export interface ReadLogDeps {
  readonly db: Db;
  readonly log: ConsoleLogClient;
  readonly rights: RightsLoader;
  readonly found: readonly Socket<ConsoleFound>[];
}

/** Every night the administrators' log of the day before, day by day since the last one read, each whole (H2, H10). */
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
    const day = { from, until: Math.min(from + DAY_MS, until) };
    const answer = await reading(now, () => readPiece(deps.log, day));
    await deps.db.write(actor, async (tx) => {
      if ('value' in answer) return notePiece(deps, tx, answer.value);
      await saveMark(tx, { readUntil: day.from, checkedAt: now, refused: answer.refused });
    });
    // Not let in today: what was not read is read when the console lists the app again.
    if ('refused' in answer) return;
    from = answer.value.until;
  }
}

interface Piece {
  readonly acts: readonly AdminAct[];
  readonly until: number;
}

/** Whole (H2): what is too much at once is asked for in half the time, so that no act is passed over. */
async function readPiece(log: ConsoleLogClient, { from, until }: Range): Promise<Piece> {
  for (let end = until; ; end = from + Math.ceil((end - from) / 2)) {
    const isShortest = end - from <= SHORTEST_MS;
    const acts = await readUpTo(log, { from, until: end }, isShortest ? Infinity : MOST_AT_ONCE);
    if (acts !== null) return { acts, until: end };
  }
}

/** @returns null when there are more */
async function readUpTo(log: ConsoleLogClient, range: Range, most: number): Promise<AdminAct[] | null> {
  const acts: AdminAct[] = [];
  for await (const act of log.admin(range)) {
    if (acts.length >= most) return null;
    acts.push(act);
  }
  return acts;
}

async function notePiece(deps: ReadLogDeps, tx: Tx, { acts, until }: Piece): Promise<void> {
  const { org } = await deps.rights(tx);
  const operators = await operatorsOf(
    tx,
    org,
    acts.map(({ userid }) => userid),
  );
  const opened = await saveFindings(tx, judge(acts, operators));
  await saveMark(tx, { readUntil: until, checkedAt: tx.now, refused: null });
  if (opened > 0) await tell(tx, deps.found, { opened });
}
