import type { PersonActor } from '../../../../kernel/actor.ts';
import { addDays } from '../../../../kernel/dates.ts';
import { forbidden, notFound, refused } from '../../../../kernel/errors.ts';
import { newId } from '../../../../kernel/id.ts';
import { recordAct } from '../../../../platform/audit/index.ts';
import { insertRows } from '../../../../platform/db/rows.ts';
import type { Reads } from '../../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../../platform/jobs/index.ts';
import type { AskPackageRequest } from './contract.ts';
import { mustReach, type PeriodDeps } from './context.ts';
import { findCases, type FoundCase, MOST_CASES, unitsWanted, type Wanted } from './find-cases.ts';
import { PackageTable, type PackageRow } from './tables.ts';

export const MAKE_JOB = 'approvals.package';

/**
 * Asked for, recorded with what for, counted, and left to the job.
 * @throws forbidden `approvals.package_not_yours`; notFound `approvals.template_unknown`; refused
 * `approvals.package_empty`, `approvals.package_too_large`, `approvals.package_under_way`
 */
export function askPackage(
  deps: PeriodDeps,
  actor: PersonActor,
  { purpose, toOn, fromOn, templateKey, unitId }: AskPackageRequest,
): Promise<{ packageId: string; cases: number }> {
  const wanted: Wanted = {
    templateKey: templateKey ?? null,
    unitId: unitId ?? null,
    fromOn,
    untilOn: addDays(toOn, 1),
  };
  return deps.ctx.db.write(actor, async (tx) => {
    const cases = await casesFor(deps, tx, actor.personId, wanted);
    if (cases.length === 0) throw refused('approvals.package_empty');
    if (cases.length > MOST_CASES) throw refused('approvals.package_too_large', { most: MOST_CASES });
    const packages = tx.em.getRepository(PackageTable);
    if (await packages.existsBy({ askedBy: actor.personId, state: 'making' }))
      throw refused('approvals.package_under_way');
    const row: PackageRow = {
      id: newId(),
      askedBy: actor.personId,
      ...wanted,
      state: 'making',
      caseCount: cases.length,
      doneCount: 0,
      unitIds: null,
      bytes: null,
      askedAt: tx.now,
      endedAt: null,
      takenAt: null,
    };
    await insertRows(tx, PackageTable, [row]);
    recordAct(tx, {
      action: 'approvals.ask_package',
      targetType: 'approval_package',
      targetId: row.id,
      after: { ...wanted, cases: cases.length },
      personal: { personId: actor.personId, after: { purpose } },
    });
    enqueue(tx, { name: MAKE_JOB, key: row.id, payload: { packageId: row.id } });
    return { packageId: row.id, cases: cases.length };
  });
}

/** By what the asker reaches now: asked at the start and again when it is made (H1). */
export async function casesFor(
  deps: PeriodDeps,
  reads: Reads,
  personId: string,
  wanted: Wanted,
): Promise<FoundCase[]> {
  const reach = await mustReach(deps, reads, personId);
  const org = await deps.unitsOf(reads);
  const { unitId, templateKey } = wanted;
  if (unitId !== null && (!org.unit(unitId) || (reach !== null && !reach.has(unitId))))
    throw forbidden('approvals.package_not_yours');
  if (templateKey !== null) {
    const known = await deps.ctx.templates.all(reads);
    if (!known.some(({ key }) => key === templateKey)) throw notFound('approvals.template_unknown');
  }
  return findCases(reads, wanted, unitsWanted(org, reach, unitId));
}
