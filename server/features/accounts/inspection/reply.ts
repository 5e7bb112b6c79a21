import { IsNull, Not } from 'typeorm';
import { systemActor, type PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { conflict, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import { type AccountsContext, LETTER, policyOf, viewerOf } from '../commands/context.ts';
import { carryOutLocal } from '../commands/items.ts';
import { performOn } from '../commands/perform.ts';
import { beginRequest, planFor, send } from '../commands/requests.ts';
import { Filled, type ReplyRequest, type RequestStatus } from '../contract.ts';
import { mustBeNear } from '../near-dates.ts';
import type { AccountsOrg } from '../org.ts';
import { isIt, mayReply, maySendFor } from '../policy.ts';
import { lockRequest, nextNumber } from '../store.ts';
import { RequestTable, type RequestRow } from '../tables.ts';
import { LetterItemTable, LetterTable, type LetterItemRow, type LetterRow } from './tables.ts';

export const SEND_JOB = 'accounts.sendReplied';
const MECHANISM = systemActor(`job:${SEND_JOB}`);

/** What a reply sets in motion. */
export type Consequence = 'cancel' | 'lock' | 'none';

export const consequenceOf = ({ kind }: Pick<ReplyRequest, 'kind'>): Consequence =>
  kind === 'left' ? 'cancel' : kind === 'lock' ? 'lock' : 'none';

/**
 * S3-4e: the reason for one account of a letter. S3-4f: "has left" is the leaving itself, told late: the cancellation
 * begins on this reply, and the case of the late application with it.
 */
export async function replyToLetter(
  ctx: AccountsContext,
  actor: PersonActor,
  letterItemId: string,
  reply: ReplyRequest,
): Promise<{ requestId: string | null }> {
  const today = dateOf(ctx.clock.now());
  if (reply.leftOn !== null && reply.leftOn > today) throw refused('accounts.future_date');
  if (reply.leftOn !== null) mustBeNear([reply.leftOn], ctx.clock.now());
  const consequence = consequenceOf(reply);
  const number = consequence === 'none' ? null : await nextNumber(ctx.db, today.slice(0, 4));
  const requestId = await ctx.db.write(actor, async (tx) => {
    const { item, letter, org } = await itemFor(ctx, tx, actor.personId, letterItemId);
    const begun = number === null ? null : await begin(ctx, tx, org, { number, item, letter, reply });
    await saveWithVersion(tx, LetterItemTable, item, {
      replyKind: reply.kind,
      // H5: why somebody is to be locked is sealed with the request.
      replyReason: consequence === 'lock' ? '' : reply.reason,
      repliedBy: actor.personId,
      repliedAt: tx.now,
      requestId: begun,
    });
    await closeIfAnswered(ctx, tx, letter, item.id);
    recordAct(tx, {
      action: 'accounts.reply',
      targetType: LETTER,
      targetId: letter.id,
      after: { personId: item.personId, kind: reply.kind, requestId: begun },
    });
    return begun;
  });
  // The job does the same if this process ends here.
  if (requestId !== null && consequence === 'cancel') await sendReplied(ctx, requestId);
  return { requestId };
}

interface Beginning {
  readonly number: string;
  readonly item: LetterItemRow;
  readonly letter: LetterRow;
  readonly reply: ReplyRequest;
}

/** A leaving is whole and goes in by itself; a lock is a draft the unit still owes. One that runs already stands. */
async function begin(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  { number, item, letter, reply }: Beginning,
): Promise<string> {
  const { personId } = item;
  const unitId = org.mainAssignmentOf(personId)?.unitId ?? letter.unitId;
  const filled = filledFrom(reply, unitId, dateOf(tx.now));
  const known = await tx.em.getRepository(RequestTable).findBy({ personId, kind: filled.kind });
  const running = known.find(({ status }) => status !== 'withdrawn' && status !== 'done');
  if (running) return running.id;
  const origin = { type: 'inspection', ref: item.id } as const;
  const { state } = await beginRequest(ctx, tx, org, number, { personId, filled, origin });
  if (filled.kind === 'cancel')
    enqueue(tx, { name: SEND_JOB, key: state.requestId, payload: { requestId: state.requestId } });
  return state.requestId;
}

function filledFrom(
  { kind, reason, leftOn, leavingReason }: ReplyRequest,
  unitId: string,
  today: string,
): Filled {
  if (kind === 'lock') return Filled.parse({ kind: 'lock', form: { unitId, fromOn: today, reason } });
  const form = { unitId, leftOn, leavingReason, reason: reason || '巡检答复：已离职' };
  return Filled.parse({ kind: 'cancel', form });
}

/**
 * The reply is the letter, and it answers IT's own question: the request goes in, in the name of who replied, is
 * accepted and begun, so the account is disabled at once; deletion waits for hand-over and grace as ever. Each step
 * looks at the present state, so a repetition has no second effect.
 */
export async function sendReplied(ctx: AccountsContext, requestId: string): Promise<void> {
  const step = (
    status: RequestStatus,
    act: (tx: Tx, row: RequestRow, org: AccountsOrg) => Promise<unknown>,
  ) =>
    ctx.db.write(MECHANISM, async (tx) => {
      const row = await lockRequest(tx, requestId);
      if (row.status === status && isReplied(row)) await act(tx, row, await ctx.orgOf(tx));
    });
  await step('draft', (tx, row, org) => sendOne(ctx, tx, row, org));
  await step('submitted', async (tx, row, org) =>
    performOn(ctx, tx, org, row, { type: 'accept', plan: await planFor(ctx, tx, row) }),
  );
  await step('accepted', (tx, row, org) => performOn(ctx, tx, org, row, { type: 'execute' }));
  await carryOutLocal(ctx, requestId);
}

const isReplied = ({ originType, kind }: RequestRow): boolean =>
  originType === 'inspection' && kind === 'cancel';

async function sendOne(ctx: AccountsContext, tx: Tx, row: RequestRow, org: AccountsOrg): Promise<void> {
  const [sender] = row.state.senders;
  if (!sender) return;
  const item = await tx.em.getRepository(LetterItemTable).findOneBy({ id: row.originRef ?? '' });
  const letter = { number: `巡检函 ${item?.inspectedMonth ?? ''}`, fileId: null };
  await send(ctx, tx, org, row, sender.unitId, letter, row.state.createdBy);
}

async function closeIfAnswered(
  ctx: AccountsContext,
  tx: Tx,
  letter: LetterRow,
  nowAnswered: string,
): Promise<void> {
  const isOpen = await tx.em
    .getRepository(LetterItemTable)
    .existsBy({ letterId: letter.id, repliedAt: IsNull(), id: Not(nowAnswered) });
  if (isOpen) return;
  await saveWithVersion(tx, LetterTable, letter, { repliedAt: tx.now });
  await ctx.supervision.closeObligations(tx, {
    subjectType: LETTER,
    subjectId: letter.id,
    outcome: 'replied',
  });
}

async function itemFor(ctx: AccountsContext, tx: Tx, personId: string, letterItemId: string) {
  const item = await tx.em.getRepository(LetterItemTable).findOneBy({ id: letterItemId });
  if (!item) throw notFound('accounts.not_visible');
  // Two last replies at once: each must see the other.
  if (tx.dialect === 'mysql')
    await tx.em.query('select id from account_letter where id = ? for update', [item.letterId]);
  const { letter, org } = await letterFor(ctx, tx, personId, item.letterId);
  if (!mayReply(viewerOf(org, personId), letter.unitId, item.personId, policyOf(ctx, org)))
    throw forbidden(actsOnOwn(personId, item) ? 'accounts.own_request' : 'accounts.not_your_unit');
  if (item.repliedAt !== null) throw conflict('accounts.replied_already');
  return { item, letter, org };
}

const actsOnOwn = (personId: string, item: LetterItemRow): boolean => personId === item.personId;

/** Whom the letter went to, and IT who sent it; nobody else sees it. */
export async function letterFor(ctx: AccountsContext, reads: Reads, personId: string, letterId: string) {
  const letter = await reads.em.getRepository(LetterTable).findOneBy({ id: letterId });
  const org = await ctx.orgOf(reads);
  const viewer = viewerOf(org, personId);
  const maySee = (unitId: string) =>
    isIt(viewer, ctx.settings) || maySendFor(viewer, unitId, policyOf(ctx, org));
  if (letter?.state !== 'sent' || !maySee(letter.unitId)) throw notFound('accounts.not_visible');
  return { letter, org };
}
