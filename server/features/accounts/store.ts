import { notFound, refused } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { insertRows, isUniqueViolation, saveWithVersion } from '../../platform/db/rows.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { moveAccount, type Phase } from './account-state.ts';
import type { AccountStates, Decision, ItemState, Proof, RequestEvent, RequestState } from './model.ts';
import {
  AccountHistoryTable,
  AccountTable,
  type AccountRow,
  ItemTable,
  RequestEventTable,
  RequestNumberTable,
  RequestTable,
  SenderTable,
  type RequestRow,
} from './tables.ts';

/** @throws notFound `accounts.not_visible` */
export async function loadRequest(reads: Reads, requestId: string): Promise<RequestRow> {
  const row = await reads.em.getRepository(RequestTable).findOneBy({ id: requestId });
  if (!row) throw notFound('accounts.not_visible');
  return row;
}

/** For deciding: on MySQL two acts on one request wait for each other; on SQLite the gate does that. */
export async function lockRequest(tx: Tx, requestId: string): Promise<RequestRow> {
  if (tx.dialect === 'mysql')
    await tx.em.query('select id from account_request where id = ? for update', [requestId]);
  return loadRequest(tx, requestId);
}

export async function insertRequest(
  tx: Tx,
  { state, events }: Decision,
  secretSealed: string | null,
): Promise<void> {
  await insertRows(tx, RequestTable, [
    {
      id: state.requestId,
      requestNumber: state.number,
      kind: state.kind,
      personId: state.personId,
      personName: state.personName.slice(0, 64),
      status: state.status,
      eventOn: state.eventOn,
      originType: state.origin.type,
      originRef: state.origin.ref,
      state,
      secretSealed,
      eventCount: events.length,
      createdAt: state.createdAt,
      createdById: state.createdBy.personId,
      version: 1,
    },
  ]);
  await saveSenders(tx, state);
  appendEvents(tx, state.requestId, 0, events);
}

/** @throws conflict `db.changed_meanwhile`; the unit of work is then run again */
export async function saveRequest(
  tx: Tx,
  row: RequestRow,
  { state, events }: Decision,
  secretSealed: string | null = row.secretSealed,
): Promise<RequestRow> {
  const changes = {
    state,
    personId: state.personId,
    personName: state.personName.slice(0, 64),
    status: state.status,
    eventOn: state.eventOn,
    secretSealed,
    eventCount: row.eventCount + events.length,
  };
  await saveWithVersion(tx, RequestTable, row, changes);
  if (events.some(({ type }) => MOVES_SENDERS.includes(type))) await saveSenders(tx, state);
  appendEvents(tx, row.id, row.eventCount, events);
  return { ...row, ...changes, version: row.version + 1 };
}

const MOVES_SENDERS: readonly RequestEvent['type'][] = ['filled', 'sent', 'returned'];

async function saveSenders(tx: Tx, { requestId, senders }: RequestState): Promise<void> {
  await tx.em.query('delete from account_sender where requestId = ?', [requestId]);
  await insertRows(
    tx,
    SenderTable,
    senders.map(({ unitId, submittedAt, by }) => ({
      id: newId(),
      requestId,
      unitId,
      sentAt: submittedAt,
      sentBy: by?.personId ?? null,
    })),
  );
}

function appendEvents(tx: Tx, requestId: string, known: number, events: readonly RequestEvent[]): void {
  events.forEach((content, at) => {
    tx.append(RequestEventTable, {
      id: newId(),
      requestId,
      seq: known + at + 1,
      type: content.type,
      happenedAt: content.at,
      byPersonId: content.by.personId,
      content,
    });
  });
}

/** The whole history of a request, for `replay` and for auditors. */
export async function historyOf(reads: Reads, requestId: string): Promise<RequestEvent[]> {
  const rows = await reads.em
    .getRepository(RequestEventTable)
    .find({ where: { requestId }, order: { seq: 'ASC' } });
  return rows.map(({ content }) => content);
}

export async function insertItems(tx: Tx, state: RequestState, items: readonly ItemState[]): Promise<void> {
  await insertRows(
    tx,
    ItemTable,
    items.map(({ itemId, systemCode, act, status }) => ({
      id: itemId,
      requestId: state.requestId,
      personId: state.personId,
      systemCode,
      act,
      status,
      startedAt: status === 'running' ? tx.now : null,
    })),
  );
}

export async function saveItemStatus(tx: Tx, { itemId, status }: ItemState): Promise<void> {
  await tx.em.query('update account_item set status = ?, startedAt = coalesce(startedAt, ?) where id = ?', [
    status,
    status === 'running' ? tx.now : null,
    itemId,
  ]);
}

export async function accountsOf(reads: Reads, personId: string): Promise<AccountRow[]> {
  return reads.em.getRepository(AccountTable).find({ where: { personId }, order: { systemCode: 'ASC' } });
}

export const statesOf = (rows: readonly AccountRow[]): AccountStates =>
  Object.fromEntries(rows.map(({ systemCode, state }) => [systemCode, state]));

export interface AccountMove {
  readonly request: RequestState;
  readonly item: ItemState;
  readonly phase: Phase;
  readonly byName: string;
  readonly proof: Proof | null;
  /** Category and origin to note with a new account. */
  readonly about: Partial<Pick<AccountRow, 'category' | 'originUnit' | 'untilOn'>>;
}

/**
 * Move one account and write its history. Two openings at once: the unique key lets one through (S2-14a).
 * @throws `accounts.already_has`, `accounts.state_forbids`
 */
export async function applyMove(tx: Tx, move: AccountMove): Promise<void> {
  const { request, item, phase } = move;
  const { personId } = request;
  const known = await tx.em.getRepository(AccountTable).findOneBy({ personId, systemCode: item.systemCode });
  const fromState = known?.state ?? 'none';
  const toState = moveAccount(fromState, item.act, phase, item.target);
  if (phase === 'start' && toState === fromState) return;
  const account = known
    ? await saveAccount(tx, known, toState, move)
    : await insertAccount(tx, toState, move);
  tx.append(AccountHistoryTable, {
    id: newId(),
    accountId: account,
    personId,
    systemCode: item.systemCode,
    requestId: request.requestId,
    act: item.act,
    fromState,
    toState,
    happenedAt: tx.now,
    byName: move.byName.slice(0, 64),
    proof: move.proof,
  });
}

async function saveAccount(
  tx: Tx,
  known: AccountRow,
  state: AccountRow['state'],
  move: AccountMove,
): Promise<string> {
  const opened = state === 'opening' && known.state !== 'opening';
  await saveWithVersion(tx, AccountTable, known, {
    state,
    sinceAt: state === known.state ? known.sinceAt : tx.now,
    generation: known.generation + (opened ? 1 : 0),
    ...move.about,
  });
  return known.id;
}

async function insertAccount(tx: Tx, state: AccountRow['state'], move: AccountMove): Promise<string> {
  const id = newId();
  const row: AccountRow = {
    id,
    personId: move.request.personId,
    systemCode: move.item.systemCode,
    state,
    sinceAt: tx.now,
    generation: 1,
    category: null,
    originUnit: null,
    untilOn: null,
    ...move.about,
    version: 1,
  };
  await insertRows(tx, AccountTable, [row]).catch((error: unknown) => {
    throw isUniqueViolation(error) ? refused('accounts.already_has') : error;
  });
  return id;
}

/** ZH-2026-0001: taken in a unit of work of its own; a request that fails afterwards leaves a gap, never a double. */
export async function nextNumber(db: Db, year: string): Promise<string> {
  const id = `ZH-${year}`;
  for (;;) {
    const taken = await db.raise(RequestNumberTable, 'lastNumber', id);
    if (taken !== null) return `${id}-${String(taken).padStart(4, '0')}`;
    await db.insert(RequestNumberTable, { id, lastNumber: 0 }).catch((error: unknown) => {
      // Somebody else began this year's count at the same moment.
      if (!isUniqueViolation(error)) throw error;
    });
  }
}
