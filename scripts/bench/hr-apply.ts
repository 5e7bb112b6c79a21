import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '../../server/app.ts';
import { MAX_ROWS, MIN_ROWS } from '../../server/features/directory/push/sheet/bulk-or-single.ts';
import { loadPlan } from '../../server/features/hr/plan-store.ts';
import { OffsetClock } from '../../server/kernel/clock.ts';
import { dateOf } from '../../server/kernel/dates.ts';
import { atLeast, atMost, exactly, median, report, round } from './support/figures.ts';
import { withMariadb } from './support/mariadb.ts';
import { openProduct } from './support/product.ts';
import { startBenchSandbox } from './support/sandbox.ts';
import {
  acceptSource,
  aCollege,
  BRINGER,
  changed,
  planned,
  type Row,
  unitCode,
  wrongMembers,
} from './support/statement.ts';

/**
 * Bar of issue 3: a statement with 5,000 changed people, from its start until 企业微信 (the sandbox, which limits nothing
 * here) has all of it, takes as few calls as there can be, and we are ready for 10,000 a minute. The median of three
 * runs, on SQLite and on a MariaDB of its own (or that of TEST_DATABASE_URL). One field of one person is one call; what
 * each kind of change costs is counted apart: never by sheet, where an empty cell may clear (bulk-or-single.ts).
 * Many new people at once (the first filling) go by sheets of 5,000 rows: each three calls (who is there, the file, the
 * start) and looks at the result, and no call a person.
 *
 *   npm run build && [RUNS=3] [DATABASES=sqlite,mariadb] node dist/scripts/bench/hr-apply.js
 */
const PEOPLE = Number(process.env.PEOPLE ?? 6_000);
const CHANGED = Number(process.env.CHANGED ?? 5_000);
const RUNS = Number(process.env.RUNS ?? 3);
const DATABASES = (process.env.DATABASES ?? 'sqlite,mariadb').split(',');
/** People changed in one way, to count what that costs. */
const ALIKE = 10;
const MINUTE_MS = 60_000;
const LOOK_AGAIN_MS = 50;
const LET_GO_MS = 6_000;
/** A rest of fewer than a hundred is single calls. */
const REST = PEOPLE % MAX_ROWS < MIN_ROWS ? PEOPLE % MAX_ROWS : 0;
const SHEETS = Math.ceil((PEOPLE - REST) / MAX_ROWS);

/** List of who is there, upload, start: of each sheet. */
const FIRST_CALLS = 3 * SHEETS + REST;
/** One minute with looks that become rarer. */
const LOOKS = 6;

interface Figures {
  readonly firstLoadMs: number;
  /** Of the first filling, without the departments and without the looks at results, whose number is a matter of time. */
  readonly firstCalls: number;
  readonly looks: number;
  readonly applyMs: number;
  readonly allMs: number;
  readonly calls: number;
  readonly wrong: number;
  /** Calls that write, by kind of change, of `ALIKE` people each. */
  readonly perKind: Readonly<Record<string, number>>;
}

/**
 * Ways a statement changes people, each with the fewest calls that can write it for one person: 企业微信 has no call that
 * writes a field of several.
 */
const KINDS: Readonly<Record<string, { readonly least: number; readonly of: (row: Row, n: number) => Row }>> =
  {
    'nothing changed': { least: 0, of: (row) => row },
    name: { least: 1, of: (row) => ({ ...row, name: `${row.name}文` }) },
    'title of the post': { least: 1, of: (row) => ({ ...row, title: '处长' }) },
    mobile: { least: 1, of: (row) => ({ ...row, mobile: String(Number(row.mobile) + 2_000_000_000) }) },
    'another unit': { least: 1, of: (row, n) => ({ ...row, unitCode: unitCode(n + 11) }) },
    'name, title, mobile and unit at once': {
      least: 1,
      of: (row, n) => ({
        ...row,
        name: `${row.name}武`,
        title: '副处长',
        mobile: String(Number(row.mobile) + 1_000_000_000),
        unitCode: unitCode(n + 23),
      }),
    },
    'somebody new': {
      least: 1,
      of: (row, n) => ({ ...row, staffNo: String(900_000 + n), mobile: String(19_100_000_000 + n) }),
    },
  };

for (const database of DATABASES) {
  const runs: Figures[] = [];
  if (database === 'mariadb')
    await withMariadb(async (m) => {
      for (let run = 0; run < RUNS; run += 1) runs.push(await once(await m.newDatabase()));
    });
  else
    for (let run = 0; run < RUNS; run += 1) {
      const folder = mkdtempSync(join(tmpdir(), 'steward-apply-'));
      runs.push(await once(`sqlite:${join(folder, 'bench.db')}`));
      rmSync(folder, { recursive: true, force: true });
    }
  tell(database, runs);
}

function tell(database: string, runs: readonly Figures[]): void {
  const seconds = (of: (run: Figures) => number) => round(median(runs.map(of)) / 1000);
  report(
    `hr-apply ${database}`,
    {
      people: PEOPLE,
      changed: CHANGED,
      runs: runs.length,
      firstLoadSeconds: seconds(({ firstLoadMs }) => firstLoadMs),
      applySeconds: seconds(({ applyMs }) => applyMs),
      untilWrittenSeconds: seconds(({ allMs }) => allMs),
    },
    [
      ...runs.map(({ firstCalls }) =>
        exactly('calls of the first filling besides departments and looks', firstCalls, FIRST_CALLS),
      ),
      ...runs.map(({ looks }) => atMost('looks at the results of its sheets', looks, LOOKS * SHEETS)),
      ...runs.map(({ calls }) => exactly('calls that write, the smallest number there is', calls, CHANGED)),
      ...Object.entries(KINDS).map(([kind, { least }]) =>
        exactly(
          `calls for ${ALIKE} people: ${kind}`,
          Math.max(...runs.map(({ perKind }) => perKind[kind] ?? Number.NaN)),
          ALIKE * least,
        ),
      ),
      ...runs.map(({ wrong }) => exactly('members that are not as the statement says', wrong, 0)),
      atLeast(
        'calls a minute, directory and 企业微信 together',
        median(runs.map(({ calls, allMs }) => (calls / allMs) * MINUTE_MS)),
        10_000,
      ),
    ],
  );
}

async function once(databaseUrl: string): Promise<Figures> {
  const clock = new OffsetClock();
  const { sandbox, env } = await startBenchSandbox('http://127.0.0.1:1', clock);
  const { app, errors, close } = await openProduct(databaseUrl, { clock, env });
  app.jobs.start();
  const rows = aCollege(PEOPLE);
  const today = dateOf(clock.now());
  const firstLoad = await carriedOut(app, await planned(app, rows, today));
  const filled = await writes(app);
  const looks = filled['batch/getresult'] ?? 0;
  const firstCalls = sum(filled) - looks - (filled['department/create'] ?? 0);
  await acceptSource(app);
  const wanted = changed(rows, CHANGED);
  const planId = await planned(app, wanted, today);
  // Both sides are this process: connections that timed out while it planned end before the measured part.
  await pause(LET_GO_MS);
  const before = sum(await writes(app));
  const second = await carriedOut(app, planId);
  const calls = sum(await writes(app)) - before;
  const figures = {
    firstLoadMs: firstLoad.allMs,
    firstCalls,
    looks,
    applyMs: second.applyMs,
    allMs: second.allMs,
    calls,
    wrong: await wrongMembers(app, sandbox, wanted),
    perKind: await callsPerKind(app, wanted, today),
  };
  if (errors.length > 0) console.error(errors.slice(0, 3));
  await app.jobs.stop();
  await close();
  await sandbox.stop();
  return figures;
}

/** One statement for each kind, of people nothing was changed of yet; the first of them still holds in the next. */
async function callsPerKind(app: App, rows: readonly Row[], today: string): Promise<Record<string, number>> {
  const calls: Record<string, number> = {};
  let now = rows;
  for (const [at, [kind, { of }]] of Object.entries(KINDS).entries()) {
    const from = CHANGED + at * ALIKE;
    const meant = now.slice(from, from + ALIKE).map((row, n) => of(row, from + n));
    const isNew = meant.some(({ staffNo }, n) => staffNo !== now[from + n]?.staffNo);
    now = isNew ? [...now, ...meant] : now.toSpliced(from, ALIKE, ...meant);
    const before = sum(await writes(app));
    const planId = await planned(app, now, today);
    // A plan of nothing cannot be carried out.
    const { changeCount } = await app.db.read((reads) => loadPlan(reads, planId));
    if (changeCount > 0) await carriedOut(app, planId);
    calls[kind] = sum(await writes(app)) - before;
  }
  return calls;
}

/** Until the run is over, and until nothing is left to be written to 企业微信. */
async function carriedOut(app: App, planId: string): Promise<{ applyMs: number; allMs: number }> {
  const start = performance.now();
  const state = await app.hr.applyAndWait(BRINGER, planId);
  const applyMs = performance.now() - start;
  if (state !== 'success') throw new Error(`the run ended as ${state}`);
  for (;;) {
    const { waiting } = await app.db.read((reads) => app.directory.pushBacklog(reads));
    if (waiting === 0) break;
    await pause(LOOK_AGAIN_MS);
  }
  return { applyMs, allMs: performance.now() - start };
}

/**
 * Calls that write members or departments, or belong to a sheet, and were answered, by api. A keep-alive connection
 * that ended while this process, which is both sides here, was busy planning does not count: nothing arrived on it.
 */
async function writes(app: App): Promise<Readonly<Record<string, number>>> {
  const { values } = await app.metrics.wecom.get();
  const counts: Record<string, number> = {};
  for (const { metricName, labels, value } of values) {
    const api = String(labels.api);
    if (!metricName?.endsWith('_count') || labels.errcode === 'dropped') continue;
    if (!/^(user|department)\/(create|update|delete)|^batch\/|^media\/upload|^user\/list_id/.test(api))
      continue;
    counts[api] = (counts[api] ?? 0) + value;
  }
  return counts;
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, one) => all + one, 0);
}
