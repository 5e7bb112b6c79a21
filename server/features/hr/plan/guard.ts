import {
  DESTRUCTIVE,
  type ChangeKind,
  type GuardLine,
  type GuardResult,
  type Known,
  type Limit,
  type Verdict,
} from '../model.ts';
import { concerns, type Concerned } from './concerns.ts';
import { floorReasons } from './floors.ts';
import { ALWAYS_ALLOWED, DEFAULT_LIMITS } from './guard-limits.ts';
import { indexKnown, type KnownIndex } from './known-index.ts';
import { hasLeft } from './status.ts';
import type { MadePlan } from './types.ts';
import { isActive } from './unit-goals.ts';
import { createTops } from './unit-tree.ts';

/** Destructive changes of runs started today, of any source. */
export interface DoneToday {
  readonly kind: ChangeKind;
  readonly topUnitCode: string;
  readonly count: number;
  /** Those of them that are done: these people are not counted as employed any more. */
  readonly gone: number;
}

export interface GuardInput {
  readonly known: Known;
  /** The last statement of this source that was carried out whole; null: none yet. */
  readonly lastGood: { readonly people: number } | null;
  readonly doneToday: readonly DoneToday[];
  readonly limits?: readonly Limit[] | undefined;
  /** Nobody has accepted the initial correlation of this source yet (A7). */
  readonly firstRun: boolean;
  /** Who brought the statement and made the plan: what changes their own record needs somebody else's eyes (H3). */
  readonly bringers: readonly Concerned[];
  readonly alwaysAllowed?: number | undefined;
}

/**
 * May this plan be carried out (D1-D4, A1, A2, A7)? Counts what takes something from somebody: people per run, per
 * day with what was done today, and per top unit; units to be dissolved by the same limits, on lines of their own.
 * One more leaver never makes a verdict milder.
 */
export function guard(plan: MadePlan, input: GuardInput): GuardResult {
  const index = indexKnown(input.known);
  const lines = [...linesOf('people', plan, input, index), ...linesOf('units', plan, input, index)];
  const suspicions = suspicionsOf(plan, input, index);
  const exceeded = lines.filter((line) => line.exceeded).map(exceededWords);
  const own = concerns(plan.changes, input.bringers)
    ? ['改动了上传人或生成人自己的记录，要由另一位复核']
    : [];
  const destructive = plan.changes.some(({ kind }) => DESTRUCTIVE.includes(kind));
  return {
    verdict: verdictOf(suspicions, exceeded, destructive || own.length > 0),
    lines,
    reasons: [...suspicions, ...exceeded, ...own],
  };
}

function verdictOf(
  suspicions: readonly string[],
  exceeded: readonly string[],
  secondPerson: boolean,
): Verdict {
  if (suspicions.length > 0) return 'suspicious';
  if (exceeded.length > 0) return 'overLimit';
  return secondPerson ? 'needsConfirmation' : 'free';
}

function suspicionsOf(plan: MadePlan, { lastGood, firstRun }: GuardInput, index: KnownIndex): string[] {
  const destructive = plan.changes.filter(({ kind }) => DESTRUCTIVE.includes(kind)).length;
  const reasons = floorReasons(plan, index, lastGood);
  const asked = plan.withheld.length + (plan.complete ? 0 : destructive);
  if (asked > 0) reasons.push(`来源不完整，却有 ${asked} 项停用或撤销，都没有列入计划`);
  if (firstRun && destructive > 0)
    reasons.push(`首次对应关系还没有人确认，不能停用或撤销（计划里有 ${destructive} 项）`);
  return reasons;
}

/* ---------- limits ---------- */

type Measured = 'people' | 'units';

const isMeasured = (kind: ChangeKind, what: Measured): boolean =>
  DESTRUCTIVE.includes(kind) && (kind === 'unitDissolve') === (what === 'units');

export interface Tally {
  readonly total: number;
  readonly byTop: ReadonlyMap<string, number>;
}

export function tally(items: Iterable<{ readonly topUnitCode: string; readonly count: number }>): Tally {
  const byTop = new Map<string, number>();
  let total = 0;
  for (const { topUnitCode, count } of items) {
    total += count;
    byTop.set(topUnitCode, (byTop.get(topUnitCode) ?? 0) + count);
  }
  return { total, byTop };
}

/** What there is to take from: employed people by their main post, active units below the institution. */
function bases(what: Measured, index: KnownIndex): Tally {
  const topOf = createTops((code) => index.unitByCode.get(code)?.parentCode, index.rootCode);
  if (what === 'units')
    return tally(
      index.units
        .filter((unit) => isActive(unit) && unit.code !== index.rootCode)
        .map(({ code }) => ({ topUnitCode: topOf(code), count: 1 })),
    );
  return tally(
    index.people
      .filter((person) => !hasLeft(person))
      .map(({ posts }) => {
        const post = posts.find(({ kind }) => kind === 'main') ?? posts[0];
        return { topUnitCode: post ? topOf(post.unitCode) : index.rootCode, count: 1 };
      }),
  );
}

function linesOf(what: Measured, plan: MadePlan, input: GuardInput, index: KnownIndex): GuardLine[] {
  const planned = tally(
    plan.changes
      .filter(({ kind }) => isMeasured(kind, what))
      .map(({ topUnitCode }) => ({ topUnitCode, count: 1 })),
  );
  const today = input.doneToday.filter(({ kind }) => isMeasured(kind, what));
  const done = tally(today);
  const gone = tally(today.map((one) => ({ ...one, count: one.gone })));
  // Most statements dissolve nothing: no empty lines about it.
  if (what === 'units' && planned.total + done.total === 0) return [];
  return limitLines(
    { planned, done, gone, base: bases(what, index) },
    {
      limits: input.limits,
      suffix: what === 'units' ? ' 撤销部门' : '',
      nameOf: (code) => index.unitByCode.get(code)?.name ?? code,
      alwaysAllowed: input.alwaysAllowed,
    },
  );
}

/** What is planned, what was done today (`gone`: and is not counted in `base` any more), what there is. */
export interface Counted {
  readonly planned: Tally;
  readonly done: Tally;
  readonly gone: Tally;
  readonly base: Tally;
}

export interface Measure {
  readonly limits?: readonly Limit[] | undefined;
  readonly suffix: string;
  readonly nameOf: (unitCode: string) => string;
  readonly alwaysAllowed?: number | undefined;
}

/** Per run, per day, per top unit (D2). */
export function limitLines(
  { planned, done, gone, base }: Counted,
  { limits, suffix, nameOf, alwaysAllowed }: Measure,
): GuardLine[] {
  const floor = alwaysAllowed ?? ALWAYS_ALLOWED;
  return (limits ?? DEFAULT_LIMITS).flatMap((limit): GuardLine[] => {
    switch (limit.scope) {
      case 'run':
        return [lineOf(limit, `本次${suffix}`, planned.total, 0, base.total, floor)];
      case 'day':
        return [
          lineOf(limit, `今天累计${suffix}`, planned.total, done.total, base.total + gone.total, floor),
        ];
      case 'topUnit':
        return [...planned.byTop.keys()].sort().map((code) => {
          const [count, before] = [planned.byTop.get(code) ?? 0, done.byTop.get(code) ?? 0];
          const name = nameOf(code);
          return lineOf(
            limit,
            `${name}${suffix}`,
            count,
            before,
            (base.byTop.get(code) ?? 0) + (gone.byTop.get(code) ?? 0),
            floor,
          );
        });
    }
  });
}

/** @param base without what was done today: those people are not employed any more, so they are added */
function lineOf(
  { scope, max, maxPercent }: Limit,
  scopeName: string,
  planned: number,
  alreadyToday: number,
  base: number,
  alwaysAllowed: number,
): GuardLine {
  const total = planned + alreadyToday;
  const overMax = total > max;
  const overPercent = total > alwaysAllowed && total * 100 > base * maxPercent;
  const exceeded = planned > 0 && (overMax || overPercent);
  return { scope, scopeName, planned, alreadyToday, base, max, maxPercent, exceeded };
}

export function exceededWords({
  scopeName,
  planned,
  alreadyToday,
  base,
  max,
  maxPercent,
}: GuardLine): string {
  const before = alreadyToday > 0 ? `，今天已有 ${alreadyToday}` : '';
  return `${scopeName}：计划 ${planned}${before}，共 ${base}，上限 ${max} 且不超过 ${maxPercent}%`;
}
