import { it } from 'vitest';
import { startApp } from '../support/start-app.ts';
it('x', async () => {
  const t0 = Date.now();
  const s = await startApp();
  console.log('start', Date.now() - t0);
  console.log(s.log.join(''));
  console.log(s.sandbox.control.state().members.length);
  const jobs = await s.app.db.read((r) => r.em.query('select name, state, attempts, lastError from job'));
  console.log(JSON.stringify(jobs));
  await s.close();
});
