import { groupBy } from '../../../kernel/group-by.ts';
import type { Known, KnownPerson, KnownUnit } from '../model.ts';

/** What is stored, by everything it is looked up with. Built once per plan. */
export interface KnownIndex {
  readonly rootCode: string;
  readonly units: readonly KnownUnit[];
  readonly people: readonly KnownPerson[];
  readonly unitByCode: ReadonlyMap<string, KnownUnit>;
  readonly byPersonId: ReadonlyMap<string, KnownPerson>;
  readonly byStaffNo: ReadonlyMap<string, KnownPerson>;
  readonly bySourceId: ReadonlyMap<string, KnownPerson>;
  readonly byIdNumber: ReadonlyMap<string, readonly KnownPerson[]>;
  readonly byMobile: ReadonlyMap<string, readonly KnownPerson[]>;
}

const NOBODY: readonly KnownPerson[] = [];

export function indexKnown({ rootCode, units, people }: Known): KnownIndex {
  return {
    rootCode,
    units,
    people,
    unitByCode: new Map(units.map((unit) => [unit.code, unit])),
    byPersonId: new Map(people.map((person) => [person.personId, person])),
    byStaffNo: new Map(people.map((person) => [person.staffNo, person])),
    bySourceId: new Map(
      people.flatMap((person) => (person.sourceId === null ? [] : [[person.sourceId, person] as const])),
    ),
    byIdNumber: byPrint(people, 'idNumber'),
    byMobile: byPrint(people, 'mobile'),
  };
}

function byPrint(people: readonly KnownPerson[], field: 'idNumber' | 'mobile') {
  const holders = people.filter((person) => person[field] !== null);
  return groupBy(holders, (person) => person[field]?.print ?? '');
}

export const peopleAt = (
  index: ReadonlyMap<string, readonly KnownPerson[]>,
  print: string | null | undefined,
): readonly KnownPerson[] => (print ? (index.get(print) ?? NOBODY) : NOBODY);
