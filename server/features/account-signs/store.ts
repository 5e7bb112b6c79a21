import { Not } from 'typeorm';
import type { Actor } from '../../kernel/actor.ts';
import { notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { EventKind } from './engine.ts';
import { CheckEventTable, CheckTable, type CheckEventRow, type CheckRow } from './tables.ts';

/** @throws notFound `signs.not_visible` */
export async function loadCheck({ em }: Reads, checkId: string): Promise<CheckRow> {
  const row = await em.getRepository(CheckTable).findOneBy({ id: checkId });
  if (!row) throw notFound('signs.not_visible');
  return row;
}

export const openChecks = ({ em }: Reads): Promise<CheckRow[]> =>
  em.getRepository(CheckTable).find({ where: { state: Not('ended') }, order: { id: 'ASC' } });

export function appendEvent(tx: Tx, checkId: string, kind: EventKind, wordsSealed: string | null): void {
  tx.append(CheckEventTable, {
    id: newId(),
    checkId,
    kind,
    happenedAt: tx.now,
    ...byOf(tx.actor),
    wordsSealed,
  });
}

const byOf = (actor: Actor): Pick<CheckEventRow, 'byPersonId' | 'byName'> =>
  actor.kind === 'person'
    ? { byPersonId: actor.personId, byName: actor.name.slice(0, 64) }
    : { byPersonId: null, byName: '系统' };

export const eventsOf = ({ em }: Reads, checkId: string): Promise<CheckEventRow[]> =>
  em.getRepository(CheckEventTable).find({ where: { checkId }, order: { id: 'ASC' } });
