/** Rows, clocks and cards of tasks that wait for those added before them, and of those that came back (R8). */
import { newId } from '../../../kernel/id.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { queueCard } from '../../messaging/index.ts';
import { resumedCard, taskCard, TASK_CARD } from '../cards/task.ts';
import type { CardContext } from '../cards/context.ts';
import type { InstanceState } from '../model/state.ts';
import type { TaskState } from '../model/tasks.ts';
import { sortAtOf } from '../tables.ts';
import type { ApprovalsContext, Due } from './deps.ts';
import { SUBJECT } from './happening.ts';
import { allowance, clockOf, to } from './task-clocks.ts';

export async function pauseTasks(
  ctx: ApprovalsContext,
  tx: Tx,
  state: InstanceState,
  paused: readonly TaskState[],
): Promise<void> {
  if (paused.length === 0) return;
  const ids = paused.map((task) => task.taskId);
  await tx.em.query(
    `update approval_task set status = 'waiting' where id in (${ids.map(() => '?').join(', ')})`,
    ids,
  );
  await ctx.clocks.pause(tx, {
    subjectType: SUBJECT,
    subjectId: state.instanceId,
    stepRefs: ids,
    reason: 'added_before',
  });
}

export async function resumeTasks(
  ctx: ApprovalsContext,
  tx: Tx,
  cards: CardContext,
  resumed: readonly TaskState[],
): Promise<void> {
  if (resumed.length === 0) return;
  const { state } = cards;
  const stepRefs = resumed.map((task) => task.taskId);
  const which = { subjectType: SUBJECT, subjectId: state.instanceId, stepRefs };
  await ctx.clocks.resume(tx, which);
  const stopped = await ctx.clocks.ofSteps(tx, which);
  for (const [index, task] of resumed.entries()) {
    const due = stopped[index] ?? firstClock(ctx, tx, state, task);
    await tx.em.query(
      `update approval_task set status = 'pending', dueAt = ?, sortAt = ?, provisional = ? where id = ?`,
      [due.dueAt, sortAtOf(due.dueAt), due.provisional ? 1 : 0, task.taskId],
    );
    const { personId } = task.person;
    // Whoever took it over while it waited has no card yet; sent twice it goes out once.
    if (task.fromTaskId !== null) {
      queueCard(tx, to(state, TASK_CARD, personId, task.taskId), taskCard(cards, task, due));
    }
    queueCard(tx, to(state, 'approvals.resumed', personId, newId()), resumedCard(cards));
  }
}

/** Taken over while it waited: no clock ran for its new holder so far. */
function firstClock(ctx: ApprovalsContext, tx: Tx, state: InstanceState, task: TaskState): Due {
  const none = { dueAt: null, provisional: false };
  if (allowance(state, task) === null) return none;
  return ctx.clocks.open(tx, [clockOf(state, task)])[0] ?? none;
}
