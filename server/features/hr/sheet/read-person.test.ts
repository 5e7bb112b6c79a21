import { describe, expect, it } from 'vitest';
import type { Fault } from '../model.ts';
import { readPerson } from './read-person.ts';
import { readUnit } from './read-unit.ts';
import { personRow, TODAY, unitRow } from './testing/rows.ts';

/** A woman of 1949, from the standard. */
const ID = '11010519491231002X';
const OLD_ID = '110105491231002';

const read = (cells: Record<string, string> = {}) => {
  const reading = readPerson(personRow(1, cells), TODAY);
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.record;
};
const faultsOf = (cells: Record<string, string>): Partial<Fault>[] => {
  const reading = readPerson(personRow(1, cells), TODAY);
  return reading.ok
    ? []
    : reading.faults.map(({ column, code, hint }) => ({ column, code, ...(hint !== undefined && { hint }) }));
};

describe('a row of 人员', () => {
  it('becomes a record', () => {
    const record = read({
      staffNo: ' ００７３１\u200b',
      name: '张 雨 桐',
      sex: '女',
      idType: '身份证',
      idNumber: ID.toLowerCase(),
      bornOn: '1949年12月31日',
      email: 'a@example.cn',
      unitCodes: 'D01；D0101',
      title: '教师',
      grade: '副高',
      managerStaffNo: '00012',
      establishment: '在编',
      employedOn: '2015/9/1',
      contractUntilOn: '46630',
      statusOn: '2026-11-20',
      leaveReason: '—',
      sortOrder: '20',
      sourceId: 'x-1',
    });
    expect(record).toEqual({
      line: 2,
      sourceId: 'x-1',
      staffNo: '00731',
      name: '张雨桐',
      sex: 'female',
      idType: 'residentId',
      idNumber: ID,
      bornOn: '1949-12-31',
      mobile: '19900000001',
      email: 'a@example.cn',
      unitCodes: ['D01', 'D0101'],
      title: '教师',
      grade: '副高',
      managerStaffNo: '00012',
      category: 'internal',
      establishment: 'established',
      employedOn: '2015-09-01',
      contractUntilOn: '2027-08-31',
      status: 'working',
      statusOn: '2026-11-20',
      leaveReason: '—',
      sortOrder: 20,
    });
  });

  it.each(['mobile', 'title', 'managerStaffNo'] as const)(
    'A5 %s: a missing column and an empty cell are not provided, [清空] clears',
    (column) => {
      const { [column]: _, ...cells } = personRow(1).cells;
      const without = readPerson({ kind: 'people', line: 2, cells }, TODAY);
      expect(without.ok && without.record[column]).toBeUndefined();
      expect(read({ [column]: ' ' })[column]).toBeUndefined();
      for (const word of ['[清空]', '［清空］', '【 清空 】'])
        expect(read({ [column]: word })[column]).toBeNull();
    },
  );

  it('A4 every required cell that is empty or cleared is told, all at once', () => {
    const faults = faultsOf({ staffNo: '', name: '[清空]', unitCodes: ' ', category: '', status: '' });
    expect(faults).toEqual(
      ['staffNo', 'name', 'unitCodes', 'category', 'status'].map((column) => ({ column, code: 'missing' })),
    );
  });

  it('a formula is a fault of its cell, required or not', () => {
    expect(faultsOf({ name: '=VLOOKUP(A2,B:C,2)', title: '=A1' })).toEqual([
      { column: 'name', code: 'formula' },
      { column: 'title', code: 'formula' },
    ]);
  });

  it('C16 nobody is their own superior', () => {
    expect(faultsOf({ staffNo: 'h1', managerStaffNo: 'H1' })).toEqual([
      { column: 'managerStaffNo', code: 'malformed', hint: '不能是本人' },
    ]);
  });
});

describe('papers', () => {
  it.each([
    ['B9 the check digit', { idNumber: '110105194912310021' }, { column: 'idNumber', code: 'checkDigit' }],
    [
      'B9 a birthday that never was',
      { idNumber: '11010519490231002X' },
      { column: 'idNumber', code: 'malformed' },
    ],
    [
      'B9 17 digits',
      { idNumber: '11010519491231002' },
      { column: 'idNumber', code: 'malformed', hint: '18 位，这里是 17 位' },
    ],
    [
      'B9 a number Excel has rounded',
      { idNumber: '1.10105E+17' },
      { column: 'idNumber', code: 'malformed', hint: expect.stringContaining('Excel') },
    ],
    ['B10 sex', { idNumber: ID, sex: '男' }, { column: 'sex', code: 'contradictsId' }],
    ['B10 birth date', { idNumber: ID, bornOn: '1949-12-30' }, { column: 'bornOn', code: 'contradictsId' }],
    ['B10 against an old number', { idNumber: OLD_ID, sex: '男' }, { column: 'sex', code: 'contradictsId' }],
    [
      'B11 an old number of no birthday',
      { idNumber: '110105490231002' },
      { column: 'idNumber', code: 'oldIdNumber' },
    ],
    [
      'B11 a resident card with the number of another paper',
      { idType: '居民身份证', idNumber: '810000199408230021' },
      { column: 'idType', code: 'malformed' },
    ],
    ['B11 a passport without its type', { idNumber: 'E12345678' }, { column: 'idNumber', code: 'malformed' }],
    [
      'B11 a passport of another form',
      { idType: '护照', idNumber: 'E-1' },
      { column: 'idNumber', code: 'malformed' },
    ],
    ['an unknown paper', { idType: '军官证', idNumber: '1' }, { column: 'idType', code: 'unknownWord' }],
  ])('%s', (_, cells, fault) => {
    const faults = faultsOf(cells);
    expect(faults).toEqual([expect.objectContaining(fault)]);
    expect(JSON.stringify(faults)).not.toContain(cells.idNumber ?? ' ');
  });

  it('B11 an old number becomes a new one on import', () => {
    expect(read({ idNumber: OLD_ID, sex: '女', bornOn: '1949-12-31' })).toMatchObject({
      idType: 'residentId',
      idNumber: ID,
    });
  });

  it.each([
    ['护照', 'e12345678', 'passport', 'E12345678'],
    // A resident's number with a wrong check digit, if it were one.
    ['护照', '110105194912310021', 'passport', '110105194912310021'],
    ['港澳台居民居住证', '810000199408230021', 'hmtResidence', '810000199408230021'],
    ['', '830000199201300022', 'hmtResidence', '830000199201300022'],
    ['外国人永久居留身份证', 'CAN110170053110', 'foreignResidence', 'CAN110170053110'],
  ])('B11 %s %s never goes through B9, nor is its holder compared', (idType, idNumber, type, number) => {
    expect(read({ idType, idNumber, sex: '男', bornOn: '1990-01-01' })).toMatchObject({
      idType: type,
      idNumber: number,
    });
  });
});

describe('a row of 部门', () => {
  it('becomes a record; what is left out is not provided (A5)', () => {
    const row = unitRow(3, {
      headStaffNo: '00731',
      leaderStaffNo: '[清空]',
      sortOrder: '5',
      category: '教学单位',
    });
    expect(readUnit(row)).toEqual({
      ok: true,
      record: {
        line: 4,
        code: 'U3',
        name: '新部门3',
        parentCode: 'D01',
        headStaffNo: '00731',
        leaderStaffNo: null,
        sortOrder: 5,
        category: '教学单位',
      },
    });
    const bare = readUnit({ kind: 'units', line: 2, cells: { code: 'U1', name: '一' } });
    expect(bare.ok && Object.entries(bare.record).filter(([, value]) => value !== undefined)).toEqual([
      ['line', 2],
      ['code', 'U1'],
      ['name', '一'],
    ]);
  });

  it('A4 tells all that is wrong with it', () => {
    const reading = readUnit(unitRow(1, { code: '', name: 'a|b', sortOrder: '上' }));
    expect(!reading.ok && reading.faults.map(({ column, code }) => [column, code])).toEqual([
      ['code', 'missing'],
      ['name', 'malformed'],
      ['sortOrder', 'malformed'],
    ]);
  });
});
