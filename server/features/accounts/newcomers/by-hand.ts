/** What a person of HR does about a newcomer: says who it is, takes that back, looks at the numbers in full. */
import type { PersonActor } from '../../../kernel/actor.ts';
import { conflict, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { type AccountsContext, policyOf, REQUEST, viewerOf } from '../commands/context.ts';
import { performOn } from '../commands/perform.ts';
import { hearOf } from '../commands/personnel-news.ts';
import { answerOf, visible } from '../commands/requests.ts';
import type { RequestActAnswer } from '../contract.ts';
import { awaitsPerson } from '../engine/decide.ts';
import * as policy from '../policy.ts';
import type { LinkNewcomer, RevealedNewcomer } from './contract.ts';
import { isLinkedElsewhere, linkTo, openingOf } from './link.ts';
import { likenessOf } from './match.ts';
import { newcomerOf, reportedOf, revealNewcomer } from './store.ts';

/** B2, B3: where the numbers cannot tell, a person does, with a reason. Against a number nobody does. */
export async function linkByHand(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
  { personId, reason }: LinkNewcomer,
): Promise<RequestActAnswer> {
  return ctx.db.write(actor, async (tx) => {
    await ctx.lockPeople(tx);
    const { row, org, newcomer } = await forHr(ctx, tx, actor.personId, requestId);
    if (personId === actor.personId) throw forbidden('accounts.own_request');
    if (!awaitsPerson(row.state) && row.personId === personId)
      return answerOf({ outcome: 'already', events: [], state: row.state });
    const [person] = await ctx.identities.peopleLike(tx, { personIds: [personId] });
    if (!person) throw notFound('accounts.unknown_person');
    if (person.state === 'left') throw refused('accounts.newcomer_not_here');
    if (likenessOf(reportedOf(ctx.vault, newcomer), person) === 'differ')
      throw refused('accounts.newcomer_contradicts');
    if (await isLinkedElsewhere(tx, newcomer, personId)) throw conflict('accounts.newcomer_linked');
    const standing = await openingOf(tx, personId, requestId);
    if (standing.isUnderWay) throw refused('accounts.newcomer_has_opening');
    const state = await linkTo(ctx, tx, org, row, standing.draft, person, 'hand', reason);
    return answerOf({ outcome: 'done', events: [], state });
  });
}

/** Second thoughts, until the opening begins. The two are not put together again by themselves. */
export async function unlinkByHand(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
  reason: string,
): Promise<RequestActAnswer> {
  return ctx.db.write(actor, async (tx) => {
    await ctx.lockPeople(tx);
    const { row, org } = await forHr(ctx, tx, actor.personId, requestId);
    const { personId } = row;
    const wasLinked = !awaitsPerson(row.state);
    const personal = { personId, after: { reason } };
    const { decision } = await performOn(
      ctx,
      tx,
      org,
      row,
      { type: 'unlink' },
      wasLinked ? { personal } : {},
    );
    // S3-0a: whoever it was has joined all the same, and their unit owes the opening again.
    if (wasLinked) await hearOf(tx, { personId, kind: 'hired' });
    return answerOf(decision);
  });
}

/** H6: in full for HR, who compare it with the paper; what for is on record. */
export async function readInFull(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
  purpose: string,
): Promise<RevealedNewcomer> {
  return ctx.db.write(actor, async (tx) => {
    const { row, newcomer } = await forHr(ctx, tx, actor.personId, requestId);
    const values = revealNewcomer(ctx.vault, newcomer);
    if (!values) throw refused('accounts.newcomer_erased');
    recordAct(tx, {
      action: 'accounts.read_newcomer',
      targetType: REQUEST,
      targetId: requestId,
      after: { newcomerId: row.state.unknown?.newcomerId ?? null, purpose },
    });
    return values;
  });
}

async function forHr(ctx: AccountsContext, tx: Tx, actorId: string, requestId: string) {
  const { row, org } = await visible(ctx, tx, actorId, requestId);
  const viewer = viewerOf(org, actorId);
  policy.mustBeHr(viewer, ctx.settings);
  if (!policy.mayLink(viewer, row.state, policyOf(ctx, org))) throw forbidden('accounts.own_request');
  return { row, org, newcomer: await newcomerOf(tx, requestId) };
}
