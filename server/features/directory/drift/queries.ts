import type { Actor } from '../../../kernel/actor.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { massOf } from './automatic.ts';
import type { PolicyAnswer, SummaryAnswer } from './contract.ts';
import type { DriftContext } from './deps.ts';
import { POLICY_ACTIONS, READABLE, whyNotPolicy, type Field } from './fields.ts';
import { partOf } from './part.ts';
import { policiesOf } from './policies.ts';
import { isWhole, MONTH_MS, recent, scopeFor, within } from './rights.ts';
import { lastRun } from './run-store.ts';
import type { DifferenceRow } from './tables.ts';

export async function summary(ctx: DriftContext, reads: Reads, actor: Actor): Promise<SummaryAnswer> {
  const scope = await scopeFor(ctx, reads, actor, 'view');
  const { sql, params } = within(scope, 'view', reads.now);
  const grouped = <T>(columns: string, condition: string, more: readonly unknown[] = []): Promise<T[]> =>
    reads.em.query<T[]>(
      `select ${columns}, count(*) as n from directory_difference d where ${condition} and ${sql} group by ${columns}`,
      [...more, ...params],
    );
  const counts = await grouped<{ field: Field; state: DifferenceRow['state']; n: number }>(
    'd.field, d.state',
    recent(reads.now).sql,
    recent(reads.now).params,
  );
  const settled = await grouped<{ state: DifferenceRow['state']; n: number }>('d.state', 'd.settledAt > ?', [
    reads.now - MONTH_MS,
  ]);
  const [open] = await reads.em.query<
    { oldest: number | string | null; people: number | string; units: number | string }[]
  >(
    `select min(d.openedAt) as oldest, count(distinct case when d.subjectType = 'person' then d.subjectId end) as people,
       count(distinct case when d.subjectType = 'unit' then d.subjectId end) as units
     from directory_difference d where d.state = 'open' and ${sql}`,
    [...params],
  );
  const run = await lastRun(reads);
  const part = await partOf(reads, scope, await ctx.directory.orgOf(reads));
  const mass = part === null ? await massOf(ctx, reads) : null;
  const mayAct = await may(ctx, reads, actor);
  return {
    compares: ctx.pushes,
    lastRun: run && {
      state: run.state,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      units: part?.counts.units ?? run.units,
      members: part?.counts.people ?? run.members,
      detailed: part === null ? run.detailed : detailedIn(run, part.counts.people),
      refusedCode: run.refusedCode,
      mass: part === null && Boolean(run.mass),
    },
    counts: counts.map(({ field, state, n }) => ({ field, state, count: Number(n) })),
    settled: settled.map(({ state, n }) => ({ state, count: Number(n) })),
    oldestOpenAt: instantOrNull(open?.oldest),
    openPeople: Number(open?.people ?? 0),
    openUnits: Number(open?.units ?? 0),
    part: part && [...part.units],
    mass: mass?.isMass ? { subjects: mass.subjects, total: mass.total } : null,
    readable: [...READABLE],
    can: mayAct,
  };
}

/** Whom of a part 企业微信 did not let us read is only known when it was nobody. */
const detailedIn = (run: { members: number; detailed: number }, people: number): number | null =>
  run.detailed >= run.members ? people : null;

const instantOrNull = (value: number | string | null | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

async function may(ctx: DriftContext, reads: Reads, actor: Actor): Promise<SummaryAnswer['can']> {
  const scope = await ctx.scopeOf(reads, actor);
  const isManager = isWhole(scope, 'manage');
  return {
    act: isManager || scope.unitsFor('directory', 'manage')?.size !== 0,
    policy: isManager,
    compare: isManager && ctx.pushes,
  };
}

/** Everybody who sees differences may know by which rule they are proposed to be settled. */
export async function policyAnswer(ctx: DriftContext, reads: Reads, actor: Actor): Promise<PolicyAnswer> {
  await scopeFor(ctx, reads, actor, 'view');
  const org = await ctx.directory.orgOf(reads);
  const policies = await policiesOf(reads);
  return {
    items: [...policies.values()].map(({ field, action, automatic, changed }) => ({
      field,
      action,
      automatic,
      changed: changed && {
        at: changed.changedAt,
        by: org.person(changed.changedBy)?.name ?? changed.changedBy,
      },
      actions: POLICY_ACTIONS.filter(
        (one) => whyNotPolicy(field, { action: one, automatic: false }) === null,
      ).map((one) => ({
        action: one,
        automatic: whyNotPolicy(field, { action: one, automatic: true }) === null,
      })),
    })),
    can: { change: (await may(ctx, reads, actor)).policy },
  };
}
