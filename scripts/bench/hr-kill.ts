import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { App } from '../../server/app.ts';
import { startRun } from '../../server/features/hr/commands/control-run.ts';
import { loadPlan } from '../../server/features/hr/plan-store.ts';
import { OffsetClock } from '../../server/kernel/clock.ts';
import { dateOf } from '../../server/kernel/dates.ts';
import { sealAll, verifyAudit } from '../../server/platform/audit/index.ts';
import type { Sandbox } from '../../server/sandbox/index.ts';
import { atLeast, exactly, report } from './support/figures.ts';
import { withMariadb } from './support/mariadb.ts';
import { freePort } from './support/ports.ts';
import { benchEnv, openProduct, ROOT } from './support/product.ts';
import { startBenchSandbox } from './support/sandbox.ts';
import {
  acceptSource,
  aCollege,
  BRINGER,
  changed,
  planned,
  type Row,
  wrongMembers,
} from './support/statement.ts';

/**
 * Bar of issue 3: kill -9 at 20 random points of an apply, half of them while the changes are made in our database and
 * half while 企业微信 is written; carried on it ends with nothing lost, nothing twice, 企业微信 as the plan says and the
 * audit chain whole. On SQLite and on a MariaDB of its own (or that of TEST_DATABASE_URL).
 *
 *   npm run build && [KILLS=20] [DATABASES=sqlite,mariadb] node dist/scripts/bench/hr-kill.js
 */
const PEOPLE = Number(process.env.PEOPLE ?? 1_200);
const CHANGED = Number(process.env.CHANGED ?? 1_000);
const LOOK_AGAIN_MS = 100;
const KILLS = Number(process.env.KILLS ?? 20);
/** After a point was reached, so that it is not always the beginning of a unit of work. */
const MOMENT_MS = 25;
const STUCK_AFTER_MS = 120_000;
const DATABASES = (process.env.DATABASES ?? 'sqlite,mariadb').split(',');
const MAIN = fileURLToPath(new URL('../../server/main.js', import.meta.url));

interface Stage {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  readonly databaseUrl: string;
  readonly sandbox: Sandbox;
  readonly planId: string;
  readonly wanted: readonly Row[];
}

for (const database of DATABASES) {
  if (database === 'mariadb') await withMariadb(async (m) => attack('mariadb', await m.newDatabase()));
  else {
    const folder = mkdtempSync(join(tmpdir(), 'steward-hr-kill-'));
    await attack('sqlite', `sqlite:${join(folder, 'bench.db')}`);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How far a run is: changes made in our database, and changed members that 企业微信 has as the plan says. */
interface Progress {
  readonly done: number;
  readonly written: number;
}
type Side = keyof Progress;

interface Watch {
  readonly app: App;
  readonly stage: Stage;
}

async function attack(name: string, databaseUrl: string): Promise<void> {
  const stage = await prepare(databaseUrl);
  const observer = await openProduct(databaseUrl, { env: stage.env });
  const watch = { app: observer.app, stage };
  const points = { done: randomPoints(Math.ceil(KILLS / 2)), written: randomPoints(Math.floor(KILLS / 2)) };
  const kills: (Progress & { readonly meant: Side })[] = [];
  while (points.done.length + points.written.length > 0) {
    const child = start(stage);
    const meant = await untilPoint(watch, child, points);
    points[meant].shift();
    await pause(randomInt(MOMENT_MS));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    kills.push({ meant, ...(await progress(watch)) });
    await forgetDead(observer.app);
  }
  await observer.close();
  await judge(name, stage, kills);
  await stage.sandbox.stop();
}

/** Before the last change, so that there is something to be cut off. */
function randomPoints(count: number): number[] {
  return Array.from({ length: count }, () => randomInt(CHANGED)).sort((a, b) => a - b);
}

/** Which of both sides came to its next point. @throws when the process ended or nothing moves any more */
async function untilPoint(
  watch: Watch,
  child: ChildProcess,
  points: Readonly<Record<Side, readonly number[]>>,
): Promise<Side> {
  const from = await progress(watch);
  for (const until = performance.now() + STUCK_AFTER_MS; performance.now() < until; await pause(20)) {
    if (child.exitCode !== null) throw new Error(`the server ended by itself (${child.exitCode})`);
    const now = await progress(watch);
    // Each process gets somewhere, so that a point behind us is another moment and not the same one again.
    for (const side of ['done', 'written'] as const) {
      const [point] = points[side];
      if (point !== undefined && now[side] >= point && (now[side] > from[side] || now[side] === CHANGED))
        return side;
    }
  }
  child.kill('SIGKILL');
  throw new Error(`nothing moves: ${JSON.stringify(await progress(watch))}`);
}

async function progress({ app, stage }: Watch): Promise<Progress> {
  const [status] = await app.hr.status(stage.planId);
  const missing = await wrongMembers(app, stage.sandbox, stage.wanted);
  return { done: status?.counts.done ?? 0, written: CHANGED - missing };
}

/** What the killed process held ends now: the minutes until it ends by itself are only not waited for. */
async function forgetDead(app: App): Promise<void> {
  await app.db.run("update job set leaseUntil = 1 where state = 'running'", []);
  await app.db.run('update job_lock set leaseUntil = 1', []);
  await app.db.run('update wecom_member_mirror set claimUntilAt = 1 where claim is not null', []);
}

/** A college as it is, and a run of 1,000 changes that has begun and done nothing yet. */
async function prepare(databaseUrl: string): Promise<Stage> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const clock = new OffsetClock();
  const { sandbox, env: wecom } = await startBenchSandbox(url, clock);
  const env = {
    ...benchEnv,
    ...wecom,
    PATH: process.env.PATH ?? '',
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    DATA_DIR: mkdtempSync(join(tmpdir(), 'steward-hr-kill-data-')),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  };
  const { app, close } = await openProduct(databaseUrl, { clock, env });
  const rows = aCollege(PEOPLE);
  const today = dateOf(clock.now());
  await app.hr.applyAndWait(BRINGER, await planned(app, rows, today), () => app.jobs.runDue());
  await untilPushed(app);
  await acceptSource(app);
  const wanted = changed(rows, CHANGED);
  const planId = await planned(app, wanted, today);
  await startRun(app.hr.context, BRINGER, planId);
  await close();
  return { url, env, databaseUrl, sandbox, planId, wanted };
}

async function untilIdle(app: App): Promise<void> {
  while ((await app.jobs.runDue()) > 0);
}

/** Until 企业微信 has the first filling: an import of a sheet takes its time. */
async function untilPushed(app: App): Promise<void> {
  for (;;) {
    await untilIdle(app);
    const { waiting } = await app.db.read((reads) => app.directory.pushBacklog(reads));
    if (waiting === 0) return;
    await pause(LOOK_AGAIN_MS);
  }
}

/** Not waited for: the run goes on before the server answers its first request. */
function start({ env }: Stage): ChildProcess {
  return spawn(process.execPath, [MAIN], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function judge(
  name: string,
  stage: Stage,
  kills: readonly (Progress & { readonly meant: Side })[],
): Promise<void> {
  const clock = new OffsetClock();
  const { app, close } = await openProduct(stage.databaseUrl, { clock, env: stage.env });
  // What a killed process left half done is taken over when its lease ends.
  for (let minutes = 0; minutes < 60; minutes += 2) {
    clock.setOffset(minutes * 60_000);
    await app.jobs.tick();
    await untilIdle(app);
  }
  const { runState } = await app.db.read((reads) => loadPlan(reads, stage.planId));
  const [status] = await app.hr.status(stage.planId);
  const twice = await app.db.read((reads) =>
    reads.em.query<{ n: number | string }[]>(
      `select count(*) as n from (
         select subjectId, kind from directory_event where happenedAt >= (select startedAt from hr_plan where id = ?)
         group by subjectId, kind having count(*) > 1) t`,
      [stage.planId],
    ),
  );
  await sealAll(app.db);
  const audit = await verifyAudit(app.db, []);
  const before = (side: Side) => kills.filter((at) => at[side] < CHANGED).length;
  const bars = [
    // A quarter, because the last points of a side may come just too late.
    atLeast(`${name}: kills before the last change was made`, before('done'), KILLS / 4),
    atLeast(`${name}: kills before 企业微信 had the last one`, before('written'), KILLS / 2),
    exactly(`${name}: changes that are not done`, CHANGED - (status?.counts.done ?? 0), 0),
    exactly(`${name}: effects written twice`, Number(twice[0]?.n), 0),
    exactly(
      `${name}: members that are not as the plan says`,
      await wrongMembers(app, stage.sandbox, stage.wanted),
      0,
    ),
    exactly(
      `${name}: people more or fewer than there are`,
      stage.sandbox.control.state().members.length,
      PEOPLE,
    ),
    exactly(`${name}: faults in the audit chain`, audit.faults.length + audit.unsealed, 0),
  ];
  await close();
  report(`hr-kill ${name}`, { changes: CHANGED, kills, runState }, bars);
}
