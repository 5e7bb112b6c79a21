import { describe, expect, it } from 'vitest';
import { mapFile } from './find-sheets.ts';
import { mapColumns, type SheetTable } from './map-columns.ts';
import { rawRows } from './raw-rows.ts';

const table = (name: string, rows: readonly string[][], more: Partial<SheetTable> = {}): SheetTable => ({
  name,
  hidden: false,
  rows,
  formulaAt: () => undefined,
  ...more,
});
const list = (head: string, ...rows: string[]) => [head, ...rows].map((row) => row.split(','));
const matched = (kind: 'units' | 'people', rows: readonly string[][], unitCodes: string[] = []) =>
  mapColumns(table('x', rows), kind, 0, new Set(unitCodes)).columns.map(({ column, how }) => [column, how]);

const PEOPLE = '工号,姓名,部门编码,人员类别,状态';

describe('columns', () => {
  it('are matched by name in any order, and what is missing or unknown is told', () => {
    const sheet = mapColumns(
      table('人员', list('状态,政治面貌,姓名,工号,,部门编码', '在职,群众,张三,1,,D1')),
      'people',
      0,
    );
    expect(sheet.columns).toEqual([
      { kind: 'people', header: '状态', column: 'status', label: '状态', how: 'name', required: true },
      { kind: 'people', header: '政治面貌', column: null, label: null, how: 'none', required: false },
      { kind: 'people', header: '姓名', column: 'name', label: '姓名', how: 'name', required: true },
      { kind: 'people', header: '工号', column: 'staffNo', label: '工号', how: 'name', required: true },
      {
        kind: 'people',
        header: '部门编码',
        column: 'unitCodes',
        label: '部门编码',
        how: 'name',
        required: true,
      },
    ]);
    expect(sheet.missing).toEqual(['category']);
    expect([...rawRows(sheet)]).toEqual([
      { kind: 'people', line: 2, cells: { status: '在职', name: '张三', staffNo: '1', unitCodes: 'D1' } },
    ]);
  });

  it.each([
    ['员工编号', 'staffNo'],
    ['所属部门编码', 'unitCodes'],
    ['手机号码', 'mobile'],
    ['身份证号', 'idNumber'],
    ['入职日期', 'employedOn'],
    ['E-Mail', 'email'],
    ['电 子 邮 箱', 'email'],
  ])('by alias: %s is %s', (head, column) => {
    expect(matched('people', [[head]])).toEqual([[column, 'alias']]);
  });

  it.each(['工 号', ' 工号 *', '工号（必填）', '工号[不改]', '工　号', '工号：', 'staffNo'])(
    'forgive width, spaces, stars and notes: %s',
    (head) => {
      expect(matched('people', [[head]])).toEqual([['staffNo', 'name']]);
    },
  );

  it('a name goes before an alias wherever it stands, and each is given once', () => {
    expect(matched('people', list('手机号码,手机号,手机'))).toEqual([
      [null, 'none'],
      ['mobile', 'name'],
      [null, 'none'],
    ]);
  });

  it('by content: ID numbers, mobiles, emails, words and known unit codes', () => {
    const rows = list(
      '证件,联系电话,邮件,,部门,类',
      '11010519491231002X,19900000001,a@x.cn,男,D1,院内',
      '440524188001010014,19900000002,b@x.cn,女,D1；D2,院内',
      '11010519491231002x,+86 19900000003,c@x.cn,男,d2,代管',
    );
    expect(matched('people', rows, ['d1', 'd2'])).toEqual([
      ['idNumber', 'content'],
      ['mobile', 'content'],
      ['email', 'content'],
      ['sex', 'content'],
      ['unitCodes', 'content'],
      ['category', 'content'],
    ]);
    expect(matched('people', rows, [])[4]).toEqual([null, 'none']);
  });

  it.each(['紧急联系人手机', '配偶电话', '办公电话', '原手机', '推荐人联系方式', '党支部'])(
    'never takes the mobiles under %s for the person’s own',
    (head) => {
      expect(matched('people', list(head, '19900000001', '19900000002', '19900000003'))).toEqual([
        [null, 'none'],
      ]);
    },
  );

  it('takes no column for two values, nor for mostly others, nor for what two could be', () => {
    expect(matched('people', list('联系电话', '19900000001', '19900000002'))).toEqual([[null, 'none']]);
    expect(matched('people', list('联系电话', '19900000001', '无', '19900000003'))).toEqual([[null, 'none']]);
    // 借调 and 挂职 are words of 状态 and of 编制类别.
    expect(matched('people', list('x,', 'x,借调', 'x,挂职', 'x,借调'))).toEqual([[null, 'none']]);
  });
});

describe('sheets', () => {
  const units = list('部门编码,部门名称,上级编码', 'D1,一,');
  const people = list(PEOPLE, '1,张三,D1,院内,在职');
  const kinds = (tables: SheetTable[]) =>
    mapFile(tables).sheets.map(({ kind, table: { name }, headAt }) => [kind, name, headAt]);

  it('are recognised by name, whatever their order, and by their columns', () => {
    const expected = [
      ['units', '部门', 0],
      ['people', '人员', 0],
    ];
    expect(kinds([table('人员', people), table('部门', units)])).toEqual(expected);
    expect(kinds([table('Sheet1', people), table('Sheet2', units)])).toEqual([
      ['units', 'Sheet2', 0],
      ['people', 'Sheet1', 0],
    ]);
    expect(kinds([table('2026年11月花名册', people)])).toEqual([['people', '2026年11月花名册', 0]]);
  });

  it('a csv holds one kind', () => {
    expect(kinds([table('export-20261120', units)])).toEqual([['units', 'export-20261120', 0]]);
    expect(kinds([table('export-20261120', people)])).toEqual([['people', 'export-20261120', 0]]);
  });

  it('have their head within the first ten rows', () => {
    const titled = (above: number) => [
      ...Array.from({ length: above }, () => ['海州职业技术学院花名册']),
      ...people,
    ];
    expect(kinds([table('人员', titled(3))])).toEqual([['people', '人员', 3]]);
    expect(kinds([table('人员', titled(9))])).toEqual([['people', '人员', 9]]);
    expect(kinds([table('人员', titled(10))])).toEqual([]);
    const [sheet] = mapFile([table('人员', titled(3))]).sheets;
    expect(sheet && [...rawRows(sheet)].map(({ line }) => line)).toEqual([5]);
  });

  it('hidden ones, guides, strangers and a second of a kind are not read, but named', () => {
    const mapped = mapFile([
      table('填写说明', people),
      table('人员', people, { hidden: true }),
      table('工资', list('月份,金额', '1,2')),
      table('人员名单', people),
      table('人员 ', people),
    ]);
    expect(mapped.sheets.map(({ table: { name } }) => name)).toEqual(['人员 ']);
    expect(mapped.ignored).toEqual(['填写说明', '人员', '工资', '人员名单']);
  });

  it('unit codes of the file tell the column of units in the other sheet', () => {
    const rows = list(
      '工号,姓名,部门,人员类别,状态',
      '1,张,D1,院内,在职',
      '2,李,D1,院内,在职',
      '3,王,D1,院内,在职',
    );
    const [, second] = mapFile([table('人员', rows), table('部门', units)]).sheets;
    expect(second?.columns[2]).toMatchObject({ header: '部门', column: 'unitCodes', how: 'content' });
    expect(second?.missing).toEqual([]);
  });
});

describe('raw rows', () => {
  it('leave empty rows out and mark formulas with what they say', () => {
    const rows = list(PEOPLE, '1,张三,D1,院内,在职', '', ',,,,,备注', '2,李四,D1,院内,在职');
    const formulaAt = (row: number, column: number) =>
      row !== 4 ? undefined : ['', 'VLOOKUP(A5,B:C,2)'][column];
    const [sheet] = mapFile([table('人员', rows, { formulaAt })]).sheets;
    expect(sheet && [...rawRows(sheet)].map(({ line, cells }) => [line, cells.staffNo, cells.name])).toEqual([
      [2, '1', '张三'],
      [5, '=2', '=VLOOKUP(A5,B:C,2)'],
    ]);
  });
});
