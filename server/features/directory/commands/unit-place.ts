import { conflict, notFound, refused } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { UnitTable, type UnitRow } from '../tables.ts';
import { MAX_DEPTH } from '../unit-tree.ts';

/** What 企业微信 holds (C5): departments in all, and departments and members directly in one. */
const MAX_UNITS = 30_000;
const MAX_NODES = 30_000;

export async function activeUnit(reads: Reads, unitId: string): Promise<UnitRow> {
  const unit = await reads.em.getRepository(UnitTable).findOneBy({ id: unitId });
  if (unit?.state !== 'active') throw notFound('directory.unknown_unit');
  return unit;
}

/**
 * May a unit be called this and lie there? Asked of the neighbourhood only, under the directory's lock.
 * @param unitId null for a new one
 * @throws refused `directory.unit_cycle` (C3), `unit_too_deep`, `unit_full` (C5), conflict `unit_name_taken` (C4)
 */
export async function mustFit(
  reads: Reads,
  unitId: string | null,
  name: string,
  parent: UnitRow,
  isMove: boolean,
): Promise<void> {
  const siblings = await childrenOf(reads, [parent.id]);
  if (siblings.some((other) => other.id !== unitId && other.name === name))
    throw conflict('directory.unit_name_taken', { unit: name });
  if (!isMove) return;
  const above = await lineage(reads, parent);
  if (unitId !== null && above.includes(unitId)) throw refused('directory.unit_cycle', { unit: name });
  const height = unitId === null ? 1 : await heightOf(reads, unitId);
  if (above.length + height > MAX_DEPTH) throw refused('directory.unit_too_deep', { unit: name });
  const nodes = siblings.length + (await membersIn(reads, parent.id));
  const all = unitId === null ? await countUnits(reads) : 0;
  if (nodes >= MAX_NODES || all >= MAX_UNITS) throw refused('directory.unit_full', { unit: parent.name });
}

/** From the unit up to the institution, both included. */
async function lineage(reads: Reads, unit: UnitRow): Promise<string[]> {
  const ids = [unit.id];
  for (let parentId = unit.parentId; parentId !== null && !ids.includes(parentId);) {
    ids.push(parentId);
    const rows: { parentId: string | null }[] = await reads.em.query(
      'select parentId from unit where id = ?',
      [parentId],
    );
    parentId = rows[0]?.parentId ?? null;
  }
  return ids;
}

/** Levels from the unit downwards, itself included. */
async function heightOf(reads: Reads, unitId: string): Promise<number> {
  let height = 0;
  for (let level = [unitId]; level.length > 0 && height <= MAX_DEPTH;) {
    height += 1;
    level = (await childrenOf(reads, level)).map((unit) => unit.id);
  }
  return height;
}

async function childrenOf(
  reads: Reads,
  parentIds: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const found: { id: string; name: string }[] = [];
  for (let at = 0; at < parentIds.length; at += 500) {
    const some = parentIds.slice(at, at + 500);
    const rows: { id: string; name: string }[] = await reads.em.query(
      `select id, name from unit where state = 'active' and parentId in (${some.map(() => '?').join(', ')})`,
      some,
    );
    found.push(...rows);
  }
  return found;
}

const countOf = (rows: readonly { n: number | string }[]) => Number(rows[0]?.n ?? 0);

async function countUnits(reads: Reads): Promise<number> {
  return countOf(await reads.em.query(`select count(*) as n from unit where state = 'active'`));
}

async function membersIn(reads: Reads, unitId: string): Promise<number> {
  return countOf(
    await reads.em.query('select count(*) as n from assignment where unitId = ? and untilOn is null', [
      unitId,
    ]),
  );
}

/**
 * May everything of a unit go to the other one? What each sub-unit may is asked when it moves.
 * @throws refused `directory.unit_cycle` when the successor is the unit or lies in it, `unit_full` (C5)
 */
export async function mustTake(
  reads: Reads,
  unit: UnitRow,
  successor: UnitRow,
  people: number,
): Promise<void> {
  if ((await lineage(reads, successor)).includes(unit.id))
    throw refused('directory.unit_cycle', { unit: unit.name });
  const nodes = (await childrenOf(reads, [successor.id])).length + (await membersIn(reads, successor.id));
  if (nodes + people > MAX_NODES) throw refused('directory.unit_full', { unit: successor.name });
}

/** Who holds a post in the unit on that day or later, by id. */
export async function peopleIn(reads: Reads, unitId: string, on: string): Promise<string[]> {
  const rows: { personId: string }[] = await reads.em.query(
    `select distinct a.personId as personId from assignment a join person p on p.id = a.personId
     where a.unitId = ? and p.state <> 'left' and (a.untilOn is null or a.untilOn > ?) order by a.personId`,
    [unitId, on],
  );
  return rows.map((row) => row.personId);
}

/** Who and what is in a unit now or is to come (C6). */
export async function contentOf(
  reads: Reads,
  unitId: string,
  on: string,
): Promise<{ people: number; units: number }> {
  const people = await peopleIn(reads, unitId, on);
  return { people: people.length, units: (await childrenOf(reads, [unitId])).length };
}
