// What is fine and what to do, before and after the first start: npm run doctor. Exit code 1 when something is wrong.
import { ConfigError } from '../server/config.ts';
import { systemClock } from '../server/kernel/clock.ts';
import { configured, runProgram } from './command-line.ts';
import { checkCalendar } from './doctor/calendar.ts';
import { checkDatabase } from './doctor/database.ts';
import { checkFileStore } from './doctor/file-store.ts';
import { fault, fine, print, type Finding } from './doctor/finding.ts';
import { checkDataDir, checkNode } from './doctor/machine.ts';
import { checkWeCom } from './doctor/wecom.ts';

await runProgram(async () => {
  let faults = 0;
  const say = (findings: readonly Finding[]) => {
    for (const finding of findings) {
      if (finding.state === 'fault') faults += 1;
      console.log(print(finding));
    }
  };
  say([checkNode(process.versions.node)]);
  try {
    const config = configured();
    say([fine(`Configuration: complete (${config.sandbox ? 'sandbox' : 'WeCom'}, role ${config.role})`)]);
    say([await checkDataDir(config.dataDir)]);
    if (config.s3) say([await checkFileStore(config.s3)]);
    say(await checkDatabase(config));
    say(checkCalendar('config/holidays', systemClock.now()));
    say(await checkWeCom(config));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    say(error.faults.map((text) => fault(`Configuration: ${text}`, 'README, "Configuration"')));
  }
  console.log(faults === 0 ? '\nNothing stands in the way.' : `\n${faults} thing(s) to put right.`);
  return faults === 0 ? 0 : 1;
});
