// Put a backup in place. Stop the server first:
//   node dist/scripts/restore.js <folder>
// What is there now is moved to <DATA_DIR>/before-restore-<time>, nothing is deleted.
import { join } from 'node:path';
import { systemClock } from '../server/kernel/clock.ts';
import { loadCommand } from './backup/mysql-commands.ts';
import { restoreBackup } from './backup/restore-backup.ts';
import { Advice, configured, runProgram, sqlitePath } from './command-line.ts';

await runProgram(async ([backup]) => {
  if (backup === undefined) throw new Advice('Which backup? node dist/scripts/restore.js <folder>');
  const config = configured();
  const stamp = new Date(systemClock.now()).toISOString().slice(0, 19).replaceAll(':', '');
  const aside = join(config.dataDir, `before-restore-${stamp}`);
  const database = sqlitePath(config);
  const { madeAt } = await restoreBackup({ backup, database, dataDir: config.dataDir, aside });
  console.log(`Restored what was backed up at ${madeAt}. What was there before is in ${aside}.`);
  if (database === null)
    console.log(
      `The database is restored by its own tool, into an empty one:\n\n  ${loadCommand(config.databaseUrl, 'steward.sql')}\n`,
    );
  console.log(
    'Next: npm run doctor, and node dist/scripts/audit-verify.js with your own copy of audit-heads.jsonl.',
  );
  return 0;
});
