import type { CalendarDate } from '../../../kernel/dates.ts';
import { laterOf, showLeaders, wishOf, type LeaderRun, type Somebody, type Wish } from './leaders.ts';
import { FieldList } from './scribe.ts';
import type { PlannedChange } from './types.ts';
import { unitTarget, type UnitWriting } from './unit-changes.ts';
import type { UnitGoal, UnitGoals } from './unit-goals.ts';

const PLACES = [
  { field: 'headStaffNo', words: '负责人' },
  { field: 'leaderStaffNo', words: '分管领导' },
] as const;

type Run = LeaderRun & UnitWriting;

/** Heads and leaders in charge, after all people exist. Who goes leaves the place empty (C16). */
export const writeUnitLeaders = ({ goals }: UnitGoals, run: Run): PlannedChange[] =>
  [...goals.values()].flatMap((goal) => writeLeadersOf(goal, run));

interface Turn {
  readonly field: (typeof PLACES)[number]['field'];
  readonly words: string;
  readonly before: Somebody | null;
  readonly after: Somebody | null;
  readonly leaver: Somebody | null;
  readonly on: CalendarDate;
}

/** One change for each day on which something changes: mostly one. */
function writeLeadersOf(goal: UnitGoal, run: Run): PlannedChange[] {
  const { scribe, outlook, everybody, doubts } = run;
  const turns: Turn[] = [];
  for (const { field, words } of PLACES) {
    const stored = goal.known?.[field] ?? null;
    const said = goal.row?.[field];
    if (stored === null && (said ?? null) === null) continue;
    const target = unitTarget(run.index, goal.code, goal.name);
    const line = goal.row?.line ?? null;
    const asked = { said, stored, target, line, detail: field, words: `${words}工号` };
    const wish = wishOf(asked, everybody, outlook.base.days);
    if ('key' in wish) doubts.set(wish.key, wish);
    else turns.push(...turnsOf(wish, field, words, scribe.days.saidOn));
  }
  const days = [...new Set(turns.map(({ on }) => on))].sort();
  return days.map((on) =>
    writeTurns(
      goal,
      turns.filter((turn) => turn.on === on),
      on,
      run,
    ),
  );
}

function turnsOf(wish: Wish, field: Turn['field'], words: string, saidOn: CalendarDate): Turn[] {
  const { before, after, orphanedBy, goesLater } = wish;
  const turns: Turn[] = [];
  if (after !== before)
    turns.push({
      field,
      words,
      before,
      after,
      leaver: orphanedBy,
      on: laterOf(saidOn, after?.startsOn ?? null),
    });
  if (goesLater?.goneOn)
    turns.push({ field, words, before: after, after: null, leaver: goesLater, on: goesLater.goneOn });
  return turns;
}

function writeTurns(goal: UnitGoal, turns: readonly Turn[], on: CalendarDate, run: Run): PlannedChange {
  const { scribe, units, index } = run;
  const list = new FieldList();
  const needs = [units.createKeyOf(goal.code)];
  const whys: string[] = [];
  for (const { field, words, before, after, leaver } of turns) {
    const [from, to] = showLeaders(before, after);
    list.add(field, from, to, after?.staffNo ?? null);
    needs.push(after?.comesBy ?? undefined, leaver?.goesBy ?? undefined);
    whys.push(leaver ? `${words}${leaver.target.name}离开，暂缺` : `表里的${words}不同`);
  }
  const later = on > scribe.days.saidOn;
  return scribe.write({
    kind: 'unitChange',
    detail: later ? `leaders-${on}` : 'leaders',
    stage: 'leaders',
    target: unitTarget(index, goal.code, goal.name),
    topUnitCode: goal.known ? units.topBefore(goal.code) : units.topAfter(goal.code),
    list,
    effectiveOn: on,
    lines: goal.row ? [goal.row.line] : [],
    why: [...new Set(whys)].join('；'),
    needs: needs.filter((key) => key !== undefined),
  });
}
