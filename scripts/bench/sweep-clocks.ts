/**
 * Bar of issue 4: 100,000 open clocks of approvals, all of which reach a rung at the same minute (8:30 of the day they
 * are due, as after a weekend): each is judged anew, its rung recorded once and its holder's digest queued, within
 * 10 s. Then the same again, when nothing is due any more. Medians of three runs, each on a database of its own, on
 * SQLite and on MariaDB. PEOPLE as many as CLOCKS: everybody holds one and gets a reminder of their own.
 *
 *   npm run build && [CLOCKS=100000] [PEOPLE=1000] [RUNS=3] [DATABASES=sqlite,mariadb] node dist/scripts/bench/sweep-clocks.js
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../server/app.ts';
import { ManualClock } from '../../server/kernel/clock.ts';
import { newId } from '../../server/kernel/id.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { atMost, exactly, median, report, round } from './support/figures.ts';
import { withMariadb } from './support/mariadb.ts';
import { openProduct } from './support/product.ts';

const CLOCKS = Number(process.env.CLOCKS ?? 100_000);
const DATABASES = (process.env.DATABASES ?? 'sqlite,mariadb').split(',');
const TOGETHER = 500;
const PEOPLE = Number(process.env.PEOPLE ?? 1_000);
const RUNS = Number(process.env.RUNS ?? 3);
const OPENED = Date.parse('2026-11-23T09:00:00+08:00');
const SWEPT = Date.parse('2026-11-24T08:30:00+08:00');

const people = Array.from({ length: PEOPLE }, () => newId());

interface Swept {
  readonly first: Timed;
  readonly second: Timed;
}

for (const database of DATABASES) {
  const runs = database === 'mariadb' ? await onMariadb() : await onSqlite();
  const seconds = (which: keyof Swept) => median(runs.map((run) => run[which].seconds));
  report(`sweep-clocks ${database}`, { clocks: CLOCKS, people: PEOPLE, load: loadavg(), runs }, [
    exactly('rungs fired', Math.min(...runs.map(({ first }) => first.answer)), CLOCKS),
    exactly('rungs fired again', Math.max(...runs.map(({ second }) => second.answer)), 0),
    atMost('seconds, all due at once', seconds('first'), 10),
    atMost('seconds, nothing due', seconds('second'), 1),
  ]);
}

function onMariadb(): Promise<Swept[]> {
  return withMariadb((mariadb) => repeat(async () => measure(await mariadb.newDatabase())));
}

async function onSqlite(): Promise<Swept[]> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-sweep-'));
  const runs = await repeat((n) => measure(`sqlite:${join(folder, `bench${n}.db`)}`));
  rmSync(folder, { recursive: true, force: true });
  return runs;
}

async function repeat(run: (n: number) => Promise<Swept>): Promise<Swept[]> {
  const all: Swept[] = [];
  for (let n = 0; n < RUNS; n += 1) all.push(await run(n));
  return all;
}

async function measure(url: string): Promise<Swept> {
  const clock = new ManualClock(OPENED);
  const { app, close } = await openProduct(url, { clock });
  await fill(app);
  clock.set(SWEPT);
  const first = await timed(() => app.supervision.sweep());
  const second = await timed(() => app.supervision.sweep());
  await close();
  return { first, second };
}

interface Timed {
  readonly answer: number;
  readonly seconds: number;
}

async function timed(run: () => Promise<number>): Promise<Timed> {
  const start = performance.now();
  const answer = await run();
  return { answer, seconds: round((performance.now() - start) / 1000) };
}

/** Tasks of approvals with a day to decide, some for each of the people. */
async function fill({ db, supervision }: App): Promise<void> {
  for (let at = 0; at < CLOCKS; at += TOGETHER)
    await db.write(systemActor('bench'), async (tx) => {
      const clocks = Array.from({ length: Math.min(TOGETHER, CLOCKS - at) }, (_, n) => ({
        kind: 'approvals.task',
        subjectType: 'instance',
        subjectId: newId(),
        stepRef: newId(),
        title: '张雨桐 年假 1 个工作日',
        path: '/approvals/x',
        holderPersonId: people[(at + n) % PEOPLE] ?? null,
        holderUnitId: null,
        budget: { workdays: 1 },
      }));
      supervision.openObligations(tx, clocks);
    });
}
