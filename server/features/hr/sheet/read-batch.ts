import type { CalendarDate } from '../../../kernel/dates.ts';
import type { Fault, PersonRecord, RawRow, SheetKind, UnitRecord } from '../model.ts';
import type { KnownForReading } from './known.ts';
import { COLUMNS } from './columns.ts';
import { checkPeople } from './check-people.ts';
import { checkUnits } from './check-units.ts';
import { draftPerson, typedStaffNo } from './read-person.ts';
import { draftUnit } from './read-unit.ts';
import type { Draft } from './row-reader.ts';
import { createSuggestions } from './suggestions.ts';
import { cleanText, fold } from './text-forms.ts';

export interface BatchToRead {
  readonly rows: readonly RawRow[];
  readonly known: KnownForReading;
  /** Birth dates lie before it. */
  readonly today: CalendarDate;
  /**
   * True once somebody said that the units in the file are all there are: a stored unit that is not among them no
   * longer holds its name (C2, C4). Left out: it does.
   */
  readonly unitsComplete?: boolean;
}

export interface ReadBatch {
  readonly units: readonly UnitRecord[];
  readonly people: readonly PersonRecord[];
  /** By sheet (units first), line and column. */
  readonly faults: readonly Fault[];
  /**
   * Who has a row that was refused: unreadable, not missing (A4). A row without a readable number speaks for
   * everybody stored under its name, so that nobody it may mean is taken for a leaver.
   */
  readonly refusedStaffNos: readonly string[];
  readonly refusedUnitCodes: readonly string[];
}

/**
 * Rows of both sheets to records (rules A4, A5, B9-B11, C3-C5). A row with a fault is left out and takes nobody with
 * it, save rows that need it to exist: units and people below a new unit that was refused.
 */
export function readBatch({ rows, known, today, unitsComplete = false }: BatchToRead): ReadBatch {
  const units = rows.filter(({ kind }) => kind === 'units').map(draftUnit);
  const people = rows.filter(({ kind }) => kind === 'people').map((row) => draftPerson(row, today));
  const suggestions = createSuggestions(
    [...known.units.filter(({ state }) => state === 'active'), ...units.map(({ record }) => record)],
    [...known.people, ...people.map(({ record }) => record)],
  );
  const staffNos = staffNumbers(known, people);
  const checkedUnits = checkUnits({ drafts: units, staffNos, known, suggestions, unitsComplete });
  const refusedUnits = units.filter(({ row }) => checkedUnits.refusedLines.has(row.line));
  const checkedPeople = checkPeople({
    drafts: people,
    unitCodes: checkedUnits.codes,
    refusedUnits: new Map(refusedUnits.map(({ row, record }) => [fold(record.code), row.line])),
    staffNos,
    known,
    suggestions,
  });
  return {
    units: checkedUnits.records,
    people: checkedPeople.records,
    faults: [...inOrder('units', checkedUnits.faults), ...inOrder('people', checkedPeople.faults)],
    refusedUnitCodes: refusedKeys(
      refusedUnits,
      {
        typed: ({ row }) => cleanText(row.cells.code ?? ''),
        read: ({ record }) => record.code,
        also: checkedUnits.meant,
      },
      grouped(known.units, ({ code }) => code),
    ),
    refusedStaffNos: refusedKeys(
      people.filter(({ row }) => checkedPeople.refusedLines.has(row.line)),
      {
        typed: ({ row }) => typedStaffNo(row),
        read: ({ record }) => record.staffNo,
        also: checkedPeople.meant,
      },
      grouped(known.people, ({ staffNo }) => staffNo),
    ),
  };
}

/**
 * Staff numbers a row may refer to. A refused row counts: whoever it is about is in the file, and a fault of theirs
 * must not refuse the unit they head.
 */
function staffNumbers(known: KnownForReading, people: readonly Draft<PersonRecord>[]): Map<string, string> {
  const staffNos = new Map(known.people.map(({ staffNo }) => [fold(staffNo), staffNo]));
  for (const { row, record } of people) {
    const staffNo = record.staffNo || typedStaffNo(row);
    if (staffNo !== '') staffNos.set(fold(staffNo), staffNo);
  }
  return staffNos;
}

function inOrder(kind: SheetKind, faults: readonly Fault[]): Fault[] {
  const places = new Map(COLUMNS[kind].map(({ key }, at) => [key, at]));
  const place = ({ column }: Fault) => places.get(column) ?? -1;
  return [...faults].sort((a, b) => a.line - b.line || place(a) - place(b));
}

interface KeysOf<T> {
  readonly typed: (draft: Draft<T>) => string;
  readonly read: (draft: Draft<T>) => string;
  /** Keys a row was taken to mean, by line: a number that lost its zeros. */
  readonly also: ReadonlyMap<number, string>;
}

function refusedKeys<T extends { readonly name: string }>(
  refused: readonly Draft<T>[],
  keys: KeysOf<T>,
  namesakes: ReadonlyMap<string, readonly string[]>,
): string[] {
  const found = new Map<string, string>();
  const add = (key: string | undefined) => {
    if (key && !found.has(fold(key))) found.set(fold(key), key);
  };
  for (const draft of refused) {
    const read = keys.read(draft);
    add(read || keys.typed(draft));
    add(keys.also.get(draft.row.line));
    if (read === '') namesakes.get(draft.record.name)?.forEach(add);
  }
  return [...found.values()];
}

function grouped<T extends { readonly name: string }>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const item of items) {
    const group = groups.get(item.name);
    if (group) group.push(keyOf(item));
    else groups.set(item.name, [keyOf(item)]);
  }
  return groups;
}
