import { among } from '../../../platform/db/among.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Stage } from '../contract.ts';
import { NO_FIGURES, sumOf, type Counted } from '../score.ts';
import { ScoreTable, type PlanRow, type ScoreRow } from '../tables.ts';

export interface UnitCounted {
  readonly unitId: string | null;
  /** As it was called when the plan ended; null: as it is called now. */
  readonly unitName: string | null;
  readonly counted: Counted;
}

interface Row {
  readonly unitId: string | null;
  readonly stage: Stage;
  readonly n: number | string;
  readonly overdue: number | string | null;
  readonly late: number | string | null;
  readonly ok: number | string | null;
  readonly missing: number | string | null;
  readonly wrong: number | string | null;
}

/**
 * How far a plan is, by unit, in one query.
 * @param unitIds null: all of them
 */
export async function figuresByUnit(
  { em, now }: Reads,
  planId: string,
  unitIds: ReadonlySet<string> | null,
): Promise<UnitCounted[]> {
  const part = unitIds === null ? { sql: '1 = 1', params: [] } : among('unitId', [...unitIds]);
  const rows = await em.query<Row[]>(
    `select unitId, stage, count(*) as n,
       sum(case when dueAt is not null and dueAt <= ? then 1 else 0 end) as overdue,
       sum(case when isLate = 1 or (dueAt is not null and dueAt <= ?) then 1 else 0 end) as late,
       sum(okCount) as ok, sum(missingCount) as missing, sum(wrongCount) as wrong
     from file_audit_file where planId = ? and ${part.sql} group by unitId, stage`,
    [now, now, planId, ...part.params],
  );
  const units = new Map<string | null, Counted>();
  for (const row of rows) {
    const isJudged = row.stage === 'done';
    const one: Counted = {
      ...NO_FIGURES,
      people: Number(row.n),
      [row.stage]: Number(row.n),
      overdue: Number(row.overdue ?? 0),
      late: Number(row.late ?? 0),
      ok: isJudged ? Number(row.ok ?? 0) : 0,
      missing: isJudged ? Number(row.missing ?? 0) : 0,
      wrong: isJudged ? Number(row.wrong ?? 0) : 0,
    };
    units.set(row.unitId, sumOf([units.get(row.unitId) ?? NO_FIGURES, one]));
  }
  return [...units].map(([unitId, counted]) => ({ unitId, unitName: null, counted }));
}

/** What was frozen at the end, when the files themselves may be gone. */
export async function frozenByUnit(
  { em }: Reads,
  planId: string,
  unitIds: ReadonlySet<string> | null,
): Promise<UnitCounted[]> {
  const rows = await em.getRepository(ScoreTable).find({ where: { planId }, order: { id: 'ASC' } });
  return rows
    .filter(({ unitId }) => unitIds === null || (unitId !== null && unitIds.has(unitId)))
    .map((row) => ({ unitId: row.unitId, unitName: row.unitName, counted: countedOf(row) }));
}

const countedOf = (row: ScoreRow): Counted => ({
  ...NO_FIGURES,
  people: row.people,
  done: row.doneCount,
  dropped: row.droppedCount,
  unfinished: row.unfinishedCount,
  late: row.lateCount,
  ok: row.okCount,
  missing: row.missingCount,
  wrong: row.wrongCount,
});

export const unitsOf = (
  reads: Reads,
  { id, state }: Pick<PlanRow, 'id' | 'state'>,
  unitIds: ReadonlySet<string> | null,
): Promise<UnitCounted[]> =>
  state === 'ended' ? frozenByUnit(reads, id, unitIds) : figuresByUnit(reads, id, unitIds);

export const wholeOf = async (
  reads: Reads,
  plan: Pick<PlanRow, 'id' | 'state'>,
  unitIds: ReadonlySet<string> | null,
): Promise<Counted> => sumOf((await unitsOf(reads, plan, unitIds)).map(({ counted }) => counted));
