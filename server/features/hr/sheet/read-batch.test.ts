import { describe, expect, it } from 'vitest';
import type { RawRow } from '../model.ts';
import { readBatch, type BatchToRead } from './read-batch.ts';
import { knownWith, personRow, TODAY, unitRow } from './testing/rows.ts';

const read = (rows: readonly RawRow[], more: Partial<BatchToRead> = {}) =>
  readBatch({ rows, known: knownWith(), today: TODAY, ...more });
const told = (rows: readonly RawRow[], more: Partial<BatchToRead> = {}) =>
  read(rows, more).faults.map(({ line, column, code, otherLine }) =>
    otherLine === undefined ? [line, column, code] : [line, column, code, otherLine],
  );

const ID = '11010519491231002X';
const SAME_ID_OLD = '110105491231002';

describe('A4 only the record with the fault is left out', () => {
  it('A4 and its number is named as unreadable, not missing', () => {
    const batch = read([personRow(1), personRow(2, { status: '请假' }), personRow(3)]);
    expect(batch.people.map(({ staffNo }) => staffNo)).toEqual(['P1', 'P3']);
    expect(batch.refusedStaffNos).toEqual(['P2']);
    expect(batch.faults).toHaveLength(1);
  });

  it('A4 an unknown unit refuses the row: never the root, never only the known half of the cell', () => {
    const batch = read([
      personRow(1, { unitCodes: 'D0102' }),
      personRow(2, { unitCodes: 'D01；NOPE' }),
      personRow(3, { unitCodes: '软件教研室' }),
      unitRow(4, { parentCode: 'D02' }),
    ]);
    expect(batch).toMatchObject({ people: [], units: [] });
    expect(batch.faults).toEqual([
      {
        kind: 'units',
        line: 5,
        column: 'parentCode',
        code: 'unknownUnit',
        hint: expect.stringContaining('D01 信息工程学院'),
      },
      {
        kind: 'people',
        line: 2,
        column: 'unitCodes',
        code: 'unknownUnit',
        hint: expect.stringContaining('D0101 软件教研室'),
      },
      { kind: 'people', line: 3, column: 'unitCodes', code: 'unknownUnit' },
      { kind: 'people', line: 4, column: 'unitCodes', code: 'unknownUnit', hint: 'D0101 软件教研室' },
    ]);
  });

  it('A4 a row without a readable number speaks for everybody of its name', () => {
    const known = knownWith({
      people: ['1', '2', '3'].map((n) => ({
        staffNo: `K${n}`,
        name: n === '3' ? '李四' : '单雄信',
        mobile: 'print',
        email: null,
      })),
    });
    const batch = read([personRow(1, { staffNo: '' }), personRow(2, { staffNo: '一号' })], { known });
    expect(batch.refusedStaffNos).toEqual(['K1', 'K2', '一号']);
    expect(read([unitRow(1, { code: '', name: '软件教研室' })]).refusedUnitCodes).toEqual(['D0101']);
  });

  it('A4 a number that lost its zeros is not somebody new', () => {
    const batch = read([personRow(1, { staffNo: '731' })]);
    expect(batch.people).toEqual([]);
    expect(batch.faults).toEqual([
      expect.objectContaining({ column: 'staffNo', code: 'malformed', hint: '少了前面的 0？00731' }),
    ]);
    expect(batch.refusedStaffNos).toEqual(['731', '00731']);
    const both = read([personRow(1, { staffNo: '731' }), personRow(2, { staffNo: '00731' })]);
    expect(both.people.map(({ staffNo }) => staffNo)).toEqual(['731', '00731']);
  });

  it('A4 who needs a refused new unit is refused with it and told where; a stored one stays', () => {
    const rows = [
      unitRow(1, { name: '部'.repeat(65) }),
      unitRow(2, { parentCode: 'U1' }),
      unitRow(3, { parentCode: 'u2' }),
      unitRow(4, { code: 'D0101', name: '' }),
      personRow(5, { unitCodes: 'U3' }),
      personRow(6, { unitCodes: 'D0101' }),
    ];
    expect(told(rows)).toEqual([
      [2, 'name', 'tooLong'],
      [3, 'parentCode', 'unknownUnit', 2],
      [4, 'parentCode', 'unknownUnit', 3],
      [5, 'name', 'missing'],
      [6, 'unitCodes', 'unknownUnit', 4],
    ]);
    const batch = read(rows);
    expect(batch.refusedUnitCodes).toEqual(['U1', 'U2', 'U3', 'D0101']);
    expect(batch.people.map(({ line }) => line)).toEqual([7]);
  });

  it('a removed unit is no place to be, unless the file has it', () => {
    const known = knownWith({ units: [{ code: 'D09', name: '旧部', parentCode: 'ROOT', state: 'removed' }] });
    expect(told([personRow(1, { unitCodes: 'D09' })], { known })).toEqual([[2, 'unitCodes', 'unknownUnit']]);
    expect(told([unitRow(1, { code: 'D09' }), personRow(1, { unitCodes: 'D09' })], { known })).toEqual([]);
  });
});

describe('references', () => {
  it('may name people of the file or stored ones, in any case of letters', () => {
    const batch = read([
      unitRow(1, { headStaffNo: 'p2', leaderStaffNo: '00731' }),
      personRow(2, { managerStaffNo: '00731' }),
      personRow(3, { managerStaffNo: 'p2', unitCodes: 'u1；d01' }),
    ]);
    expect(batch.faults).toEqual([]);
    expect(batch.units[0]).toMatchObject({ headStaffNo: 'P2', leaderStaffNo: '00731' });
    expect(batch.people[1]).toMatchObject({ managerStaffNo: 'P2', unitCodes: ['U1', 'D01'] });
  });

  it('unknownPerson: managers and heads nobody is, with who may be meant', () => {
    const batch = read([unitRow(1, { headStaffNo: '张雨桐' }), personRow(2, { managerStaffNo: '0731' })]);
    expect(batch.faults).toEqual([
      { kind: 'units', line: 2, column: 'headStaffNo', code: 'unknownPerson', hint: '00731' },
      { kind: 'people', line: 3, column: 'managerStaffNo', code: 'unknownPerson', hint: '00731' },
    ]);
  });

  it('A4 a fault of a manager is not one of theirs', () => {
    expect(
      told([
        personRow(1, { status: '' }),
        personRow(2, { managerStaffNo: 'P1' }),
        unitRow(1, { headStaffNo: 'P1' }),
      ]),
    ).toEqual([[2, 'status', 'missing']]);
  });
});

describe('said twice', () => {
  it('staff numbers and unit codes: all rows are told and none is taken', () => {
    const rows = [
      personRow(1),
      personRow(2, { staffNo: 'p1' }),
      personRow(3, { staffNo: 'P1' }),
      personRow(4),
    ];
    expect(told(rows)).toEqual([
      [2, 'staffNo', 'duplicate', 3],
      [3, 'staffNo', 'duplicate', 2],
      [4, 'staffNo', 'duplicate', 2],
    ]);
    expect(read(rows).people.map(({ staffNo }) => staffNo)).toEqual(['P4']);
    expect(told([unitRow(1), unitRow(2, { code: 'u1' })])).toEqual([
      [2, 'code', 'duplicate', 3],
      [3, 'code', 'duplicate', 2],
    ]);
  });

  it('B4 one mobile, email or ID number of two people, in any spelling', () => {
    const rows = [
      personRow(1, { mobile: '+86 199-0000-0731', idNumber: ID }),
      personRow(2, { mobile: '19900000731' }),
      personRow(3, { idNumber: SAME_ID_OLD, email: 'A@example.cn' }),
      personRow(4, { email: 'a@Example.cn' }),
    ];
    expect(told(rows)).toEqual([
      [2, 'idNumber', 'duplicate', 4],
      [2, 'mobile', 'duplicate', 3],
      [3, 'mobile', 'duplicate', 2],
      [4, 'idNumber', 'duplicate', 2],
      [4, 'email', 'duplicate', 5],
      [5, 'email', 'duplicate', 4],
    ]);
  });

  it('B5, B7 a leaver’s mobile may be a newcomer’s, and who comes back has two rows', () => {
    const left = personRow(1, { status: '离职', mobile: '19900000731', idNumber: ID });
    const back = personRow(2, { mobile: '19900000731', idNumber: ID });
    expect(told([left, back])).toEqual([]);
  });
});

describe('noContact', () => {
  const none = { mobile: '', email: '' };
  const stored = knownWith({
    people: [
      { staffNo: 'P1', name: '一', mobile: 'print', email: null },
      { staffNo: 'P2', name: '二', mobile: null, email: 'a@example.cn' },
      { staffNo: 'P3', name: '三', mobile: null, email: null },
    ],
  });

  it.each([
    ['A5 the stored mobile counts', 1, none, []],
    ['A5 the stored email counts', 2, none, []],
    ['nothing stored, nothing given', 3, none, [[4, 'mobile', 'noContact']]],
    ['somebody new without any', 9, none, [[10, 'mobile', 'noContact']]],
    ['an email is enough', 9, { mobile: '', email: 'b@example.cn' }, []],
    ['A5 the only one is cleared', 1, { mobile: '[清空]' }, [[2, 'mobile', 'noContact']]],
    ['one of two is cleared', 2, { mobile: '19900000009', email: '[清空]' }, []],
    ['a leaver needs none', 9, { ...none, status: '离职' }, []],
    ['an unreadable one is told as that', 9, { mobile: '12' }, [[10, 'mobile', 'malformed']]],
  ])('%s', (_, n, cells, faults) => {
    expect(told([personRow(n, cells)], { known: stored })).toEqual(faults);
  });
});

describe('the tree as it would stand', () => {
  it('C3 a circle names every row on it, with stored units between, and spares the rest', () => {
    const rows = [
      unitRow(1, { code: 'D01', name: '信息工程学院', parentCode: 'U2' }),
      unitRow(2, { code: 'U2', parentCode: 'D0101' }),
      unitRow(3, { code: 'U3', parentCode: 'D01' }),
    ];
    expect(told(rows)).toEqual([
      [2, 'parentCode', 'treeBroken'],
      [3, 'parentCode', 'treeBroken'],
    ]);
    expect(read(rows).units.map(({ code }) => code)).toEqual(['U3']);
    expect(read([unitRow(1, { parentCode: 'U1' })]).faults[0]).toMatchObject({
      code: 'treeBroken',
      hint: '上级不能是自己',
    });
  });

  it('C3 swapped parents are no circle', () => {
    const rows = [
      unitRow(1, { code: 'D0101', name: '软件教研室', parentCode: 'ROOT' }),
      unitRow(2, { code: 'D01', name: '信息工程学院', parentCode: 'D0101' }),
    ];
    expect(told(rows)).toEqual([]);
  });

  it('C4 one name twice under one parent: both rows, or the row against what is stored', () => {
    expect(told([unitRow(1, { name: '同' }), unitRow(2, { name: '同' })])).toEqual([
      [2, 'name', 'treeBroken', 3],
      [3, 'name', 'treeBroken', 2],
    ]);
    expect(told([unitRow(1, { name: '同' }), unitRow(2, { name: '同', parentCode: 'D0101' })])).toEqual([]);
    const clash = [unitRow(1, { name: '软件教研室' })];
    expect(read(clash).faults[0]).toMatchObject({
      line: 2,
      column: 'name',
      code: 'treeBroken',
      hint: '同一上级下已有同名部门 D0101',
    });
  });

  it('C2, C4 a name that is freed in the same file, or by leaving a complete list, may be taken', () => {
    const renamed = [unitRow(1, { name: '软件教研室' }), unitRow(2, { code: 'D0101', name: '软件系' })];
    expect(told(renamed)).toEqual([]);
    expect(told([unitRow(1, { name: '软件教研室' })], { unitsComplete: true })).toEqual([]);
  });

  it('C4 a refused renaming does not free the name', () => {
    const rows = [
      unitRow(1, { name: '软件教研室' }),
      unitRow(2, { code: 'D0101', name: '软件系', sortOrder: 'x' }),
    ];
    expect(told(rows)).toEqual([
      [2, 'name', 'treeBroken'],
      [3, 'sortOrder', 'malformed'],
    ]);
  });

  it('C5 fifteen levels, the root included; the row that makes it deeper is named', () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, n) => unitRow(n + 1, { parentCode: n === 0 ? 'D0101' : `U${n}` }));
    // ROOT, D01, D0101 are three.
    expect(told(chain(12))).toEqual([]);
    expect(told(chain(13))).toEqual([[14, 'parentCode', 'treeBroken']]);
  });

  it('C5 moving a stored branch too deep blames the move', () => {
    const units = Array.from({ length: 11 }, (_, n) => ({
      code: `K${n}`,
      name: `旧${n}`,
      parentCode: n === 0 ? 'ROOT' : `K${n - 1}`,
      state: 'active' as const,
    }));
    const known = knownWith({ units });
    const move = (parentCode: string) => [unitRow(1, { code: 'K0', name: '旧0', parentCode })];
    expect(told(move('D01'), { known })).toEqual([]);
    expect(
      told(
        [
          ...move('U9'),
          ...[6, 7, 8, 9].map((n) => unitRow(n, { parentCode: n === 6 ? 'D0101' : `U${n - 1}` })),
        ],
        { known },
      ),
    ).toEqual([[2, 'parentCode', 'treeBroken']]);
  });

  it('a new unit without a parent is below the institution, which itself has none', () => {
    expect(told([unitRow(1, { parentCode: '' }), unitRow(2, { parentCode: '[清空]' })])).toEqual([]);
    expect(told([unitRow(1, { code: 'ROOT', name: '学院', parentCode: '' })])).toEqual([]);
    expect(told([unitRow(1, { code: 'ROOT', name: '学院', parentCode: 'D01' })])).toEqual([
      [2, 'parentCode', 'treeBroken'],
    ]);
  });
});

it('faults stand in the order of the sheet: units first, then lines, then columns', () => {
  const rows = [
    personRow(2, { status: '', name: '' }),
    personRow(1, { category: '' }),
    unitRow(5, { name: '' }),
  ];
  expect(told(rows)).toEqual([
    [6, 'name', 'missing'],
    [2, 'category', 'missing'],
    [3, 'name', 'missing'],
    [3, 'status', 'missing'],
  ]);
});
