/** One decision being made: events pile up while the state follows them. */
import type { Template } from '../template/template.ts';
import type { Org } from '../model/org.ts';
import type { By } from '../model/people.ts';
import type { InstanceEvent } from '../model/events.ts';
import type { InstanceState } from '../model/state.ts';
import { apply, type LaterEvent } from './apply.ts';
import { draftOf, type Draft } from './draft.ts';

/** What a decision may look at besides the request itself. `template` is the version the request was made with. */
export interface DecideContext {
  /** Epoch ms, the server's clock; the only time a decision carries (R44). */
  readonly now: number;
  readonly newId: () => string;
  readonly template: Template;
  readonly org: Org;
  /** Who stands in for somebody now, for requests of this template (R30); absent: nobody has an agent. */
  readonly agentOf?: (personId: string) => string | null;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type Fact = DistributiveOmit<LaterEvent, 'at' | 'by'>;

/** What an event of a step says of the branch it lies in; nothing on the main line. */
export interface InBranch {
  readonly branchId?: string;
}

export interface Run {
  readonly ctx: DecideContext;
  readonly by: By;
  readonly events: InstanceEvent[];
  /** As the request was when the run began; never written to. */
  readonly before: InstanceState;
  /** As it is now: `before` until something happens, then `draft`. */
  state: InstanceState;
  draft: Draft | null;
}

export function startRun(before: InstanceState, by: By, ctx: DecideContext): Run {
  return { ctx, by, events: [], before, state: before, draft: null };
}

/**
 * Record that something happened, now, by the run's actor (or by a named mechanism). The fact becomes the event:
 * copying objects of so many shapes took longer than all the rules.
 */
export function emit(run: Run, fact: Fact, by: By = run.by): void {
  const event = Object.assign(fact, { at: run.ctx.now, by }) as LaterEvent;
  run.events.push(event);
  run.draft ??= draftOf(run.before);
  apply(run.draft, event);
  run.state = run.draft;
}

/** The engine itself, where no person is the reason. */
export const ENGINE: By = { personId: null, name: 'approvals.engine' };
