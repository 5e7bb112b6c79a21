import type { CalendarDate } from '../../../kernel/dates.ts';
import { readIdPaper } from '../../../kernel/id-paper.ts';
import type { Given, IdType, PersonRecord, RawRow, Sex } from '../model.ts';
import { CATEGORY_WORDS, ESTABLISHMENT_WORDS, ID_TYPE_WORDS, SEX_WORDS, STATUS_WORDS } from './columns.ts';
import * as values from './read-values.ts';
import { createRowReader, readingOf, type Draft, type RowReader, type RowReading } from './row-reader.ts';
import { cleanText, fold } from './text-forms.ts';

const MAX_TITLE = 64;
const MAX_REASON = 191;
const MAX_SOURCE_ID = 64;

const readSex = values.wordReader(SEX_WORDS);
const readIdType = values.wordReader(ID_TYPE_WORDS);
const readCategory = values.wordReader(CATEGORY_WORDS);
const readEstablishment = values.wordReader(ESTABLISHMENT_WORDS);
const readStatus = values.wordReader(STATUS_WORDS);
const readTitle = values.readText(MAX_TITLE);
const readReason = values.readText(MAX_REASON);
const readSourceId = values.readText(MAX_SOURCE_ID);

/**
 * One row of 人员 by itself; what it refers to is looked up by `readBatch`.
 * @param today birth dates lie before it
 */
export const readPerson = (row: RawRow, today: CalendarDate): RowReading<PersonRecord> =>
  readingOf(draftPerson(row, today));

export function draftPerson(row: RawRow, today: CalendarDate): Draft<PersonRecord> {
  const cells = createRowReader(row);
  const staffNo = cells.required('staffNo', values.readStaffNo, '');
  const sex = cells.optional('sex', readSex);
  const bornOn = cells.optional('bornOn', values.readBirthDate(today));
  const record: PersonRecord = {
    line: row.line,
    sourceId: cells.optional('sourceId', readSourceId) ?? undefined,
    staffNo,
    name: cells.required('name', values.readPersonName, ''),
    sex,
    bornOn,
    ...readPaper(cells, { sex, bornOn, today }),
    mobile: cells.optional('mobile', values.readMobile),
    email: cells.optional('email', values.readEmail),
    unitCodes: cells.required('unitCodes', values.readCodes, []),
    title: cells.optional('title', readTitle),
    grade: cells.optional('grade', readTitle),
    managerStaffNo: readManager(cells, staffNo),
    category: cells.required('category', readCategory, 'internal'),
    establishment: cells.optional('establishment', readEstablishment),
    employedOn: cells.optional('employedOn', values.readDate),
    contractUntilOn: cells.optional('contractUntilOn', values.readContractEnd),
    status: cells.required('status', readStatus, 'working'),
    statusOn: cells.optional('statusOn', values.readDate),
    leaveReason: cells.optional('leaveReason', readReason),
    sortOrder: cells.optional('sortOrder', values.readNumber),
  };
  return { row, record, faults: cells.faults };
}

/** C16: nobody is their own superior. Longer cycles are seen when the plan is made. */
function readManager(cells: RowReader, staffNo: string): Given<string> {
  const manager = cells.optional('managerStaffNo', values.readReference);
  if (manager && fold(manager) === fold(staffNo)) {
    cells.fault('managerStaffNo', 'malformed', { hint: '不能是本人' });
  }
  return manager;
}

interface Beside {
  readonly sex: Given<Sex>;
  readonly bornOn: Given<CalendarDate>;
  readonly today: CalendarDate;
}

/** The paper and what it says about its holder (B9-B11). A type that was not given follows from the number. */
function readPaper(
  cells: RowReader,
  { sex, bornOn, today }: Beside,
): Pick<PersonRecord, 'idType' | 'idNumber'> {
  const before = cells.faults.length;
  const idType: Given<IdType> = cells.optional('idType', readIdType);
  const typeIsClear = cells.faults.length === before;
  const text = cells.optional('idNumber', (cell) => ({ value: cell }));
  // A number of an unreadable type would be judged by the wrong rule.
  if (!text || !typeIsClear) return { idType, idNumber: text };
  const reading = readIdPaper(text, idType, today);
  if (!reading.ok) {
    cells.fault(reading.column, reading.code, { hint: reading.hint });
    return { idType, idNumber: undefined };
  }
  if (reading.says !== null) {
    if (sex && sex !== reading.says.sex) cells.fault('sex', 'contradictsId');
    if (bornOn && bornOn !== reading.says.bornOn) cells.fault('bornOn', 'contradictsId');
  }
  return { idType: idType === undefined ? reading.idType : idType, idNumber: reading.number };
}

/** The key of a row as it stands there, for rows whose number cannot be read. */
export const typedStaffNo = (row: RawRow): string => cleanText(row.cells.staffNo ?? '');
