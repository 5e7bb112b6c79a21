import { createHash } from 'node:crypto';
import { In } from 'typeorm';
import { systemActor } from '../../kernel/actor.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { newId } from '../../kernel/id.ts';
import type { Calendar } from '../../kernel/workdays.ts';
import { recordAct } from '../../platform/audit/index.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { change } from './commands/change-obligations.ts';
import { moveClock } from './due.ts';
import type { ClockSettings } from './settings.ts';
import {
  CalendarAdoptionTable,
  ObligationEventTable,
  ObligationTable,
  type ObligationRow,
} from './tables.ts';

/** Told in the unit of work that moves a due time, for rooms that keep a copy of it. */
export type MoveHandler = (tx: Tx, obligation: ObligationRow, fromDueAt: number | null) => Promise<void>;

export interface AdoptDeps {
  readonly db: Db;
  readonly settings: ClockSettings;
  readonly handlers: ReadonlyMap<string, MoveHandler>;
}

const actor = systemActor('job:supervision.adopt_calendar');
const PAGE = 200;

/** Which calendar this is: notices, own days, office hours. */
export function calendarTag({ years, own, officeHours }: Calendar): string {
  return createHash('sha256').update(canonicalJson({ years, own, officeHours })).digest('hex');
}

/**
 * G5: reckon every open, running clock by the calendar loaded now; closed ones keep what was true for them. Both
 * dates are kept. Repeatable: a second walk moves nothing. @returns how many clocks moved.
 */
export async function adoptCalendar(deps: AdoptDeps): Promise<number> {
  let moved = 0;
  let after = '';
  for (;;) {
    const ids = await deps.db.read((reads) => openIdsAfter(reads, after));
    const last = ids.at(-1);
    if (last === undefined) break;
    moved += await deps.db.write(actor, (tx) => moveSome(tx, deps, ids));
    after = last;
  }
  await deps.db.write(actor, (tx) => noteAdoption(tx, calendarTag(deps.settings.calendar), moved));
  return moved;
}

async function openIdsAfter({ em }: Reads, after: string): Promise<string[]> {
  const rows = await em.query<{ id: string }[]>(
    `select id from obligation where state = 'open' and id > ? order by id limit ${PAGE}`,
    [after],
  );
  return rows.map((row) => row.id);
}

async function moveSome(tx: Tx, deps: AdoptDeps, ids: readonly string[]): Promise<number> {
  const where = { id: In([...ids]), state: 'open' as const };
  const rows = await tx.em.getRepository(ObligationTable).find({ where, order: { id: 'asc' } });
  let moved = 0;
  for (const row of rows) {
    const next = moveClock(row, deps.settings.calendar);
    if (!next) continue;
    const breach = await breachUnder(tx, row, next);
    const saved = await change(tx, deps.settings, row, 'moved', { ...next, ...breach }, null);
    await deps.handlers.get(row.kind)?.(tx, saved, row.dueAt);
    moved += 1;
  }
  return moved;
}

/**
 * What becomes of a breach when the due time moves: it goes if the new time is still to come or only provisional,
 * else it is dated to the new time and belongs to whoever held the obligation then (G4, G9).
 */
async function breachUnder(
  tx: Tx,
  row: ObligationRow,
  next: Pick<ObligationRow, 'dueAt' | 'provisional'>,
): Promise<Partial<ObligationRow>> {
  const gone = { breachedAt: null, breachPersonId: null, breachUnitId: null };
  if (next.dueAt === null || next.provisional || next.dueAt > tx.now) return gone;
  const holder = await holderAt(tx, row, next.dueAt);
  return { breachedAt: next.dueAt, breachPersonId: holder.personId, breachUnitId: holder.unitId };
}

async function holderAt(tx: Tx, row: ObligationRow, at: number) {
  const transfers = await tx.em.getRepository(ObligationEventTable).find({
    where: { obligationId: row.id, kind: 'transferred' },
    order: { happenedAt: 'asc', id: 'asc' },
  });
  // A transfer at the very due instant came after the time had run out.
  const later = transfers.find((event) => event.happenedAt >= at);
  if (later) return { personId: later.fromPersonId, unitId: later.fromUnitId };
  return { personId: row.holderPersonId, unitId: row.holderUnitId };
}

async function noteAdoption(tx: Tx, tag: string, movedCount: number): Promise<void> {
  const [last] = await tx.em
    .getRepository(CalendarAdoptionTable)
    .find({ order: { adoptedAt: 'desc', id: 'desc' }, take: 1 });
  if (last?.calendarTag === tag) return;
  const id = newId();
  tx.append(CalendarAdoptionTable, { id, calendarTag: tag, adoptedAt: tx.now, movedCount });
  recordAct(tx, {
    action: 'supervision.adopt_calendar',
    targetType: 'calendar',
    targetId: id,
    before: { tag: last?.calendarTag ?? null },
    after: { tag, movedCount },
  });
}
