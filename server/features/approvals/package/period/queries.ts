import { addDays } from '../../../../kernel/dates.ts';
import type { Reads } from '../../../../platform/db/unit-of-work.ts';
import type { z } from 'zod';
import { mustReach, type PeriodDeps } from './context.ts';
import type { PackagesAnswer, PackagesQuery } from './contract.ts';
import { MOST_CASES } from './find-cases.ts';
import { PackageTable } from './tables.ts';

/** One's own packages, newest first, and what one may ask for. */
export async function listPackages(
  deps: PeriodDeps,
  reads: Reads,
  personId: string,
  { cursor, limit }: z.output<typeof PackagesQuery>,
): Promise<PackagesAnswer> {
  const reach = await mustReach(deps, reads, personId);
  const org = await deps.unitsOf(reads);
  const templates = await deps.ctx.templates.all(reads);
  const query = reads.em
    .getRepository(PackageTable)
    .createQueryBuilder('p')
    .where('p.askedBy = :personId', { personId });
  const total = await query.getCount();
  if (cursor !== undefined) query.andWhere('p.id < :cursor', { cursor });
  const rows = await query
    .orderBy('p.id', 'DESC')
    .take(limit + 1)
    .getMany();
  const page = rows.slice(0, limit);
  return {
    items: page.map((row) => ({
      packageId: row.id,
      templateTitle: templates.find(({ key }) => key === row.templateKey)?.title ?? row.templateKey,
      unitName: row.unitId === null ? null : (org.unit(row.unitId)?.name ?? ''),
      fromOn: row.fromOn,
      toOn: addDays(row.untilOn, -1),
      state: row.state,
      cases: row.caseCount,
      done: row.doneCount,
      bytes: row.bytes,
      askedAt: row.askedAt,
      endedAt: row.endedAt,
      takenAt: row.takenAt,
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    total,
    templates: templates.map(({ key, title }) => ({ key, title })),
    units:
      reach === null
        ? null
        : [...reach].flatMap((unitId) => {
            const unit = org.unit(unitId);
            return unit ? [{ unitId, name: unit.name }] : [];
          }),
    mostCases: MOST_CASES,
  };
}
