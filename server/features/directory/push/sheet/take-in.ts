import type { SheetMember } from '../../../../wecom/index.ts';
import { memberSheet, useridKey } from '../../../../wecom/index.ts';
import { failureOf, type DirectoryClient, type Failure } from '../client.ts';
import type { DepartmentPusher } from '../push-departments.ts';
import type { PushDeps } from '../write-member.ts';
import { afterRefusal, bulkOrSingle, isReadLater, MIN_ROWS, nextLook, nextTry } from './bulk-or-single.ts';
import { close } from './close.ts';
import { collect } from './collect.ts';
import { noteResult } from './note-result.ts';
import { needsNextSheet, runById, saveNow } from './store.ts';
import type { SheetRunRow } from './tables.ts';

/** What imports need of the client. */
export interface SheetClient {
  readonly batch: NonNullable<DirectoryClient['batch']>;
  readonly media: NonNullable<DirectoryClient['media']>;
  eachId(): AsyncIterable<{ readonly userid: string }>;
}

export function sheetClient({ batch, media, user }: DirectoryClient): SheetClient | null {
  const { eachId } = user;
  return batch && media && eachId ? { batch, media, eachId: () => eachId() } : null;
}

export interface TakeInDeps extends PushDeps {
  readonly departments: Pick<DepartmentPusher, 'write'>;
}

/**
 * Take an intake as far as it goes now: one step after the other, each noted before and after what cannot be undone,
 * so that whoever takes over after a crash knows what may have happened. Nothing is waited for here: the caller comes
 * again at the time told.
 * @returns when to come again; null when the intake is closed
 */
export async function takeIn(deps: TakeInDeps, id: string, now: number): Promise<number | null> {
  const client = sheetClient(deps.wecom);
  for (;;) {
    const run = await deps.db.read((reads) => runById(reads, id));
    if (!run || run.state === 'done') return null;
    if (now < run.nextAt && run.state !== 'closing') return run.nextAt;
    await (client ? step({ ...deps, client }, run, now) : giveUp(deps, run, null));
  }
}

type StepDeps = TakeInDeps & { readonly client: SheetClient };

async function step(deps: StepDeps, run: SheetRunRow, now: number): Promise<void> {
  switch (run.state) {
    case 'gathering':
      return saveNow(deps.db, run, { state: 'collecting' });
    case 'collecting':
      return start(deps, run, now);
    case 'starting':
      // Cut off while it was asked to begin, or no answer: whether it runs is not known. The next sheet is made of who
      // is still not there; if it does run, that one waits for it (302008).
      return tryAgain(deps, run, null, now);
    case 'running':
      return look(deps, run, now);
    default:
      return close(deps, run, now);
  }
}

/** Whoever is left goes to the single calls. */
export const giveUp = (
  { db }: Pick<PushDeps, 'db'>,
  run: SheetRunRow,
  errorCode: number | null,
): Promise<void> => saveNow(db, run, { state: 'closing', errorCode });

async function start(deps: StepDeps, run: SheetRunRow, now: number): Promise<void> {
  const { db, client } = deps;
  // Somebody can only be put into a department that is there.
  await deps.departments.write(now);
  const rows = await collect(deps, run);
  let present = run;
  try {
    const sheet = await fresh(client, rows);
    if (bulkOrSingle({ rows: sheet.rows.length, membersThere: sheet.membersThere }) === 'single')
      return await giveUp(deps, run, null);
    const file = { type: 'file', filename: `members-${run.id}.csv`, bytes: memberSheet(sheet.rows) } as const;
    const { mediaId } = await client.media.upload(file, 'contacts');
    present = await starting(deps, run);
    const jobId = await client.batch.syncUsers({ mediaId, creates: sheet.rows.length });
    const nextAt = nextLook(0, now, now) ?? now;
    await saveNow(db, present, { state: 'running', jobId, startedAt: now, looks: 0, tries: 0, nextAt });
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    await refused(deps, present, failure, now);
  }
}

async function starting({ db }: StepDeps, run: SheetRunRow): Promise<SheetRunRow> {
  await saveNow(db, run, { state: 'starting' });
  return { ...run, state: 'starting', version: run.version + 1 };
}

/**
 * Only who is not there (D5): to somebody who is, a sheet would write some columns and leave the others as they were,
 * and its result does not tell the two apart. They go to the single call, which overwrites everything.
 */
async function fresh(
  client: SheetClient,
  rows: readonly SheetMember[],
): Promise<{ rows: SheetMember[]; membersThere: number }> {
  if (rows.length < MIN_ROWS) return { rows: [], membersThere: 0 };
  const there = new Set<string>();
  for await (const { userid } of client.eachId()) there.add(useridKey(userid));
  return {
    rows: rows.filter(({ userid }) => !there.has(useridKey(userid))),
    membersThere: there.size,
  };
}

async function refused(deps: StepDeps, run: SheetRunRow, failure: Failure, now: number): Promise<void> {
  if (afterRefusal(failure) === 'single') return giveUp(deps, run, failure.errcode);
  await tryAgain(deps, run, failure.errcode, now);
}

async function tryAgain(
  deps: StepDeps,
  run: SheetRunRow,
  errorCode: number | null,
  now: number,
): Promise<void> {
  const [tries, triesSinceAt] = [run.tries + 1, run.tries === 0 ? now : (run.triesSinceAt ?? now)];
  const nextAt = nextTry(tries, triesSinceAt, now);
  if (nextAt === null) return giveUp(deps, run, errorCode);
  await saveNow(deps.db, run, { state: 'collecting', tries, triesSinceAt, nextAt });
}

async function look(deps: StepDeps, run: SheetRunRow, now: number): Promise<void> {
  const { db, client } = deps;
  try {
    const { state, members } = await client.batch.result(run.jobId ?? '');
    if (state !== 'finished') return await lookAgain(deps, run, null, now);
    await noteResult(db, run, members, now);
    await nextSheet(deps, run);
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    if (!isReadLater(failure)) return giveUp(deps, run, failure.errcode);
    await lookAgain(deps, run, failure.retryAt, now);
  }
}

async function lookAgain(
  deps: StepDeps,
  run: SheetRunRow,
  notBefore: number | null,
  now: number,
): Promise<void> {
  const at = nextLook(run.looks + 1, run.startedAt ?? now, now);
  if (at === null) return giveUp(deps, run, null);
  await saveNow(deps.db, run, { looks: run.looks + 1, nextAt: Math.max(at, notBefore ?? at) });
}

/** More than one sheet holds, or newcomers since: another one, else the end. */
async function nextSheet({ db }: StepDeps, run: SheetRunRow): Promise<void> {
  const state = (await db.read((reads) => needsNextSheet(reads, run))) ? 'collecting' : 'closing';
  await saveNow(db, run, { state, sheet: run.sheet + 1, jobId: null });
}
