import { In } from 'typeorm';
import { notFound } from '../../../kernel/errors.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { Decision, RequestEvent, RequestState } from '../model.ts';
import type { NewcomerState, RevealedNewcomer } from './contract.ts';
import type { Reported } from './match.ts';
import type { Identities } from './people.ts';
import { maskName, type Newcomer } from './read-newcomer.ts';
import { NewcomerTable, type NewcomerRow } from './tables.ts';

type Sealer = Pick<Vault, 'seal' | 'open'>;

const NAME = 'accounts.newcomerName';
/** As the directory seals the same values. */
const ID_NUMBER = 'person.idNumber';
const MOBILE = 'person.mobile';

/** They are waited for: nobody else may be reported with their numbers. */
export const EXPECTED: readonly NewcomerState[] = ['filling', 'waiting'];

/** What a report brings, as the row holds it. */
export function sealedOf(
  { vault, identities }: { readonly vault: Sealer; readonly identities: Identities },
  newcomer: Newcomer,
) {
  const { name, idNumber, mobile, ...plain } = newcomer;
  const paper = identities.secretOf('idNumber', idNumber);
  const phone = identities.secretOf('mobile', mobile);
  return {
    ...plain,
    nameSealed: vault.seal(NAME, name),
    nameMasked: maskName(name),
    idNumberSealed: vault.seal(ID_NUMBER, idNumber),
    idNumberMasked: paper.masked,
    idNumberPrint: paper.print,
    mobileSealed: vault.seal(MOBILE, mobile),
    mobileMasked: phone.masked,
    mobilePrint: phone.print,
  };
}

export type SealedNewcomer = ReturnType<typeof sealedOf>;

export const newcomerRow = (
  id: string,
  requestId: string,
  sealed: SealedNewcomer,
  now: number,
): NewcomerRow => ({
  id,
  requestId,
  state: 'filling',
  ...sealed,
  personId: null,
  linkedBy: null,
  linkedAt: null,
  rejected: [],
  reportedAt: now,
  endedAt: null,
  erasedAt: null,
  version: 1,
});

export const insertNewcomer = (tx: Tx, row: NewcomerRow): Promise<void> =>
  insertRows(tx, NewcomerTable, [row]);

export const saveNewcomer = (tx: Tx, row: NewcomerRow, changes: Partial<NewcomerRow>): Promise<void> =>
  saveWithVersion(tx, NewcomerTable, row, changes);

/** @throws notFound `accounts.not_visible` */
export async function newcomerOf(reads: Reads, requestId: string): Promise<NewcomerRow> {
  const row = await findNewcomer(reads, requestId);
  if (!row) throw notFound('accounts.not_visible');
  return row;
}

export const findNewcomer = (reads: Reads, requestId: string): Promise<NewcomerRow | null> =>
  reads.em.getRepository(NewcomerTable).findOneBy({ requestId });

/** Those in one of these states who have one of the numbers. */
export async function newcomersWith(
  reads: Reads,
  { idNumberPrint, mobilePrint }: Pick<NewcomerRow, 'idNumberPrint' | 'mobilePrint'>,
  states: readonly NewcomerState[],
): Promise<NewcomerRow[]> {
  const found = new Map<string, NewcomerRow>();
  const state = In([...states]);
  const repository = reads.em.getRepository(NewcomerTable);
  if (idNumberPrint !== null)
    for (const row of await repository.findBy({ idNumberPrint, state })) found.set(row.id, row);
  if (mobilePrint !== null)
    for (const row of await repository.findBy({ mobilePrint, state })) found.set(row.id, row);
  return [...found.values()];
}

/** The row as the rule compares it. */
export const reportedOf = (vault: Sealer, row: NewcomerRow): Reported => ({
  newcomerId: row.id,
  name: nameOf(vault, row) ?? '',
  idType: row.idType,
  idNumberPrint: row.idNumberPrint,
  mobilePrint: row.mobilePrint,
  rejected: row.rejected,
});

export const nameOf = (vault: Sealer, { nameSealed }: NewcomerRow): string | null =>
  nameSealed === null ? null : vault.open(NAME, nameSealed);

/** In full; null once it is blank. */
export function revealNewcomer(vault: Sealer, row: NewcomerRow): RevealedNewcomer | null {
  const { idNumberSealed, mobileSealed } = row;
  const name = nameOf(vault, row);
  if (name === null || idNumberSealed === null || mobileSealed === null) return null;
  return { name, idNumber: vault.open(ID_NUMBER, idNumberSealed), mobile: vault.open(MOBILE, mobileSealed) };
}

/** What is personal in the row, gone. */
export const BLANK = {
  nameSealed: null,
  sex: null,
  idType: null,
  idNumberSealed: null,
  idNumberMasked: null,
  idNumberPrint: null,
  mobileSealed: null,
  mobileMasked: null,
  mobilePrint: null,
  title: null,
  establishment: null,
} as const satisfies Partial<NewcomerRow>;

const MOVES: readonly RequestEvent['type'][] = [
  'awaited',
  'submitted',
  'returned',
  'linked',
  'unlinked',
  'stageStarted',
  'withdrawn',
];

/** A decision on the request, as the newcomer's row has it. Once the opening begins HR's record is the one that tells. */
export async function followNewcomer(tx: Tx, { state, events }: Decision): Promise<void> {
  if (!state.unknown || !events.some(({ type }) => MOVES.includes(type))) return;
  const row = await findNewcomer(tx, state.requestId);
  if (!row) return;
  const linked = events.find((event) => event.type === 'linked');
  const now = stateOf(state);
  await saveNewcomer(tx, row, {
    state: now,
    ...(linked && { personId: linked.personId, linkedBy: linked.how, linkedAt: linked.at }),
    ...(events.some(({ type }) => type === 'unlinked') && {
      personId: null,
      linkedBy: null,
      linkedAt: null,
      rejected: [...row.rejected, ...(row.personId === null ? [] : [row.personId])],
    }),
    ...(now === 'opened' && row.state !== 'opened' && { ...BLANK, erasedAt: tx.now }),
    ...(now === 'ended' && { endedAt: row.endedAt ?? tx.now }),
  });
}

function stateOf({ status, personId, unknown }: RequestState): NewcomerState {
  if (status === 'withdrawn') return 'ended';
  if (status === 'executing' || status === 'done') return 'opened';
  if (personId !== unknown?.newcomerId) return 'linked';
  return status === 'awaiting' ? 'waiting' : 'filling';
}
