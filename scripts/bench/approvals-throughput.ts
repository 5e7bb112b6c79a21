/**
 * Bar of issue 2: create + 3 approvals through the commands, with audit entries, clocks, cards and jobs (written,
 * not run), on MariaDB, 16 at once: at least 150 such stories a second, and at least a fifth of what the same rows
 * cost when plain SQL writes them in the same number of transactions. Both sides take turns in one process, each
 * in a database of its own; medians of the runs. Story: leave of 3.5 days, head of unit, then two leaders jointly.
 *
 *   npm run build && node dist/scripts/bench/approvals-throughput.js
 */
import mysql, { type Pool } from 'mysql2/promise';
import { ManualClock } from '../../server/kernel/clock.ts';
import { readCounters } from './support/counters.ts';
import { alternate, atLeast, median, report, round } from './support/figures.ts';
import { recordStory, writeStory } from './support/hand-made.ts';
import { withMariadb } from './support/mariadb.ts';
import { openProduct } from './support/product.ts';
import { openStoryBook, seed, tellStory } from './support/story.ts';

const RUNS = 3;
const STORIES = 600;
const WARM_UP = 150;
const AT_ONCE = 16;
/** create, approve, approve, approve */
const COMMANDS = 4;
/** A working Monday with most of a known year before it. */
const NOW = '2026-03-02T10:20:00+08:00';

interface Run {
  readonly storiesPerSecond: number;
  readonly cpuMicrosPerStory: number;
  readonly statementsPerStory: number;
  readonly deadlocks: number;
}

/** @param one tells or writes the story of this number */
async function measure(count: number, pool: Pool, one: (n: number) => Promise<void>): Promise<Run> {
  let next = 0;
  const [before, cpu, began] = [await readCounters(pool), process.cpuUsage(), performance.now()];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let n = next++; n < count; n = next++) await one(n);
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const after = await readCounters(pool);
  return {
    storiesPerSecond: round(count / seconds, 1),
    cpuMicrosPerStory: Math.round((user + system) / count),
    statementsPerStory: round((after.statements - before.statements) / count, 1),
    deadlocks: after.deadlocks - before.deadlocks,
  };
}

await withMariadb(async (mariadb) => {
  const [oursUrl, handUrl] = [await mariadb.newDatabase(), await mariadb.newDatabase()];
  const clock = new ManualClock(NOW);
  const ours = await openProduct(oursUrl, { clock });
  await seed(ours.app);
  const book = await openStoryBook(ours.app);
  const hand = mysql.createPool({ uri: handUrl, connectionLimit: AT_ONCE, charset: 'utf8mb4' });
  const sql = mysql.createPool({ uri: oursUrl, connectionLimit: 1 });
  // The other side's tables are ours, made by our migrations.
  await (await openProduct(handUrl, { clock })).close();
  const story = await recordStory(ours.app, clock, book, sql);
  await hand.query(`insert into approval_number (id, lastNumber) values ('QJ-2026', 0)`);

  let told = 0;
  const tell = (count: number) => measure(count, sql, () => tellStory(ours.app, book, told++));
  const write = (count: number) => measure(count, hand, () => writeStory(hand, story));
  await tell(WARM_UP);
  await write(WARM_UP);
  const { one, other } = await alternate(
    RUNS,
    () => tell(STORIES),
    () => write(STORIES),
  );
  await Promise.all([hand.end(), sql.end(), ours.close()]);

  const [own, byHand] = [one, other].map((runs) => median(runs.map((run) => run.storiesPerSecond)));
  const ratio = (own ?? 0) / (byHand ?? Number.NaN);
  report(
    'approvals-throughput',
    {
      mariadb: mariadb.version,
      atOnce: AT_ONCE,
      storiesPerRun: STORIES,
      storiesPerSecond: own,
      commandsPerSecond: round((own ?? 0) * COMMANDS, 0),
      handMadeStoriesPerSecond: byHand,
      ratio: round(ratio),
      errorsLogged: ours.errors.length,
      runs: { ours: one, handMade: other },
    },
    [
      atLeast('create + 3 approvals, stories a second', own ?? 0, 150),
      atLeast('the other reading: commands a second', (own ?? 0) * COMMANDS, 150),
      atLeast('ours / hand-made SQL', ratio, 0.2),
    ],
  );
});
