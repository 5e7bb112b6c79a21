import { actorId } from '../../kernel/actor.ts';
import { notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { isUniqueViolation } from '../../platform/db/rows.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { EventKind } from './contract.ts';
import type { Ticket, Worker } from './engine.ts';
import {
  PlaceTable,
  TicketEventTable,
  TicketNumberTable,
  TicketTable,
  WorkerTable,
  type PlaceRow,
  type TicketRow,
  type WorkerRow,
} from './tables.ts';

/** States in which somebody has it in hand. */
export const IN_HAND = `state in ('dispatched', 'accepted', 'held')`;

export const stateOf = ({ state, holderId, clock, round }: TicketRow): Ticket => ({
  state,
  holderId,
  clock,
  round,
});

/** @throws notFound `repairs.no_ticket` */
export async function loadTicket({ em }: Reads, ticketId: string): Promise<TicketRow> {
  const row = await em.getRepository(TicketTable).findOneBy({ id: ticketId });
  if (!row) throw notFound('repairs.no_ticket');
  return row;
}

/** @throws notFound `repairs.no_place` */
export async function loadPlace({ em }: Reads, placeId: string): Promise<PlaceRow> {
  const row = await em.getRepository(PlaceTable).findOneBy({ id: placeId });
  if (!row) throw notFound('repairs.no_place');
  return row;
}

/** What somebody mends, as nobody else can change it until this unit of work is over; null: nothing yet. */
export function lockWorker({ em, dialect }: Tx, personId: string): Promise<WorkerRow | null> {
  const query = em.getRepository(WorkerTable).createQueryBuilder('w').where('w.id = :personId', { personId });
  return (dialect === 'mysql' ? query.setLock('pessimistic_write') : query).getOne();
}

/** Who mends, longest-standing first, with what each has in hand; only who is active. */
export async function loadWorkers(
  { em }: Reads,
  isActive: (personId: string) => boolean,
): Promise<(Worker & { readonly active: boolean })[]> {
  const rows = await em.getRepository(WorkerTable).find({ order: { sinceAt: 'asc', id: 'asc' } });
  const counts = await em.query<{ holderId: string; n: number | string }[]>(
    `select holderId, count(*) as n from repair_ticket where ${IN_HAND} and holderId is not null group by holderId`,
  );
  const inHand = new Map(counts.map(({ holderId, n }) => [holderId, Number(n)]));
  return rows.map(({ id, categories, areas }) => ({
    personId: id,
    categories,
    areas,
    inHand: inHand.get(id) ?? 0,
    active: isActive(id),
  }));
}

export function appendEvent(
  tx: Tx,
  ticketId: string,
  event: {
    readonly kind: EventKind;
    readonly toId?: string | null;
    readonly words?: string;
    readonly fileIds?: readonly string[];
    /** Not the actor's doing: the rule dispatched. */
    readonly byRule?: boolean;
  },
): void {
  const person = tx.actor.kind === 'person' && event.byRule !== true ? tx.actor : null;
  tx.append(TicketEventTable, {
    id: newId(),
    ticketId,
    kind: event.kind,
    happenedAt: tx.now,
    byId: person ? person.personId : event.byRule === true ? 'repairs.rule' : actorId(tx.actor).slice(0, 64),
    byName: person?.name ?? '系统',
    toId: event.toId ?? null,
    words: event.words ?? '',
    fileIds: [...(event.fileIds ?? [])],
  });
}

/** BX-2026-0417. In a unit of work of its own: who reports at the same moment waits for nobody; a gap may stay. */
export async function nextNumber(db: Db, year: string): Promise<string> {
  const id = `BX-${year}`;
  for (;;) {
    const taken = await db.raise(TicketNumberTable, 'lastNumber', id);
    if (taken !== null) return `${id}-${String(taken).padStart(4, '0')}`;
    await db.insert(TicketNumberTable, { id, lastNumber: 0 }).catch((error: unknown) => {
      // Somebody else began this year's count at the same moment.
      if (!isUniqueViolation(error)) throw error;
    });
  }
}
