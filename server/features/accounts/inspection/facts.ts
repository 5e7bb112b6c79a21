/** What an inspection looks at. */
import { instantOf } from '../../../kernel/dates.ts';
import { groupBy } from '../../../kernel/group-by.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { AccountsContext } from '../commands/context.ts';
import type { SourceReading } from './sources.ts';
import { AccountHistoryTable, AccountTable } from '../tables.ts';
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

/** Accounts that are in a letter of this month already (G8). */
export async function toldAlready(reads: Reads, systemCode: string, month: string): Promise<Set<string>> {
  const rows = await reads.em.query<{ personId: string }[]>(
    'select personId from account_letter_item where systemCode = ? and inspectedMonth = ?',
    [systemCode, month],
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

/** Accounts that were alive at the end of the window, with what may excuse them. */
export async function inspectedAccounts(
  ctx: AccountsContext,
  reads: Reads,
  systemCode: string,
  window: InspectionWindow,
): Promise<InspectedAccount[]> {
  const until = instantOf(window.untilOn);
  const [accounts, history, leaves] = [
    await reads.em.getRepository(AccountTable).find({ where: { systemCode }, order: { id: 'ASC' } }),
    await reads.em.getRepository(AccountHistoryTable).find({ where: { systemCode }, order: { id: 'ASC' } }),
    (await Promise.all(ctx.leaves.map((leavesOf) => leavesOf(reads, window)))).flat(),
  ];
  const joinedOn = await ctx.joinedOn(reads);
  const historyOf = groupBy(history, ({ personId }) => personId);
  const leavesOf = groupBy(leaves, ({ personId }) => personId);
  return accounts.flatMap(({ personId }) => {
    const past = (historyOf.get(personId) ?? []).filter(({ happenedAt }) => happenedAt < until);
    const state = past.at(-1)?.toState ?? 'none';
    if (state !== 'open' && state !== 'locked') return [];
    const last = (from: string, to: string) =>
      past.findLast((one) => one.fromState === from && one.toState === to)?.happenedAt ?? null;
    return [
      {
        personId,
        state,
        openedAt: last('opening', 'open') ?? 0,
        lockedAt: last('open', 'locked'),
        unlockedAt: last('locked', 'open'),
        joinedOn: joinedOn.get(personId) ?? null,
        leaves: leavesOf.get(personId) ?? [],
      },
    ];
  });
}
