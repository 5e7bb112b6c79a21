import type { Doubt } from '../model.ts';
import { doubtOn } from './doubts.ts';
import { changeKey } from './keys.ts';
import {
  laterOf,
  showLeaders,
  type Everybody,
  wishOf,
  type LeaderRun,
  type Somebody,
  type Wish,
} from './leaders.ts';
import { topUnitOf, type Reconciling } from './reconciling.ts';
import { FieldList } from './scribe.ts';
import type { PlannedChange } from './types.ts';
import { findCycles } from './unit-tree.ts';

const DETAIL = 'manager';

interface Step {
  readonly who: Somebody;
  readonly wish: Wish;
}

const isDoubt = (wish: Wish | Doubt): wish is Doubt => 'key' in wish;

/**
 * Direct superiors, after all people exist (C15). Circles of any length are refused (C16). Written from the top of
 * the final chains down, so that no circle exists on the way either.
 */
export function writeManagers(run: LeaderRun & Reconciling): PlannedChange[] {
  const { steps, nextOf } = collect(run);
  refuseCircles(steps, nextOf, run);
  const depthOf = chainDepths(nextOf);
  const written = new Map<string, PlannedChange>();
  const above = createAbove(written, nextOf);
  return [...steps.values()]
    .sort((a, b) => depthOf(a.who.id) - depthOf(b.who.id) || (a.who.target.ref < b.who.target.ref ? -1 : 1))
    .flatMap((step) => {
      const changes = write(step, above(step.wish.after?.id), run);
      const [first] = changes;
      if (first && step.wish.after !== step.wish.before) written.set(step.who.id, first);
      return changes;
    });
}

/**
 * The change of the nearest superior, from `id` upwards, who gets another superior too: before it the old line above
 * could close a circle with a change below, so that one comes after it, also when that is on a later day. To be asked
 * from the top down: then everything above has been written.
 */
function createAbove(written: ReadonlyMap<string, PlannedChange>, nextOf: Next) {
  const found = new Map<string, PlannedChange | null>();
  return function above(id: string | undefined): PlannedChange | null {
    const path = new Set<string>();
    let [at, change] = [id, null as PlannedChange | null];
    while (at !== undefined && !path.has(at)) {
      change = written.get(at) ?? found.get(at) ?? null;
      if (change !== null || found.has(at)) break;
      path.add(at);
      at = nextOf(at);
    }
    for (const one of path) found.set(one, change);
    return change;
  };
}

/** Who somebody's superior is when the plan is done, by id. */
type Next = (id: string) => string | undefined;

/** Who gets another superior, now or when theirs goes. */
function collect(run: LeaderRun): { readonly steps: Map<string, Step>; readonly nextOf: Next } {
  const { outlook, everybody, index } = run;
  const steps = new Map<string, Step>();
  for (const person of index.people) {
    const said = outlook.rowOf(person)?.row.managerStaffNo;
    if (!staysLed(person.managerStaffNo, said, everybody)) look(everybody.of(person), steps, run);
  }
  for (const one of outlook.base.settled) {
    const isNew = one.person === null && !outlook.held.has(one.row) && !outlook.endsNow(one);
    if (isNew && typeof one.row.managerStaffNo === 'string') look(everybody.ofRow(one), steps, run);
  }
  const nextOf: Next = (id) => {
    const step = steps.get(id);
    if (step) return step.wish.after?.id;
    const stored = index.byPersonId.get(id)?.managerStaffNo;
    return stored ? index.byStaffNo.get(stored)?.personId : undefined;
  };
  return { steps, nextOf };
}

/** Nearly everybody: nothing new is said, and the superior stays who they are. */
function staysLed(stored: string | null, said: string | null | undefined, everybody: Everybody): boolean {
  if (said !== undefined && said !== stored) return false;
  const leader = everybody.known(stored);
  return leader === null || (leader.goneOn === null && leader.staffNo === stored);
}

function look(who: Somebody, steps: Map<string, Step>, { outlook, everybody, out, doubts }: LeaderRun): void {
  const { days } = outlook.base;
  const isGone = who.goneOn !== null && who.goneOn <= days.today;
  if (isGone || out.has('person', who.target.ref)) return;
  const row = who.settled?.row;
  const asked = {
    said: row?.managerStaffNo,
    stored: who.person?.managerStaffNo ?? null,
    target: who.target,
    line: row?.line ?? null,
    detail: DETAIL,
    words: '直属上级工号',
  };
  const wish = wishOf(asked, everybody, days);
  if (isDoubt(wish)) doubts.set(wish.key, wish);
  else if (wish.after !== wish.before || wish.goesLater) steps.set(who.id, { who, wish });
}

/** Refused ones keep whom they have; that may close another circle, so look again. */
function refuseCircles(steps: Map<string, Step>, nextOf: Next, { doubts }: LeaderRun): void {
  for (let found = true; found;) {
    found = false;
    for (const circle of findCycles([...steps.keys()], (id) => nextOf(id) ?? null)) {
      const members = circle.flatMap((id) => steps.get(id) ?? []);
      const why = circleWords(members.map(({ who }) => who.target.name));
      for (const step of members) {
        if (step.wish.after === step.wish.before) continue;
        found = true;
        refuse(step, why, doubts);
        steps.delete(step.who.id);
      }
    }
  }
}

const MAX_NAMED = 5;

function circleWords(names: readonly string[]): string {
  if (names.length < 2) return '直属上级不能是本人，或原来的上级线绕了回来';
  const named = names.toSorted().slice(0, MAX_NAMED).join('、');
  return `直属上级绕成了圈：${named}${names.length > MAX_NAMED ? ` 等 ${names.length} 人` : ''}`;
}

function refuse({ who }: Step, why: string, doubts: Map<string, Doubt>): void {
  const row = who.settled?.row;
  const doubt = doubtOn('treeConflict', who.target, why, { lines: row ? [row.line] : [], detail: DETAIL });
  doubts.set(doubt.key, doubt);
}

/** How far below the end of the chain somebody stands. */
function chainDepths(nextOf: Next): (id: string) => number {
  const depths = new Map<string, number>();
  return (id) => {
    const path: string[] = [];
    const seen = new Set<string>();
    let at: string | undefined = id;
    while (at !== undefined && !depths.has(at) && !seen.has(at)) {
      path.push(at);
      seen.add(at);
      at = nextOf(at);
    }
    let depth = at === undefined ? -1 : (depths.get(at) ?? -1);
    for (const one of path.reverse()) depths.set(one, (depth += 1));
    return depths.get(id) ?? 0;
  };
}

function write(
  { who, wish }: Step,
  above: PlannedChange | null,
  run: LeaderRun & Reconciling,
): PlannedChange[] {
  const { before, after, orphanedBy, goesLater } = wish;
  const changes: PlannedChange[] = [];
  if (after !== before) changes.push(writeOne(who, before, after, orphanedBy, above, run));
  // Somebody who goes first needs no superior afterwards.
  if (goesLater?.goneOn && !(who.goneOn !== null && who.goneOn <= goesLater.goneOn))
    changes.push(writeOne(who, after, null, goesLater, null, run, 'managerLeaves'));
  return changes;
}

function writeOne(
  who: Somebody,
  before: Somebody | null,
  after: Somebody | null,
  leaver: Somebody | null,
  above: PlannedChange | null,
  run: LeaderRun & Reconciling,
  detail = DETAIL,
): PlannedChange {
  const { scribe, units, outlook } = run;
  const list = new FieldList();
  const [from, to] = showLeaders(before, after);
  list.add('managerStaffNo', from, to, after?.staffNo ?? null);
  const later = detail === 'managerLeaves' ? leaver?.goneOn : null;
  const row = who.settled?.row;
  const needs = [who.comesBy, after?.comesBy, leaver?.goesBy, renamedBy(after), above?.key];
  return scribe.write({
    kind: 'change',
    detail,
    stage: 'leaders',
    target: who.target,
    topUnitCode: who.person
      ? topUnitOf(who.person, run)
      : units.topAfter(row?.unitCodes[0] ?? outlook.base.index.rootCode),
    list,
    effectiveOn: laterOf(
      scribe.days.saidOn,
      who.startsOn,
      after?.startsOn ?? null,
      later ?? null,
      above?.effectiveOn ?? null,
    ),
    lines: (leaver?.settled && after === null ? leaver.settled.row : row)
      ? [(leaver?.settled?.row ?? row)?.line ?? 0]
      : [],
    why: leaver ? `直属上级${leaver.target.name}离开，暂空，不会自动指给别人` : '表里的直属上级不同',
    needs: needs.filter((key) => typeof key === 'string'),
  });
}

/** A leader whose staff number changes in this plan has it only after that. */
function renamedBy(who: Somebody | null): string | null {
  if (!who?.person || who.comesBy !== null || who.person.staffNo === who.staffNo) return null;
  return changeKey('person', who.target.ref, 'change');
}
