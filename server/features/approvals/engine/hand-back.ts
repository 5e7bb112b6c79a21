/** The end of an agency (R33): what is undecided leaves the agent, and never stays with whom nobody asked any more. */
import type { Decision } from '../model/events.ts';
import type { InstanceCommand } from '../model/commands.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { StepState } from '../model/steps.ts';
import type { TaskState } from '../model/tasks.ts';
import { isActive } from '../model/org.ts';
import { moveTask } from './acts.ts';
import { settle } from './advance.ts';
import { giveBack, openTasks, stepOf } from './agency.ts';
import { reseat } from './replace.ts';
import type { Run } from './run.ts';
import { agencyWords, agentOf } from './stand-in.ts';
import { votingSeats } from './tally.ts';

type HandBack = Extract<InstanceCommand, { type: 'handBack' }>;

/**
 * A rule has ended: what its agent, or the agent of that agent, still holds for its principal goes back, and what came
 * to its agent through it, from whoever the principal stands in for. Whoever has an agent now has it go there; of a
 * principal who can act no more it goes on as from anybody who cannot (R22).
 */
export function handBack(run: Run, command: HandBack): Decision['outcome'] {
  const { personId, agentId } = command;
  const agentNow = (id: string): string | null => run.ctx.agentOf?.(id) ?? null;
  const holders = [agentId, agentNow(agentId)];
  for (const task of openTasks(run, ({ onBehalfOf }) => onBehalfOf !== undefined)) {
    const step = stepOf(run, task);
    const { onBehalfOf, person } = task;
    if (step === undefined || onBehalfOf === undefined) continue;
    const isOwn = onBehalfOf.personId === personId && holders.includes(person.personId);
    const isThrough = person.personId === agentId && agentNow(onBehalfOf.personId) === personId;
    if (!(isOwn || isThrough) || agentNow(onBehalfOf.personId) === person.personId) continue;
    if (isActive(run.ctx.org, onBehalfOf.personId)) giveBack(run, step, task, onBehalfOf);
    else passOn(run, step, task, onBehalfOf, command);
  }
  settle(run);
  return 'done';
}

/** R22: another valid agent, the successor, the rule again, or the admin queue. */
function passOn(
  run: Run,
  step: StepState,
  task: TaskState,
  principal: PersonSnapshot,
  { successorId = null }: HandBack,
): void {
  const agent = agentOf(run, step, principal);
  if (agent !== null)
    return moveTask(run, step, task, agent, null, agencyWords(principal, agent), { onBehalfOf: principal });
  const seat = votingSeats(step).find((one) => one.seat === task.seat);
  if (seat !== undefined)
    reseat(run, step, seat, { personId: principal.personId, successorId, viaAgents: false });
}
