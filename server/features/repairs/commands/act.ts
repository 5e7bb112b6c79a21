import type { PersonActor } from '../../../kernel/actor.ts';
import { addDays, dateOf, type CalendarDate } from '../../../kernel/dates.ts';
import { badRequest, conflict, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { ActRequest, TicketState } from '../contract.ts';
import { decide, isTheirs, type Command, type Outcome, type Part } from '../engine.ts';
import { reachOf, type Reach } from '../policy.ts';
import { categoryOrPlain } from '../settings.ts';
import { appendEvent, loadTicket, loadWorkers, stateOf } from '../store.ts';
import { TicketTable, type TicketRow } from '../tables.ts';
import { askNextToTake, askToAccept, settleAsked } from './ask.ts';
import { askToFollow } from './ask-to-follow.ts';
import { runEffects } from './clocks.ts';
import { ownerOf, TICKET, type RepairsContext } from './context.ts';
import { mustBePhotos } from './report.ts';
import { tell } from './tell.ts';

export const partOf = (row: TicketRow, reach: Reach, personId: string): Part => ({
  isReporter: row.reporterId === personId,
  isHolder: row.holderId === personId,
  isDispatcher: reach.dispatches(row),
});

/** Whoever reported it, has or had to do with it, or answers for it. */
export async function maySee(
  { em }: Reads,
  row: TicketRow,
  reach: Reach,
  personId: string,
): Promise<boolean> {
  if (row.reporterId === personId || row.holderId === personId || reach.sees(row)) return true;
  const [acted] = await em.query<object[]>(
    'select id from repair_event where ticketId = ? and (byId = ? or toId = ?) limit 1',
    [row.id, personId, personId],
  );
  return acted !== undefined;
}

/**
 * One act of a person on a ticket.
 * @param version of the ticket the person saw, where that is known: a card is about one
 * @throws notFound `repairs.no_ticket`; conflict `repairs.moved_on` for another version; forbidden `repairs.not_your_act`; badRequest `repairs.until_past`, `repairs.until_far`; what `decide` throws
 */
export function act(
  ctx: RepairsContext,
  actor: PersonActor,
  ticketId: string,
  request: ActRequest,
  version?: number,
): Promise<TicketState> {
  return ctx.db.write(actor, async (tx) => {
    const row = await loadTicket(tx, ticketId);
    const org = await ctx.orgOf(tx);
    const reach = reachOf(org, ctx.settings, actor.personId);
    if (!(await maySee(tx, row, reach, actor.personId))) throw notFound('repairs.no_ticket');
    if (!isTheirs(partOf(row, reach, actor.personId), request.act)) throw forbidden('repairs.not_your_act');
    if (version !== undefined && version !== row.version) throw conflict('repairs.moved_on');
    if (request.act === 'dispatch') await mustBeWorker(tx, org, row, request.toId);
    if (request.act === 'hold' && request.untilOn !== null) mustBeSoon(request.untilOn, dateOf(tx.now));
    const fileIds = 'fileIds' in request ? request.fileIds : [];
    await mustBePhotos(ctx, tx, actor, fileIds);
    const outcome = decide(stateOf(row), commandOf(ctx, row, request));
    if (fileIds.length > 0) await ctx.files.claim(tx, fileIds, ownerOf(row.id));
    await settleAct(ctx, tx, org, row, outcome, {
      changes: columnsOf(tx, row, request),
      pauseReason: request.act === 'hold' ? `repairs.${request.reason}` : '',
      words: wordsOf(request),
      fileIds,
    });
    // Who mended it may have left since.
    if (request.act === 'rework' && row.holderId !== null && !org.person(row.holderId)?.active)
      askToFollow(tx, row.holderId);
    return outcome.next.state;
  });
}

/** The clock stands while it is held, and nobody is reminded before the day: longer than this is held anew. */
const LONGEST_HOLD_DAYS = 60;

/** @throws badRequest `repairs.until_past`, `repairs.until_far` */
function mustBeSoon(untilOn: CalendarDate, today: CalendarDate): void {
  if (untilOn < today) throw badRequest('repairs.until_past');
  if (untilOn > addDays(today, LONGEST_HOLD_DAYS))
    throw badRequest('repairs.until_far', { most: LONGEST_HOLD_DAYS });
}

export interface Saying {
  readonly changes?: Partial<TicketRow>;
  readonly pauseReason?: string;
  readonly words?: string;
  readonly fileIds?: readonly string[];
}

/** What was decided is put in place: clocks, row, history, record, messages. Answers the row as it became. */
export async function settleAct(
  ctx: RepairsContext,
  tx: Tx,
  org: OrgWithRoles,
  row: TicketRow,
  { next, event, effects }: Outcome,
  { changes = {}, pauseReason = '', words = '', fileIds = [] }: Saying,
): Promise<TicketRow> {
  const notes = await runEffects(ctx, tx, org, row, { ...row, ...next }, effects, pauseReason);
  const saved = { ...next, ...changes, ...notes };
  await saveWithVersion(tx, TicketTable, row, saved);
  const became: TicketRow = { ...row, ...saved, version: row.version + 1 };
  const toId = event === 'dispatched' ? next.holderId : null;
  appendEvent(tx, row.id, { kind: event, toId, words, fileIds });
  recordAct(tx, {
    action: `repairs.${event}`,
    targetType: TICKET,
    targetId: row.id,
    before: { state: row.state, holderId: row.holderId },
    after: { state: next.state, holderId: next.holderId, round: next.round },
  });
  if ((row.state === 'done') !== (became.state === 'done')) ctx.acceptanceMoved(tx, became.reporterId);
  settleAsked(tx, org, row, became);
  if (event === 'dispatched' && !isActor(tx, became.holderId))
    await askNextToTake(ctx, tx, org, became, words);
  if (event === 'done' && !isActor(tx, became.reporterId)) askToAccept(ctx, tx, became, fileIds.length);
  tell(ctx, tx, org, row, became, event, words);
  return became;
}

const isActor = ({ actor }: Tx, personId: string | null): boolean =>
  actor.kind === 'person' && actor.personId === personId;

function commandOf(ctx: RepairsContext, row: TicketRow, request: ActRequest): Command {
  switch (request.act) {
    case 'dispatch':
      return { kind: 'dispatch', toId: request.toId };
    case 'hold':
      return { kind: 'hold', reason: request.reason, contractor: request.contractor };
    case 'finish': {
      const needsPhoto = categoryOrPlain(ctx.settings, row.category).photoWhenDone;
      return { kind: 'finish', photos: request.fileIds.length, needsPhoto };
    }
    default:
      return { kind: request.act };
  }
}

/** What the act itself writes into the ticket, besides its state. */
function columnsOf({ now }: Tx, row: TicketRow, request: ActRequest): Partial<TicketRow> {
  const noHold = { holdReason: null, holdWords: '', holdUntilOn: null };
  switch (request.act) {
    case 'accept':
      return { acceptedAt: row.acceptedAt ?? now };
    case 'hold': {
      const contractor = request.contractor || row.contractor;
      return {
        holdReason: request.reason,
        holdWords: request.words,
        holdUntilOn: request.untilOn,
        contractor,
      };
    }
    case 'resume':
      return noHold;
    case 'finish':
      return { result: request.words, doneAt: now };
    case 'confirm':
      return { rating: request.rating, ratingWords: request.words, closedAt: now };
    case 'rework':
      return { doneAt: null, result: '' };
    case 'cancel':
      return { closedAt: now };
    default:
      return {};
  }
}

function wordsOf(request: ActRequest): string {
  if (request.act === 'hold' && request.contractor !== '')
    return `${request.words}（已告知外包：${request.contractor}）`;
  if (request.act === 'confirm') return [`${request.rating} 星`, request.words].filter(Boolean).join('，');
  return 'words' in request ? request.words : '';
}

/** @throws badRequest `repairs.unknown_worker`; refused `repairs.own_report` */
async function mustBeWorker(tx: Tx, org: OrgWithRoles, row: TicketRow, toId: string): Promise<void> {
  const workers = await loadWorkers(tx, (id) => org.person(id)?.active ?? false);
  if (!workers.some(({ personId, active }) => personId === toId && active))
    throw badRequest('repairs.unknown_worker');
  if (row.reporterId === toId) throw refused('repairs.own_report');
}
