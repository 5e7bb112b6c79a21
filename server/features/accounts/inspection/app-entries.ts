/**
 * G7: who opened the app was there. Every entry is a callback of its own; what an inspection needs is the last of a day,
 * so they are folded to one row per person and day, and the callbacks are gone.
 */
import { In } from 'typeorm';
import { systemActor } from '../../../kernel/actor.ts';
import { dateOf, HOUR_MS, instantOf, MINUTE_MS } from '../../../kernel/dates.ts';
import { newId } from '../../../kernel/id.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { AccountsContext } from '../commands/context.ts';
import type { EntryLog, EvidenceSource } from './sources.ts';
import { AppEntryTable, EntryLogTable, type AppEntryRow, type EntryLogRow } from './tables.ts';
import type { InspectionWindow } from './window.ts';

export const ENTRIES_JOB = 'accounts.foldEntries';
const MECHANISM = systemActor(`job:${ENTRIES_JOB}`);
const AT_ONCE = 500;
/** Callbacks of one moment are stored in any order; after this long none of an earlier one comes any more. */
const SETTLED_MS = 2 * MINUTE_MS;

/** Cut off anywhere, what was folded is gone from the callbacks and what was not is still there. */
export async function foldAppEntries(ctx: AccountsContext, now: number): Promise<void> {
  const log = ctx.entryLog;
  if (log === null) return;
  const before = now - SETTLED_MS;
  while (!(await ctx.db.write(MECHANISM, (tx) => foldSome(tx, log, before))));
}

/** @returns whether everything before `before` is folded */
async function foldSome(tx: Tx, log: EntryLog, before: number): Promise<boolean> {
  const known = await logOf(tx, log.systemCode);
  // What came late is found as well: whatever was folded is not there any more.
  const from = Math.min(known.reachesTo, before) - HOUR_MS;
  const entries = await log.take(tx, { from, before, limit: AT_ONCE });
  const last = new Map<string, { personId: string; enteredOn: string; lastAt: number }>();
  for (const { personId, at } of entries) {
    if (personId === null) continue;
    const key = `${personId} ${dateOf(at)}`;
    const lastAt = Math.max(at, last.get(key)?.lastAt ?? 0);
    last.set(key, { personId, enteredOn: dateOf(at), lastAt });
  }
  await keepLast(tx, log.systemCode, [...last.values()]);
  const isWhole = entries.length < AT_ONCE;
  const reachesTo = isWhole ? before : (entries.at(-1)?.at ?? before);
  await saveWithVersion(tx, EntryLogTable, known, { reachesTo: Math.max(known.reachesTo, reachesTo) });
  return isWhole;
}

async function logOf(tx: Tx, systemCode: string): Promise<EntryLogRow> {
  const known = await tx.em.getRepository(EntryLogTable).findOneBy({ id: systemCode });
  if (known) return known;
  const row: EntryLogRow = { id: systemCode, reachesTo: 0, version: 1 };
  await insertRows(tx, EntryLogTable, [row]);
  return row;
}

async function keepLast(
  tx: Tx,
  systemCode: string,
  entries: readonly Pick<AppEntryRow, 'personId' | 'enteredOn' | 'lastAt'>[],
): Promise<void> {
  if (entries.length === 0) return;
  const there = await tx.em.getRepository(AppEntryTable).findBy({
    systemCode,
    personId: In([...new Set(entries.map(({ personId }) => personId))]),
    enteredOn: In([...new Set(entries.map(({ enteredOn }) => enteredOn))]),
  });
  const known = new Map(there.map((row) => [`${row.personId} ${row.enteredOn}`, row]));
  const fresh: AppEntryRow[] = [];
  for (const { personId, enteredOn, lastAt } of entries) {
    const row = known.get(`${personId} ${enteredOn}`);
    if (!row) fresh.push({ id: newId(), systemCode, personId, enteredOn, lastAt });
    else if (row.lastAt < lastAt) await tx.em.getRepository(AppEntryTable).update({ id: row.id }, { lastAt });
  }
  await insertRows(tx, AppEntryTable, fresh);
}

/** It reaches as far as it was folded; before the first time it could not be had. */
export const appEntryEvidence = (systemCode: string): EvidenceSource => ({
  code: 'appEntry',
  systemCodes: [systemCode],
  async read(reads: Reads, window: InspectionWindow) {
    const log = await reads.em.getRepository(EntryLogTable).findOneBy({ id: systemCode });
    if (!log) return null;
    const rows = await reads.em.query<{ personId: string; lastAt: number | string }[]>(
      `select personId, max(lastAt) as lastAt from account_app_entry
       where systemCode = ? and lastAt >= ? and lastAt < ? group by personId`,
      [systemCode, instantOf(window.fromOn), instantOf(window.untilOn)],
    );
    return {
      cutOffAt: log.reachesTo,
      last: new Map(rows.map(({ personId, lastAt }) => [personId, Number(lastAt)])),
    };
  },
});
