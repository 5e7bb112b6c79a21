import { notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { HrContext } from '../deps.ts';
import type { UnitFormAnswer } from './contract.ts';
import { BY_HAND } from './state-unit.ts';

/** What stands in the form before anybody changes it. */
export async function readUnitForm(
  { directory }: HrContext,
  reads: Reads,
  unitId: string,
): Promise<UnitFormAnswer> {
  const org = await directory.orgOf(reads);
  const unit = org.unit(unitId);
  if (unit?.state !== 'active') throw notFound('directory.unknown_unit');
  const parent = org.unit(unit.parentId ?? '');
  const staffNoOf = (personId: string | undefined | null) =>
    personId ? (org.person(personId)?.staffNo ?? null) : null;
  return {
    code: unit.code,
    name: unit.name,
    parentCode: parent?.code ?? null,
    parentUnitId: parent?.unitId ?? null,
    headStaffNo: staffNoOf(org.headsOf(unitId)[0]?.personId),
    leaderStaffNo: staffNoOf(unit.leaderInChargeId),
    sortOrder: unit.sortOrder,
    category: unit.category,
    owner: await ownerOfUnits(reads),
  };
}

/** Who last listed all units, in a statement that was carried out. */
async function ownerOfUnits(reads: Reads): Promise<UnitFormAnswer['owner']> {
  const rows = await reads.em.query<{ name: string; startedAt: number | string }[]>(
    `select b.sourceName as name, p.startedAt as startedAt from hr_plan p join hr_batch b on b.id = p.batchId
     where p.complete = ? and p.startedAt is not null and b.unitRows > 0 and p.sourceKey <> ?
     order by p.startedAt desc limit 1`,
    [true, BY_HAND],
  );
  const [last] = rows;
  return last ? { name: last.name, at: Number(last.startedAt) } : null;
}
