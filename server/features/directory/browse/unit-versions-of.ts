import type { CalendarDate } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { EVER } from '../unit-versions.ts';

export interface UnitVersion {
  readonly name: string;
  /** As it was called when this began. */
  readonly parentName: string | null;
  /** Null: from before the records began. */
  readonly sinceOn: CalendarDate | null;
  /** First day it no longer held; null for the present one. */
  readonly untilOn: CalendarDate | null;
}

interface Row {
  readonly unitId: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly sinceOn: CalendarDate;
  readonly untilOn: CalendarDate | null;
}

/** How a unit was called and where it lay, newest first ("which unit was this on 1 March?"). */
export async function unitVersionsOf(reads: Reads, unitId: string): Promise<UnitVersion[]> {
  const versions = await versionsOf(reads, [unitId]);
  const parentIds = [...new Set(versions.flatMap(({ parentId }) => parentId ?? []))];
  const parents = await versionsOf(reads, parentIds);
  const parentName = ({ parentId, sinceOn }: Row): string | null => {
    if (parentId === null) return null;
    const ofParent = parents.filter((one) => one.unitId === parentId);
    return (ofParent.find((one) => holdsOn(one, sinceOn)) ?? ofParent[0])?.name ?? null;
  };
  return versions.map((version) => ({
    name: version.name,
    parentName: parentName(version),
    sinceOn: version.sinceOn === EVER ? null : version.sinceOn,
    untilOn: version.untilOn,
  }));
}

const holdsOn = ({ sinceOn, untilOn }: Row, date: CalendarDate): boolean =>
  sinceOn <= date && (untilOn === null || date < untilOn);

async function versionsOf(reads: Reads, unitIds: readonly string[]): Promise<Row[]> {
  if (unitIds.length === 0) return [];
  const marks = unitIds.map(() => '?').join(', ');
  return reads.em.query(
    `select unitId, name, parentId, sinceOn, untilOn from unit_version where unitId in (${marks})
     order by sinceOn desc, id desc`,
    [...unitIds],
  );
}
