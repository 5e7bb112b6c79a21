import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { conflict, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { dueDay, eventOn, unitWorkdays } from '../clocks.ts';
import type { CreateRequest, Filled, RequestActAnswer, SubmitRequest } from '../contract.ts';
import { decide } from '../engine/decide.ts';
import { missingOf } from '../missing.ts';
import type { By, Decision, Origin, RequestState, SenderState, Unknown } from '../model.ts';
import { datesOf, mustBeNear } from '../near-dates.ts';
import type { AccountsOrg } from '../org.ts';
import { planItems } from '../plan-items.ts';
import * as policy from '../policy.ts';
import { filledOf, splitSecret } from '../secret.ts';
import { mustHaveSenders, unitsOf } from '../senders.ts';
import { accountsOf, insertRequest, lockRequest, nextNumber, statesOf } from '../store.ts';
import type { RequestRow } from '../tables.ts';
import { consequences } from './consequences.ts';
import { type AccountsContext, byOf, policyOf, viewerOf } from './context.ts';
import { letterOwner, lettersOf } from './files.ts';
import { loadLock, locksOf } from './lock-steps.ts';
import { performOn, record } from './perform.ts';

export interface NewRequest {
  readonly personId: string;
  readonly filled: Filled;
  readonly origin: Origin;
  /** Somebody HR does not know yet; `personId` stands for them. */
  readonly unknown?: Unknown;
}

/** S3-1 to S3-3: begin a request; its clock runs from the day of the event, also when that is told late. */
export async function createRequest(
  ctx: AccountsContext,
  actor: PersonActor,
  { personId, filled, submit }: CreateRequest,
): Promise<RequestActAnswer> {
  const number = await nextNumber(ctx.db, dateOf(ctx.clock.now()).slice(0, 4));
  const decision = await ctx.db.write(actor, async (tx) => {
    const org = await ctx.orgOf(tx);
    await mustReport(ctx, tx, org, actor.personId, { personId, filled });
    const isHr = policy.isHr(viewerOf(org, actor.personId), ctx.settings);
    const origin: Origin = { type: isHr ? 'hr' : 'unit', ref: null };
    return beginRequest(ctx, tx, org, number, { personId, filled, origin });
  });
  const { requestId } = decision.state;
  if (submit === null) return answerOf(decision);
  return sendRequest(ctx, actor, requestId, submit);
}

/** In the caller's unit of work; who may was asked before. */
export async function beginRequest(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  number: string,
  { personId, filled, origin, unknown }: NewRequest,
): Promise<Decision> {
  const personName = unknown?.maskedName ?? org.person(personId)?.name;
  if (personName === undefined) throw notFound('accounts.unknown_person');
  const { open, secretSealed } = splitSecret(ctx.vault, filled);
  const { calendar } = ctx.supervision;
  const contents = contentsOf(ctx, org, open, tx.now);
  const decision = decide(
    null,
    {
      type: 'create',
      requestId: newId(),
      number,
      kind: filled.kind,
      personId,
      personName,
      ...(unknown && { unknown }),
      origin,
      ...contents,
    },
    { now: tx.now, by: byOf(tx.actor), newId, calendar },
  );
  await insertRequest(tx, decision, secretSealed);
  await consequences(ctx, tx, { before: null, decision, org });
  record(tx, null, 'create', decision);
  return decision;
}

/** Form, day and senders as the state keeps them. A day not filled in yet counts as today. */
export function contentsOf(ctx: AccountsContext, org: AccountsOrg, filled: Filled, now: number) {
  const on = eventOn(filled) ?? dateOf(now);
  const due = dueDay(on, unitWorkdays(ctx.settings, filled.kind), ctx.supervision.calendar);
  const senders = mustHaveSenders(filled).map(({ unitId, role }): SenderState => {
    const unit = org.unit(unitId);
    if (!unit) throw refused('accounts.unknown_unit');
    const waiting = { submittedAt: null, by: null, letter: null, lateWorkdays: null };
    return { unitId, unitName: unit.name, role, dueOn: due.on, provisional: due.provisional, ...waiting };
  });
  return { form: filled.form, eventOn: on, senders };
}

/** Fill the form again while it lies with the unit. The kind stays. */
export async function fillRequest(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
  filled: Filled,
): Promise<RequestActAnswer> {
  return ctx.db.write(actor, async (tx) => {
    const { row, org } = await visible(ctx, tx, actor.personId, requestId);
    if (filled.kind !== row.kind) throw refused('accounts.kind_changed');
    mustSendForOne(ctx, org, actor.personId, filledOf(ctx.vault, row.state, null));
    await mustReport(ctx, tx, org, actor.personId, { ...row.state, filled });
    const { open, secretSealed } = splitSecret(ctx.vault, filled);
    const contents = contentsOf(ctx, org, open, tx.now);
    const command = { type: 'fill', ...contents } as const;
    return answerOf((await performOn(ctx, tx, org, row, command, { secretSealed })).decision);
  });
}

/** Send in for one unit. What is missing comes back named, and the unit's clock goes on (G6). */
export async function sendRequest(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
  { unitId, letter }: SubmitRequest,
): Promise<RequestActAnswer> {
  return ctx.db.write(actor, async (tx) => {
    const { row, org } = await visible(ctx, tx, actor.personId, requestId);
    const viewer = viewerOf(org, actor.personId);
    policy.mustNotBeAbout(viewer, row.personId);
    policy.mustSendFor(viewer, unitId, policyOf(ctx, org));
    const decision = await send(ctx, tx, org, row, unitId, letter);
    const files = lettersOf(decision.state);
    if (decision.outcome !== 'returned' && decision.outcome !== 'already' && files.length > 0)
      await ctx.claimFiles(tx, files, letterOwner(requestId));
    return answerOf(decision);
  });
}

/** The same for a mechanism that acts for a person who was asked before (replies to a letter). */
export async function send(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  row: RequestRow,
  unitId: string,
  letter: SubmitRequest['letter'],
  by: By = byOf(tx.actor),
): Promise<Decision> {
  const missing = missingOf(filledOf(ctx.vault, row.state, row.secretSealed));
  const command = { type: 'send', unitId, letter, missing } as const;
  return (await performOn(ctx, tx, org, row, command, { by })).decision;
}

/** S3-1b: returned with the missing items named. */
export async function giveBack(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
  { missing, note }: { missing: readonly string[]; note: string },
): Promise<RequestActAnswer> {
  return ctx.db.write(actor, async (tx) => {
    const { row, org } = await acceptable(ctx, tx, actor.personId, requestId);
    const { decision } = await performOn(ctx, tx, org, row, { type: 'giveBack', missing, note });
    tellSenders(ctx, tx, decision.state, `账号申请退回补正：缺${missing.join('、')}。`);
    return answerOf(decision);
  });
}

/** What is to be done in each system is planned now, on the accounts as they are. */
export async function acceptRequest(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
): Promise<RequestActAnswer> {
  return ctx.db.write(actor, async (tx) => {
    const { row, org } = await acceptable(ctx, tx, actor.personId, requestId);
    if (row.status !== 'submitted') throw conflict('accounts.not_now', { status: row.status });
    const plan = await planFor(ctx, tx, row);
    return answerOf((await performOn(ctx, tx, org, row, { type: 'accept', plan })).decision);
  });
}

export async function planFor(ctx: AccountsContext, tx: Tx, row: RequestRow) {
  const filled = filledOf(ctx.vault, row.state, row.secretSealed);
  const lockId = filled.kind === 'unlock' ? filled.form.lockId : null;
  const lock = lockId === null ? null : await loadLock(tx, lockId);
  if (lockId !== null && (lock?.personId !== row.personId || lock.state !== 'on'))
    throw refused('accounts.no_lock');
  const others = (await locksOf(tx, row.personId)).filter(({ id }) => id !== lockId);
  return planItems({
    filled,
    accounts: statesOf(await accountsOf(tx, row.personId)),
    systems: ctx.settings.systems,
    lock: lock?.hold ?? null,
    otherLocks: others.map(({ hold }) => hold),
  });
}

export async function withdrawRequest(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
  reason: string,
): Promise<RequestActAnswer> {
  return ctx.db.write(actor, async (tx) => {
    const { row, org } = await visible(ctx, tx, actor.personId, requestId);
    const viewer = viewerOf(org, actor.personId);
    policy.mustNotBeAbout(viewer, row.personId);
    if (!policy.canOf(viewer, row.state, policyOf(ctx, org)).withdraw && row.status !== 'withdrawn')
      throw forbidden('accounts.not_now');
    return answerOf((await performOn(ctx, tx, org, row, { type: 'withdraw', reason })).decision);
  });
}

/** @throws notFound when the actor may not see it: unknown and invisible look alike */
export async function visible(ctx: AccountsContext, tx: Tx, personId: string, requestId: string) {
  const row = await lockRequest(tx, requestId);
  const org = await ctx.orgOf(tx);
  policy.mustSee(viewerOf(org, personId), row.state, policyOf(ctx, org));
  return { row, org };
}

async function acceptable(ctx: AccountsContext, tx: Tx, personId: string, requestId: string) {
  const found = await visible(ctx, tx, personId, requestId);
  const viewer = viewerOf(found.org, personId);
  if (!policy.mayAccept(viewer, found.row.state, policyOf(ctx, found.org)))
    throw forbidden('accounts.not_acceptor');
  return found;
}

/** A unit reports its own people, nobody reports themselves, a lock is ended by its own request, dates are of our day. */
export async function mustReport(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  actorId: string,
  { personId, filled, origin }: Pick<NewRequest, 'personId' | 'filled'> & { readonly origin?: Origin },
): Promise<void> {
  const viewer = viewerOf(org, actorId);
  policy.mustNotBeAbout(viewer, personId);
  mustBeNear(datesOf(filled), tx.now);
  mustSendForOne(ctx, org, actorId, filled);
  if (!policy.isHr(viewer, ctx.settings)) mustBeTheirs(org, personId, filled);
  if (filled.kind !== 'unlock' || filled.form.lockId === null) return;
  const lock = await loadLock(tx, filled.form.lockId);
  const isAnother = origin?.type === 'lock' && origin.ref !== filled.form.lockId;
  if (lock?.personId !== personId || isAnother) throw refused('accounts.no_lock');
}

/** The person's main post lies in one of the units named; who has none yet, or none any more, is nobody else's. */
function mustBeTheirs(org: AccountsOrg, personId: string, filled: Filled): void {
  const main = org.mainAssignmentOf(personId)?.unitId ?? null;
  if (main === null) return;
  const places = unitsOf(filled).flatMap((unitId) => org.placeOf(unitId) ?? []);
  if (!places.some(({ unitId }) => org.isWithin(main, unitId))) throw forbidden('accounts.not_your_person');
}

/** Whoever begins or fills one must be able to send for one of its units. */
export function mustSendForOne(
  ctx: AccountsContext,
  org: AccountsOrg,
  personId: string,
  filled: Filled,
): void {
  const viewer = viewerOf(org, personId);
  const units = mustHaveSenders(filled).map(({ unitId }) => unitId);
  if (!units.some((unitId) => policy.maySendFor(viewer, unitId, policyOf(ctx, org))))
    throw forbidden('accounts.not_your_unit');
}

function tellSenders(ctx: AccountsContext, tx: Tx, state: RequestState, words: string): void {
  for (const { by } of state.senders) {
    if (by?.personId)
      ctx.notify(tx, {
        key: `accounts.returned:${state.requestId}:${state.round}`,
        personId: by.personId,
        words,
        path: `/accounts/requests/${state.requestId}`,
      });
  }
}

export const answerOf = ({ outcome, state }: Decision): RequestActAnswer => ({
  requestId: state.requestId,
  outcome,
  missing: [...state.missing],
  status: state.status,
});
