// HR's statements from the command line, by the same commands as the console:
//   npm run -s hr -- plan --units FILE --people FILE [--complete] [--json]   what would happen; nothing is written
//   npm run -s hr -- apply PLAN                                              carry it out (confirmed, or nothing destructive)
//   npm run -s hr -- status [PLAN]                                           how far it is
// Exit codes: 0 success, 1 failed, 2 partial (rows refused, or changes not done), 3 stopped by the guard.
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { createApp, type App } from '../server/app.ts';
import { systemActor } from '../server/kernel/actor.ts';
import { systemClock } from '../server/kernel/clock.ts';
import { AppError } from '../server/kernel/errors.ts';
import { createLog } from '../server/platform/log.ts';
import { wordsFor } from '../server/phrases/index.ts';
import { Advice, configured, runProgram } from './command-line.ts';

const USE = 'hr plan --units FILE --people FILE [--complete] [--json] | hr apply PLAN | hr status [PLAN]';
const EXIT = { success: 0, failed: 1, partial: 2, stopped: 3 } as const;
const actor = systemActor('cli:hr');

await runProgram(async (args) => {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      units: { type: 'string' },
      people: { type: 'string' },
      complete: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [verb, planId] = positionals;
  const app = await createApp({ config: configured(), clock: systemClock, log: createLog('warn') });
  try {
    if (verb === 'plan') return await plan(app, values);
    if (verb === 'apply' && planId) return await apply(app, planId);
    if (verb === 'status') return await status(app, planId);
    throw new Advice(USE);
  } catch (error) {
    if (error instanceof AppError) throw new Advice(wordsFor(error.code, error.data, 'zh'));
    throw error;
  } finally {
    await app.close();
  }
});

interface PlanArgs {
  readonly units?: string | undefined;
  readonly people?: string | undefined;
  readonly complete: boolean;
  readonly json: boolean;
}

async function plan(app: App, { units, people, complete, json }: PlanArgs): Promise<number> {
  const paths = [units, people].filter((path) => path !== undefined);
  if (paths.length === 0) throw new Advice(USE);
  const uploads = paths.map((path) => {
    if (!existsSync(path)) throw new Advice(`There is no file ${path}.`);
    return { bytes: readFileSync(path), fileName: basename(path) };
  });
  const report = await app.hr.planFiles(actor, uploads, { complete });
  if (json) console.log(JSON.stringify(report, null, 2));
  else print(report);
  if (report.guard.verdict === 'overLimit' || report.guard.verdict === 'suspicious') return EXIT.stopped;
  return report.faults.length > 0 ? EXIT.partial : EXIT.success;
}

function print(report: Awaited<ReturnType<App['hr']['planFiles']>>): void {
  for (const { sheet, row, column, words } of report.faults)
    console.log(`✗ ${sheet === 'units' ? '部门' : '人员'}第 ${row} 行 ${column}: ${words}`);
  for (const { kindWords, name, ref, fields } of report.changes) {
    console.log(`${kindWords} ${name}（${ref}）`);
    for (const { label, before, after } of fields)
      console.log(`    ${label}: ${before ?? '—'} → ${after ?? '—'}`);
  }
  for (const { words } of report.doubts) console.log(`? ${words}`);
  for (const reason of report.guard.reasons) console.log(`! ${reason}`);
  console.log(
    `\n${report.changes.length} 项变动，还没有写入任何内容。计划 ${report.planId}，${report.guard.verdict}`,
  );
}

async function apply(app: App, planId: string): Promise<number> {
  app.jobs.start();
  const state = await app.hr.applyAndWait(actor, planId).finally(() => app.jobs.stop());
  // What the changes caused: 企业微信 is told before the command ends.
  await app.jobs.runDue();
  console.log(state);
  return state === 'success' ? EXIT.success : state === 'partial' ? EXIT.partial : EXIT.failed;
}

async function status(app: App, planId: string | undefined): Promise<number> {
  for (const { id, state, runState, counts } of await app.hr.status(planId))
    console.log(`${id} ${state}${runState ? ` (${runState})` : ''} ${JSON.stringify(counts)}`);
  return EXIT.success;
}
