/**
 * Bar of issue 4: create + 3 approvals through the HTTP API of the real server, 16 at once, on MariaDB: at least 100
 * such stories a second, and at least ten times NocoBase's measured 7.3. Every request is signed in and checked as a
 * person's would be. The server is a process of its own that writes its jobs and does not run them: what a message
 * costs is set by 企业微信's limits, not by this machine. The other side of every run writes the same rows by plain SQL.
 *
 *   npm run build && node dist/scripts/bench/approvals-http.js
 */
import mysql, { type Pool, type RowDataPacket } from 'mysql2/promise';
import { ManualClock } from '../../server/kernel/clock.ts';
import { withStatements } from './support/counters.ts';
import { withCpu } from './support/cpu.ts';
import { alternate, atLeast, median, quantile, report, round } from './support/figures.ts';
import { recordStory, writeStory } from './support/hand-made.ts';
import { type Answer, type Line, openLine, requestBytes } from './support/load.ts';
import { type Mariadb, withMariadb } from './support/mariadb.ts';
import { openProduct, signedIn, startServer } from './support/product.ts';
import { epochsOf, openStoryBook, type OpenTask, seed, type StoryBook } from './support/story.ts';

const RUNS = 3;
const STORIES = 400;
/** Until the compiler has seen enough (a story costs the server 9.9 ms at first, 8 after two thousand): it runs for weeks. */
const WARM_UP = 1_600;
const AT_ONCE = 16;
/** NocoBase, stories a second, measured on a like machine. */
const NOCOBASE = 7.3;
const STEPS = [1, 2];
const REQUESTS = 4;

interface Stage {
  readonly book: StoryBook;
  readonly epochs: ReadonlyMap<string, number>;
  readonly sql: Pool;
}

/** The holders a person would find in their lists; looked up beside the API, in the time measured. */
async function tasksOf({ sql }: Stage, instanceId: string): Promise<OpenTask[]> {
  const [rows] = await sql.query<(RowDataPacket & OpenTask)[]>(
    `select id as taskId, personId from approval_task where instanceId = ? and status = 'pending' order by id`,
    [instanceId],
  );
  return rows;
}

const post = ({ epochs }: Stage, personId: string, path: string, body: object): Buffer =>
  requestBytes(
    'POST',
    path,
    { 'content-type': 'application/json', ...signedIn(personId, epochs.get(personId)) },
    JSON.stringify(body),
  );

/** One story over one connection. @returns what each of its four requests took, in ms. @throws when one is refused */
async function tell(stage: Stage, line: Line, n: number): Promise<number[]> {
  const { applicant, request } = stage.book.request(n);
  const made = await line.ask(post(stage, applicant.actor.personId, '/api/approvals/instances', request));
  const times = [mustBeOk(made).ms];
  const { instanceId } = JSON.parse(made.body) as { instanceId: string };
  const approve = async ({ taskId, personId }: OpenTask) => {
    const path = `/api/approvals/tasks/${taskId}/approve`;
    times.push(mustBeOk(await line.ask(post(stage, personId, path, {}))).ms);
  };
  // First the head of the unit, then two leaders jointly.
  for (const holders of STEPS) {
    const tasks = await tasksOf(stage, instanceId);
    if (tasks.length !== holders) throw new Error(`${tasks.length} instead of ${holders} hold ${instanceId}`);
    for (const task of tasks) await approve(task);
  }
  return times;
}

function mustBeOk(answer: Answer): Answer {
  if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.body.slice(0, 300)}`);
  return answer;
}

interface Run {
  readonly storiesPerSecond: number;
  readonly p99: number;
}

/** @param one tells or writes the next story; the connection is the teller's own */
async function together(count: number, one: (teller: number) => Promise<number[]>): Promise<Run> {
  let next = 0;
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, teller) => {
      while (next++ < count) times.push(...(await one(teller)));
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return { storiesPerSecond: round(count / seconds, 1), p99: round(quantile(times, 0.99), 0) };
}

/** The demo college twice, one for each side, and one story of it as rows. */
async function prepare(oursUrl: string, handUrl: string, sql: Pool) {
  const clock = new ManualClock(new Date().toISOString());
  await (await openProduct(handUrl, { clock })).close();
  const { app, close } = await openProduct(oursUrl, { clock });
  await seed(app);
  const book = await openStoryBook(app);
  const recorded = await recordStory(app, clock, book, sql);
  const epochs = await epochsOf(app);
  await sql.query(`update job set state = 'done'`);
  await close();
  return { book, recorded, epochs };
}

async function measure(mariadb: Mariadb) {
  const [oursUrl, handUrl] = [await mariadb.newDatabase(), await mariadb.newDatabase()];
  const sql = mysql.createPool({ uri: oursUrl, connectionLimit: AT_ONCE });
  const hand = mysql.createPool({ uri: handUrl, connectionLimit: AT_ONCE, charset: 'utf8mb4' });
  const { book, recorded, epochs } = await prepare(oursUrl, handUrl, sql);
  const year = String(new Date().getFullYear());
  await hand.query('insert into approval_number (id, lastNumber) values (?, 0)', [`QJ-${year}`]);
  const server = await startServer(oursUrl, { ROLE: 'web' });
  const lines = await Promise.all(Array.from({ length: AT_ONCE }, () => openLine(server.port)));
  const stage = { book, epochs, sql };
  let told = 0;
  const ours = (count: number) =>
    withStatements(sql, count, () =>
      withCpu(server.child, count, () =>
        together(count, (teller) => tell(stage, lines[teller] as Line, told++)),
      ),
    );
  const byHand = (count: number) =>
    together(count, async () => {
      const began = performance.now();
      await writeStory(hand, recorded);
      return [performance.now() - began];
    });
  await ours(WARM_UP);
  await byHand(WARM_UP);
  const runs = await alternate(
    RUNS,
    () => ours(STORIES),
    () => byHand(STORIES),
  );
  for (const line of lines) line.close();
  const [left] = await sql.query<RowDataPacket[]>(
    `select count(*) as n from approval_instance where status <> 'approved'`,
  );
  if (Number(left[0]?.n) !== 0) throw new Error(`${left[0]?.n} requests are not at their end`);
  await Promise.all([server.stop(), sql.end(), hand.end()]);
  return runs;
}

await withMariadb(async (mariadb) => {
  const { one, other } = await measure(mariadb);
  const own = median(one.map(({ storiesPerSecond }) => storiesPerSecond));
  const hand = median(other.map(({ storiesPerSecond }) => storiesPerSecond));
  report(
    'approvals-http',
    {
      mariadb: mariadb.version,
      atOnce: AT_ONCE,
      storiesPerRun: STORIES,
      storiesPerSecond: own,
      requestsPerSecond: round(own * REQUESTS, 0),
      p99OfARequestMs: median(one.map(({ p99 }) => p99)),
      handMadeStoriesPerSecond: hand,
      ratio: round(own / hand),
      runs: { ours: one, handMade: other },
    },
    [
      atLeast('create + 3 approvals through HTTP, stories a second', own, 100),
      atLeast('times NocoBase', own / NOCOBASE, 10),
    ],
  );
});
