import type { Fault, PersonRecord } from '../model.ts';
import { createBatchLines, lostZeros, type BatchLines } from './batch-lines.ts';
import { personDuplicates } from './duplicates.ts';
import type { KnownForReading } from './known.ts';
import type { Draft } from './row-reader.ts';
import { bareNumber, type Suggestions } from './suggestions.ts';
import { fold } from './text-forms.ts';

export interface PeopleToCheck {
  readonly drafts: readonly Draft<PersonRecord>[];
  /** Units there will be, as they are spelt, by their folded code. */
  readonly unitCodes: ReadonlyMap<string, string>;
  /** Rows of 部门 that were refused, by the folded code they are about. */
  readonly refusedUnits: ReadonlyMap<string, number>;
  /** Staff numbers there are, as they are spelt, by their folded form. */
  readonly staffNos: ReadonlyMap<string, string>;
  readonly known: KnownForReading;
  readonly suggestions: Suggestions;
}

export interface CheckedPeople {
  readonly records: readonly PersonRecord[];
  readonly faults: readonly Fault[];
  readonly refusedLines: ReadonlySet<number>;
  /** Stored numbers that refused rows were taken to mean, by line. */
  readonly meant: ReadonlyMap<number, string>;
}

/** Rows of 人员 against each other, the units and what is stored (A4, B4). */
export function checkPeople(input: PeopleToCheck): CheckedPeople {
  const { drafts, known } = input;
  const lines = createBatchLines(drafts);
  lines.add(personDuplicates(drafts));
  const meant = checkZeros(input, lines);
  const contacts = new Map(known.people.map((person) => [fold(person.staffNo), person]));
  for (const draft of drafts) {
    checkUnitCodes(input, lines, draft);
    checkManager(input, lines, draft);
    checkContact(contacts.get(fold(draft.record.staffNo)), lines, draft);
  }
  const records = drafts
    .filter(({ row }) => !lines.refused.has(row.line))
    .map(({ record }) => spelled(record, input));
  return { records, faults: lines.faults, refusedLines: lines.refused, meant };
}

function checkZeros({ drafts, known }: PeopleToCheck, lines: BatchLines): Map<number, string> {
  const lost = lostZeros(
    drafts.map(({ record }) => record.staffNo),
    known.people.map(({ staffNo }) => staffNo),
    bareNumber,
  );
  const meant = new Map<number, string>();
  for (const { row, record } of drafts) {
    const full = lost.get(record.staffNo);
    if (full === undefined) continue;
    meant.set(row.line, full);
    lines.fault(row, 'staffNo', 'malformed', { hint: `少了前面的 0？${full}` });
  }
  return meant;
}

/** An unknown unit never falls back to the institution, nor to the other units of the cell (A4). */
function checkUnitCodes(input: PeopleToCheck, lines: BatchLines, { row, record }: Draft<PersonRecord>): void {
  const unknown = record.unitCodes.filter((code) => !input.unitCodes.has(fold(code)));
  const [first] = unknown;
  if (first === undefined) return;
  const otherLine = input.refusedUnits.get(fold(first));
  const found = input.suggestions.units(first).map(({ code, name }) => `${code} ${name}`);
  const which = record.unitCodes.length > 1 ? `${unknown.slice(0, 3).join('、')}：` : '';
  const hint = found.length > 0 && otherLine === undefined ? which + found.join('、') : undefined;
  lines.fault(row, 'unitCodes', 'unknownUnit', { hint, otherLine });
}

function checkManager(input: PeopleToCheck, lines: BatchLines, { row, record }: Draft<PersonRecord>): void {
  const { managerStaffNo } = record;
  if (!managerStaffNo || input.staffNos.has(fold(managerStaffNo))) return;
  const hint = input.suggestions.staffNos(managerStaffNo).join('、') || undefined;
  lines.fault(row, 'managerStaffNo', 'unknownPerson', { hint });
}

/** 企业微信 takes no member without mobile and email (errcode 60129). What is not provided stays as stored (A5). */
function checkContact(
  stored: KnownForReading['people'][number] | undefined,
  lines: BatchLines,
  { row, record, faults }: Draft<PersonRecord>,
): void {
  if (record.status === 'left' || record.status === 'retired') return;
  // An unreadable number is told as that.
  if (faults.some(({ column }) => column === 'mobile' || column === 'email')) return;
  const mobile = record.mobile === undefined ? (stored?.mobile ?? null) : record.mobile;
  const email = record.email === undefined ? (stored?.email ?? null) : record.email;
  if (mobile === null && email === null) lines.fault(row, 'mobile', 'noContact');
}

function spelled(record: PersonRecord, { unitCodes, staffNos }: PeopleToCheck): PersonRecord {
  const { managerStaffNo } = record;
  return {
    ...record,
    unitCodes: record.unitCodes.map((code) => unitCodes.get(fold(code)) ?? code),
    managerStaffNo: managerStaffNo ? (staffNos.get(fold(managerStaffNo)) ?? managerStaffNo) : managerStaffNo,
  };
}
