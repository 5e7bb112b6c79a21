import { actorId } from '../../kernel/actor.ts';
import { groupBy } from '../../kernel/group-by.ts';
import { newId } from '../../kernel/id.ts';
import { among } from '../../platform/db/among.ts';
import { insertRows } from '../../platform/db/rows.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Vault } from '../../platform/vault/index.ts';
import { standingOf, type Entry, type EntryKind, type Standing } from './ledger.ts';
import { EntryTable, type EntryRow } from './tables.ts';

/** Which account of a person. */
export interface Account {
  readonly leaveType: string;
  readonly leaveYear: number;
}

export const accountKey = ({ leaveType, leaveYear }: Account): string => `${leaveType}:${String(leaveYear)}`;

export interface AccountStanding extends Account, Standing {
  /** Something was booked by years of service. */
  readonly isByService: boolean;
  /** Half days by years of service. */
  readonly byService: number;
}

interface SumRow extends Account {
  readonly personId: string;
  readonly kind: EntryKind;
  readonly halves: number | string;
}

const SUMS = 'select personId, leaveType, leaveYear, kind, sum(halves) as halves from leave_entry';
const BY = 'group by personId, leaveYear, leaveType, kind';

/** One person's accounts from a year on. */
export async function accountsOf(
  { em }: Reads,
  personId: string,
  fromYear: number,
): Promise<AccountStanding[]> {
  const rows = await em.query<SumRow[]>(`${SUMS} where personId = ? and leaveYear >= ? ${BY}`, [
    personId,
    fromYear,
  ]);
  return accountsIn(rows);
}

/** Accounts of one year, by person; of these people only, where they are given. */
export async function accountsOfYear(
  { em }: Reads,
  leaveYear: number,
  personIds?: readonly string[],
): Promise<ReadonlyMap<string, AccountStanding[]>> {
  const of = personIds === undefined ? { sql: '1 = 1', params: [] } : among('personId', personIds);
  const rows = await em.query<SumRow[]>(`${SUMS} where leaveYear = ? and ${of.sql} ${BY}`, [
    leaveYear,
    ...of.params,
  ]);
  return new Map([...groupBy(rows, ({ personId }) => personId)].map(([id, own]) => [id, accountsIn(own)]));
}

function accountsIn(rows: readonly SumRow[]): AccountStanding[] {
  return [...groupBy(rows, accountKey).values()].flatMap((sums) => {
    const [first] = sums;
    if (!first) return [];
    const entries = sums.map(({ kind, halves }) => ({ kind, halves: Number(halves) }));
    const granted = entries.filter(({ kind }) => kind === 'granted');
    return [
      {
        leaveType: first.leaveType,
        leaveYear: Number(first.leaveYear),
        ...standingOf(entries),
        isByService: granted.length > 0,
        byService: granted.reduce((all, { halves }) => all + halves, 0),
      },
    ];
  });
}

/** What was booked for a person's request, by account. */
export async function entriesOfRequest(
  { em }: Reads,
  personId: string,
  requestId: string,
): Promise<ReadonlyMap<string, (Entry & Account)[]>> {
  const rows = await em.query<(Entry & Account)[]>(
    'select leaveType, leaveYear, kind, halves from leave_entry where requestId = ? and personId = ?',
    [requestId, personId],
  );
  return groupBy(rows, accountKey);
}

export interface NewEntry extends Account, Entry {
  readonly personId: string;
  readonly requestId?: string;
  readonly note?: string;
}

export const NOTE = 'leave.note';

/** At once, not at the end of the unit of work: what follows in it reads the sums. */
export async function book(tx: Tx, vault: Vault, entries: readonly NewEntry[]): Promise<void> {
  const { actor, now } = tx;
  await insertRows(
    tx,
    EntryTable,
    entries.map(({ personId, leaveType, leaveYear, kind, halves, requestId, note }): EntryRow => ({
      id: newId(),
      personId,
      leaveType,
      leaveYear,
      kind,
      halves,
      requestId: requestId ?? null,
      noteSealed: note === undefined ? null : vault.seal(NOTE, note),
      bookedAt: now,
      byId: actorId(actor),
      byName: actor.kind === 'person' ? actor.name.slice(0, 64) : '',
    })),
  );
}
