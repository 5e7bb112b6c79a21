/**
 * Bar of issue 4: 100,000 open clocks of approvals, all of which reach a rung at the same minute (8:30 of the day they
 * are due, as after a weekend): each is judged anew, its rung recorded once and the reminder of its holder queued,
 * within 10 s. Then the same again, when nothing is due any more. One run each, on SQLite and on a MariaDB of its own.
 *
 *   npm run build && [CLOCKS=100000] [DATABASES=sqlite,mariadb] node dist/scripts/bench/sweep-clocks.js
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../server/app.ts';
import { ManualClock } from '../../server/kernel/clock.ts';
import { newId } from '../../server/kernel/id.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { atMost, exactly, report, round } from './support/figures.ts';
import { withMariadb } from './support/mariadb.ts';
import { openProduct } from './support/product.ts';

const CLOCKS = Number(process.env.CLOCKS ?? 100_000);
const DATABASES = (process.env.DATABASES ?? 'sqlite,mariadb').split(',');
const TOGETHER = 500;
const PEOPLE = 1_000;
const OPENED = Date.parse('2026-11-23T09:00:00+08:00');
const SWEPT = Date.parse('2026-11-24T08:30:00+08:00');

const people = Array.from({ length: PEOPLE }, () => newId());

for (const database of DATABASES) {
  if (database === 'mariadb') await withMariadb(async (m) => measure(database, await m.newDatabase()));
  else {
    const folder = mkdtempSync(join(tmpdir(), 'steward-sweep-'));
    await measure(database, `sqlite:${join(folder, 'bench.db')}`);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(database: string, url: string): Promise<void> {
  const clock = new ManualClock(OPENED);
  const { app, close } = await openProduct(url, { clock });
  await fill(app);
  clock.set(SWEPT);
  const first = await timed(() => app.supervision.sweep());
  const second = await timed(() => app.supervision.sweep());
  report(`sweep-clocks ${database}`, { clocks: CLOCKS, load: loadavg(), first, second }, [
    exactly('rungs fired', first.answer, CLOCKS),
    exactly('rungs fired again', second.answer, 0),
    atMost('seconds, all due at once', first.seconds, 10),
    atMost('seconds, nothing due', second.seconds, 1),
  ]);
  await close();
}

async function timed(run: () => Promise<number>): Promise<{ answer: number; seconds: number }> {
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
