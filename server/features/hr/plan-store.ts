import { notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { insertRows, updateCount } from '../../platform/db/rows.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { DESTRUCTIVE, type Plan } from './model.ts';
import {
  ChangeTable,
  type ChangeRow,
  DoubtTable,
  PlanTable,
  type PlanRow,
  type StepResult,
} from './tables.ts';

/** @throws notFound `hr.unknown_plan` */
export async function loadPlan(reads: Reads, planId: string): Promise<PlanRow> {
  const row = await reads.em.getRepository(PlanTable).findOneBy({ id: planId });
  if (!row) throw notFound('hr.unknown_plan');
  return row;
}

/** Plans of a statement that nobody has started: what they were made from is not what is there any more. */
export const outdatePlansOf = (tx: Tx, batchId: string): Promise<unknown> =>
  tx.em.query(
    `update hr_plan set state = 'outdated', version = version + 1
     where batchId = ? and state in ('empty', 'stopped', 'waiting', 'confirmed')`,
    [batchId],
  );

export const isDestructive = ({ kind }: { kind: ChangeRow['kind'] }): boolean => DESTRUCTIVE.includes(kind);

/** A plan with all its changes and doubts: complete before the first write (D1). */
export async function keepPlan(tx: Tx, row: PlanRow, { changes, doubts }: Plan): Promise<void> {
  await insertRows(tx, PlanTable, [row]);
  await insertRows(
    tx,
    ChangeTable,
    changes.map((change, at) => ({
      id: newId(),
      planId: row.id,
      seq: at + 1,
      changeKey: change.key,
      stage: change.stage,
      kind: change.kind,
      destructive: isDestructive(change),
      targetId: change.target.id,
      targetRef: change.target.ref,
      targetName: change.target.name.slice(0, 128),
      topUnitCode: change.topUnitCode,
      effectiveOn: change.effectiveOn,
      content: change,
      result: 'waiting' as const,
      attempts: 0,
      retryAt: null,
      errorCode: null,
      doneAt: null,
    })),
  );
  await insertRows(
    tx,
    DoubtTable,
    doubts.map((doubt, at) => ({
      id: newId(),
      planId: row.id,
      seq: at + 1,
      doubtKey: doubt.key,
      content: doubt,
    })),
  );
}

/** The next changes to do: in the order of the plan, failed ones only when their pause is over. */
export async function nextChanges(reads: Reads, planId: string, limit: number): Promise<ChangeRow[]> {
  return reads.em
    .getRepository(ChangeTable)
    .createQueryBuilder('c')
    .where('c.planId = :planId', { planId })
    .andWhere(`(c.result = 'waiting' or (c.result = 'retrying' and c.retryAt <= :now))`, { now: reads.now })
    .orderBy('c.seq')
    .limit(limit)
    .getMany();
}

export interface StepOutcome {
  readonly result: StepResult;
  readonly errorCode?: string | null;
  readonly retryAt?: number | null;
}

/** Note what became of a change, in the unit of work that did it: once done it is never done again (D5). */
export async function noteOutcome(tx: Tx, change: ChangeRow, outcome: StepOutcome): Promise<void> {
  await tx.em.getRepository(ChangeTable).update(
    { id: change.id },
    {
      result: outcome.result,
      errorCode: outcome.errorCode ?? null,
      retryAt: outcome.retryAt ?? null,
      attempts: change.attempts + 1,
      doneAt: outcome.result === 'done' || outcome.result === 'unchanged' ? tx.now : null,
    },
  );
}

/** As `noteOutcome`, of several that ended alike. */
export async function noteEnded(
  tx: Tx,
  result: 'done' | 'unchanged',
  changes: readonly ChangeRow[],
): Promise<void> {
  if (changes.length === 0) return;
  await updateCount(
    tx.em,
    `update hr_change set result = ?, errorCode = null, retryAt = null, attempts = attempts + 1, doneAt = ?
     where id in (${changes.map(() => '?').join(', ')})`,
    [result, tx.now, ...changes.map(({ id }) => id)],
  );
}

export type ResultCounts = Readonly<Record<StepResult, number>>;

const NONE: ResultCounts = {
  waiting: 0,
  done: 0,
  unchanged: 0,
  failed: 0,
  retrying: 0,
  planned: 0,
  skipped: 0,
};

export async function resultCounts(reads: Reads, planId: string): Promise<ResultCounts> {
  const rows = await reads.em.query<{ result: StepResult; n: number | string }[]>(
    'select result, count(*) as n from hr_change where planId = ? group by result',
    [planId],
  );
  return { ...NONE, ...Object.fromEntries(rows.map(({ result, n }) => [result, Number(n)])) };
}
