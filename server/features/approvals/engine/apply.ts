/**
 * What each event means for the state. Total; no rule lives here, so a history replays to the same state for ever,
 * whatever the rules become.
 */
import { assertNever } from '../../../kernel/errors.ts';
import * as added from './apply-additions.ts';
import { branchEnded, branchesJoined, branchesOpened, closeGroups, moveOn } from './apply-branches.ts';
import { changeReader, circulated } from './apply-circulation.ts';
import { formEdited } from './apply-edits.ts';
import { applyReturn } from './apply-returns.ts';
import { changeSeat, changeStep, changeTask, type Draft, set } from './draft.ts';
import type { By } from '../model/people.ts';
import type { InstanceEvent } from '../model/events.ts';
import type { InstanceState } from '../model/state.ts';
import type { StepState } from '../model/steps.ts';
import type { TaskState } from '../model/tasks.ts';
import { isOpenTask } from './tally.ts';

/** All that can happen after a request was handed in. */
export type LaterEvent = Exclude<InstanceEvent, { type: 'submitted' }>;
type Of<T extends LaterEvent['type']> = Extract<LaterEvent, { type: T }>;

/** Sets fields of the draft; writes to nothing else. */
export function apply(draft: Draft, event: LaterEvent): void {
  switch (event.type) {
    case 'stepOpened':
      moveOn(draft, event.branchId, event.position + 1);
      draft.steps = [...draft.steps, opened(event)];
      return;
    case 'stepSkipped':
      moveOn(draft, event.branchId, event.position + 1);
      draft.skipped = [...draft.skipped, skippedStep(event)];
      return;
    case 'stepFinished':
      return changeStep(draft, event.stepId, (step) => ({
        ...step,
        outcome: event.outcome,
        closedAt: event.at,
      }));
    case 'taskOpened':
      draft.tasks = [...draft.tasks, task(event)];
      return;
    case 'taskDecided':
      decided(draft, event, event.decision);
      if (event.signature !== undefined) changeTask(draft, event.taskId, { signature: event.signature });
      return;
    case 'taskHandled':
      return decided(draft, event, event.result);
    case 'taskNotNeeded':
      return close(draft, event, { status: 'not_needed', ...(event.voteOver ? { voteOver: true } : {}) });
    case 'taskPaused':
      return changeTask(draft, event.taskId, { status: 'waiting' });
    case 'taskResumed':
      return changeTask(draft, event.taskId, { status: 'pending', readAt: null });
    case 'approversAdded':
      return changeStep(draft, event.stepId, (step) => ({ ...step, seats: [...step.seats, ...event.seats] }));
    case 'approverRemoved':
      changeSeat(draft, event, added.withoutSeat);
      return close(draft, event, { status: 'removed' });
    case 'consulted':
      return added.consulted(draft, event);
    case 'consultAnswered':
      return added.changeConsult(draft, event.consultId, { answer: event.text, answeredAt: event.at });
    case 'consultDropped':
      return added.changeConsult(draft, event.consultId, { droppedAt: event.at });
    case 'taskTransferred': {
      const { comment, toTaskId } = event;
      return close(draft, event, { status: 'transferred', comment, toTaskId });
    }
    case 'seatFilled':
      return changeSeat(draft, event, (seat) => ({
        ...seat,
        person: event.person,
        why: event.why,
        missing: null,
      }));
    case 'seatVacated':
      return changeSeat(draft, event, (seat) => ({ ...seat, person: null, missing: event.missing }));
    case 'seatMerged':
      return changeSeat(draft, event, (seat) => ({ ...seat, mergedInto: event.into }));
    case 'waitingForAdmin':
      return;
    case 'ccSent':
      return copied(draft, event);
    case 'commented': {
      const { commentId, clientKey, by, at, text, mentions, files } = event;
      const beside = {
        ...(clientKey !== undefined && { clientKey }),
        ...(mentions && { mentions }),
        ...(files && { files }),
      };
      draft.comments = [...draft.comments, { commentId, by, at, text, ...beside }];
      return;
    }
    case 'reminded': {
      const { at, taskIds, personIds } = event;
      draft.reminders = [...draft.reminders, { at, taskIds, personIds }];
      return;
    }
    case 'readMarked':
      return read(draft, event);
    case 'withdrawn':
    case 'terminated':
      return cutShort(draft, event, event.type);
    case 'approved':
      return finish(draft, event, 'approved', null);
    case 'rejected':
      return finish(draft, event, 'rejected', event.comment);
    case 'branchesOpened':
      return branchesOpened(draft, event);
    case 'branchEnded':
      return branchEnded(draft, event);
    case 'branchesJoined':
      return branchesJoined(draft, event);
    case 'formEdited':
      return formEdited(draft, event);
    case 'timedOut':
      return timedOut(draft, event);
    case 'circulated':
      return circulated(draft, event);
    case 'readConfirmed':
      return changeReader(draft, event.personId, ({ readAt }) => ({
        readAt: readAt ?? event.at,
        confirmedAt: event.at,
      }));
    case 'sentBack':
    case 'resubmitted':
    case 'seatPassed':
    case 'revoked':
      return applyReturn(draft, event);
    default:
      return assertNever(event);
  }
}

function opened(event: Of<'stepOpened'>): StepState {
  return {
    stepId: event.stepId,
    stepKey: event.stepKey,
    title: event.title,
    mode: event.mode,
    refusal: event.refusal,
    round: event.round,
    seats: event.seats,
    why: event.why,
    allowWorkdays: event.allowWorkdays,
    requiresComment: event.requiresComment,
    ...(event.needed === undefined ? {} : { needed: event.needed }),
    ...(event.role === undefined ? {} : { role: event.role }),
    ...(event.signature === undefined ? {} : { signature: event.signature }),
    ...(event.branchId === undefined ? {} : { branchId: event.branchId }),
    openedAt: event.at,
    closedAt: null,
    outcome: null,
  };
}

function skippedStep(event: Of<'stepSkipped'>): InstanceState['skipped'][number] {
  return {
    stepKey: event.stepKey,
    title: event.title,
    round: event.round,
    at: event.at,
    why: event.why,
    ...(event.jumpedOver === undefined ? {} : { jumpedOver: event.jumpedOver }),
    ...(event.foretold === undefined ? {} : { foretold: event.foretold }),
  };
}

function task(event: Of<'taskOpened'>): TaskState {
  return {
    taskId: event.taskId,
    stepId: event.stepId,
    seat: event.seat,
    round: event.round,
    person: event.person,
    ...(event.onBehalfOf === undefined ? {} : { onBehalfOf: event.onBehalfOf }),
    why: event.why,
    status: 'pending',
    openedAt: event.at,
    readAt: null,
    closedAt: null,
    closedBy: null,
    comment: null,
    fromTaskId: event.fromTaskId,
    toTaskId: null,
  };
}

/** By its holder, who thereby has read it. */
function decided(
  draft: Draft,
  event: Of<'taskDecided' | 'taskHandled'>,
  status: 'approved' | 'rejected' | 'done' | 'cannot',
): void {
  const { comment, decidedAs, formVersion, at } = event;
  const readAt = draft.tasks.find(({ taskId }) => taskId === event.taskId)?.readAt ?? at;
  close(draft, event, {
    status,
    comment,
    readAt,
    ...(decidedAs === undefined ? {} : { decidedAs }),
    ...(formVersion === undefined ? {} : { formVersion }),
  });
}

interface Closing {
  readonly at: number;
  readonly by: By;
  readonly taskId: string;
}

function close(draft: Draft, { at, by, taskId }: Closing, changes: Partial<TaskState>): void {
  changeTask(draft, taskId, { closedAt: at, closedBy: by, ...changes });
}

/** What was only said of it is in the history; passed by the system it is closed. */
function timedOut(draft: Draft, event: Of<'timedOut'>): void {
  const { timeoutId, at, taskId, rung, act, people } = event;
  const holder = draft.tasks.find((one) => one.taskId === taskId)?.person;
  if (holder === undefined) return;
  set(draft, {
    timeouts: [...(draft.timeouts ?? []), { timeoutId, at, taskId, rung, act, holder, people }],
  });
  if (act === 'pass') close(draft, event, { status: 'timed_out' });
}

function copied(draft: Draft, event: Of<'ccSent'>): void {
  const { position, people, stepKey, title, at } = event;
  const copies = people.map(({ person, why }) => ({ stepKey, title, person, why, sentAt: at, readAt: null }));
  moveOn(draft, event.branchId, position + 1);
  draft.copies = [...draft.copies, ...copies];
}

function read(draft: Draft, { personId, at }: Of<'readMarked'>): void {
  const mark = <T extends { person: { personId: string }; readAt: number | null }>(row: T): T =>
    row.person.personId === personId && row.readAt === null ? { ...row, readAt: at } : row;
  set(draft, { tasks: draft.tasks.map(mark), copies: draft.copies.map(mark) });
  changeReader(draft, personId, ({ readAt }) => ({ readAt: readAt ?? at }));
}

/** Ended by no decision: what was open is open no more, and nothing lies with the applicant. */
function cutShort(
  draft: Draft,
  event: Of<'withdrawn' | 'terminated'>,
  status: 'withdrawn' | 'terminated',
): void {
  const { at, by, reason } = event;
  for (const task of draft.tasks)
    if (isOpenTask(task)) close(draft, { at, by, taskId: task.taskId }, { status });
  draft.steps = draft.steps.map((step) =>
    step.outcome === null ? { ...step, outcome: status, closedAt: at } : step,
  );
  if (draft.returned) draft.returned = null;
  finish(draft, event, status, reason);
}

function finish(
  draft: Draft,
  { at, by }: LaterEvent,
  status: 'approved' | 'rejected' | 'withdrawn' | 'terminated',
  comment: string | null,
): void {
  set(draft, { status, finishedAt: at, finishedBy: by, finishedComment: comment });
  if (status !== 'approved') closeGroups(draft, at, status);
}
