import { groupBy } from '../../../kernel/group-by.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { queueCard, queueText, settleCards, tapsNow, textWithLink } from '../../messaging/index.ts';
import { copyCard, resultCard } from '../cards/result.ts';
import { reminderCard, taskCard, TASK_CARD } from '../cards/task.ts';
import type { CardContext } from '../cards/context.ts';
import { describeTask } from '../views/tasks.ts';
import { readerOf } from '../engine/readers.ts';
import type { InstanceState } from '../model/state.ts';
import type { TaskState, TaskStatus } from '../model/tasks.ts';
import { type AgencyMove, agencyMoves, keepClocks } from './agency-clocks.ts';
import { followConsults } from './consults.ts';
import { tellCirculated, tellMentioned } from './tell-circulated.ts';
import { tellEdited } from './tell-edited.ts';
import { tellTimeouts } from './tell-timeouts.ts';
import { followTimeouts } from './timeouts.ts';
import { allowance, clockOf, to } from './task-clocks.ts';
import { pauseTasks, resumeTasks } from './waiting-tasks.ts';
import { CopyTable, sortAtOf, TaskTable } from '../tables.ts';
import type { ApprovalsContext, Due } from './deps.ts';
import { type Happening, pageOf, SUBJECT } from './happening.ts';
import { countsMoved } from './counts-moved.ts';
import { followReturns } from './returned-to-applicant.ts';

/**
 * Everything that must be true together with a decision: task rows, clocks, cards to close and to send, effects,
 * the audit entry. All in the same unit of work; nothing here calls the network. Answers the clocks that began.
 */
export async function consequences(ctx: ApprovalsContext, tx: Tx, what: Happening): Promise<readonly Due[]> {
  const { state } = what.decision;
  if (what.before?.form !== state.form) await ctx.leaves().onAsked(tx, state, what.before === null);
  const { opened, closed, paused, resumed } = taskChanges(what.before, state);
  const moves = agencyMoves(state, opened);
  await keepClocks(ctx, tx, state, moves);
  closeTasks(ctx, tx, state, closed);
  await pauseTasks(ctx, tx, state, paused);
  const dues = await openTasks(ctx, tx, state, opened, moves);
  const cards: CardContext = {
    template: what.template,
    state,
    publicUrl: ctx.publicUrl,
    now: tx.now,
    calendar: ctx.calendar(),
    personName: (id) => what.org.person(id)?.name ?? null,
  };
  sendTaskCards(tx, cards, opened, dues);
  await resumeTasks(ctx, tx, cards, resumed);
  tellEdited(tx, cards, what);
  await followConsults(tx, cards, what.before);
  await followTimeouts(ctx, tx, what);
  await tellTimeouts(ctx, tx, cards, what);
  sendCopies(tx, cards, what);
  tellCirculated(tx, cards, what);
  tellMentioned(tx, cards, what);
  sendReminders(tx, cards, what);
  await followReturns(ctx, tx, cards, what);
  await tellAdmins(ctx, tx, what);
  await finish(ctx, tx, cards, what);
  ctx.countsMoved(tx, countsMoved(what.before, state, [...opened, ...closed, ...paused, ...resumed]));
  record(tx, what);
  return dues;
}

/** What moved between two states; whatever the events were called, the rows follow the state. */
export function taskChanges(before: InstanceState | null, after: InstanceState) {
  const known = new Map((before?.tasks ?? []).map((task) => [task.taskId, task.status]));
  return {
    opened: after.tasks.filter((task) => !known.has(task.taskId)),
    closed: after.tasks.filter((task) => isOpen(known.get(task.taskId)) && !isOpen(task.status)),
    paused: after.tasks.filter((task) => known.get(task.taskId) === 'pending' && task.status === 'waiting'),
    resumed: after.tasks.filter((task) => known.get(task.taskId) === 'waiting' && task.status === 'pending'),
  };
}

const isOpen = (status: TaskStatus | undefined): boolean => status === 'pending' || status === 'waiting';

function closeTasks(ctx: ApprovalsContext, tx: Tx, state: InstanceState, closed: readonly TaskState[]): void {
  if (closed.length === 0) return;
  for (const [status, tasks] of groupBy(closed, (task) => task.status)) {
    const ids = tasks.map((task) => task.taskId);
    const marks = ids.map(() => '?').join(', ');
    tx.defer({
      sql: `update approval_task set status = ?, closedAt = ? where id in (${marks})`,
      params: [status, tx.now, ...ids],
    });
    ctx.clocks.close(tx, {
      subjectType: SUBJECT,
      subjectId: state.instanceId,
      stepRefs: ids,
      outcome: status,
    });
  }
  settleCards(
    tx,
    TASK_CARD,
    closed.map((task) => ({
      ref: task.taskId,
      words: describeTask(state, task.taskId).words,
      answeredInPlace: tapsNow(tx, task.person.personId),
    })),
  );
}

async function openTasks(
  ctx: ApprovalsContext,
  tx: Tx,
  state: InstanceState,
  opened: readonly TaskState[],
  moves: readonly AgencyMove[],
): Promise<Due[]> {
  const moved = moves.map(({ to }) => to);
  const kept = await clocksOf(ctx, tx, state, moved);
  const pending = opened.filter((task) => task.status === 'pending');
  const withClock = pending.filter((task) => allowance(state, task) !== null && !kept.has(task));
  const dues = ctx.clocks.open(
    tx,
    withClock.map((task) => clockOf(state, task)),
  );
  const dueOf = (task: TaskState): Due =>
    kept.get(task) ?? dues[withClock.indexOf(task)] ?? { dueAt: null, provisional: false };
  for (const task of opened) {
    const { dueAt, provisional } = dueOf(task);
    tx.append(TaskTable, {
      id: task.taskId,
      instanceId: state.instanceId,
      stepId: task.stepId,
      personId: task.person.personId,
      status: task.status,
      behalfOfId: task.onBehalfOf?.personId ?? null,
      behalfOfName: task.onBehalfOf?.name ?? null,
      openedAt: task.openedAt,
      closedAt: task.closedAt,
      dueAt,
      sortAt: sortAtOf(dueAt),
      provisional,
    });
  }
  return opened.map(dueOf);
}

async function clocksOf(
  { clocks }: ApprovalsContext,
  tx: Tx,
  { instanceId }: InstanceState,
  tasks: readonly TaskState[],
): Promise<Map<TaskState, Due>> {
  if (tasks.length === 0) return new Map();
  const stepRefs = tasks.map(({ taskId }) => taskId);
  const found = await clocks.ofSteps(tx, { subjectType: SUBJECT, subjectId: instanceId, stepRefs });
  return new Map(tasks.flatMap((task, n) => (found[n] ? [[task, found[n]] as const] : [])));
}

function sendTaskCards(tx: Tx, cards: CardContext, opened: readonly TaskState[], dues: readonly Due[]): void {
  opened.forEach((task, index) => {
    if (task.status !== 'pending') return;
    queueCard(
      tx,
      to(cards.state, TASK_CARD, task.person.personId, task.taskId),
      taskCard(cards, task, dues[index]),
    );
  });
}

/** R29: one copy per person per request. */
function sendCopies(tx: Tx, cards: CardContext, { before, decision }: Happening): void {
  const { state } = decision;
  for (const copy of state.copies.slice(before?.copies.length ?? 0)) {
    const { personId } = copy.person;
    tx.append(
      CopyTable,
      { id: newId(), instanceId: state.instanceId, personId, sentAt: copy.sentAt, readAt: null },
      'keep',
    );
    // Whoever was sent it to read has a card of it.
    if (before !== null && readerOf(before, personId) !== null) continue;
    queueCard(tx, to(state, 'approvals.copy', personId, state.instanceId), copyCard(cards, copy));
  }
}

function sendReminders(tx: Tx, cards: CardContext, { before, decision }: Happening): void {
  const { state } = decision;
  state.reminders.slice(before?.reminders.length ?? 0).forEach((reminder) => {
    for (const personId of reminder.personIds) {
      queueCard(tx, to(state, 'approvals.reminder', personId, newId()), reminderCard(cards));
    }
  });
}

/** R18: a seat nobody could be found for goes to those who may fill it, with an alarm. */
async function tellAdmins(ctx: ApprovalsContext, tx: Tx, { decision }: Happening): Promise<void> {
  const waiting = decision.events.filter((event) => event.type === 'waitingForAdmin');
  if (waiting.length === 0) return;
  tx.afterCommit(() => ctx.onAlarm('approvals_without_approver'));
  const { state } = decision;
  const reasons = waiting.flatMap((event) => event.reasons).join('；');
  const words = `${state.applicant.name} 的“${state.title}”没有审批人：${reasons}。`;
  for (const personId of await ctx.adminIds(tx)) {
    queueText(
      tx,
      to(state, 'approvals.waiting', personId, waiting[0]?.stepId ?? state.instanceId),
      textWithLink(words, `${ctx.publicUrl}${pageOf(state.instanceId)}`, '打开指定审批人'),
    );
  }
}

/** R29: the result is told once, at the end. Whoever withdrew their own request knows. */
async function finish(ctx: ApprovalsContext, tx: Tx, cards: CardContext, what: Happening): Promise<void> {
  const { state } = what.decision;
  if (state.status === 'running' || what.before?.status === state.status) return;
  // It ended when it was approved; what is taken back now was taken back before it was decided (revoke.ts).
  if (state.status === 'revoked') return;
  if (state.status !== 'withdrawn') {
    queueCard(
      tx,
      to(state, 'approvals.result', state.applicant.personId, state.instanceId),
      resultCard(cards),
    );
  }
  for (const effect of ctx.finished.get(state.templateKey) ?? []) await effect(tx, state);
}

/** The pictures that were signed with, for the decision and in the form, are proved by the chain as well. */
function signatureHashes({ before, decision: { state, events } }: Happening): {
  signature?: string;
  formSignatures?: string[];
} {
  const signed = events.find((event) => event.type === 'taskDecided');
  const inForm = (state.signatures ?? []).slice(before?.signatures?.length ?? 0).map(({ hash }) => hash);
  return {
    ...(signed?.signature === undefined ? {} : { signature: signed.signature.hash }),
    ...(inForm.length === 0 ? {} : { formSignatures: inForm }),
  };
}

function record(tx: Tx, what: Happening): void {
  const { before, decision, action } = what;
  const { state, events } = decision;
  recordAct(tx, {
    action: `approvals.${action}`,
    targetType: SUBJECT,
    targetId: state.instanceId,
    ...(before ? { before: { status: before.status } } : {}),
    after: {
      status: state.status,
      events: events.map((event) => event.type),
      ...signatureHashes(what),
    },
  });
}
