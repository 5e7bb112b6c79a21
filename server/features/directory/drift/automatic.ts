import { In } from 'typeorm';
import { DAY_MS, dateOf } from '../../../kernel/dates.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { doesAlone } from './acts.ts';
import { carryOut } from './carry-out.ts';
import { DRIFT_PATH, type DriftContext } from './deps.ts';
import type { Field } from './fields.ts';
import { isMass } from './guard.ts';
import { policiesOf, type PolicyInForce } from './policies.ts';
import { DifferenceTable } from './tables.ts';

const ROWS_AT_ONCE = 500;
export const TELL_MASS = 'directory.driftTellMass';

export interface Mass {
  readonly subjects: number;
  readonly total: number;
  readonly isMass: boolean;
}

/** How many people and units were found different within a day, of how many; noise that is ignored does not count. */
export async function massOf(ctx: DriftContext, reads: Reads): Promise<Mass> {
  const policies = await policiesOf(reads);
  const rows: { subjectType: string; subjectId: string; field: Field }[] = await reads.em.query(
    `select distinct subjectType, subjectId, field from directory_difference
     where openKey is not null and openedAt > ?`,
    [reads.now - DAY_MS],
  );
  const counted = rows.filter(({ field }) => !isNoise(policies.get(field)));
  const subjects = new Set(counted.map(({ subjectType, subjectId }) => `${subjectType}:${subjectId}`)).size;
  const total =
    (await count(reads, `select count(*) as n from wecom_member_mirror where written <> '{}'`)) +
    (await count(reads, `select count(*) as n from wecom_department_mirror where written <> '{}'`));
  return { subjects, total, isMass: isMass(subjects, total, ctx.limits) };
}

const isNoise = (policy: PolicyInForce | undefined): boolean =>
  policy?.action === 'ignore' && policy.automatic;

async function count(reads: Reads, sql: string): Promise<number> {
  const rows: { n: number | string }[] = await reads.em.query(sql);
  return Number(rows[0]?.n ?? 0);
}

/**
 * What the policies settle without a person. In a mass only what is ignored by rule: nothing is written and nobody
 * is sent hundreds of questions; somebody is told to look (D3).
 */
export async function settleAlone(ctx: DriftContext, tx: Tx): Promise<Mass> {
  const policies = await policiesOf(tx);
  const alone = [...policies.values()].filter(({ automatic }) => automatic).map(({ field }) => field);
  const rows = await tx.em.getRepository(DifferenceTable).find({
    where: { state: 'open', field: In(alone) },
    order: { id: 'ASC' },
    take: ROWS_AT_ONCE,
  });
  const mass = await massOf(ctx, tx);
  for (const act of ['ignore', 'take', 'putBack'] as const) {
    if (mass.isMass && act !== 'ignore') continue;
    const due = rows.filter((row) => {
      const policy = policies.get(row.field);
      return policy?.action === act && doesAlone(row, policy);
    });
    if (due.length > 0) await carryOut(ctx, tx, act, due, act === 'ignore' ? BY_RULE : null);
  }
  if (mass.isMass) enqueue(tx, { name: TELL_MASS, key: dateOf(tx.now), payload: {} });
  return mass;
}

/** Its own job, one per day: the key keeps it from being told again by the next finding. */
export async function tellOfMass(ctx: DriftContext, tx: Tx): Promise<void> {
  const { subjects, total } = await massOf(ctx, tx);
  await ctx.sockets.tellMass(tx, { subjects, total, path: DRIFT_PATH });
}

const BY_RULE = '按规则不管';
