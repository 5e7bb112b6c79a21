import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../server/app.ts';
import type { PersonActor } from '../../server/kernel/actor.ts';
import { newId } from '../../server/kernel/id.ts';
import { recordAct, sealAll, verifyAudit } from '../../server/platform/audit/index.ts';
import { atLeast, exactly, median, report, round } from './support/figures.ts';
import { withMariadb } from './support/mariadb.ts';
import { openProduct } from './support/product.ts';

/**
 * Bar of issue 4: the audit chain is verified at 50,000 entries a second, each read, hashed anew and held against its
 * neighbours, and its personal part, which every third has, against its digest. Median of three runs, on SQLite and on
 * a MariaDB of its own (or that of TEST_DATABASE_URL).
 *
 *   npm run build && [ENTRIES=100000] [DATABASES=sqlite,mariadb] node dist/scripts/bench/audit-verify.js
 */
const ENTRIES = Number(process.env.ENTRIES ?? 100_000);
const DATABASES = (process.env.DATABASES ?? 'sqlite,mariadb').split(',');
const RUNS = 3;
const TOGETHER = 500;
const PEOPLE = 1_000;

const actor: PersonActor = {
  kind: 'person',
  personId: newId(),
  name: '许安宁',
  roles: ['staff', 'unitHead'],
  via: 'h5',
  address: '10.1.2.3',
  requestId: newId(),
};
const people = Array.from({ length: PEOPLE }, () => newId());

for (const database of DATABASES) {
  if (database === 'mariadb') await withMariadb(async (m) => measure(database, await m.newDatabase()));
  else {
    const folder = mkdtempSync(join(tmpdir(), 'steward-audit-'));
    await measure(database, `sqlite:${join(folder, 'bench.db')}`);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(database: string, url: string): Promise<void> {
  const { app, close } = await openProduct(url);
  await fill(app);
  await sealAll(app.db);
  const runs: { readonly perSecond: number; readonly cpuMicros: number }[] = [];
  let faults = 0;
  let entries = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    const startCpu = process.cpuUsage();
    const found = await verifyAudit(app.db, []);
    const { user, system } = process.cpuUsage(startCpu);
    const perSecond = round((found.sealed / (performance.now() - start)) * 1000, 0);
    // Of this process, for one entry; unlike entries a second it says the same on a busy machine.
    runs.push({ perSecond, cpuMicros: round((user + system) / found.sealed) });
    faults += found.faults.length;
    entries = found.sealed;
  }
  report(`audit-verify ${database}`, { entries, load: loadavg(), runs }, [
    exactly('faults', faults, 0),
    atLeast('entries verified a second', median(runs.map(({ perSecond }) => perSecond)), 50_000),
  ]);
  await close();
}

/** Decisions, as the approvals room records them. */
async function fill({ db }: App): Promise<void> {
  for (let at = 0; at < ENTRIES; at += TOGETHER)
    await db.write(actor, async (tx) => {
      for (let n = at; n < at + TOGETHER; n += 1)
        recordAct(tx, {
          action: 'approvals.decide',
          targetType: 'instance',
          targetId: newId(),
          before: { status: 'running', stepKey: 'head' },
          after: { status: 'running', stepKey: 'joint', taskId: newId(), decision: 'approved' },
          ...(n % 3 === 0 && {
            personal: { personId: people[n % PEOPLE] ?? '', after: { comment: '同意，注意安全' } },
          }),
        });
    });
}
