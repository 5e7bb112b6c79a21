import { systemActor, type PersonActor } from '../../../kernel/actor.ts';
import { addDays, DAY_MS, dateOf, instantOf } from '../../../kernel/dates.ts';
import { badRequest, conflict, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, isUniqueViolation, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue, type Job, type JobDefinition } from '../../../platform/jobs/index.ts';
import type { NativeContext } from '../context.ts';
import type { ImportRequest, ImportState } from '../contract.ts';
import { windowsOf } from '../plan.ts';
import { mustImport, reachOf } from '../policy.ts';
import { readSince } from '../store.ts';
import { ImportTable, WindowTable, type ImportRow, type WindowRow } from '../tables.ts';
import { noteAllowed, whileAllowed } from './access.ts';
import { isOfThisForm, readForm } from './read-form.ts';

const IMPORT_JOB = 'native.import';
const IMPORT = 'native_import';
const RUNNING = 'running';
const actor = systemActor(`job:${IMPORT_JOB}`);
/** getapprovalinfo takes 31 days; a day less fits either reading of its ends. */
const WINDOW_MS = 30 * DAY_MS;
const MOST_DAYS = 366;
/** Forms read between two notes of how far it is. */
const PIECE = 25;

/**
 * Have the forms of a span of days read. Repeated it makes nothing twice: a form is its number.
 * @throws badRequest `native.days_reversed`, `native.days_too_many`, refused `native.is_off`, conflict `native.import_running`
 */
export async function startImport(
  ctx: NativeContext,
  by: PersonActor,
  { fromOn, untilOn }: ImportRequest,
): Promise<string> {
  if (untilOn < fromOn) throw badRequest('native.days_reversed');
  const [from, until] = [instantOf(fromOn), instantOf(addDays(untilOn, 1))];
  if (until - from > MOST_DAYS * DAY_MS) throw badRequest('native.days_too_many', { most: MOST_DAYS });
  try {
    return await ctx.db.write(by, async (tx) => {
      mustImport(reachOf(await ctx.orgOf(tx), by.personId));
      if (!ctx.isOn) throw refused('native.is_off');
      if (fromOn > dateOf(tx.now)) throw badRequest('native.days_ahead');
      return writeImport(tx, by, { fromOn, untilOn }, windowsOf(from, Math.min(until, tx.now), WINDOW_MS));
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict('native.import_running');
    throw error;
  }
}

async function writeImport(
  tx: Tx,
  by: PersonActor,
  days: ImportRequest,
  windows: readonly { from: number; until: number }[],
): Promise<string> {
  const id = newId();
  await insertRows(tx, ImportTable, [
    {
      id,
      ...days,
      byId: by.personId,
      byName: by.name,
      state: RUNNING,
      runningKey: RUNNING,
      startedAt: tx.now,
      endedAt: null,
      version: 1,
    },
  ]);
  const rows = windows.map(({ from, until }, place): WindowRow => {
    const counts = { isDone: false, found: 0, readCount: 0, unreadable: 0 };
    return { id: newId(), importId: id, place, fromAt: from, untilAt: until, ...counts };
  });
  await insertRows(tx, WindowTable, rows);
  goOn(tx, id, rows[0]);
  recordAct(tx, { action: 'native.import', targetType: IMPORT, targetId: id, after: { ...days } });
  return id;
}

const goOn = (tx: Tx, importId: string, window: WindowRow | undefined): void => {
  if (window) enqueue(tx, { name: IMPORT_JOB, key: window.id, payload: { importId, windowId: window.id } });
};

/** A window at a time. Cut off anywhere, it lists again and reads what was not read since the import began. */
export const importJob = (ctx: NativeContext): JobDefinition => ({
  name: IMPORT_JOB,
  exclusive: true,
  handle: (job) => readWindow(ctx, job),
});

async function readWindow(ctx: NativeContext, { payload, now }: Job): Promise<void> {
  const { importId, windowId } = payload as { importId: string; windowId: string };
  const [run, window] = await ctx.db.read(({ em }) =>
    Promise.all([
      em.getRepository(ImportTable).findOneBy({ id: importId }),
      em.getRepository(WindowTable).findOneBy({ id: windowId }),
    ]),
  );
  if (run === null || window === null || run.state !== RUNNING || window.isDone) return;
  const isAllowed = ctx.isOn && (await whileAllowed(ctx, now, () => readAll(ctx, run, window, now)));
  if (isAllowed) await finishWindow(ctx, run, window);
  else await ctx.db.write(actor, (tx) => end(tx, run, 'stopped'));
}

async function readAll(ctx: NativeContext, run: ImportRow, window: WindowRow, now: number): Promise<void> {
  const numbers = new Set<string>();
  for await (const number of ctx.port.numbers({ from: window.fromAt, until: window.untilAt }))
    numbers.add(number);
  await noteAllowed(ctx);
  const known = await ctx.db.read((reads) => readSince(reads, [...numbers], run.startedAt));
  let [readCount, unreadable] = [known.size, 0];
  const note = (): Promise<void> =>
    ctx.db.run('update native_window set found = ?, readCount = ?, unreadable = ? where id = ?', [
      numbers.size,
      readCount,
      unreadable,
      window.id,
    ]);
  await note();
  for (const number of numbers) {
    if (known.has(number)) continue;
    if (await isReadable(ctx, number, now)) readCount += 1;
    else unreadable += 1;
    if ((readCount + unreadable) % PIECE === 0) await note();
  }
  await note();
}

/** One that cannot be understood is counted with those that are not shown: the import goes on to its end. */
const isReadable = (ctx: NativeContext, number: string, now: number): Promise<boolean> =>
  readForm(ctx, number, now).catch((error: unknown) => {
    if (!isOfThisForm(error)) throw error;
    return false;
  });

async function finishWindow(ctx: NativeContext, run: ImportRow, window: WindowRow): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    await tx.em.query('update native_window set isDone = ? where id = ?', [1, window.id]);
    const next = await tx.em
      .getRepository(WindowTable)
      .findOneBy({ importId: run.id, place: window.place + 1 });
    if (next) goOn(tx, run.id, next);
    else await end(tx, run, 'done');
  });
}

async function end(tx: Tx, run: ImportRow, state: ImportState): Promise<void> {
  await saveWithVersion(tx, ImportTable, run, { state, runningKey: null, endedAt: tx.now });
  recordAct(tx, { action: 'native.import_ended', targetType: IMPORT, targetId: run.id, after: { state } });
}
