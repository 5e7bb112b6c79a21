import { actThenDescribe, type CardHandler, type TapAnswer, type TappedCards } from '../messaging/index.ts';
import {
  ACCEPT_CARD,
  ACCEPT_KEY,
  ratingIn,
  TAKE_CARD,
  TAKE_KEY,
  versionIn,
  wordsOfAccept,
  wordsOfTake,
} from './cards.ts';
import { act } from './commands/act.ts';
import { ticketPath, type RepairsContext } from './commands/context.ts';
import { TicketTable, type TicketRow } from './tables.ts';

/** Fill for `messaging.onCard`. */
export const repairCards = (ctx: RepairsContext): readonly TappedCards[] => [
  { kind: TAKE_CARD, answer: onTake(ctx), pageOf: ticketPath },
  { kind: ACCEPT_CARD, answer: onAccept(ctx), pageOf: ticketPath },
];

/** 接单. */
function onTake(ctx: RepairsContext): CardHandler {
  return (actor, { subjectId, ref, eventKey }) => {
    const version = versionIn(ref);
    return actThenDescribe(
      eventKey === TAKE_KEY ? () => act(ctx, actor, subjectId, { act: 'accept' }, version) : null,
      () =>
        described(ctx, subjectId, (row, name) =>
          wordsOfTake(row, { personId: actor.personId, version }, name),
        ),
      { url: `${ctx.publicUrl}${ticketPath(subjectId)}`, button: '打开处理' },
    );
  };
}

/** 验收通过, with the stars that were chosen. */
function onAccept(ctx: RepairsContext): CardHandler {
  return async (actor, { subjectId, ref, eventKey, selected }) => {
    const version = versionIn(ref);
    const rating = ratingIn(selected);
    const isAsked = eventKey === ACCEPT_KEY && rating !== null;
    const answer = await actThenDescribe(
      isAsked ? () => act(ctx, actor, subjectId, { act: 'confirm', rating, words: '' }, version) : null,
      () => described(ctx, subjectId, (row) => wordsOfAccept(row, version)),
      { url: `${ctx.publicUrl}${ticketPath(subjectId)}`, button: '打开验收' },
    );
    return answer.final || isAsked ? answer : rateFirst(ctx, subjectId, selected.length > 0);
  };
}

/** Who can choose does so here; a client that shows no choice leads to the page. */
function rateFirst({ publicUrl }: RepairsContext, ticketId: string, canChoose: boolean): TapAnswer {
  const url = `${publicUrl}${ticketPath(ticketId)}`;
  return {
    final: false,
    card: (current) =>
      current.cardType !== 'button_interaction'
        ? current
        : canChoose
          ? { ...current, desc: '请先选评价，再点验收通过' }
          : { ...current, desc: '请打开页面评价', buttons: [{ text: '打开验收', style: 1, url }] },
  };
}

const described = (
  ctx: RepairsContext,
  ticketId: string,
  words: (row: TicketRow, holderName: string) => string | null,
): Promise<string | null> =>
  ctx.db.read(async (reads) => {
    const row = await reads.em.getRepository(TicketTable).findOneBy({ id: ticketId });
    if (!row) return '已失效';
    const org = await ctx.orgOf(reads);
    return words(row, org.person(row.holderId ?? '')?.name ?? '他人');
  });
