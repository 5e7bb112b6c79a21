/**
 * 代理审批: who stands in for whom, on which day, for which requests. Pure; days are calendar dates in Asia/Shanghai and
 * ranges half-open (R31, R38).
 */
import type { CalendarDate } from '../../kernel/dates.ts';

/** A kind of request, and the group of the service hall it stands in. */
export interface Kind {
  readonly key: string;
  readonly group: string;
}

/** All requests, some kinds of them, or whatever stands in some groups, also what comes into them later. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'templates'; readonly keys: readonly string[] }
  | { readonly kind: 'groups'; readonly groups: readonly string[] };

/** A rule that has not been ended early. */
export interface Standing {
  readonly principalId: string;
  readonly agentId: string;
  readonly fromOn: CalendarDate;
  /** First day it holds no more. */
  readonly untilOn: CalendarDate;
  readonly scope: Scope;
}

export type Days = Pick<Standing, 'fromOn' | 'untilOn'>;

/**
 * For which days somebody who will be away could name an agent, when `added` became part of their absence. Nothing where
 * they thought of some of the added days already; all of the absence where nobody stands in on any of it; else the days
 * around the added ones up to those somebody stands in on.
 * @param own the principal's rules that touch the absence
 */
export function daysWithoutAgent(absence: Days, added: Days, own: readonly Days[]): Days | null {
  if (own.some((one) => one.fromOn < added.untilOn && added.fromOn < one.untilOn)) return null;
  const before = own.map(({ untilOn }) => untilOn).filter((on) => on <= added.fromOn);
  const after = own.map(({ fromOn }) => fromOn).filter((on) => on >= added.untilOn);
  return {
    fromOn: [absence.fromOn, ...before].reduce((a, b) => (a > b ? a : b)),
    untilOn: [absence.untilOn, ...after].reduce((a, b) => (a < b ? a : b)),
  };
}

/** A→B, B→C, C→D and no further: who is asked must know for whom. */
const MAX_STEPS = 3;

export const isInForce = ({ fromOn, untilOn }: Standing, today: CalendarDate): boolean =>
  fromOn <= today && today < untilOn;

export function covers(scope: Scope, { key, group }: Kind): boolean {
  if (scope.kind === 'all') return true;
  return scope.kind === 'templates' ? scope.keys.includes(key) : scope.groups.includes(group);
}

/**
 * Who stands in for somebody at last: an agent who is away has an agent too (R31).
 * @param inForce the rules of today
 * @returns null: they act themselves; so it is on a cycle, and where the chain is too long
 */
export function agentAt(inForce: readonly Standing[], kind: Kind, personId: string): string | null {
  const next = (id: string) =>
    inForce.find((one) => one.principalId === id && covers(one.scope, kind))?.agentId;
  const seen = [personId];
  for (let id = next(personId); id !== undefined; id = next(id)) {
    if (seen.includes(id) || seen.length > MAX_STEPS) return null;
    seen.push(id);
  }
  const last = seen.at(-1);
  return last === undefined || last === personId ? null : last;
}

/**
 * Why a rule cannot stand beside the others (R31). `self`: nobody is their own agent. `twice`: the principal has an agent
 * for some of this already. `cycle`: it would come back to the principal.
 * @param kinds that are in force, to know which of them stand in a group
 */
export function conflictOf(
  proposed: Standing,
  others: readonly Standing[],
  kinds: readonly Kind[],
): { readonly why: 'self' | 'twice' | 'cycle'; readonly other: Standing | null } | null {
  if (proposed.agentId === proposed.principalId) return { why: 'self', other: null };
  const own = others.find(
    (one) => one.principalId === proposed.principalId && meet(one, proposed, kinds) !== null,
  );
  if (own !== undefined) return { why: 'twice', other: own };
  const back = wayBack(proposed, { others, kinds, principalId: proposed.principalId }, []);
  return back === null ? null : { why: 'cycle', other: back };
}

interface Way {
  readonly others: readonly Standing[];
  readonly kinds: readonly Kind[];
  readonly principalId: string;
}

/** The first rule of a chain that leads from this one's agent to the principal on one day, for one kind of request. */
function wayBack(from: Standing, way: Way, passed: readonly Standing[]): Standing | null {
  for (const one of way.others) {
    if (one.principalId !== from.agentId || passed.includes(one)) continue;
    const common = meet(from, one, way.kinds);
    if (common === null) continue;
    if (one.agentId === way.principalId) return one;
    const further = { ...common, agentId: one.agentId };
    if (wayBack(further, way, [...passed, one]) !== null) return one;
  }
  return null;
}

/** What two rules have in common: the days and kinds of request of both; null: nothing. */
function meet(a: Standing, b: Standing, kinds: readonly Kind[]): Standing | null {
  const fromOn = a.fromOn > b.fromOn ? a.fromOn : b.fromOn;
  const untilOn = a.untilOn < b.untilOn ? a.untilOn : b.untilOn;
  const scope = commonScope(a.scope, b.scope, kinds);
  return fromOn < untilOn && scope !== null ? { ...a, fromOn, untilOn, scope } : null;
}

function commonScope(a: Scope, b: Scope, kinds: readonly Kind[]): Scope | null {
  if (a.kind === 'all') return b;
  if (b.kind === 'all') return a;
  if (a.kind === 'groups' && b.kind === 'groups') {
    const groups = a.groups.filter((group) => b.groups.includes(group));
    return groups.length === 0 ? null : { kind: 'groups', groups };
  }
  const keys = keysOf(a, kinds).filter((key) => keysOf(b, kinds).includes(key));
  return keys.length === 0 ? null : { kind: 'templates', keys };
}

const keysOf = (scope: Exclude<Scope, { kind: 'all' }>, kinds: readonly Kind[]): readonly string[] =>
  scope.kind === 'templates' ? scope.keys : kinds.filter((kind) => covers(scope, kind)).map(({ key }) => key);
