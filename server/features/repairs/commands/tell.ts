import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { EventKind } from '../contract.ts';
import { firstDispatcher } from '../policy.ts';
import type { TicketRow } from '../tables.ts';
import { HOLD_WORDS } from '../words.ts';
import { categoryName, ticketPath, type RepairsContext } from './context.ts';

type Whom = 'reporter' | 'holder' | 'dispatcher' | 'before';

/** Whoever waits for something hears of it; whoever did it does not. Who is asked for something gets a card (ask.ts). */
export function tell(
  ctx: RepairsContext,
  tx: Tx,
  org: OrgWithRoles,
  row: TicketRow,
  became: TicketRow,
  event: EventKind,
  said: string,
): void {
  const what = `${categoryName(ctx, row.category)}，${row.placeName}（${row.number}）`;
  const ids: Readonly<Record<Whom, string | null>> = {
    reporter: row.reporterId,
    holder: became.holderId,
    before: row.holderId,
    dispatcher: firstDispatcher(org, ctx.settings, row.category)?.personId ?? null,
  };
  const actorId = tx.actor.kind === 'person' ? tx.actor.personId : '';
  for (const [whom, words] of messages(org, row, became, event, what, said)) {
    const personId = ids[whom];
    if (personId === null || personId === actorId) continue;
    ctx.notify(tx, {
      key: `${event}:${row.id}:${became.version}`,
      personId,
      words,
      path: ticketPath(row.id),
    });
  }
}

function messages(
  org: OrgWithRoles,
  row: TicketRow,
  ticket: TicketRow,
  event: EventKind,
  what: string,
  said: string,
): readonly (readonly [Whom, string])[] {
  const name = org.person(ticket.holderId ?? '')?.name ?? '';
  const because = said === '' ? '' : `：${said}`;
  switch (event) {
    case 'dispatched':
      // Who had not answered yet reads it on the card.
      return row.state === 'dispatched' ? [] : [['before', `这张报修转给${name}了：${what}`]];
    case 'gaveBack':
      return [['dispatcher', `报修退回，请重新派单：${what}${because}`]];
    case 'accepted':
      return [['reporter', `${name}已接单：${what}`]];
    case 'held':
      return [
        [
          'reporter',
          `报修挂起（${ticket.holdReason ? HOLD_WORDS[ticket.holdReason] : ''}）：${what}${because}`,
        ],
      ];
    case 'resumed':
      return [['reporter', `报修继续办理：${what}`]];
    case 'confirmed':
      return [['holder', `报修已验收：${what}${because}`]];
    case 'autoConfirmed':
      return [['reporter', `报修到期自动办结：${what}`]];
    case 'rework':
      return [['holder', `需要返修：${what}${because}`]];
    case 'cancelled':
      return ticket.holderId === null ? [['dispatcher', `报修已撤回：${what}`]] : [];
    // Asked by a card.
    case 'done':
    case 'reported':
      return [];
  }
}
