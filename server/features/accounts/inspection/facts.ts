/** What an inspection looks at. */
import { MoreThan } from 'typeorm';
import { instantOf, type CalendarDate } from '../../../kernel/dates.ts';
import { groupBy } from '../../../kernel/group-by.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { AccountsContext } from '../commands/context.ts';
import type { AccountState } from '../model.ts';
import type { Leave, SourceReading } from './sources.ts';
import { AccountTable } from '../tables.ts';
import { ImportedSourceTable } from './tables.ts';
import type { InspectedAccount, Source } from './verdict.ts';
import { telling, type InspectionWindow } from './window.ts';

export async function lastVersion(reads: Reads, systemCode: string, month: string): Promise<number> {
  const [row] = await reads.em.query<{ last: string | number | null }[]>(
    'select max(versionNumber) as last from account_inspection where systemCode = ? and inspectedMonth = ?',
    [systemCode, month],
  );
  return Number(row?.last ?? 0);
}

/** Which of these people's accounts are in a letter of this month already (G8). */
export async function toldAlready(
  reads: Reads,
  systemCode: string,
  month: string,
  personIds: readonly string[],
): Promise<Set<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await reads.em.query<{ personId: string }[]>(
    `select personId from account_letter_item where systemCode = ? and inspectedMonth = ?
     and personId in (${personIds.map(() => '?').join(', ')})`,
    [systemCode, month, ...personIds],
  );
  return new Set(rows.map(({ personId }) => personId));
}

/** Every source that speaks of this system: rooms' own, and what somebody imported. A required one may be missing. */
export async function readSources(
  ctx: AccountsContext,
  reads: Reads,
  systemCode: string,
  month: string,
  window: InspectionWindow,
): Promise<Source[]> {
  const { requiredSources, sourceLabels } = ctx.settings.inspection;
  const required = requiredSources[systemCode] ?? [];
  const read = new Map<string, SourceReading | null>();
  for (const source of ctx.evidence) {
    if (source.systemCodes.includes(systemCode)) read.set(source.code, await source.read(reads, window));
  }
  const imported = await reads.em
    .getRepository(ImportedSourceTable)
    .findBy({ systemCode, inspectedMonth: month });
  for (const { source, cutOffAt, lastByPerson } of imported)
    read.set(
      source,
      joined(read.get(source) ?? null, { cutOffAt, last: new Map(Object.entries(lastByPerson)) }, window),
    );
  const codes = [...new Set([...required, ...read.keys()])];
  return codes.map((code): Source => ({
    code,
    label: sourceLabels[code] ?? code,
    required: required.includes(code),
    cutOffAt: read.get(code)?.cutOffAt ?? null,
    last: read.get(code)?.last ?? new Map(),
  }));
}

/** What somebody brought adds to what a room knows itself, and takes nothing away: each proves use. */
function joined(own: SourceReading | null, brought: SourceReading, window: InspectionWindow): SourceReading {
  if (own === null) return brought;
  const last = new Map(own.last);
  for (const [personId, at] of brought.last) last.set(personId, telling(last.get(personId), at, window));
  return { cutOffAt: Math.max(own.cutOffAt, brought.cutOffAt), last };
}

/** What every slice of one inspection looks at: read once. */
export interface Facts {
  readonly sources: readonly Source[];
  readonly leavesOf: ReadonlyMap<string, readonly Leave[]>;
  readonly joinedOn: ReadonlyMap<string, CalendarDate>;
}

export async function readFacts(
  ctx: AccountsContext,
  reads: Reads,
  systemCode: string,
  month: string,
  window: InspectionWindow,
): Promise<Facts> {
  const leaves = (await Promise.all(ctx.leaves.map((leavesOf) => leavesOf(reads, window)))).flat();
  return {
    sources: await readSources(ctx, reads, systemCode, month, window),
    leavesOf: groupBy(leaves, ({ personId }) => personId),
    joinedOn: await ctx.joinedOn(reads),
  };
}

export interface AccountSlice {
  readonly accounts: InspectedAccount[];
  /** Where the next slice begins; null at the end. */
  readonly after: string | null;
}

/** The next accounts of a system that were alive at the end of the window, with what may excuse them. */
export async function inspectedAccounts(
  reads: Reads,
  systemCode: string,
  window: InspectionWindow,
  facts: Facts,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<AccountSlice> {
  const rows = await reads.em.getRepository(AccountTable).find({
    where: { systemCode, id: MoreThan(after) },
    select: { id: true, personId: true },
    order: { id: 'ASC' },
    take: limit,
  });
  const until = instantOf(window.untilOn);
  const movesOf = await lastMoves(
    reads,
    rows.map(({ id }) => id),
    until,
  );
  const accounts = rows.flatMap(({ id, personId }) => {
    const moves = movesOf.get(id) ?? [];
    const state = latestOf(moves)?.toState ?? 'none';
    if (state !== 'open' && state !== 'locked') return [];
    const last = (from: string, to: string) =>
      moves.find((one) => one.fromState === from && one.toState === to)?.lastAt ?? null;
    return [
      {
        personId,
        state,
        openedAt: last('opening', 'open') ?? 0,
        lockedAt: last('open', 'locked'),
        unlockedAt: last('locked', 'open'),
        joinedOn: facts.joinedOn.get(personId) ?? null,
        leaves: facts.leavesOf.get(personId) ?? [],
      },
    ];
  });
  return { accounts, after: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
}

interface LastMove {
  readonly fromState: AccountState;
  readonly toState: AccountState;
  readonly lastAt: number;
  readonly lastId: string;
}

/**
 * When each account last went each way before `until`: as many rows as there are ways, however long its history. Ids
 * are ordered by time and tell the later of two acts of one moment.
 */
async function lastMoves(
  reads: Reads,
  accountIds: readonly string[],
  until: number,
): Promise<Map<string, LastMove[]>> {
  if (accountIds.length === 0) return new Map();
  const rows = await reads.em.query<
    (Omit<LastMove, 'lastAt'> & { accountId: string; lastAt: number | string })[]
  >(
    `select accountId, fromState, toState, max(happenedAt) as lastAt, max(id) as lastId from account_history
     where accountId in (${accountIds.map(() => '?').join(', ')}) and happenedAt < ?
     group by accountId, fromState, toState`,
    [...accountIds, until],
  );
  const moves = rows.map((row) => ({ ...row, lastAt: Number(row.lastAt) }));
  return groupBy(moves, ({ accountId }) => accountId);
}

const latestOf = (moves: readonly LastMove[]): LastMove | undefined =>
  moves.reduce<LastMove | undefined>(
    (last, one) => (last === undefined || one.lastId > last.lastId ? one : last),
    undefined,
  );
