import { describe, expect, it } from 'vitest';
import { readTable } from '../../../platform/sheets/index.ts';
import { filledCells } from '../../../platform/sheets/testing/filled-cells.ts';
import { makeXlsx, type TestCell } from '../../../platform/sheets/testing/make-xlsx.ts';
import type { Fault } from '../model.ts';
import { UNIT_COLUMNS, PERSON_COLUMNS } from './columns.ts';
import { mapFile, markedCopy, readBatch, readHrFile, templateSheet } from './index.ts';
import { knownWith, TODAY } from './testing/rows.ts';

const FILL = 'FDE2E0';
const HEAD = ['工号', '姓名', '手机号', '部门编码', '人员类别', '状态'];
const person = (n: number, ...cells: TestCell[]): TestCell[] => [
  `P${n}`,
  '单雄信',
  String(19_900_000_000 + n),
  'D01',
  '院内',
  '在职',
  ...cells,
];
const xlsx = (rows: readonly TestCell[][], name = '人员') => makeXlsx([{ name, rows }]);
const readAll = async (file: Buffer, fileName = '花名册.xlsx') => {
  const read = await readHrFile(file, { fileName });
  return { ...read, batch: readBatch({ rows: read.rows, known: knownWith(), today: TODAY }) };
};

describe('files', () => {
  it.each<[string, Promise<Buffer>, string]>([
    ['an empty file', Promise.resolve(Buffer.alloc(0)), 'sheets.empty'],
    ['a workbook without a filled cell', xlsx([[]]), 'sheets.empty'],
    ['a head without rows', xlsx([HEAD]), 'hr.no_rows'],
    [
      'another list',
      xlsx(
        [
          ['月份', '金额'],
          ['1', '2'],
        ],
        '工资',
      ),
      'hr.no_head',
    ],
    [
      'a last column far away',
      xlsx([HEAD, [...person(1), ...Array<null>(300).fill(null), '备注']]),
      'sheets.far_cell',
    ],
  ])('%s gets a clear answer', async (_, file, code) => {
    await expect(readAll(await file)).rejects.toMatchObject({ code, status: 400 });
  });

  it('200,001 rows are too many; the limit is named', async () => {
    const csv = (rows: number) =>
      Buffer.from(`${HEAD.join(',')}\n${Array.from({ length: rows }, (_, n) => `P${n},,,,,`).join('\n')}`);
    await expect(readHrFile(csv(200_001), { fileName: '人员.csv' })).rejects.toMatchObject({
      code: 'sheets.too_many_rows',
      data: { max: 200_000 },
    });
    expect((await readHrFile(csv(200_000), { fileName: '人员.csv' })).rows).toHaveLength(200_000);
  });

  it('GBK csv is recognised and read', async () => {
    // 工号,姓名,手机号,部门编码,人员类别,状态 / P1,张三,19900000001,D01,院内,在职
    const head = 'b9a4bac52cd0d5c3fb2ccad6bbfabac52cb2bfc3c5b1e0c2eb2cc8cbd4b1c0e0b1f02cd7b4ccac0d0a';
    const row = '50312cd5c5c8fd2c31393930303030303030312c4430312cd4bac4da2cd4dad6b00d0a';
    const { encoding, batch } = await readAll(Buffer.from(head + row, 'hex'), '人员.csv');
    expect(encoding).toBe('GBK');
    expect(batch.faults).toEqual([]);
    expect(batch.people).toMatchObject([{ staffNo: 'P1', name: '张三', mobile: '19900000001' }]);
  });

  it('formulas are told per cell, and the other rows are taken', async () => {
    const formula: TestCell = { formula: 'VLOOKUP(A2,表!A:B,2,0)', value: '张雨桐' };
    const { batch, rows } = await readAll(
      await xlsx([HEAD, ['P1', formula, ...person(1).slice(2)], person(2)]),
    );
    expect(batch.faults).toEqual([{ kind: 'people', line: 2, column: 'name', code: 'formula' }]);
    expect(batch.people.map(({ staffNo }) => staffNo)).toEqual(['P2']);
    expect(rows[0]?.cells.name).toBe('=VLOOKUP(A2,表!A:B,2,0)');
  });

  it('duplicate staff numbers, an ID number that Excel rounded, date cells and serials', async () => {
    const head = [...HEAD, '证件号码', '状态日期'];
    const date: TestCell = { number: 46_346, format: 'date' };
    const { batch } = await readAll(
      await xlsx([
        head,
        person(1, '11010519491231002X', date),
        person(1, null, null).with(2, '19900000009'),
        person(3, { number: '1.1010519491231E+17' }, null),
        person(4, null, { number: 46_346 }),
      ]),
    );
    expect(batch.faults.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 'staffNo', 'duplicate'],
      [3, 'staffNo', 'duplicate'],
      [4, 'idNumber', 'malformed'],
    ]);
    expect(batch.people).toMatchObject([{ staffNo: 'P4', statusOn: '2026-11-20' }]);
  });

  it('missing required columns and sheets that were left out are named', async () => {
    const file = await makeXlsx([
      {
        name: '人员',
        rows: [
          ['工号', '姓名', '备注'],
          ['1', '张三', 'x'],
        ],
      },
      { name: '汇总', rows: [['合计', '1']] },
    ]);
    const read = await readHrFile(file, { fileName: 'x.xlsx' });
    expect(read.missingColumns).toEqual(
      ['unitCodes', 'category', 'status'].map((column) => ({ kind: 'people', column })),
    );
    expect(read.ignoredSheets).toEqual(['汇总']);
    expect(read.columns.at(-1)).toMatchObject({ header: '备注', column: null, how: 'none' });
  });
});

describe('the template', () => {
  it('has both sheets with every column of the issue, required ones marked, and a guide that is not read', async () => {
    const { tables } = await readTable(await templateSheet(), { fileName: '模板.xlsx' });
    expect(tables.map(({ name }) => name)).toEqual(['部门', '人员', '填写说明']);
    const offered = PERSON_COLUMNS.filter(({ inTemplate }) => inTemplate);
    expect(tables[0]?.rows).toEqual([
      UNIT_COLUMNS.map(({ label, required }) => (required ? `${label} *` : label)),
    ]);
    expect(tables[1]?.rows).toEqual([
      offered.map(({ label, required }) => (required ? `${label} *` : label)),
    ]);
    expect(offered.filter(({ required }) => required).map(({ label }) => label)).toEqual([
      '工号',
      '姓名',
      '部门编码',
      '人员类别',
      '状态',
    ]);
    const guide = tables[2]?.rows.map((row) => row.join('|')).join('\n') ?? '';
    for (const { label, meaning } of [...UNIT_COLUMNS, ...offered]) {
      expect(guide).toContain(`|${label}|`);
      expect(guide).toContain(meaning);
    }
    expect(guide).toContain('在职、借调、挂职、停职、离职、退休');
    const mapped = mapFile(tables);
    expect(mapped.sheets.map(({ missing }) => missing)).toEqual([[], []]);
    expect(mapped.sheets.flatMap(({ columns }) => columns).every(({ how }) => how === 'name')).toBe(true);
  });

  it('every example of a column is a value it takes', async () => {
    const file = await xlsx([
      PERSON_COLUMNS.map(({ label }) => label),
      PERSON_COLUMNS.map(({ example }) => example),
    ]);
    const units = [
      { code: 'D0102', name: '软件', parentCode: 'D01', state: 'active' as const },
      { code: 'D0300', name: '图文', parentCode: 'ROOT', state: 'active' as const },
    ];
    const people = [{ staffNo: '00012', name: '李', mobile: 'x', email: null }];
    const { rows } = await readHrFile(file, { fileName: 'x.xlsx' });
    expect(readBatch({ rows, known: knownWith({ units, people }), today: TODAY }).faults).toEqual([]);
  });
});

describe('the marked copy', () => {
  const rows: TestCell[][] = [
    ['海州职业技术学院花名册'],
    [...HEAD, '备注'],
    person(1, '+甲'),
    ['P2', { formula: '1+1', value: '2' }, '12', 'NOPE', '院内', '在职', '@乙'],
  ];
  const marked = async (faults: readonly Fault[]) => {
    const copy = await markedCopy(await xlsx(rows), '花名册.xlsx', faults);
    return (await readTable(copy, { fileName: 'x.xlsx' })).tables;
  };

  it('is the sheet as it was, with the words of the faults behind their rows; formulas are text (F7)', async () => {
    const { batch } = await readAll(await xlsx(rows));
    const [table, ...others] = await marked(batch.faults);
    expect(others).toEqual([]);
    expect(table?.rows.slice(0, 3)).toEqual([
      ['海州职业技术学院花名册'],
      [...HEAD, '备注', '问题'],
      ['P1', '单雄信', '19900000001', 'D01', '院内', '在职', '+甲'],
    ]);
    expect(table?.rows[3]).toEqual([
      'P2',
      '=1+1',
      '12',
      'NOPE',
      '院内',
      '在职',
      '@乙',
      '姓名：这一格是公式，不是值。请复制整列，选择性粘贴为“数值”后再传。 ' +
        '手机号的写法不对。应为：11 位手机号；境外号码以 + 和国家代码开头。 ' +
        '部门编码：没有这个部门，这一行先不用。请在部门表里加上它，或改成已有的部门编码。',
    ]);
    expect(table?.formulaAt(3, 1)).toBeUndefined();
  });

  it('can be sent again: its last column is unknown and ignored', async () => {
    const { batch } = await readAll(await xlsx(rows));
    const copy = await markedCopy(await xlsx(rows), '花名册.xlsx', batch.faults);
    const again = await readAll(copy);
    expect(again.columns.at(-1)).toMatchObject({ header: '问题', column: null });
    expect(again.batch.faults).toEqual(batch.faults);
  });

  it('of thousands of rows has each fault at its cell, and every other cell as it was', async () => {
    const many = 4_000;
    const unit = (n: number) => (n % 9 === 4 ? `X${n}` : 'D01');
    const list = Array.from({ length: many }, (_, n): TestCell[] => {
      const row: TestCell[] = person(n, n % 2 === 0 ? `=${n}+1` : null).with(3, unit(n));
      return n % 1000 === 13 ? row.with(1, { formula: `A${n}&"<乙>"`, value: '甲' }) : row;
    });
    // Line 3 is empty, so that places in the list are not lines of the sheet.
    const file = await xlsx([[...HEAD, '备注'], list[0] ?? [], [], ...list.slice(1)]);
    const lineOf = (n: number) => (n === 0 ? 2 : n + 3);
    const { batch } = await readAll(file);
    const wrong = list.flatMap((_, n) => [
      ...(n % 1000 === 13 ? [`B${lineOf(n)}`] : []),
      ...(n % 9 === 4 ? [`D${lineOf(n)}`] : []),
    ]);
    expect(batch.faults).toHaveLength(wrong.length);

    const copy = await markedCopy(file, '花名册.xlsx', batch.faults);
    expect(await filledCells(copy, FILL)).toEqual(wrong);
    const table = (await readTable(copy, { fileName: 'x.xlsx' })).tables[0];
    expect(table?.rows).toHaveLength(many + 2);
    for (const [n, row] of list.entries()) {
      const told = table?.rows[lineOf(n) - 1] ?? [];
      const words = [n % 1000 === 13 && '姓名：', n % 9 === 4 && '部门编码：'].filter(Boolean);
      const asItWas = row.map((cell) =>
        typeof cell === 'object' && cell && 'formula' in cell ? `=${cell.formula}` : (cell ?? ''),
      );
      expect(told.slice(0, 7)).toEqual(words.length > 0 || asItWas[6] !== '' ? asItWas : asItWas.slice(0, 6));
      expect(words.every((word) => told[7]?.includes(String(word)))).toBe(true);
      expect(told).toHaveLength(words.length > 0 ? 8 : asItWas[6] === '' ? 6 : 7);
      expect(row.some((_, column) => table?.formulaAt(lineOf(n) - 1, column) !== undefined)).toBe(false);
    }
  });

  it('marks a column that only the codes of stored units tell', async () => {
    const codes = ['D01', 'D02', 'D03'];
    const list = Array.from({ length: 20 }, (_, n) =>
      person(n).with(3, n === 7 ? 'D0x' : (codes[n % 3] ?? '')),
    );
    const file = await xlsx([HEAD.with(3, '所在学院'), ...list]);
    const { rows } = await readHrFile(file, { fileName: 'x.xlsx', knownUnitCodes: codes });
    const units = codes.map((code) => ({ code, name: code, parentCode: 'ROOT', state: 'active' as const }));
    const { faults } = readBatch({ rows, known: knownWith({ units }), today: TODAY });
    expect(faults).toMatchObject([{ line: 9, column: 'unitCodes', code: 'unknownUnit' }]);
    expect(await filledCells(await markedCopy(file, 'x.xlsx', faults, codes), FILL)).toEqual(['D9']);
  });
});
