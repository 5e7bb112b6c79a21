import { instantOf } from '../../../../kernel/dates.ts';
import { among } from '../../../../platform/db/among.ts';
import type { Reads } from '../../../../platform/db/unit-of-work.ts';
import type { PackageReach, Units } from './context.ts';
import type { PackageRow } from './tables.ts';

/** Cases in one package: a busy month of a college. */
export const MOST_CASES = 500;

export type Wanted = Pick<PackageRow, 'templateKey' | 'unitId' | 'fromOn' | 'untilOn'>;

/** Units whose requests are asked for, within what the asker reaches; null: all. */
export function unitsWanted(org: Units, reach: PackageReach, unitId: string | null): PackageReach {
  if (unitId === null) return reach;
  const below = org.units().filter((unit) => org.isWithin(unit.unitId, unitId));
  return new Set(below.map((unit) => unit.unitId).filter((id) => reach === null || reach.has(id)));
}

export interface FoundCase {
  readonly instanceId: string;
  /** Of its applicant, when it was handed in. */
  readonly unitId: string;
}

/** In order of time, one more than there may be. */
export async function findCases(reads: Reads, wanted: Wanted, units: PackageReach): Promise<FoundCase[]> {
  const inUnits = units === null ? null : among('applicantUnitId', [...units]);
  const clauses = ['submittedAt >= ?', 'submittedAt < ?'];
  const params: (string | number)[] = [instantOf(wanted.fromOn), instantOf(wanted.untilOn)];
  if (wanted.templateKey !== null) {
    clauses.push('templateKey = ?');
    params.push(wanted.templateKey);
  }
  if (inUnits) {
    clauses.push(inUnits.sql);
    params.push(...inUnits.params);
  }
  return reads.em.query<FoundCase[]>(
    `select id as instanceId, applicantUnitId as unitId from approval_instance where ${clauses.join(' and ')} order by submittedAt, id limit ${String(MOST_CASES + 1)}`,
    params,
  );
}
