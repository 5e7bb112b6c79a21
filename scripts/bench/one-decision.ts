/**
 * Bar of issue 2: one 或签 step with 200 named people, all of whom agree at the same moment through the HTTP API of
 * the real server: exactly one decision is kept, 199 get a polite answer, nobody an error, p99 below 500 ms; on
 * SQLite and on MariaDB. Each round is a new request; the p99 of the bar is the median of the rounds.
 *
 *   npm run build && node dist/scripts/bench/one-decision.js
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../server/app.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { submitRequest } from '../../server/features/approvals/commands/submit.ts';
import { Template } from '../../server/features/approvals/template/template.ts';
import { atMost, type Bar, exactly, median, quantile, report, round } from './support/figures.ts';
import { type Answer, requestBytes, sendAll } from './support/load.ts';
import { withMariadb } from './support/mariadb.ts';
import { openProduct, signedIn, startServer } from './support/product.ts';
import { type Applicant, epochsOf, openStoryBook, openTasks, seed } from './support/story.ts';

const ROUNDS = 5;
const PEOPLE = 200;
const PER_SEAT = 20;

/** Everybody named, any of them enough. */
function anyOf(personIds: readonly string[]): Template {
  const seats = Array.from({ length: PEOPLE / PER_SEAT }, (_, at) =>
    personIds.slice(at * PER_SEAT, (at + 1) * PER_SEAT),
  );
  return Template.parse({
    key: 'benchAny',
    version: 1,
    title: '或签压力',
    numberPrefix: 'YL',
    icon: 'doc',
    hue: 'blue',
    group: '测试',
    titleWords: '或签压力',
    fields: [{ key: 'reason', type: 'text', label: '事由', required: true }],
    steps: [
      {
        key: 'any',
        kind: 'approve',
        title: '任一人',
        mode: 'any',
        refusal: 'FIRST_ACTION',
        allowWorkdays: 1,
        assignees: seats.map((ids, at) => ({ label: `组${at + 1}`, by: { rule: 'named', personIds: ids } })),
      },
    ],
  });
}

interface Prepared {
  /** One list of 200 approvals for each round. */
  readonly rounds: readonly (readonly Buffer[])[];
  readonly instanceIds: readonly string[];
}

async function prepare(app: App): Promise<Prepared> {
  await seed(app);
  const { applicants } = await openStoryBook(app);
  const [applicant, ...others] = applicants;
  if (!applicant || others.length < PEOPLE) throw new Error('the demo college is too small');
  const template = anyOf(others.slice(0, PEOPLE).map(({ actor }) => actor.personId));
  await app.db.write(systemActor('bench'), (tx) => app.approvals.publish(tx, [template]));
  const epochs = await epochsOf(app);
  const [rounds, instanceIds]: [Buffer[][], string[]] = [[], []];
  for (let n = 0; n <= ROUNDS; n += 1) {
    const instanceId = await submit(app, applicant);
    const tasks = await openTasks(app, instanceId);
    if (tasks.length !== PEOPLE) throw new Error(`expected ${PEOPLE} open tasks, there are ${tasks.length}`);
    instanceIds.push(instanceId);
    rounds.push(tasks.map((task) => approval(task.taskId, task.personId, epochs.get(task.personId))));
  }
  return { rounds, instanceIds };
}

async function submit(app: App, { actor, assignmentId }: Applicant): Promise<string> {
  const request = { templateKey: 'benchAny', version: 1, assignmentId, form: { reason: '同时点同意' } };
  return (await submitRequest(app.approvals.context, actor, { ...request, clientKey: randomUUID() }))
    .instanceId;
}

const approval = (taskId: string, personId: string, epoch: number | undefined): Buffer =>
  requestBytes(
    'POST',
    `/api/approvals/tasks/${taskId}/approve`,
    { 'content-type': 'application/json', ...signedIn(personId, epoch) },
    '{}',
  );

/** What a request looks like afterwards. */
async function traces(app: App, instanceId: string): Promise<{ decisions: number; approved: number }> {
  const count = async (sql: string): Promise<number> => {
    const rows = await app.db.read((reads) => reads.em.query<{ n: number }[]>(sql, [instanceId]));
    return Number(rows[0]?.n);
  };
  return {
    decisions: await count(
      `select count(*) as n from approval_event where instanceId = ? and type = 'taskDecided'`,
    ),
    approved: await count(
      `select count(*) as n from approval_task where instanceId = ? and status = 'approved'`,
    ),
  };
}

const outcomeOf = ({ status, body }: Answer): string =>
  status === 200 ? (JSON.parse(body) as { outcome: string }).outcome : String(status);

async function measure(databaseUrl: string) {
  const filling = await openProduct(databaseUrl);
  const { rounds, instanceIds } = await prepare(filling.app);
  await filling.app.db.write(systemActor('bench'), (tx) => tx.em.query(`update job set state = 'done'`));
  await filling.close();
  const server = await startServer(databaseUrl);
  const results = [];
  for (const requests of rounds) {
    const { answers } = await sendAll(server.port, requests, PEOPLE);
    const times = answers.map(({ ms }) => ms);
    const outcomes = answers.map(outcomeOf);
    results.push({
      done: outcomes.filter((outcome) => outcome === 'done').length,
      already: outcomes.filter((outcome) => outcome === 'already').length,
      p50: round(median(times), 0),
      p99: round(quantile(times, 0.99), 0),
    });
  }
  await server.stop();
  const looking = await openProduct(databaseUrl);
  const kept: Awaited<ReturnType<typeof traces>>[] = [];
  for (const instanceId of instanceIds) kept.push(await traces(looking.app, instanceId));
  await looking.close();
  // The first round warms the server up; its answers count, its times do not.
  return {
    rounds: results.map((result, n) => ({ ...result, ...kept[n] })),
    p99: median(results.slice(1).map((r) => r.p99)),
  };
}

type Measured = Awaited<ReturnType<typeof measure>>;

function barsOf(name: string, { rounds, p99 }: Measured): Bar[] {
  const off = (wanted: number, of: (round: Measured['rounds'][number]) => number | undefined) =>
    rounds.filter((one) => of(one) !== wanted).length;
  return [
    exactly(
      `${name}: rounds without exactly 1 decision row`,
      off(1, (one) => one.decisions),
      0,
    ),
    exactly(
      `${name}: rounds without exactly 1 approved task`,
      off(1, (one) => one.approved),
      0,
    ),
    exactly(
      `${name}: rounds without exactly 1 answer “done”`,
      off(1, (one) => one.done),
      0,
    ),
    exactly(
      `${name}: rounds without ${PEOPLE - 1} polite answers`,
      off(PEOPLE - 1, (one) => one.already),
      0,
    ),
    atMost(`${name}: p99 ms`, p99, 500),
  ];
}

const folder = mkdtempSync(join(tmpdir(), 'steward-bench-sqlite-'));
const sqlite = await measure(`sqlite:${join(folder, 'bench.db')}`);
rmSync(folder, { recursive: true, force: true });
const mariadb = await withMariadb(async (server) => measure(await server.newDatabase()));
report('one-decision', { people: PEOPLE, sqlite, mariadb }, [
  ...barsOf('SQLite', sqlite),
  ...barsOf('MariaDB', mariadb),
]);
