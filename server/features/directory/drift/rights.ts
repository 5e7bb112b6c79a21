import type { Actor } from '../../../kernel/actor.ts';
import { forbidden } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { DAY_MS, dateOf } from '../../../kernel/dates.ts';
import type { DriftContext, DriftScope } from './deps.ts';

/** Key of the module in `config/modules.json`: 通讯录. */
const MODULE = 'directory';
const CATEGORIES = ['internal', 'external', 'entrusted'] as const;

export type Duty = 'view' | 'manage';

/** The whole institution, with what belongs to no unit of it: strangers, foreign departments, former people. */
export const isWhole = (scope: DriftScope, duty: Duty): boolean =>
  CATEGORIES.every((category) => scope.covers({ unitIds: [], moduleKey: MODULE, category, duty }));

const isSomewhere = (scope: DriftScope, duty: Duty): boolean => scope.unitsFor(MODULE, duty)?.size !== 0;

/** @throws forbidden to who may see or do nothing of the directory anywhere */
export async function scopeFor(
  ctx: DriftContext,
  reads: Reads,
  actor: Actor,
  duty: Duty,
): Promise<DriftScope> {
  const scope = await ctx.scopeOf(reads, actor);
  if (!isSomewhere(scope, duty)) throw forbidden('directory.drift_no_right');
  return scope;
}

/** @throws forbidden unless the actor manages the whole institution's directory */
export async function mustManageWhole(ctx: DriftContext, reads: Reads, actor: Actor): Promise<void> {
  if (!isWhole(await scopeFor(ctx, reads, actor, 'manage'), 'manage'))
    throw forbidden('directory.drift_not_whole');
}

export interface Condition {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/**
 * The rows `d` within a scope (H1), by where people and units are now: a person by the posts held today, a unit by
 * itself. Lists, counts and acts use this one condition.
 */
export function within(scope: DriftScope, duty: Duty, now: number): Condition {
  if (isWhole(scope, duty)) return { sql: '1 = 1', params: [] };
  const ask = { moduleKey: MODULE, duty };
  const ofPeople = scope.toFilter(ask, { unit: 'a.unitId', category: 'p.category' });
  const ofUnits = scope.toFilter(ask, { unit: 'd.subjectId', category: null });
  const today = dateOf(now);
  return {
    sql: `((d.subjectType = 'person' and exists (
        select 1 from person p join assignment a on a.personId = p.id
        where p.id = d.subjectId and a.sinceOn <= ? and (a.untilOn is null or a.untilOn > ?) and ${ofPeople.sql}))
      or (d.subjectType = 'unit' and ${ofUnits.sql}))`,
    params: [today, today, ...ofPeople.params, ...ofUnits.params],
  };
}

export const MONTH_MS = 30 * DAY_MS;

/** Not settled, or settled in the last 30 days: lists and counts tell the same (H1). */
export const recent = (now: number): Condition => ({
  sql: '(d.openKey is not null or d.settledAt > ?)',
  params: [now - MONTH_MS],
});
