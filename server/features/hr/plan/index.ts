/**
 * Planning: from what a source said and what is stored to a plan, and whether the plan may be carried out. Pure.
 *
 * - `makePlan(snapshot, known, options)` → `MadePlan`: changes in the order of doing, doubts, hash.
 * - `guard(plan, input)` → `GuardResult`: limits and floors (A1, A2, A7, D1-D4).
 * - `harmlessPart(changes)`: what may be done when nothing destructive may (D3).
 * - `planHash(plan, hash)`: the hash of a stored plan, to be compared before it is confirmed or carried out.
 * - `match(rows, indexKnown(known), options)`: who each row is (B1-B8), for showing a correlation by itself.
 */
export { concerns, type Concerned } from './concerns.ts';
export { exceededWords, guard, limitLines, tally, type DoneToday, type GuardInput } from './guard.ts';
export { ALWAYS_ALLOWED, DEFAULT_LIMITS, FLOOR_PERCENT } from './guard-limits.ts';
export { harmlessPart } from './harmless.ts';
export { changeKey, doubtKey } from './keys.ts';
export { indexKnown, type KnownIndex } from './known-index.ts';
export { makePlan } from './make-plan.ts';
export { isSettled, match, type Match, type MatchOptions, type Settled, type Unsettled } from './match.ts';
export { planHash } from './plan-hash.ts';
export type {
  Decision,
  Decisions,
  Figures,
  MadePlan,
  PlannedChange,
  PlanOptions,
  SetValue,
  Withheld,
} from './types.ts';
export { MAX_DEPTH, MAX_NODES, MAX_UNITS } from './unit-goals.ts';
