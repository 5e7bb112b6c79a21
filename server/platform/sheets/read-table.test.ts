import { describe, expect, it } from 'vitest';
import { readSheets, readTable, TABLE_LIMITS, writeSheets, writeStyled, type Table } from './index.ts';
import { makeXlsx, type TestCell } from './testing/make-xlsx.ts';

const readOne = async (file: Buffer, fileName = '人员.xlsx'): Promise<Table> => {
  const [table] = (await readTable(file, { fileName })).tables;
  if (!table) throw new Error('no table');
  return table;
};
const readRows = async (rows: readonly TestCell[][], options = {}) =>
  (await readOne(await makeXlsx([{ name: '人员', rows }], options))).rows;
const fault = (code: string, data: object = {}) => ({ code, status: 400, data });

describe('readTable of .xlsx', () => {
  it('reads what readSheets reads', async () => {
    const rows = [
      ['工号', '姓名', '备注'],
      ['00731', '张雨桐', '=1+1'],
      ['00215', '单雄信', ' 有空格 & <b> "引" 𠮷'],
    ];
    const file = await writeSheets([{ name: '人员', rows }]);
    const [before] = await readSheets(file);
    const after = await readOne(file);
    expect({ name: after.name, rows: after.rows }).toEqual(before);
    expect(after.rows[2]?.[2]).toBe('有空格 & <b> "引" 𠮷');
  });

  it('ends a row with its last filled cell and keeps the numbers of rows', async () => {
    const sheet = { name: '人员', rows: [['a', null, 'c'], [], [null, null, null, 'd'], []] };
    expect((await readOne(await makeXlsx([sheet]))).rows).toEqual([['a', '', 'c'], [], ['', '', '', 'd']]);
    const bare = await makeXlsx([{ ...sheet, withoutAddresses: true }]);
    expect((await readOne(bare)).rows).toEqual([['a', '', 'c'], [], ['', '', '', 'd']]);
  });

  it.each<[string, TestCell, string]>([
    ['a date', { number: 46_027, format: 'date' }, '2026-01-05'],
    ['a date with a time', { number: 46_027.75, format: 'date' }, '2026-01-05'],
    ['a Chinese date', { number: 46_027, format: 'chineseDate' }, '2026-01-05'],
    ['the day before the day that never was', { number: 59, format: 'date' }, '1900-02-28'],
    ['the first day of 1900', { number: 1, format: 'date' }, '1900-01-01'],
    ['a number without a date format', { number: 46_027 }, '46027'],
    ['zeros that only the format shows', { number: 731, format: 'fiveZeros' }, '00731'],
    ['a mobile', { number: 19_900_000_731 }, '19900000731'],
    ['a mobile in another spelling', { number: '1.9900000731E10' }, '19900000731'],
    ['a float of a whole number', { number: '12.0' }, '12'],
    ['a fraction', { number: '0.25' }, '0.25'],
    ['an ID number Excel has rounded', { number: '1.1010519491231E+17' }, '1.10105E+17'],
    ['the same written out', { number: '110105194912310000' }, '1.10105E+17'],
    ['an ID number as text', '11010519491231002X', '11010519491231002X'],
    ['text in the cell itself', { inline: ' 张雨桐 ' }, '张雨桐'],
    ['runs of text', { xml: '<c t="inlineStr"><is><r><t>张</t></r><r><t>三</t></r></is></c>' }, '张三'],
    [
      'a phonetic guide',
      { xml: '<c t="inlineStr"><is><t>张三</t><rPh sb="0" eb="1"><t>zhang</t></rPh></is></c>' },
      '张三',
    ],
    ['true', { xml: '<c t="b"><v>1</v></c>' }, '是'],
    ['an ISO date', { xml: '<c t="d"><v>2026-01-05T00:00:00</v></c>' }, '2026-01-05'],
    ['an error', { xml: '<c t="e"><v>#N/A</v></c>' }, '#N/A'],
    ['a character beyond U+FFFF', { xml: '<c t="inlineStr"><is><t>&#x20BB7;</t></is></c>' }, '𠮷'],
    ['CDATA', { xml: '<c t="inlineStr"><is><t><![CDATA[R&D]]></t></is></c>' }, 'R&D'],
    ['a sign XML cannot hold', { inline: '一_x000A_二' }, '一\n二'],
  ])('reads %s', async (_, cell, text) => {
    expect(await readRows([['x'], [cell]])).toEqual([['x'], [text]]);
  });

  it('counts days from 1904 where the file says so', async () => {
    const rows = await readRows([[{ number: 44_565, format: 'date' }]], { date1904: true });
    expect(rows).toEqual([['2026-01-05']]);
  });

  it('tells formulas from values, with what they came to', async () => {
    const table = await readOne(
      await makeXlsx([
        {
          name: '人员',
          rows: [
            ['工号', '姓名'],
            ['00731', { formula: 'VLOOKUP(A2,表!A:B,2)', value: '张雨桐' }],
            ['00732', { xml: '<c t="str"><f t="shared" si="0"/><v>李四</v></c>' }],
          ],
        },
      ]),
    );
    expect(table.rows[1]).toEqual(['00731', '张雨桐']);
    expect(table.formulaAt(1, 1)).toBe('VLOOKUP(A2,表!A:B,2)');
    expect(table.formulaAt(2, 1)).toBe('');
    expect(table.formulaAt(1, 0)).toBeUndefined();
  });

  it('says which tables are hidden, in the order of the tabs', async () => {
    const file = await makeXlsx([
      { name: '部门', rows: [['a']] },
      { name: '字典', rows: [['b']], hidden: true },
    ]);
    const { tables, format, encoding } = await readTable(file, { fileName: 'x.xlsx' });
    expect(tables.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['部门', false],
      ['字典', true],
    ]);
    expect({ format, encoding }).toEqual({ format: 'xlsx', encoding: null });
  });

  it('stops at a last column far away, but not at empty cells there', async () => {
    const far = (value: string) => ({
      name: '人员',
      rows: [['a']],
      xml: `<row r="1"><c r="XFD1"${value}</row>`,
    });
    const refused = await makeXlsx([{ ...far(' t="str"><v>x</v></c>'), rows: [] }]);
    await expect(readOne(refused)).rejects.toMatchObject(fault('sheets.far_cell', { line: 1, max: 200 }));
    const fine = await makeXlsx([
      { name: '人员', xml: '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>', rows: [] },
    ]);
    expect((await readOne(fine)).rows).toEqual([['1']]);
  });

  it('stops at a stray row far below and at too long a list, and takes the longest', async () => {
    const cell = (line: number) => `<row r="${line}"><c r="A${line}"><v>1</v></c></row>`;
    const stray = await makeXlsx([{ name: '人员', xml: cell(1) + cell(1_048_576), rows: [] }]);
    await expect(readOne(stray)).rejects.toMatchObject(
      fault('sheets.far_row', { line: 1_048_576, max: 200_000 }),
    );
    const limits = { ...TABLE_LIMITS, maxDataRows: 20 };
    const list = (length: number) => makeXlsx([{ name: '人员', rows: Array.from({ length }, () => ['x']) }]);
    const within = async (length: number) => readTable(await list(length), { fileName: 'x.xlsx', limits });
    await expect(within(31)).rejects.toMatchObject(fault('sheets.too_many_rows', { max: 20 }));
    expect((await within(30)).tables[0]?.rows).toHaveLength(30);
  });

  it('counts rows and cells of all tables together', async () => {
    const rows = Array.from({ length: 8 }, () => ['x', 'y']);
    const file = await makeXlsx([1, 2, 3].map((n) => ({ name: `人员${n}`, rows })));
    const within = (limits: object) =>
      readTable(file, { fileName: 'x.xlsx', limits: { ...TABLE_LIMITS, ...limits } });
    await expect(within({ maxDataRows: 13 })).rejects.toMatchObject(
      fault('sheets.too_many_rows', { max: 13 }),
    );
    await expect(within({ maxCells: 47 })).rejects.toMatchObject(fault('sheets.too_large'));
    expect((await within({ maxDataRows: 14, maxCells: 48 })).tables).toHaveLength(3);
  });

  it('shows progress up to the end, at most a hundred times', async () => {
    const told: number[] = [];
    const rows = Array.from({ length: 20_000 }, (_, n) => [`工号${n}`, { inline: `姓名${n}` }]);
    await readTable(await makeXlsx([{ name: '人员', rows }]), {
      fileName: 'x.xlsx',
      onProgress: (done) => told.push(done),
    });
    expect(told.length).toBeGreaterThan(2);
    expect(told.length).toBeLessThanOrEqual(100);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });
});

describe('files that are no table', () => {
  const ole = (rest: Buffer) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), rest, Buffer.alloc(512)]);

  it.each<[string, Buffer, string, string]>([
    ['nothing at all', Buffer.alloc(0), '人员.xlsx', 'sheets.empty'],
    ['csv of blanks', Buffer.from(' , ,\r\n\r\n'), '人员.csv', 'sheets.empty'],
    ['an old .xls', ole(Buffer.alloc(0)), '人员.xls', 'sheets.old_xls'],
    ['an old .xls under another name', ole(Buffer.alloc(0)), '人员.xlsx', 'sheets.old_xls'],
    ['a web page named .xls', Buffer.from('<html><table></table></html>'), '人员.xls', 'sheets.old_xls'],
    ['a password', ole(Buffer.from('EncryptedPackage', 'utf16le')), '人员.xlsx', 'sheets.locked'],
    ['a text named .xlsx', Buffer.from('工号,姓名'), '人员.xlsx', 'sheets.not_xlsx'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), '人员.png', 'sheets.unreadable'],
    ['a picture named .csv', Buffer.from('89504e470d0a1a0aff00ff', 'hex'), '人员.csv', 'sheets.unreadable'],
    ['an empty zip', Buffer.from('504b03040000', 'hex'), '人员.xlsx', 'sheets.not_xlsx'],
  ])('refuses %s', async (_, file, fileName, code) => {
    await expect(readTable(file, { fileName })).rejects.toMatchObject({ code, status: 400 });
  });

  it('refuses broken files, declared entities and bombs', async () => {
    const rows = Array.from({ length: 2000 }, (_, n) => [`x${n}`]);
    const file = await makeXlsx([{ name: '人员', rows }]);
    const torn = Buffer.from(file);
    torn.fill(0xff, 2000, 3000);
    await expect(readOne(torn)).rejects.toMatchObject({ code: 'sheets.not_xlsx' });
    await expect(readOne(file.subarray(0, -40))).rejects.toMatchObject({ code: 'sheets.not_xlsx' });
    const bad = (xml: string) => makeXlsx([{ name: '人员', rows: [], xml }]);
    for (const xml of [
      '<row',
      '</row>',
      '<row r="2"/><!ENTITY x "y">',
      '<row r="x"><c r="A1"><v>1</v></c></row>',
    ]) {
      await expect(readOne(await bad(xml)), xml).rejects.toMatchObject({ code: 'sheets.not_xlsx' });
    }
    const limits = { ...TABLE_LIMITS, maxUnpackedBytes: 20_000 };
    const reading = readTable(file, { fileName: 'x.xlsx', limits });
    await expect(reading).rejects.toMatchObject({ code: 'sheets.too_large' });
    const small = { ...TABLE_LIMITS, maxBytes: file.length - 1 };
    const tooBig = readTable(file, { fileName: 'x.xlsx', limits: small });
    await expect(tooBig).rejects.toMatchObject({ code: 'sheets.too_large' });
  });
});

describe('readTable of .csv', () => {
  const text = '工号,姓名\r\n00731,"张 ""雨"" 桐"\r\n\r\n00215,"两\n行",=1+1\r\n00216,="007"';
  const rows = [['工号', '姓名'], ['00731', '张 "雨" 桐'], [], ['00215', '两\n行', '=1+1'], ['00216', '007']];

  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(text), 'UTF-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`), 'UTF-8'],
    ['UTF-16 of "Unicode text"', Buffer.from(`\ufeff${text.replaceAll(',', '\t')}`, 'utf16le'), 'UTF-16'],
    ['semicolons', Buffer.from(text.replaceAll(',', ';')), 'UTF-8'],
  ])('reads %s', async (_, file, encoding) => {
    const read = await readTable(file, { fileName: '人员.csv' });
    expect(read.encoding).toBe(encoding);
    expect(read.tables[0]?.rows).toEqual(rows);
    expect(read.tables[0]?.name).toBe('人员');
    expect(read.tables[0]?.formulaAt(3, 2)).toBe('1+1');
    expect(read.tables[0]?.formulaAt(4, 1)).toBeUndefined();
  });

  it('reads GBK, which strict UTF-8 refuses, and GB18030 characters in it', async () => {
    // 工号,姓名 / 1,张𠮷 in GB18030 (the last character has four bytes).
    const file = Buffer.from('b9a4bac52cd0d5c3fb0d0a312cd5c59534bc330d0a', 'hex');
    const read = await readTable(file, { fileName: 'x.csv' });
    expect(read.encoding).toBe('GBK');
    expect(read.tables[0]?.rows).toEqual([
      ['工号', '姓名'],
      ['1', `张${new TextDecoder('gb18030').decode(Buffer.from('9534bc33', 'hex'))}`],
    ]);
  });

  it('names the row near a quotation mark without a partner', async () => {
    const reading = readTable(Buffer.from('a,b\n1,2\n"x,3\n4,5\n'), { fileName: 'x.csv' });
    await expect(reading).rejects.toMatchObject(fault('sheets.broken_quotes', { line: 3 }));
  });
});

describe('writeStyled', () => {
  it('writes text that stays text, whatever it starts with', async () => {
    const signs = ['=1+1', '+8613800000000', '-1', '@SUM(A1)', '00731', '_x000D_', 'a\u0007b', '<&>"'];
    const file = await writeStyled([
      {
        name: '坏[名]:*?/\\一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十',
        stickyRows: 1,
        widths: [10],
        rows: [
          [
            { value: '头', bold: true, fill: 'FDE2E0' },
            { value: '', wrap: true },
          ],
          signs,
        ],
      },
    ]);
    const [table] = (await readTable(file, { fileName: 'x.xlsx' })).tables;
    expect(table?.rows).toEqual([['头'], [...signs.slice(0, 6), 'ab', '<&>"']]);
    expect(table?.formulaAt(1, 0)).toBeUndefined();
    expect(table?.name.length).toBeLessThanOrEqual(31);
    expect((await readSheets(file))[0]?.rows[1]?.[0]).toBe('=1+1');
  });
});
