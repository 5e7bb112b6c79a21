import type { Snapshot } from '../model.ts';
import type { KnownIndex } from './known-index.ts';
import type { UnitView } from './reconciling.ts';
import { isGoneNow, type Days } from './status.ts';
import type { Figures } from './types.ts';

/** What the statement held, for the floors (A2). Unreadable rows count where their person is known to be (A4). */
export function figuresOf(snapshot: Snapshot, index: KnownIndex, units: UnitView, days: Days): Figures {
  const people = new Map<string, number>();
  const count = (unitCode: string | undefined): void => {
    if (unitCode === undefined) return;
    // As the units stood before: a unit that moves below another one has not lost its people.
    const top = index.unitByCode.has(unitCode) ? units.topBefore(unitCode) : units.topAfter(unitCode);
    people.set(top, (people.get(top) ?? 0) + 1);
  };
  const knownUnit = (staffNo: string) => index.byStaffNo.get(staffNo)?.posts[0]?.unitCode;
  // Who leaves is often listed under another unit already; the statement spoke of the one they leave.
  for (const row of snapshot.people)
    count((isGoneNow(row, days) ? knownUnit(row.staffNo) : undefined) ?? row.unitCodes[0]);
  for (const staffNo of snapshot.refusedStaffNos) count(knownUnit(staffNo));
  return {
    unitRows: snapshot.units.length + snapshot.refusedUnitCodes.length,
    peopleRows: snapshot.people.length + snapshot.refusedStaffNos.length,
    peopleByTopUnit: Object.fromEntries([...people].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
