// Load a roster (.xlsx with the sheets 单位, 人员, 岗位, 角色) into the configured database:
//   node dist/scripts/import-roster.js <roster.xlsx>
// Creates and changes only: who is missing in the file stays. Rows with a fault are left out and listed. With
// WECOM_CONTACTS_SECRET set, the server then writes these units and people to 企业微信.
import { existsSync } from 'node:fs';
import { createApp } from '../server/app.ts';
import { systemClock } from '../server/kernel/clock.ts';
import { createLog } from '../server/platform/log.ts';
import { Advice, configured, runProgram } from './command-line.ts';
import { seedFrom } from './seed.ts';

await runProgram(async ([file]) => {
  if (file === undefined) throw new Advice('Which file? node dist/scripts/import-roster.js <roster.xlsx>');
  if (!existsSync(file)) throw new Advice(`There is no file ${file}.`);
  const app = await createApp({ config: configured(), clock: systemClock, log: createLog('warn') });
  try {
    const { roster, grants } = await seedFrom(file, app);
    for (const [what, { created, changed }] of Object.entries({
      Units: roster.units,
      People: roster.people,
      Posts: roster.posts,
    }))
      console.log(`${what}: ${created} created, ${changed} changed`);
    console.log(`Roles: ${grants.granted} given`);
    const faults = [...roster.faults, ...grants.faults];
    for (const { sheet, line, column, reason } of faults)
      console.log(`✗ ${sheet}, row ${line}, ${column}: ${reason}`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await app.close();
  }
});
