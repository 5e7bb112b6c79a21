import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { queueCard, settleCards, tapsNow } from '../../messaging/index.ts';
import { wallTime, wordsOfWorked, type ObligationRow } from '../../supervision/index.ts';
import {
  ACCEPT_CARD,
  acceptCard,
  cardOfState,
  refOf,
  TAKE_CARD,
  takeCard,
  wordsOfAccept,
  wordsOfTake,
} from '../cards.ts';
import { TicketEventTable, type TicketRow } from '../tables.ts';
import { autoConfirmAt } from './auto-confirm-at.ts';
import { categoryName, TICKET, ticketPath, type RepairsContext } from './context.ts';

const about = (ctx: RepairsContext, row: TicketRow) => ({
  categoryName: categoryName(ctx, row.category),
  url: `${ctx.publicUrl}${ticketPath(row.id)}`,
});

const to = (personId: string, row: TicketRow) => ({
  personId,
  subjectType: TICKET,
  subjectId: row.id,
  ref: refOf(row),
});

/** @param clock of taking over, with who has it now */
export function askToTake(
  ctx: RepairsContext,
  tx: Tx,
  org: OrgWithRoles,
  row: TicketRow,
  { clock, photos, said }: { clock: ObligationRow | null; photos: number; said: string },
): void {
  if (row.holderId === null) return;
  const dueAt = clock?.state === 'open' ? clock.dueAt : null;
  const card = takeCard(row, {
    ...about(ctx, row),
    reporterName: org.person(row.reporterId)?.name ?? '',
    photos,
    until: dueAt === null ? '' : `${wallTime(tx.now, dueAt)}${clock?.provisional ? '（暂估）' : ''}`,
    said,
  });
  queueCard(tx, { ...to(row.holderId, row), kind: TAKE_CARD }, card);
}

/** Handed on by a person or the rule: the clock went along. */
export async function askNextToTake(
  ctx: RepairsContext,
  tx: Tx,
  org: OrgWithRoles,
  row: TicketRow,
  said: string,
): Promise<void> {
  const clocks = await ctx.supervision.listOfSubjects(tx, TICKET, [row.id]);
  const [reported] = await tx.em
    .getRepository(TicketEventTable)
    .find({ where: { ticketId: row.id, kind: 'reported' }, take: 1 });
  const clock = clocks.find(({ state }) => state === 'open') ?? null;
  askToTake(ctx, tx, org, row, { clock, photos: reported?.fileIds.length ?? 0, said });
}

export function askToAccept(ctx: RepairsContext, tx: Tx, row: TicketRow, photos: number): void {
  const at = autoConfirmAt(ctx, row.doneAt);
  const card = acceptCard(row, {
    ...about(ctx, row),
    photos,
    worked: row.workedMs === 0 ? '' : wordsOfWorked(row.workedMs, ctx.calendar),
    until: at === null ? `${ctx.settings.autoConfirmWorkdays} 个工作日内` : `${wallTime(tx.now, at)} 前`,
  });
  queueCard(tx, { ...to(row.reporterId, row), kind: ACCEPT_CARD }, card);
}

/** Whoever was asked by a card for what has happened now reads so on it. */
export function settleAsked(tx: Tx, org: OrgWithRoles, row: TicketRow, became: TicketRow): void {
  const kind = cardOfState(row.state);
  const personId = kind === TAKE_CARD ? row.holderId : row.reporterId;
  if (kind === null || personId === null) return;
  const words =
    kind === TAKE_CARD
      ? wordsOfTake(
          became,
          { personId, version: row.version },
          org.person(became.holderId ?? '')?.name ?? '他人',
        )
      : wordsOfAccept(became, row.version);
  if (words === null) return;
  settleCards(tx, kind, [{ ref: refOf(row), words, answeredInPlace: tapsNow(tx, personId) }]);
}
