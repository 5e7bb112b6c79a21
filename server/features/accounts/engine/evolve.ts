/** evolve(state, event) → state. Replaying a request's events gives its state. */
import { assertNever } from '../../../kernel/errors.ts';
import type { ItemState, RequestEvent, RequestState, SenderState } from '../model.ts';

export function evolve(state: RequestState | null, event: RequestEvent): RequestState {
  if (event.type === 'created') return begin(event);
  if (state === null) throw new Error(`no request to apply ${event.type} to`);
  switch (event.type) {
    case 'filled':
      return { ...state, form: event.form, eventOn: event.eventOn, senders: event.senders, missing: [] };
    case 'sent':
      return { ...state, senders: state.senders.map((sender) => sent(sender, event)) };
    case 'submitted':
      return { ...state, status: 'submitted', submittedAt: event.at, missing: [], returnNote: null };
    case 'awaited':
      return { ...state, status: 'awaiting', submittedAt: event.at, missing: [], returnNote: null };
    case 'linked':
      return { ...state, personId: event.personId, personName: event.personName };
    case 'unlinked':
      return unlinked(state);
    case 'returned':
      return returned(state, event);
    case 'accepted':
      return {
        ...state,
        status: 'accepted',
        acceptedBy: event.by,
        items: event.items,
        before: event.before,
        heldStage: event.heldStage,
      };
    case 'stageStarted':
      return {
        ...state,
        status: 'executing',
        stage: event.stage,
        items: state.items.map((item) =>
          item.stage === event.stage && item.status === 'waiting' ? { ...item, status: 'running' } : item,
        ),
      };
    case 'itemDone':
      return withItem(state, event.itemId, { status: 'done', proof: event.proof, trouble: null });
    case 'itemFailed':
      return withItem(state, event.itemId, { status: 'failed', trouble: event.trouble });
    case 'itemRetried':
      return withItem(state, event.itemId, { status: 'running', trouble: null });
    case 'released':
      return { ...state, heldStage: null };
    case 'recalled':
      return { ...state, heldStage: null, items: [...state.items.map(dropIfOpen), ...event.items] };
    case 'done':
      return { ...state, status: 'done', doneAt: event.at };
    case 'withdrawn':
      return { ...state, status: 'withdrawn', doneAt: event.at };
    default:
      return assertNever(event);
  }
}

export function replay(events: readonly RequestEvent[]): RequestState | null {
  return events.reduce<RequestState | null>(evolve, null);
}

function begin(event: Extract<RequestEvent, { type: 'created' }>): RequestState {
  return {
    requestId: event.requestId,
    number: event.number,
    kind: event.kind,
    personId: event.personId,
    personName: event.personName,
    ...(event.unknown && { unknown: event.unknown }),
    origin: event.origin,
    status: 'draft',
    form: event.form,
    eventOn: event.eventOn,
    senders: event.senders,
    missing: [],
    returnNote: null,
    round: 0,
    createdAt: event.at,
    createdBy: event.by,
    submittedAt: null,
    acceptedBy: null,
    before: {},
    items: [],
    stage: 0,
    heldStage: null,
    doneAt: null,
  };
}

function sent(sender: SenderState, event: Extract<RequestEvent, { type: 'sent' }>): SenderState {
  if (sender.unitId !== event.unitId) return sender;
  return {
    ...sender,
    submittedAt: event.at,
    by: event.by,
    letter: event.letter,
    lateWorkdays: event.lateWorkdays,
  };
}

/** G6: found by the check, nothing was sent in yet; returned by hand, every sender owes it again. */
function returned(state: RequestState, event: Extract<RequestEvent, { type: 'returned' }>): RequestState {
  const told = {
    ...state,
    status: 'returned' as const,
    missing: event.missing,
    returnNote: event.note || null,
  };
  if (event.byCheck) return told;
  const owed = (sender: SenderState): SenderState => ({ ...sender, submittedAt: null, lateWorkdays: null });
  return { ...told, round: state.round + 1, senders: state.senders.map(owed) };
}

/** As it was before: what was planned for somebody else is none of it. */
function unlinked(state: RequestState): RequestState {
  const { unknown, status } = state;
  if (!unknown) return state;
  const waits = status === 'submitted' || status === 'accepted';
  return {
    ...state,
    personId: unknown.newcomerId,
    personName: unknown.maskedName,
    status: waits ? 'awaiting' : status,
    acceptedBy: null,
    items: [],
    before: {},
    heldStage: null,
  };
}

const withItem = (state: RequestState, itemId: string, changes: Partial<ItemState>): RequestState => ({
  ...state,
  items: state.items.map((item) => (item.itemId === itemId ? { ...item, ...changes } : item)),
});

const dropIfOpen = (item: ItemState): ItemState =>
  item.status === 'done' ? item : { ...item, status: 'dropped' };
