/**
 * decide(state, command, context) → events. Pure. A repeated act is answered `already` without events; a forbidden one
 * throws an AppError with words in server/phrases/accounts.ts. Who may do what is asked in policy.ts.
 */
import { assertNever, conflict, refused } from '../../../kernel/errors.ts';
import { dateOf, type CalendarDate } from '../../../kernel/dates.ts';
import type { Calendar } from '../../../kernel/workdays.ts';
import { lateWorkdays } from '../clocks.ts';
import { missingLetter } from '../missing.ts';
import type {
  By,
  Decision,
  Filled,
  ItemState,
  Letter,
  LinkedBy,
  Origin,
  PlannedItem,
  Proof,
  RequestEvent,
  RequestKind,
  RequestState,
  SenderState,
  Unknown,
} from '../model.ts';
import type { ItemPlan } from '../plan-items.ts';
import { evolve } from './evolve.ts';

interface Contents {
  readonly form: Filled['form'];
  readonly eventOn: CalendarDate;
  readonly senders: readonly SenderState[];
}

export type Command =
  | ({
      readonly type: 'create';
      readonly requestId: string;
      readonly number: string;
      readonly kind: RequestKind;
      readonly personId: string;
      readonly personName: string;
      readonly unknown?: Unknown;
      readonly origin: Origin;
    } & Contents)
  | ({ readonly type: 'fill' } & Contents)
  /** `missing`: what the check of the whole form found (missing.ts), the confidential part included. */
  | {
      readonly type: 'send';
      readonly unitId: string;
      readonly letter: Letter;
      readonly missing: readonly string[];
    }
  /** HR knows the newcomer now. */
  | {
      readonly type: 'link';
      readonly personId: string;
      readonly personName: string;
      readonly how: LinkedBy;
    }
  /** It was somebody else. */
  | { readonly type: 'unlink' }
  | { readonly type: 'giveBack'; readonly missing: readonly string[]; readonly note: string }
  | { readonly type: 'accept'; readonly plan: ItemPlan }
  | { readonly type: 'execute' }
  | {
      readonly type: 'confirmItem';
      readonly itemId: string;
      readonly note: string;
      readonly fileId: string | null;
    }
  | { readonly type: 'failItem'; readonly itemId: string; readonly trouble: string }
  | { readonly type: 'retryItem'; readonly itemId: string }
  | { readonly type: 'release' }
  | { readonly type: 'recall'; readonly reason: string; readonly items: readonly PlannedItem[] }
  | { readonly type: 'withdraw'; readonly reason: string };

export interface DecideContext {
  readonly now: number;
  readonly by: By;
  readonly newId: () => string;
  readonly calendar: Calendar;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Fact = DistributiveOmit<RequestEvent, 'at' | 'by'>;

export function decide(state: RequestState | null, command: Command, ctx: DecideContext): Decision {
  if (state === null) {
    if (command.type !== 'create') throw new Error(`no request to ${command.type}`);
    const { type: _type, ...facts } = command;
    return conclude(null, [{ type: 'created', ...facts }], ctx);
  }
  switch (command.type) {
    case 'create':
      return already(state);
    case 'fill':
      mustBe(state, ['draft', 'returned']);
      return conclude(state, [{ ...command, type: 'filled' }], ctx);
    case 'send':
      return send(state, command, ctx);
    case 'link':
      return link(state, command, ctx);
    case 'unlink':
      if (awaitsPerson(state)) return already(state);
      if (!state.unknown) throw conflict('accounts.not_now', { status: state.status });
      mustBe(state, ['draft', 'returned', 'submitted', 'accepted']);
      return conclude(state, [{ type: 'unlinked' }], ctx);
    case 'giveBack':
      mustBe(state, ['submitted', 'awaiting']);
      return conclude(state, [{ ...command, type: 'returned', byCheck: false }], ctx, 'returned');
    case 'accept':
      return accept(state, command.plan, ctx);
    case 'execute':
      if (state.status === 'executing' || state.status === 'done') return already(state);
      mustBe(state, ['accepted']);
      return goOn(state, [{ type: 'stageStarted', stage: 1 }], ctx);
    case 'confirmItem':
      return confirmItem(state, command, ctx);
    case 'failItem':
    case 'retryItem':
      return failOrRetry(state, command, ctx);
    case 'release':
      return release(state, ctx);
    case 'recall':
      return recall(state, command, ctx);
    case 'withdraw':
      if (state.status === 'withdrawn') return already(state);
      mustBe(state, ['draft', 'returned', 'awaiting', 'submitted', 'accepted']);
      return conclude(state, [{ type: 'withdrawn', reason: command.reason }], ctx);
    default:
      return assertNever(command);
  }
}

/** S3-2.3, 2.4: each unit sends for itself; the request is in when all have. G6: what is incomplete stays with the unit. */
function send(
  state: RequestState,
  { unitId, letter, missing }: Extract<Command, { type: 'send' }>,
  ctx: DecideContext,
): Decision {
  const sender = state.senders.find((one) => one.unitId === unitId);
  if (!sender) throw refused('accounts.not_a_sender');
  if (sender.submittedAt !== null) return already(state);
  mustBe(state, ['draft', 'returned']);
  const lacking = [...missing, ...missingLetter(letter)];
  if (lacking.length > 0) {
    const fact: Fact = { type: 'returned', missing: lacking, note: '', byCheck: true };
    return conclude(state, [fact], ctx, 'returned');
  }
  const late = lateWorkdays(
    { on: sender.dueOn, provisional: sender.provisional },
    dateOf(ctx.now),
    ctx.calendar,
  );
  const facts: Fact[] = [{ type: 'sent', unitId, letter, lateWorkdays: late }];
  const others = state.senders.some((one) => one.unitId !== unitId && one.submittedAt === null);
  if (others) return conclude(state, facts, ctx, 'waiting');
  return conclude(state, [...facts, { type: awaitsPerson(state) ? 'awaited' : 'submitted' }], ctx);
}

/** Nobody of HR's record yet: nothing is opened, and nothing is planned, until they are. */
export const awaitsPerson = ({ unknown, personId }: Pick<RequestState, 'unknown' | 'personId'>): boolean =>
  unknown !== undefined && unknown.newcomerId === personId;

/** D5: heard twice, linked once. Somebody else only after it was taken back. */
function link(
  state: RequestState,
  { personId, personName, how }: Extract<Command, { type: 'link' }>,
  ctx: DecideContext,
): Decision {
  if (!awaitsPerson(state)) {
    if (state.unknown && state.personId === personId) return already(state);
    throw conflict('accounts.not_now', { status: state.status });
  }
  mustBe(state, ['draft', 'returned', 'awaiting']);
  const facts: Fact[] = [{ type: 'linked', personId, personName, how }];
  return conclude(state, state.status === 'awaiting' ? [...facts, { type: 'submitted' }] : facts, ctx);
}

/** H3: nobody accepts what they sent themselves, nor what concerns themselves. */
function accept(state: RequestState, plan: ItemPlan, ctx: DecideContext): Decision {
  mustBe(state, ['submitted']);
  const { personId } = ctx.by;
  const own = [state.personId, ...state.senders.map((sender) => sender.by?.personId ?? null)];
  if (personId !== null && own.includes(personId)) throw refused('accounts.own_request');
  const { before, heldStage } = plan;
  const items = plan.items.map((item) => fresh(item, ctx));
  return conclude(state, [{ type: 'accepted', items, before, heldStage }], ctx);
}

function confirmItem(
  state: RequestState,
  { itemId, note, fileId }: Extract<Command, { type: 'confirmItem' }>,
  ctx: DecideContext,
): Decision {
  const item = itemOf(state, itemId);
  if (item.status === 'done') return already(state);
  if (item.status !== 'running' && item.status !== 'failed') throw conflict('accounts.item_not_running');
  if (note === '' && fileId === null) throw refused('accounts.no_proof');
  const proof: Proof = { note, fileId, by: ctx.by, at: ctx.now };
  return goOn(state, [{ type: 'itemDone', itemId, proof }], ctx);
}

function failOrRetry(
  state: RequestState,
  command: Extract<Command, { type: 'failItem' | 'retryItem' }>,
  ctx: DecideContext,
): Decision {
  const { itemId } = command;
  const { status } = itemOf(state, itemId);
  if (command.type === 'failItem') {
    if (status !== 'running') return already(state);
    return conclude(state, [{ type: 'itemFailed', itemId, trouble: command.trouble }], ctx);
  }
  if (status === 'running') return already(state);
  if (status !== 'failed') throw conflict('accounts.item_not_running');
  return conclude(state, [{ type: 'itemRetried', itemId }], ctx);
}

function release(state: RequestState, ctx: DecideContext): Decision {
  mustBe(state, ['executing']);
  if (state.heldStage === null) return already(state);
  return goOn(state, [{ type: 'released' }], ctx);
}

/** Undo of a cancellation before deletion: what was not done is dropped, what was done is given back. */
function recall(
  state: RequestState,
  { reason, items }: Extract<Command, { type: 'recall' }>,
  ctx: DecideContext,
): Decision {
  mustBe(state, ['executing']);
  if (state.heldStage === null) throw conflict('accounts.too_late_to_recall');
  const stage = state.stage + 1;
  const undo = items.map((item) => fresh({ ...item, stage }, ctx));
  return goOn(state, [{ type: 'recalled', reason, items: undo }], ctx);
}

/** After each step: start the next stage when this one is through, and be done when none is left. */
function goOn(state: RequestState, facts: readonly Fact[], ctx: DecideContext): Decision {
  const events: RequestEvent[] = facts.map((fact) => stamp(fact, ctx));
  let next = events.reduce<RequestState>(evolve, state);
  if (next.items.every(isOver)) {
    events.push(stamp({ type: 'done' }, ctx));
  } else if (next.items.every((item) => item.stage > next.stage || isOver(item))) {
    const stage = Math.min(...next.items.filter((item) => !isOver(item)).map((item) => item.stage));
    if (next.heldStage === null || stage < next.heldStage)
      events.push(stamp({ type: 'stageStarted', stage }, ctx));
  }
  next = events.reduce<RequestState>(evolve, state);
  return { outcome: 'done', events, state: next };
}

const isOver = (item: ItemState): boolean => item.status === 'done' || item.status === 'dropped';

const fresh = (item: PlannedItem, ctx: DecideContext): ItemState => ({
  ...item,
  itemId: ctx.newId(),
  status: 'waiting',
  trouble: null,
  proof: null,
});

function itemOf(state: RequestState, itemId: string): ItemState {
  const item = state.items.find((one) => one.itemId === itemId);
  if (!item) throw refused('accounts.unknown_item');
  return item;
}

function mustBe(state: RequestState, allowed: readonly RequestState['status'][]): void {
  if (!allowed.includes(state.status)) throw conflict('accounts.not_now', { status: state.status });
}

const already = (state: RequestState): Decision => ({ outcome: 'already', events: [], state });

const stamp = (fact: Fact, { now, by }: DecideContext): RequestEvent =>
  ({ ...fact, at: now, by }) as RequestEvent;

function conclude(
  state: RequestState | null,
  facts: readonly Fact[],
  ctx: DecideContext,
  outcome: Decision['outcome'] = 'done',
): Decision {
  const events = facts.map((fact) => stamp(fact, ctx));
  const next = events.reduce<RequestState | null>(evolve, state);
  if (next === null) throw new Error('a decision without a request');
  return { outcome, events, state: next };
}
