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
import { exactly, report } from './support/figures.ts';
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

// kill -9 at random points of a run: resumed it ends with every change done once, and 企业微信 as the plan says.
const PEOPLE = 1_200;
const CHANGED = 1_000;
const KILLS = Number(process.env.KILLS ?? 20);
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

async function attack(name: string, databaseUrl: string): Promise<void> {
  const stage = await prepare(databaseUrl);
  const observer = await openProduct(databaseUrl, { env: stage.env });
  const moments = Array.from({ length: KILLS }, () => randomInt(2 * CHANGED)).sort((a, b) => a - b);
  const at: number[] = [];
  for (const moment of moments) {
    const child = start(stage);
    while (child.exitCode === null && (await progress(observer.app, stage.planId)) < moment) await pause(5);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    at.push(await progress(observer.app, stage.planId));
  }
  await observer.close();
  await judge(name, stage, at);
  await stage.sandbox.stop();
}

/** From 0 to twice the number of changes: done in the directory, and written to 企业微信. */
async function progress(app: App, planId: string): Promise<number> {
  const [status] = await app.hr.status(planId);
  const { waiting } = await app.db.read((reads) => app.directory.pushBacklog(reads));
  const done = status?.counts.done ?? 0;
  return done + Math.max(0, done - waiting);
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
  await untilIdle(app);
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

/** Not waited for: the run goes on before the server answers its first request. */
function start({ env }: Stage): ChildProcess {
  return spawn(process.execPath, [MAIN], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function judge(name: string, stage: Stage, at: readonly number[]): Promise<void> {
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
  const bars = [
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
  report(`hr-kill ${name}`, { kills: KILLS, progressAtEachKill: at, of: 2 * CHANGED, runState }, bars);
}
