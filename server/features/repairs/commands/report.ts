import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { badRequest, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { isUniqueViolation } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { ReportRequest } from '../contract.ts';
import { pickWorker } from '../engine.ts';
import { firstDispatcher } from '../policy.ts';
import { categoryOrPlain } from '../settings.ts';
import { appendEvent, loadPlace, loadWorkers, nextNumber } from '../store.ts';
import { TicketTable, type PlaceRow, type TicketRow } from '../tables.ts';
import { askToTake } from './ask.ts';
import { departmentIdOf, openClock } from './clocks.ts';
import { categoryOf, ownerOf, TICKET, ticketPath, type RepairsContext } from './context.ts';

export interface Reported {
  readonly ticketId: string;
  readonly number: string;
}

/**
 * Anybody signed in reports what is broken, dirty or dangerous, once: the same key again answers with the same ticket.
 * @throws notFound `repairs.no_place`; badRequest `repairs.unknown_category`, `repairs.photo_only`; refused `repairs.place_closed`
 */
export async function reportFault(
  ctx: RepairsContext,
  actor: PersonActor,
  request: ReportRequest,
): Promise<Reported> {
  categoryOf(ctx, request.category);
  const clientKey = `${actor.personId}:${request.clientKey}`;
  const before = await ctx.db.read((reads) => byClientKey(reads, clientKey));
  if (before) return before;
  const number = await newNumber(ctx);
  try {
    return await ctx.db.write(actor, async (tx) => {
      const place = request.placeId === null ? null : await loadPlace(tx, request.placeId);
      if (place?.state === 'closed') throw refused('repairs.place_closed');
      await mustBePhotos(ctx, tx, actor, request.fileIds);
      return createTicket(ctx, tx, {
        ...request,
        number,
        clientKey,
        place,
        reporterId: actor.personId,
        recurringId: null,
      });
    });
  } catch (error) {
    // Sent twice at the same moment: the other one made it.
    const other = isUniqueViolation(error)
      ? await ctx.db.read((reads) => byClientKey(reads, clientKey))
      : null;
    if (other) return other;
    throw error;
  }
}

export const newNumber = async ({ db }: Pick<RepairsContext, 'db'>): Promise<string> =>
  nextNumber(db, dateOf(await db.read(async ({ now }) => now)).slice(0, 4));

export async function byClientKey({ em }: Reads, clientKey: string): Promise<Reported | null> {
  const row = await em.getRepository(TicketTable).findOneBy({ clientKey });
  return row && { ticketId: row.id, number: row.number };
}

/** @throws badRequest `repairs.photo_only` for what is no picture or not one's own */
export async function mustBePhotos(
  { files }: Pick<RepairsContext, 'files'>,
  reads: Reads,
  actor: PersonActor,
  fileIds: readonly string[],
): Promise<void> {
  for (const fileId of new Set(fileIds)) {
    const file = await files.ownUnclaimed(reads, fileId, actor.personId);
    if (!file?.type.startsWith('image/')) throw badRequest('repairs.photo_only');
  }
}

export interface NewTicket {
  readonly number: string;
  readonly clientKey: string;
  readonly category: string;
  readonly place: PlaceRow | null;
  readonly placeText: string;
  readonly words: string;
  readonly convenient: string;
  readonly fileIds: readonly string[];
  readonly reporterId: string;
  readonly recurringId: string | null;
}

/** A new ticket, given to whom the rule names, else lying with who dispatches; its first clock runs from now. */
export async function createTicket(ctx: RepairsContext, tx: Tx, wanted: NewTicket): Promise<Reported> {
  const org = await ctx.orgOf(tx);
  const category = categoryOrPlain(ctx.settings, wanted.category);
  const area = wanted.place?.area ?? '';
  const workers = await loadWorkers(tx, (id) => org.person(id)?.active ?? false);
  // Nobody accepts the own work.
  const able = workers.filter(({ active, personId }) => active && personId !== wanted.reporterId);
  const holderId = category.dispatch === 'rule' ? pickWorker(able, category.key, area) : null;
  const row = freshRow(wanted, {
    area,
    holderId,
    unitId: departmentIdOf(org, wanted.reporterId),
    now: tx.now,
  });
  tx.append(TicketTable, row);
  if (wanted.fileIds.length > 0) await ctx.files.claim(tx, wanted.fileIds, ownerOf(row.id));
  appendEvent(tx, row.id, { kind: 'reported', words: row.words, fileIds: wanted.fileIds });
  if (holderId !== null) appendEvent(tx, row.id, { kind: 'dispatched', toId: holderId, byRule: true });
  const clock = openClock(ctx, tx, org, row, 'take');
  recordAct(tx, {
    action: 'repairs.report',
    targetType: TICKET,
    targetId: row.id,
    after: { number: row.number, category: row.category, placeId: row.placeId, toId: holderId },
  });
  askToTake(ctx, tx, org, row, { clock, photos: wanted.fileIds.length, said: '' });
  const dispatcher = holderId === null ? firstDispatcher(org, ctx.settings, row.category) : null;
  // Whom it goes to is chosen on the page.
  if (dispatcher)
    ctx.notify(tx, {
      key: `new:${row.id}`,
      personId: dispatcher.personId,
      words: `有报修等你派单：${category.name}，${row.placeName}。${row.number}`,
      path: ticketPath(row.id),
    });
  return { ticketId: row.id, number: row.number };
}

function freshRow(
  { number, clientKey, category, place, placeText, words, convenient, reporterId, recurringId }: NewTicket,
  {
    area,
    holderId,
    unitId,
    now,
  }: { area: string; holderId: string | null; unitId: string | null; now: number },
): TicketRow {
  return {
    id: newId(),
    number,
    clientKey,
    category,
    placeId: place?.id ?? null,
    placeName: [place?.name ?? '', placeText].filter(Boolean).join(' '),
    area,
    words,
    convenient,
    reporterId,
    unitId,
    state: holderId === null ? 'reported' : 'dispatched',
    holderId,
    clock: 'take',
    round: 1,
    holdReason: null,
    holdWords: '',
    holdUntilOn: null,
    contractor: '',
    result: '',
    rating: null,
    ratingWords: '',
    reportedAt: now,
    acceptedAt: null,
    doneAt: null,
    closedAt: null,
    isAutoConfirmed: false,
    workedMs: 0,
    takeLateId: null,
    resolveLateId: null,
    isTakeLate: false,
    isResolveLate: false,
    recurringId,
    version: 1,
  };
}
