import type { CalendarDate } from '../../kernel/dates.ts';
import { newId } from '../../kernel/id.ts';
import { insertRows } from '../../platform/db/rows.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { loadRows } from './load-rows.ts';
import { createOrg, type Org, type OrgUnit } from './org.ts';
import { UnitVersionTable, type UnitRow } from './tables.ts';

/** First day of what was there when we began: nobody told us an earlier one. */
export const EVER: CalendarDate = '1900-01-01';

type Placed = Pick<UnitRow, 'id' | 'name' | 'parentId'>;

/**
 * The unit is called this and lies there from `on`. Two changes of one day leave one version; a day before the
 * present version began cannot be told from its first day, so it counts from there.
 */
export async function setVersion(tx: Tx, unit: Placed, on: CalendarDate): Promise<void> {
  const open = await openVersion(tx, unit.id);
  const place = { name: unit.name, parentId: unit.parentId };
  if (open && open.sinceOn >= on) {
    await tx.em.getRepository(UnitVersionTable).update({ id: open.id }, place);
    return;
  }
  if (open) await tx.em.getRepository(UnitVersionTable).update({ id: open.id }, { untilOn: on });
  await insertRows(tx, UnitVersionTable, [
    { id: newId(), unitId: unit.id, ...place, sinceOn: on, untilOn: null },
  ]);
}

/** First versions of new units, all at once. */
export async function beginVersions(tx: Tx, units: readonly Placed[], on: CalendarDate): Promise<void> {
  await insertRows(
    tx,
    UnitVersionTable,
    units.map(({ id, name, parentId }) => ({
      id: newId(),
      unitId: id,
      name,
      parentId,
      sinceOn: on,
      untilOn: null,
    })),
  );
}

export async function endVersion(tx: Tx, unitId: string, on: CalendarDate): Promise<void> {
  const open = await openVersion(tx, unitId);
  if (!open) return;
  const untilOn = open.sinceOn > on ? open.sinceOn : on;
  await tx.em.getRepository(UnitVersionTable).update({ id: open.id }, { untilOn });
}

async function openVersion(tx: Tx, unitId: string): Promise<{ id: string; sinceOn: string } | undefined> {
  const rows: { id: string; sinceOn: string }[] = await tx.em.query(
    'select id, sinceOn from unit_version where unitId = ? and untilOn is null',
    [unitId],
  );
  return rows[0];
}

/**
 * The directory as it was on a day ("which unit was this on 1 March?"): the units there were, under their names and
 * at their places of then, and the posts held then. People appear under their present names; who left since then
 * was there. Locks of the past are not in it.
 */
export async function directoryOn(reads: Reads, date: CalendarDate): Promise<Org> {
  const { units, people, assignments } = await loadRows(reads);
  const versions: { unitId: string; name: string; parentId: string | null }[] = await reads.em.query(
    'select unitId, name, parentId from unit_version where sinceOn <= ? and (untilOn is null or untilOn > ?)',
    [date, date],
  );
  const placeOf = new Map(versions.map((version) => [version.unitId, version]));
  const then = units.flatMap((unit): OrgUnit[] => {
    const place = placeOf.get(unit.unitId);
    return place ? [{ ...unit, name: place.name, parentId: place.parentId, state: 'active' }] : [];
  });
  const gone = await goneBy(reads, date);
  const present = people.map((person) => {
    const stayed = person.state === 'left' && !gone.has(person.personId);
    return stayed ? { ...person, state: 'active' as const, active: true } : person;
  });
  return createOrg({ units: then, people: present, assignments }, date);
}

/** Who had left already on that day. */
async function goneBy(reads: Reads, date: CalendarDate): Promise<Set<string>> {
  const rows: { id: string }[] = await reads.em.query(
    `select id from person where state = 'left' and (statusOn is null or statusOn <= ?)`,
    [date],
  );
  return new Set(rows.map((row) => row.id));
}
