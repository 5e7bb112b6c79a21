/** One decision being made: events pile up while the state follows them. */
import type { Template } from '../template.ts';
import type { Org } from '../org.ts';
import type { By, InstanceEvent, InstanceState } from '../model.ts';
import { evolve } from './evolve.ts';
import { waitingKeys } from './tally.ts';

/** What a decision may look at besides the request itself. `template` is the version the request was made with. */
export interface DecideContext {
  /** Epoch ms, the server's clock; the only time a decision carries (R44). */
  readonly now: number;
  readonly newId: () => string;
  readonly template: Template;
  readonly org: Org;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type Fact = DistributiveOmit<InstanceEvent, 'at' | 'by'>;

export interface Run {
  readonly ctx: DecideContext;
  readonly by: By;
  readonly events: InstanceEvent[];
  /** Seats that already waited for an administrator before this run, as `stepId/seat`. */
  readonly waitedBefore: ReadonlySet<string>;
  state: InstanceState;
}

export function startRun(state: InstanceState, by: By, ctx: DecideContext): Run {
  return { ctx, by, events: [], waitedBefore: new Set(waitingKeys(state)), state };
}

/** Record that something happened, now, by the run's actor (or by a named mechanism). */
export function emit(run: Run, fact: Fact, by: By = run.by): void {
  const event = { ...fact, at: run.ctx.now, by } as InstanceEvent;
  run.events.push(event);
  run.state = evolve(run.state, event);
}

/** The engine itself, where no person is the reason. */
export const ENGINE: By = { personId: null, name: 'approvals.engine' };
