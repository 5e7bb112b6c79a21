import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { FileOwner } from '../commands/context.ts';
import type { PhotoEventKind } from './contract.ts';
import { PhotoEventTable, PhotoTable, type PhotoEventRow, type PhotoRow } from './tables.ts';
import type { Why } from './verdict.ts';

/** As files name it. */
export const photoOf = (personId: string): FileOwner => ({ type: 'photo', id: personId });

export const loadPhoto = ({ em }: Reads, personId: string): Promise<PhotoRow | null> =>
  em.getRepository(PhotoTable).findOneBy({ id: personId });

export type PhotoBrief = Pick<PhotoRow, 'id' | 'state' | 'uploadedAt' | 'reason' | 'why'>;

/** Of everybody, without what only one page shows. */
export async function photoBriefs({ em }: Reads): Promise<ReadonlyMap<string, PhotoBrief>> {
  const rows = await em.query<PhotoBrief[]>('select id, state, uploadedAt, reason, why from person_photo');
  return new Map(rows.map((row) => [row.id, { ...row, uploadedAt: Number(row.uploadedAt) }]));
}

const NO_WHY: Why = { reason: null, why: null };

export function appendPhotoEvent(
  tx: Tx,
  personId: string,
  kind: PhotoEventKind,
  { reason, why }: Why = NO_WHY,
): void {
  const by = byOf(tx.actor);
  tx.append(PhotoEventTable, { id: newId(), personId, kind, happenedAt: tx.now, ...by, reason, why });
}

const byOf = (actor: Actor): Pick<PhotoEventRow, 'byPersonId' | 'byName'> =>
  actor.kind === 'person'
    ? { byPersonId: actor.personId, byName: actor.name.slice(0, 64) }
    : { byPersonId: null, byName: '系统' };

export const photoEventsOf = ({ em }: Reads, personId: string): Promise<PhotoEventRow[]> =>
  em.getRepository(PhotoEventTable).find({ where: { personId }, order: { id: 'ASC' } });
