import { dateOf } from '../../../kernel/dates.ts';
import type { ChangeKind, Known, Snapshot, Stage } from '../model.ts';
import { figuresOf } from './figures.ts';
import { indexKnown } from './known-index.ts';
import { createEverybody } from './leaders.ts';
import { writeManagers } from './manager-changes.ts';
import { createUnitView } from './unit-view.ts';
import { writePeople } from './people-changes.ts';
import { dropPending } from './pending.ts';
import { planHash } from './plan-hash.ts';
import type { Reconciling } from './reconciling.ts';
import { createScribe } from './scribe.ts';
import { settle, type Settlement } from './settle.ts';
import type { Days } from './status.ts';
import type { MadePlan, PlannedChange, PlanOptions } from './types.ts';
import { writeRemovals, writeUnitOrders, writeUnitSteps } from './unit-changes.ts';
import { writeUnitLeaders } from './unit-leader-changes.ts';
import { waysOut } from './ways-out.ts';

const STAGES: readonly Stage[] = ['units', 'people', 'leaders', 'order', 'leavers', 'removals'];

/**
 * Everything one statement changes, complete before the first write (D1): matched, reconciled, in the order of doing
 * (C1), what is impossible refused as a doubt. Pure; the same statement in another order of rows gives the same
 * hash, a statement that has been carried out gives an empty plan (A3).
 */
export function makePlan(snapshot: Snapshot, known: Known, options: PlanOptions): MadePlan {
  const index = indexKnown(known);
  const days = daysOf(snapshot, options);
  const settlement = settle(snapshot, index, days, options);
  const { outlook, tree, order, doubts, out } = settlement;
  const units = createUnitView(index, tree, order);
  const scribe = createScribe(days, options, known.people.length === 0);
  const run: Reconciling = { outlook, scribe, units, withheld: [] };
  const people = writePeople(settlement, run);
  const unitRun = { index, scribe, units };
  const leaderRun = { ...run, ...unitRun, everybody: createEverybody(outlook), out, doubts };
  const written = [
    ...writeUnitSteps(order, unitRun),
    ...people,
    ...writeUnitLeaders(tree, leaderRun),
    ...writeManagers(leaderRun),
    ...writeUnitOrders(tree, unitRun),
    ...writeRemovals(order, waysOut(settlement, people), unitRun),
  ];
  const { changes, withdrawn } = dropPending(inStages(written), options.pending ?? [], settlement);
  const plan = {
    sourceKey: snapshot.sourceKey,
    cutOffAt: snapshot.cutOffAt,
    complete: snapshot.complete,
    changes,
    withdrawn,
  };
  return {
    hash: planHash(plan, options.hash),
    ...plan,
    doubts: sortedDoubts(doubts),
    counts: countsOf(changes),
    withheld: run.withheld.sort((a, b) => (a.ref < b.ref ? -1 : 1)),
    figures: figuresOf(snapshot, index, units, days),
  };
}

/** A cut-off in the future is a wrong clock: HR said it today at the latest. */
function daysOf({ cutOffAt }: Snapshot, { today }: PlanOptions): Days {
  const said = dateOf(cutOffAt);
  return { today, saidOn: said < today ? said : today };
}

/** Stages in their order; inside a stage as written. */
function inStages(changes: readonly PlannedChange[]): PlannedChange[] {
  const byStage = new Map<Stage, PlannedChange[]>(STAGES.map((stage) => [stage, []]));
  for (const change of changes) byStage.get(change.stage)?.push(change);
  return [...byStage.values()].flat();
}

const sortedDoubts = (doubts: Settlement['doubts']) =>
  [...doubts.values()].sort((a, b) => (a.key < b.key ? -1 : 1));

function countsOf(changes: readonly PlannedChange[]): Partial<Record<ChangeKind, number>> {
  const counts: Partial<Record<ChangeKind, number>> = {};
  for (const { kind } of changes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
