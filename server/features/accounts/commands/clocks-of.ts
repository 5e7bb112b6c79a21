/** Who owes what by when, kept by supervision: the sender, then who accepts, then IT per system (G6, G9). */
import { dateOf } from '../../../kernel/dates.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { NewObligation } from '../../supervision/index.ts';
import { allowanceUntil, unitWorkdays } from '../clocks.ts';
import type { ItemState, RequestState, SenderState } from '../model.ts';
import { roleHolder, unitHolder, type AccountsOrg } from '../org.ts';
import { acceptorsOf, systemOf } from '../settings.ts';
import { ACT_WORDS, titleOf } from '../words.ts';
import { type AccountsContext, REQUEST, requestPath } from './context.ts';

const PAUSED = 'returned_incomplete';
const reviewRef = 'review';
/** A returned request is owed anew under another name; the clock counts from the same day. */
const sendRef = (unitId: string, round: number): string => `send${round}:${unitId}`;

/** The clock of one unit's sending in, of whichever round. */
export const isSendClockOf = (
  { kind, stepRef }: { readonly kind: string; readonly stepRef: string },
  unitId: string,
): boolean => kind === 'accounts.send' && stepRef.endsWith(`:${unitId}`);

const subject = (state: RequestState) => ({ subjectType: REQUEST, subjectId: state.requestId });

const common = (state: RequestState) => ({
  ...subject(state),
  title: titleOf(state.kind, state.personName),
  path: requestPath(state.requestId),
});

/** G6: the unit's clock counts from the day of the event, whatever was returned meanwhile. */
export function openSendClocks(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  state: RequestState,
  senders: readonly SenderState[] = state.senders,
): void {
  const { settings, supervision } = ctx;
  const workdays = unitWorkdays(settings, state.kind);
  const allowance = allowanceUntil(state.eventOn, workdays, tx.now, supervision.calendar);
  const clocks = senders.map((sender): NewObligation => ({
    kind: 'accounts.send',
    ...common(state),
    stepRef: sendRef(sender.unitId, state.round),
    // Nobody is asked to report their own lock or leaving.
    holderPersonId: unitHolder(org, settings, sender.unitId, state.personId),
    holderUnitId: sender.unitId,
    ...allowance,
  }));
  supervision.openObligations(tx, clocks);
}

export const closeSendClock = (ctx: AccountsContext, tx: Tx, state: RequestState, unitId: string) =>
  ctx.supervision.closeObligations(tx, {
    ...subject(state),
    refs: Array.from({ length: state.round + 1 }, (_, round) => sendRef(unitId, round)),
    outcome: 'submitted',
  });

/** The acceptor's clock: begun with the first complete request, resumed with the next (G6). */
export async function startReview(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  state: RequestState,
): Promise<void> {
  const { settings, supervision } = ctx;
  const resumed = await supervision.resumeObligations(tx, { ...subject(state), refs: [reviewRef] });
  if (resumed > 0) return;
  supervision.openObligations(tx, [
    {
      kind: 'accounts.review',
      ...common(state),
      stepRef: reviewRef,
      holderPersonId: roleHolder(org, acceptorsOf(settings, state.kind), state.personId),
      holderUnitId: null,
      budget: { workdays: settings.reviewWorkdays },
    },
  ]);
}

const NEWCOMER = 'newcomer';

/** S1-7.2e: HR's record follows within its working days, counted from the day of duty where that is still to come. */
export async function awaitNewcomer(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  state: RequestState,
): Promise<void> {
  const { settings, supervision } = ctx;
  const resumed = await supervision.resumeObligations(tx, { ...subject(state), refs: [NEWCOMER] });
  if (resumed > 0) return;
  const { newcomerWorkdays: workdays } = settings;
  const isAhead = state.eventOn > dateOf(tx.now);
  supervision.openObligations(tx, [
    {
      kind: 'accounts.newcomer',
      ...common(state),
      title: `为新人登记人事编号：${state.personName}`,
      stepRef: NEWCOMER,
      holderPersonId: roleHolder(org, settings.roles.hr),
      holderUnitId: null,
      ...(isAhead
        ? allowanceUntil(state.eventOn, workdays, tx.now, supervision.calendar)
        : { budget: { workdays, end: 'midnight' } }),
    },
  ]);
}

export const newcomerArrived = (ctx: AccountsContext, tx: Tx, state: RequestState) =>
  ctx.supervision.closeObligations(tx, { ...subject(state), refs: [NEWCOMER], outcome: 'registered' });

/** It was somebody else: who accepts has nothing to look at until the right one is there. */
export const unlinkReview = (ctx: AccountsContext, tx: Tx, state: RequestState) =>
  ctx.supervision.closeObligations(tx, { ...subject(state), refs: [reviewRef], outcome: 'unlinked' });

export const pauseReview = (ctx: AccountsContext, tx: Tx, state: RequestState) =>
  ctx.supervision.pauseObligations(tx, { ...subject(state), refs: [reviewRef, NEWCOMER], reason: PAUSED });

export const closeReview = (ctx: AccountsContext, tx: Tx, state: RequestState) =>
  ctx.supervision.closeObligations(tx, { ...subject(state), refs: [reviewRef], outcome: 'accepted' });

/** One clock per system that a person carries out; what a connector does at once needs none. */
export function openItemClocks(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  state: RequestState,
  items: readonly ItemState[],
): void {
  const { settings, supervision } = ctx;
  supervision.openObligations(
    tx,
    items.map((item): NewObligation => ({
      kind: 'accounts.item',
      ...common(state),
      title: `${systemOf(settings, item.systemCode)?.name ?? item.systemCode}${ACT_WORDS[item.act]}：${state.personName}`,
      stepRef: item.itemId,
      holderPersonId: roleHolder(org, settings.roles.it, state.personId),
      holderUnitId: null,
      budget: { workdays: settings.itemWorkdays },
    })),
  );
}

/** What a connector refused is IT's from now on; tried again, it is the same clock. */
export async function openFailureClock(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  state: RequestState,
  item: ItemState,
): Promise<void> {
  const known = await ctx.supervision.listOfSubjects(tx, REQUEST, [state.requestId]);
  if (known.some(({ stepRef, state: of }) => stepRef === item.itemId && of === 'open')) return;
  openItemClocks(ctx, tx, org, state, [item]);
}

export const closeItemClocks = (
  ctx: AccountsContext,
  tx: Tx,
  state: RequestState,
  itemIds: readonly string[],
  outcome: string,
) => ctx.supervision.closeObligations(tx, { ...subject(state), refs: itemIds, outcome });

export const closeAllClocks = (ctx: AccountsContext, tx: Tx, state: RequestState, outcome: string) =>
  ctx.supervision.closeObligations(tx, { ...subject(state), outcome });
