/**
 * Clocks of what happens when a holder does not act (R36, R37), kept by supervision beside the deadline: one per task
 * and rung, owed by nobody. An agent who takes a task over or gives it back goes on with them: they are of the first task of
 * all that one principal answers for. They run while the task can be decided and no opinion is awaited for it, keep what is left
 * while it cannot, and end with the task. What they lead to is a job of its own, which looks at the request first.
 */
import { MINUTE_MS } from '../../../kernel/dates.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import { agencyChain, beforeAgency } from '../people/agency-chain.ts';
import { openConsults } from '../engine/consult.ts';
import { isOpenTask } from '../engine/tally.ts';
import { rungsAt } from '../engine/timeout.ts';
import type { InstanceState } from '../model/state.ts';
import type { TaskState } from '../model/tasks.ts';
import { stepsOf } from '../template/plan.ts';
import type { Template, TimeoutRung } from '../template/template.ts';
import type { ApprovalsContext } from './deps.ts';
import { pageOf, type Happening } from './happening.ts';

export const TIMEOUT_CLOCK = 'approvals.timeout';
export const TIMEOUT_JOB = 'approvals.time_out';

/** What moved between two states, whatever moved it. */
export async function followTimeouts(
  ctx: ApprovalsContext,
  tx: Tx,
  { before, decision, template }: Happening,
): Promise<void> {
  if (stepsOf(template).every((step) => step.kind === 'cc' || step.timeout === undefined)) return;
  const { state } = decision;
  for (const first of state.tasks.filter((task) => beforeAgency(state, task) === null)) {
    const chain = agencyChain(state, first.taskId);
    const was = clockState(before, before ? agencyChain(before, first.taskId).at(-1) : undefined);
    const is = clockState(state, chain.at(-1));
    if (was === is) continue;
    const subjects = chain.map(({ taskId }) => ({ subjectType: TIMEOUT_CLOCK, subjectId: taskId }));
    if (is === 'over') close(ctx, tx, subjects, chain.at(-1)?.status ?? '');
    else if (is === 'stands') await pause(ctx, tx, subjects);
    // One that was opened waiting never had a clock before.
    else if (!(await resume(ctx, tx, subjects))) open(ctx, tx, template, state, first);
  }
}

/** Of the whole chain: in requests from before each of it had clocks of its own. */
type Subjects = readonly { readonly subjectType: string; readonly subjectId: string }[];

function close({ clocks }: ApprovalsContext, tx: Tx, subjects: Subjects, outcome: string): void {
  for (const one of subjects) clocks.close(tx, { ...one, outcome });
}

async function pause({ clocks }: ApprovalsContext, tx: Tx, subjects: Subjects): Promise<void> {
  for (const one of subjects) await clocks.pause(tx, { ...one, reason: 'opinion_awaited' });
}

/** @returns whether there were any */
async function resume({ clocks }: ApprovalsContext, tx: Tx, subjects: Subjects): Promise<boolean> {
  let resumed = 0;
  for (const one of subjects) resumed += await clocks.resume(tx, one);
  return resumed > 0;
}

function clockState(
  state: InstanceState | null,
  task: TaskState | undefined,
): 'none' | 'runs' | 'stands' | 'over' {
  if (!state || task === undefined) return 'none';
  if (!isOpenTask(task)) return 'over';
  if (task.status === 'waiting') return 'stands';
  const asked = openConsults(state).some(({ stepId, seat }) => stepId === task.stepId && seat === task.seat);
  return asked ? 'stands' : 'runs';
}

function open(
  ctx: ApprovalsContext,
  tx: Tx,
  template: Template,
  state: InstanceState,
  task: TaskState,
): void {
  const stepKey = state.steps.find(({ stepId }) => stepId === task.stepId)?.stepKey ?? '';
  const halfDay = ctx.calendar().workdayMs / 2 / MINUTE_MS;
  ctx.clocks.openOwedByNobody(
    tx,
    rungsAt(template, stepKey).map((rung, n) => ({
      kind: TIMEOUT_CLOCK,
      subjectType: TIMEOUT_CLOCK,
      subjectId: task.taskId,
      stepRef: String(n),
      title: state.number,
      path: pageOf(state.instanceId),
      budget: budgetOf(rung, halfDay),
    })),
  );
}

const budgetOf = ({ after }: TimeoutRung, halfDay: number) =>
  'workdays' in after ? { workdays: after.workdays } : { minutes: after.halfDays * halfDay };

/** A clock of a task, as the handler of its rung gets it. */
interface Rung {
  readonly subjectId: string;
  readonly stepRef: string;
  readonly dueAt: number | null;
  readonly provisional: boolean;
}

/**
 * R37: of several that are due by now the highest is carried out and no other. G4: on days that no notice decides
 * nothing is done to anybody.
 */
export function carryOutRung(tx: Tx, due: Rung, all: readonly Rung[]): void {
  if (due.provisional) return;
  const rung = Number(due.stepRef);
  const higher = all.some(
    (one) => Number(one.stepRef) > rung && !one.provisional && one.dueAt !== null && one.dueAt <= tx.now,
  );
  if (higher) return;
  const taskId = due.subjectId;
  enqueue(tx, { name: TIMEOUT_JOB, key: `${taskId}:${due.stepRef}`, payload: { taskId, rung } });
}
