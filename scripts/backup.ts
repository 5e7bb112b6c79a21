// Copy everything this system keeps into a new folder; the server may go on running:
//   node dist/scripts/backup.js [folder]            default: <DATA_DIR>/backups/<time>
// The folder holds personal data and the keys to it: keep it as safe as the server.
import { join } from 'node:path';
import { systemClock } from '../server/kernel/clock.ts';
import { makeBackup } from './backup/make-backup.ts';
import { configured, runProgram, sqlitePath } from './command-line.ts';
import { dumpCommand } from './backup/mysql-commands.ts';

await runProgram(async ([folder]) => {
  const config = configured();
  const now = systemClock.now();
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '');
  const target = folder ?? join(config.dataDir, 'backups', stamp);
  const database = sqlitePath(config);
  await makeBackup({ database, dataDir: config.dataDir, target, now });
  console.log(
    `${database === null ? 'Attachments and keys' : 'Database, attachments and keys'} copied to ${target}`,
  );
  if (database !== null) return 0;
  console.log(
    'The database is not in it. Dump it with its own tool, then run this command once more, so that every',
  );
  console.log(
    `attachment the dump names is in the copy:\n\n  ${dumpCommand(config.databaseUrl, 'steward.sql')}\n`,
  );
  return 0;
});
