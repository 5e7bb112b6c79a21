/**
 * evolve(state, event) → state: what each event means. Total and pure; no rule lives here, so a history replays
 * to the same state for ever, whatever the rules become.
 */
import { assertNever } from '../../../kernel/errors.ts';
import type { InstanceEvent, InstanceState, Seat, StepState, TaskState } from '../model.ts';

type Of<T extends InstanceEvent['type']> = Extract<InstanceEvent, { type: T }>;

/** Throws only on a history that does not begin with `submitted`. */
export function evolve(state: InstanceState | null, event: InstanceEvent): InstanceState {
  if (event.type === 'submitted') return begun(event);
  if (state === null) throw new Error(`history begins with ${event.type}`);
  switch (event.type) {
    case 'stepOpened':
      return { ...state, position: event.position + 1, steps: [...state.steps, opened(event)] };
    case 'stepSkipped':
      return { ...state, position: event.position + 1, skipped: [...state.skipped, skippedStep(event)] };
    case 'stepFinished':
      return withStep(state, event.stepId, (s) => ({ ...s, outcome: event.outcome, closedAt: event.at }));
    case 'taskOpened':
      return { ...state, tasks: [...state.tasks, task(event)] };
    case 'taskDecided':
      return withTask(state, event.taskId, (t) => ({
        ...closed(t, event),
        status: event.decision,
        comment: event.comment,
        readAt: t.readAt ?? event.at,
      }));
    case 'taskNotNeeded':
      return withTask(state, event.taskId, (t) => ({ ...closed(t, event), status: 'not_needed' }));
    case 'taskTransferred':
      return withTask(state, event.taskId, (t) => ({
        ...closed(t, event),
        status: 'transferred',
        comment: event.comment,
        toTaskId: event.toTaskId,
      }));
    case 'seatFilled':
      return withSeat(state, event, (s) => ({ ...s, person: event.person, why: event.why, missing: null }));
    case 'seatVacated':
      return withSeat(state, event, (s) => ({ ...s, person: null, missing: event.missing }));
    case 'seatMerged':
      return withSeat(state, event, (s) => ({ ...s, mergedInto: event.into }));
    case 'waitingForAdmin':
      return state;
    case 'ccSent':
      return copied(state, event);
    case 'commented':
      return {
        ...state,
        comments: [
          ...state.comments,
          { commentId: event.commentId, by: event.by, at: event.at, text: event.text },
        ],
      };
    case 'reminded':
      return {
        ...state,
        reminders: [...state.reminders, { at: event.at, taskIds: event.taskIds, personIds: event.personIds }],
      };
    case 'readMarked':
      return read(state, event);
    case 'withdrawn':
      return withdrawn(state, event);
    case 'approved':
      return finished(state, event, 'approved', null);
    case 'rejected':
      return finished(state, event, 'rejected', event.comment);
    default:
      return assertNever(event);
  }
}

/** The state after a whole history. */
export function replay(events: readonly InstanceEvent[]): InstanceState {
  let state: InstanceState | null = null;
  for (const event of events) state = evolve(state, event);
  if (state === null) throw new Error('empty history');
  return state;
}

function begun(event: Of<'submitted'>): InstanceState {
  return {
    instanceId: event.instanceId,
    number: event.number,
    templateKey: event.templateKey,
    templateVersion: event.templateVersion,
    title: event.title,
    applicant: event.applicant,
    submittedAt: event.at,
    form: event.form,
    values: event.values,
    chosen: event.chosen,
    forecast: event.forecast,
    status: 'running',
    finishedAt: null,
    finishedBy: null,
    finishedComment: null,
    round: 1,
    position: 0,
    steps: [],
    skipped: [],
    tasks: [],
    copies: [],
    comments: [],
    reminders: [],
  };
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
  };
}

function task(event: Of<'taskOpened'>): TaskState {
  return {
    taskId: event.taskId,
    stepId: event.stepId,
    seat: event.seat,
    round: event.round,
    person: event.person,
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

function closed(task: TaskState, event: InstanceEvent): TaskState {
  return { ...task, closedAt: event.at, closedBy: event.by };
}

function copied(state: InstanceState, event: Of<'ccSent'>): InstanceState {
  const copies = event.people.map(({ person, why }) => ({
    stepKey: event.stepKey,
    title: event.title,
    person,
    why,
    sentAt: event.at,
    readAt: null,
  }));
  return { ...state, position: event.position + 1, copies: [...state.copies, ...copies] };
}

function read(state: InstanceState, event: Of<'readMarked'>): InstanceState {
  const mark = <T extends { person: { personId: string }; readAt: number | null }>(row: T): T =>
    row.person.personId === event.personId && row.readAt === null ? { ...row, readAt: event.at } : row;
  return { ...state, tasks: state.tasks.map(mark), copies: state.copies.map(mark) };
}

function withdrawn(state: InstanceState, event: Of<'withdrawn'>): InstanceState {
  const tasks = state.tasks.map((t) =>
    t.status === 'pending' ? { ...closed(t, event), status: 'withdrawn' as const } : t,
  );
  const steps = state.steps.map((s) =>
    s.outcome === null ? { ...s, outcome: 'withdrawn' as const, closedAt: event.at } : s,
  );
  return finished({ ...state, tasks, steps }, event, 'withdrawn', event.reason);
}

function finished(
  state: InstanceState,
  event: InstanceEvent,
  status: 'approved' | 'rejected' | 'withdrawn',
  comment: string | null,
): InstanceState {
  return { ...state, status, finishedAt: event.at, finishedBy: event.by, finishedComment: comment };
}

function withTask(
  state: InstanceState,
  taskId: string,
  change: (task: TaskState) => TaskState,
): InstanceState {
  return { ...state, tasks: state.tasks.map((t) => (t.taskId === taskId ? change(t) : t)) };
}

function withStep(
  state: InstanceState,
  stepId: string,
  change: (step: StepState) => StepState,
): InstanceState {
  return { ...state, steps: state.steps.map((s) => (s.stepId === stepId ? change(s) : s)) };
}

function withSeat(
  state: InstanceState,
  at: { stepId: string; seat: number },
  change: (seat: Seat) => Seat,
): InstanceState {
  return withStep(state, at.stepId, (step) => ({
    ...step,
    seats: step.seats.map((s) => (s.seat === at.seat ? change(s) : s)),
  }));
}
