import { dateOf } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Org } from '../org.ts';
import type { DriftScope } from './deps.ts';
import { isWhole } from './rights.ts';

/** What somebody with a part of the institution looks at. */
export interface Part {
  /** Names of the topmost units. */
  readonly units: readonly string[];
  /** Departments and members that are compared within it. */
  readonly counts: { readonly units: number; readonly people: number };
}

/** Null for the whole institution. Figures of a part are those of the part (H1). */
export async function partOf(reads: Reads, scope: DriftScope, org: Org): Promise<Part | null> {
  if (isWhole(scope, 'view')) return null;
  const ids = scope.unitsFor('directory', 'view');
  const inside = org.units().filter(({ unitId }) => ids === null || ids.has(unitId));
  const isTop = (parentId: string | null) => parentId === null || (ids !== null && !ids.has(parentId));
  return {
    units: inside.filter(({ parentId }) => isTop(parentId)).map(({ name }) => name),
    counts: { units: await unitsIn(reads, scope), people: await peopleIn(reads, scope) },
  };
}

const ASK = { moduleKey: 'directory', duty: 'view' } as const;
const first = (rows: readonly { n: number | string }[]): number => Number(rows[0]?.n ?? 0);

async function unitsIn(reads: Reads, scope: DriftScope): Promise<number> {
  const { sql, params } = scope.toFilter(ASK, { unit: 'm.id', category: null });
  return first(
    await reads.em.query(
      `select count(*) as n from wecom_department_mirror m where m.written <> '{}' and ${sql}`,
      [...params],
    ),
  );
}

async function peopleIn(reads: Reads, scope: DriftScope): Promise<number> {
  const { sql, params } = scope.toFilter(ASK, { unit: 'a.unitId', category: 'p.category' });
  const today = dateOf(reads.now);
  return first(
    await reads.em.query(
      `select count(distinct p.id) as n from wecom_member_mirror m join person p on p.id = m.id
       join assignment a on a.personId = p.id
       where m.written <> '{}' and a.sinceOn <= ? and (a.untilOn is null or a.untilOn > ?) and ${sql}`,
      [today, today, ...params],
    ),
  );
}
