import { notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import type { PersonActor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { insertRows, isUniqueViolation, saveWithVersion } from '../../platform/db/rows.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Owner } from './contract.ts';
import type { EventKind, Outcome } from './engine.ts';
import {
  CorrectionEventTable,
  CorrectionTable,
  type CorrectionEventRow,
  type CorrectionRow,
} from './tables.ts';

/** @throws notFound `corrections.not_visible` */
export async function loadCorrection(reads: Reads, correctionId: string): Promise<CorrectionRow> {
  const row = await reads.em.getRepository(CorrectionTable).findOneBy({ id: correctionId });
  if (!row) throw notFound('corrections.not_visible');
  return row;
}

export const openKeyOf = ({ personId, field }: Pick<CorrectionRow, 'personId' | 'field'>): string =>
  `${personId}:${field}`;

/** @throws conflict `corrections.open_already`: also of two requests at once the unique key lets one through */
export async function insertCorrection(tx: Tx, row: CorrectionRow): Promise<void> {
  await insertRows(tx, CorrectionTable, [row]).catch((error: unknown) => {
    throw isUniqueViolation(error) ? conflict('corrections.open_already') : error;
  });
}

/** @throws conflict `db.changed_meanwhile`; the unit of work is then run again */
export async function saveOutcome(tx: Tx, row: CorrectionRow, { next }: Outcome): Promise<void> {
  await saveWithVersion(tx, CorrectionTable, row, {
    owner: next.owner,
    state: next.state,
    sentOnAt: next.sentOnAt,
    endedAt: next.endedAt,
    endedBy: next.endedBy,
    answer: next.answer,
    openKey: next.state === 'open' ? row.openKey : null,
  });
}

export function appendEvent(
  tx: Tx,
  correctionId: string,
  { personId, name }: Pick<PersonActor, 'personId' | 'name'>,
  event: { readonly kind: EventKind; readonly owner: Owner; readonly note: string | null },
): void {
  tx.append(CorrectionEventTable, {
    id: newId(),
    correctionId,
    happenedAt: tx.now,
    byPersonId: personId,
    byName: name.slice(0, 64),
    ...event,
  });
}

export async function eventsOf(reads: Reads, correctionId: string): Promise<CorrectionEventRow[]> {
  return reads.em.getRepository(CorrectionEventTable).find({ where: { correctionId }, order: { id: 'ASC' } });
}

const ERASED_AT_ONCE = 500;

/** Ended ones whose asked value is kept still; so many at a time. */
export async function toErase({ em }: Reads, endedBefore: number): Promise<string[]> {
  const rows = await em.query<{ id: string }[]>(
    `select id from correction where endedAt is not null and endedAt < ? and wantedSealed is not null
     order by endedAt limit ${ERASED_AT_ONCE}`,
    [endedBefore],
  );
  return rows.map(({ id }) => id);
}

/** What was asked for is not needed any more. */
export async function eraseAsked(tx: Tx, correctionId: string): Promise<void> {
  await tx.em.query(
    'update correction set wantedSealed = null, reasonSealed = null, version = version + 1 where id = ?',
    [correctionId],
  );
}

export async function openOnes({ em }: Reads): Promise<CorrectionRow[]> {
  return em.getRepository(CorrectionTable).find({ where: { state: 'open' }, order: { id: 'ASC' } });
}
