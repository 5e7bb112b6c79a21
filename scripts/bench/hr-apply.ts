import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '../../server/app.ts';
import { OffsetClock } from '../../server/kernel/clock.ts';
import { dateOf } from '../../server/kernel/dates.ts';
import { atLeast, exactly, median, report, round } from './support/figures.ts';
import { withMariadb } from './support/mariadb.ts';
import { openProduct } from './support/product.ts';
import { startBenchSandbox } from './support/sandbox.ts';
import { acceptSource, aCollege, BRINGER, changed, planned, wrongMembers } from './support/statement.ts';

// A statement with 5,000 changed people, from its start until 企业微信 (the sandbox, which limits nothing here) has
// all of it. One field of one person is one call, so the smallest number of calls is the number of changed people.
const PEOPLE = Number(process.env.PEOPLE ?? 6_000);
const CHANGED = Number(process.env.CHANGED ?? 5_000);
const RUNS = Number(process.env.RUNS ?? 3);
const DATABASE = process.env.DATABASE ?? 'sqlite';
const MINUTE_MS = 60_000;
const LOOK_AGAIN_MS = 50;
const LET_GO_MS = 6_000;

interface Figures {
  readonly firstLoadMs: number;
  readonly applyMs: number;
  readonly allMs: number;
  readonly calls: number;
  readonly wrong: number;
}

const runs: Figures[] = [];
if (DATABASE === 'mariadb')
  await withMariadb(async (m) => {
    for (let run = 0; run < RUNS; run += 1) runs.push(await once(await m.newDatabase()));
  });
else
  for (let run = 0; run < RUNS; run += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'steward-apply-'));
    runs.push(await once(`sqlite:${join(folder, 'bench.db')}`));
    rmSync(folder, { recursive: true, force: true });
  }

const perMinute = median(runs.map(({ calls, allMs }) => (calls / allMs) * MINUTE_MS));
report(
  `hr-apply ${DATABASE}`,
  {
    people: PEOPLE,
    changed: CHANGED,
    firstLoadSeconds: round(median(runs.map(({ firstLoadMs }) => firstLoadMs)) / 1000),
    applySeconds: round(median(runs.map(({ applyMs }) => applyMs)) / 1000),
    untilWrittenSeconds: round(median(runs.map(({ allMs }) => allMs)) / 1000),
  },
  [
    ...runs.map(({ calls }) => exactly('calls that write, the smallest number there is', calls, CHANGED)),
    ...runs.map(({ wrong }) => exactly('members that are not as the statement says', wrong, 0)),
    atLeast('calls a minute, directory and 企业微信 together', perMinute, 10_000),
  ],
);

async function once(databaseUrl: string): Promise<Figures> {
  const clock = new OffsetClock();
  const { sandbox, env } = await startBenchSandbox('http://127.0.0.1:1', clock);
  const { app, errors, close } = await openProduct(databaseUrl, { clock, env });
  const rows = aCollege(PEOPLE);
  const today = dateOf(clock.now());
  const firstLoad = await carriedOut(app, await planned(app, rows, today));
  await acceptSource(app);
  const wanted = changed(rows, CHANGED);
  const planId = await planned(app, wanted, today);
  // Both sides are this process: connections that timed out while it planned end before the measured part.
  await pause(LET_GO_MS);
  const before = await writes(app);
  const second = await carriedOut(app, planId);
  const calls = (await writes(app)) - before;
  const figures = {
    firstLoadMs: firstLoad.allMs,
    applyMs: second.applyMs,
    allMs: second.allMs,
    calls,
    wrong: await wrongMembers(app, sandbox, wanted),
  };
  if (errors.length > 0) console.error(errors.slice(0, 3));
  await close();
  await sandbox.stop();
  return figures;
}

/** Until the run is over, and until nothing is left to be written to 企业微信. */
async function carriedOut(app: App, planId: string): Promise<{ applyMs: number; allMs: number }> {
  const start = performance.now();
  const state = await app.hr.applyAndWait(BRINGER, planId, () => app.jobs.runDue());
  const applyMs = performance.now() - start;
  if (state !== 'success') throw new Error(`the run ended as ${state}`);
  for (;;) {
    const { waiting } = await app.db.read((reads) => app.directory.pushBacklog(reads));
    if (waiting === 0) break;
    if ((await app.jobs.runDue()) === 0) await pause(LOOK_AGAIN_MS);
  }
  return { applyMs, allMs: performance.now() - start };
}

/**
 * Calls that write members or departments and were answered. A keep-alive connection that ended while this process,
 * which is both sides here, was busy planning does not count: nothing arrived on it.
 */
async function writes(app: App): Promise<number> {
  const { values } = await app.metrics.wecom.get();
  return values
    .filter(({ metricName }) => metricName?.endsWith('_count'))
    .filter(({ labels }) => labels.errcode !== 'dropped')
    .filter(({ labels }) => /(user|department)\/(create|update|delete)/.test(String(labels.api)))
    .reduce((sum, { value }) => sum + value, 0);
}
