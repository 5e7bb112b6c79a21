import { readConfig } from '../server/config.ts';
import { createApp } from '../server/app.ts';
import { systemActor } from '../server/kernel/actor.ts';
import { systemClock } from '../server/kernel/clock.ts';
import { recordAct } from '../server/platform/audit/index.ts';
import { createLog } from '../server/platform/log.ts';

// Jobs that were given up after five failures get five more tries, and the operator's clocks on them end.
const app = await createApp({ config: readConfig(process.env), clock: systemClock, log: createLog('warn') });
const failed = await app.db.read((reads) =>
  reads.em.query<{ id: string; name: string; lastError: string }[]>(
    `select id, name, lastError from job where state = 'failed' order by id limit 1000`,
  ),
);
for (const { id, name, lastError } of failed) {
  await app.db.write(systemActor('cli:retry-jobs'), async (tx) => {
    await tx.em.query(
      `update job set state = 'ready', attempts = 0, runAt = ?, finishedAt = null where id = ? and state = 'failed'`,
      [tx.now, id],
    );
    await app.supervision.closeObligations(tx, { subjectType: 'job', subjectId: id, outcome: 'retried' });
    recordAct(tx, { action: 'jobs.retry', targetType: 'job', targetId: id, after: { name } });
  });
  console.log(`${name} ${id}: ${lastError}`);
}
console.log(`${failed.length} job(s) will run again.`);
await app.close();
