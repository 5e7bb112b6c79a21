/**
 * Bar of issue 10: the to-do list of a signed-in person over HTTP, with 1,000,000 closed and 50,000 open tasks of 1,000
 * people on MariaDB, at 50 requests a second that wait for nobody: less than 50 ms at the 95th percentile. Beside it, in
 * turns, the same rows by a hand-written SELECT through mysql2 at the same rate. Medians of three runs.
 *
 *   npm run build && [CLOSED=1000000] [OPEN=50000] node dist/scripts/bench/many-todos.js
 */
import { loadavg } from 'node:os';
import mysql from 'mysql2/promise';
import { atMost, exactly, median, quantile, report, round } from './support/figures.ts';
import { fillTodos, PEOPLE } from './support/fill-todos.ts';
import { onTime, requestBytes, sendOnTime } from './support/load.ts';
import { withMariadb } from './support/mariadb.ts';
import { openProduct, signedIn, startServer } from './support/product.ts';
import { epochsOf, openStoryBook, seed } from './support/story.ts';

const CLOSED = Number(process.env.CLOSED ?? 1_000_000);
const OPEN = Number(process.env.OPEN ?? 50_000);
const PER_SECOND = 50;
const SECONDS = 20;
const RUNS = 3;
const PATH = '/api/approvals/items?box=todo&limit=20';

const BY_HAND = `select t.id, t.instanceId, t.openedAt, t.dueAt, t.provisional, i.title, i.status, i.templateKey,
    i.applicantName, i.applicantUnitName, i.startsOn, i.holderNames
  from approval_task t join approval_instance i on i.id = t.instanceId
  where t.personId = ? and t.status = 'pending' order by t.sortAt, t.id limit 21`;

const lengthOf = (body: string): number => (JSON.parse(body) as { items?: unknown[] }).items?.length ?? 0;

const figures = (times: readonly number[]) => ({
  p50: round(median(times)),
  p95: round(quantile(times, 0.95)),
  p99: round(quantile(times, 0.99)),
});
const middle = (runs: readonly ReturnType<typeof figures>[]) => ({
  p50: median(runs.map(({ p50 }) => p50)),
  p95: median(runs.map(({ p95 }) => p95)),
  p99: median(runs.map(({ p99 }) => p99)),
});

await withMariadb(async (mariadb) => {
  const url = await mariadb.newDatabase();
  const { app, close } = await openProduct(url);
  await seed(app);
  const sql = await mysql.createConnection({ uri: url });
  const people = await fillTodos(app, await openStoryBook(app), sql, {
    perPerson: (CLOSED + OPEN) / PEOPLE,
    pendingPerPerson: OPEN / PEOPLE,
    isLean: true,
  });
  await sql.query(`update job set state = 'done'`);
  const epochs = await epochsOf(app);
  await close();

  const server = await startServer(url, { ROLE: 'web' });
  const pool = mysql.createPool({ uri: url, connectionLimit: 16 });
  // A stride that meets everybody, in no order the database could have kept warm.
  const asked = Array.from(
    { length: PER_SECOND * SECONDS },
    (_, n) => people[(n * 379) % people.length] ?? '',
  );
  const requests = asked.map((id) =>
    requestBytes('GET', PATH, { cookie: signedIn(id, epochs.get(id)).cookie }),
  );
  const own = async () => {
    const answers = await sendOnTime(server.port, requests, PER_SECOND);
    const wrong = answers.filter(({ status, body }) => status !== 200 || lengthOf(body) !== 20);
    return { wrong: wrong.length, ...figures(answers.map(({ ms }) => ms)) };
  };
  const byHand = async () =>
    figures((await onTime(asked, PER_SECOND, (id) => pool.query(BY_HAND, [id]))).map(({ ms }) => ms));

  await own();
  const runs = [];
  for (let n = 0; n < RUNS; n += 1) runs.push({ ours: await own(), byHand: await byHand() });
  await Promise.all([server.stop(), pool.end(), sql.end()]);
  const ours = middle(runs.map((run) => run.ours));
  report(
    'many-todos',
    {
      mariadb: mariadb.version,
      closed: CLOSED,
      open: OPEN,
      perSecond: PER_SECOND,
      load: loadavg(),
      ours,
      byHand: middle(runs.map((run) => run.byHand)),
    },
    [
      exactly('answers that are not 20 to-dos', Math.max(...runs.map((run) => run.ours.wrong)), 0),
      atMost('p95 ms', ours.p95, 50),
    ],
  );
});
