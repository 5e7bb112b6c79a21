/**
 * Bar of issue 2: GET /api/approvals/items?box=todo&limit=20 of a signed-in person, with 100,000 tasks of 1,000 people
 * on MariaDB, reaches at least half of what a bare Koa endpoint does that runs the very same SELECT with mysql2. Two
 * fillings: realistic (20 of each person's 100 tasks are open) and hard (all 100). Both servers are processes of
 * their own and take turns; medians of the runs. Prints the plan of every statement of ours.
 *
 *   npm run build && node dist/scripts/bench/my-todos.js
 */
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import type { App } from '../../server/app.ts';
import type { PersonActor } from '../../server/kernel/actor.ts';
import { startBare } from './support/bare.ts';
import { withStatements } from './support/counters.ts';
import { withCpu } from './support/cpu.ts';
import { alternate, atLeast, median, report, round } from './support/figures.ts';
import { fillTodos } from './support/fill-todos.ts';
import { load, requestBytes, sendAll } from './support/load.ts';
import { type Mariadb, withMariadb } from './support/mariadb.ts';
import { openProduct, signedIn, startServer } from './support/product.ts';
import { epochsOf, openStoryBook, seed } from './support/story.ts';

const RUNS = 5;
const REQUESTS = 2_000;
const CONNECTIONS = 20;
const PATH = '/api/approvals/items?box=todo&limit=20';

/** What a bare endpoint would ask: the page's rows, nothing else. */
const EQUAL_SELECT = `select t.id, t.instanceId, t.id as taskId, t.status as taskStatus, t.openedAt as at, t.dueAt,
    t.provisional, i.title, i.status, i.templateKey, i.applicantName, i.applicantUnitName, i.startsOn, i.holderNames
  from approval_task t join approval_instance i on i.id = t.instanceId
  where t.personId = ? and t.status = 'pending' order by t.dueAt, t.id limit 20`;

interface Statement {
  readonly sql: string;
  readonly params: unknown[];
}

/** What the route asks the database for one person, the sign-in check included. */
async function statementsOf(app: App, personId: string): Promise<Statement[]> {
  const heard: Statement[] = [];
  const { manager } = app.source;
  const query = manager.query.bind(manager);
  manager.query = (sql: string, params: unknown[] = []) => {
    heard.push({ sql, params });
    return query(sql, params);
  };
  const actor: PersonActor = { kind: 'person', personId, name: '', roles: ['staff'], via: 'h5' };
  const route = app.routes.find(({ path }) => path === '/api/approvals/items');
  await app.db.read((reads) => app.directory.orgOf(reads));
  heard.length = 0;
  await app.db.read((reads) => app.directory.orgOf(reads));
  await route?.handle({
    actor,
    query: { box: 'todo', limit: 20 },
    params: {},
    body: {},
    request: { requestId: '', address: '' },
    ctx: {} as never,
  });
  manager.query = query;
  return heard;
}

async function plansOf(sql: Connection, statements: readonly Statement[]) {
  const plans = [];
  for (const statement of statements) {
    const [rows] = await sql.query<RowDataPacket[]>(`explain ${statement.sql}`, statement.params);
    plans.push({
      sql: statement.sql.replace(/\s+/g, ' '),
      plan: rows.map((row) => `${row.table}: ${row.type} ${row.key} rows=${row.rows} ${row.Extra}`),
    });
  }
  return plans;
}

async function measure(mariadb: Mariadb, pendingPerPerson: number) {
  const url = await mariadb.newDatabase();
  const { app, close } = await openProduct(url);
  await seed(app);
  const sql = await mysql.createConnection({ uri: url });
  const people = await fillTodos(app, await openStoryBook(app), sql, {
    perPerson: 100,
    pendingPerPerson,
  });
  await sql.query(`update job set state = 'done'`);
  const epochs = await epochsOf(app);
  const statements = await statementsOf(app, people[0] ?? '');
  const plans = await plansOf(sql, statements);
  await close();

  // Reading is measured: the clocks bulk SQL invented are not to be reckoned anew meanwhile.
  const ours = await startServer(url, { ROLE: 'web' });
  const bare = await startBare(url, { BARE: 'select', BARE_SQL: EQUAL_SELECT });
  const list = people.map((id) => requestBytes('GET', PATH, { cookie: signedIn(id, epochs.get(id)).cookie }));
  const plain = people.map((id) => requestBytes('GET', `/?${id}`, {}));
  const check = await sendAll(ours.port, list.slice(0, 50), CONNECTIONS);
  const short = check.answers.filter(
    ({ body }) => (JSON.parse(body) as { items?: unknown[] }).items?.length !== 20,
  );
  if (short.length > 0) throw new Error(`a list is not 20 long: ${short[0]?.body.slice(0, 200)}`);
  const many = (requests: readonly Buffer[]) =>
    Array.from({ length: REQUESTS }, (_, n) => requests[n % requests.length] ?? Buffer.alloc(0));
  const run = (server: typeof ours | typeof bare, requests: readonly Buffer[]) =>
    withStatements(sql, REQUESTS, () =>
      withCpu(server.child, REQUESTS, () => load(server.port, many(requests), CONNECTIONS)),
    );
  await alternate(
    1,
    () => run(ours, list),
    () => run(bare, plain),
  );
  const { one, other } = await alternate(
    RUNS,
    () => run(ours, list),
    () => run(bare, plain),
  );
  bare.stop();
  await Promise.all([ours.stop(), sql.end()]);
  const [own, reference] = [one, other].map((runs) => median(runs.map(({ perSecond }) => perSecond)));
  const refused = [...one, ...other].some(({ statuses }) => Object.keys(statuses).join() !== '200');
  if (refused) throw new Error('a request was not answered with 200');
  return {
    pendingPerPerson,
    oursPerSecond: own,
    barePerSecond: reference,
    ratio: round((own ?? 0) / (reference ?? Number.NaN)),
    p99: median(one.map(({ p99 }) => p99)),
    cpuMicrosPerRequest: {
      ours: median(one.map(({ cpuMicros }) => cpuMicros)),
      bare: median(other.map(({ cpuMicros }) => cpuMicros)),
    },
    statementsPerRequest: median(one.map((run) => run.statements)),
    plans,
  };
}

await withMariadb(async (mariadb) => {
  const realistic = await measure(mariadb, 20);
  const hard = await measure(mariadb, 100);
  report(
    'my-todos',
    { mariadb: mariadb.version, connections: CONNECTIONS, requestsPerRun: REQUESTS, realistic, hard },
    [
      atLeast('ours / bare, 20 of 100 tasks open', realistic.ratio, 0.5),
      atLeast('ours / bare, all 100 tasks open', hard.ratio, 0.5),
    ],
  );
});
