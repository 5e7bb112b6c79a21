/**
 * The part of a request's model about what happens when a holder does not act in time. Optional in the state, so that
 * older requests replay to what they were.
 */
import type { By, PersonSnapshot } from './people.ts';

/**
 * remind: the holder hears of it. escalate: so do their superior and the heads of their unit. handToSuperior: the task
 * goes to their superior. pass: the step goes on as if they had agreed, and the record says that nobody did (R46).
 */
export type TimeoutAct = 'remind' | 'escalate' | 'handToSuperior' | 'pass';

export interface TimeoutState {
  readonly timeoutId: string;
  readonly at: number;
  readonly taskId: string;
  /** Index in the step's `timeout`: each once per task (R37), that of an agent and of their principal being one (R36). */
  readonly rung: number;
  readonly act: TimeoutAct;
  /** The holder who was late. */
  readonly holder: PersonSnapshot;
  /** Who was told, or who has the task now; nobody where there is no superior. */
  readonly people: readonly PersonSnapshot[];
}

export interface TimeoutsInState {
  readonly timeouts?: readonly TimeoutState[];
}

export interface TimeOutCommand {
  readonly type: 'timeOut';
  readonly by: By;
  readonly taskId: string;
  readonly rung: number;
}

export interface TimedOut {
  readonly type: 'timedOut';
  readonly timeoutId: string;
  readonly taskId: string;
  readonly rung: number;
  readonly act: TimeoutAct;
  readonly people: readonly PersonSnapshot[];
}
