import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawRow, SheetKind } from '../model.ts';
import { COLUMNS } from './columns.ts';
import { mapFile } from './find-sheets.ts';
import type { SheetTable } from './map-columns.ts';
import { rawRows } from './raw-rows.ts';
import { readBatch } from './read-batch.ts';
import { knownWith, personRow, TODAY, unitRow } from './testing/rows.ts';

const FULL: Readonly<Record<string, string>> = {
  sex: '女',
  idType: '居民身份证',
  bornOn: '1949-12-31',
  email: 'a@example.cn',
  title: '教师',
  grade: '副高',
  managerStaffNo: '00731',
  establishment: '在编',
  employedOn: '2015/9/1',
  contractUntilOn: '[清空]',
  statusOn: '2026年11月20日',
  leaveReason: '',
  sortOrder: '3',
  sourceId: 's-1',
};

/** Rows laid out as a sheet with its columns in the order given, each under one of the names it goes by. */
function laidOut(
  kind: SheetKind,
  rows: readonly RawRow[],
  keys: readonly string[],
  pick: number,
): SheetTable {
  const head = keys.map((key) => {
    const column = COLUMNS[kind].find((one) => one.key === key);
    const names = column ? [column.label, ...column.aliases] : [key];
    return names[pick % names.length] ?? key;
  });
  return {
    name: kind === 'units' ? '部门' : '人员',
    hidden: false,
    rows: [head, ...rows.map(({ cells }) => keys.map((key) => cells[key] ?? ''))],
    formulaAt: () => undefined,
  };
}

const readTables = (tables: readonly SheetTable[]) =>
  readBatch({
    rows: mapFile(tables, ['D01', 'D0101']).sheets.flatMap((sheet) => [...rawRows(sheet)]),
    known: knownWith(),
    today: TODAY,
  });

const keysOf = (kind: SheetKind, required: boolean): string[] =>
  COLUMNS[kind].filter((column) => column.required === required).map(({ key }) => key);

describe('the order of columns is free', () => {
  it.each(['units', 'people'] as const)(
    'any order and any choice of optional columns of %s says the same',
    (kind) => {
      const rows =
        kind === 'people'
          ? [1, 2, 3].map((n) => personRow(n, { ...FULL, email: `a${n}@example.cn`, sortOrder: String(n) }))
          : [1, 2, 3].map((n) =>
              unitRow(n, { headStaffNo: '00731', sortOrder: String(n), category: '教学单位' }),
            );
      const optional = keysOf(kind, false);
      const whole = readTables([laidOut(kind, rows, [...keysOf(kind, true), ...optional], 0)])[kind];
      expect(whole).toHaveLength(3);
      const layout = fc.subarray(optional).chain((chosen) => {
        // Without a stored contact a new person needs one.
        const all = [
          ...new Set([...keysOf(kind, true), ...chosen, ...(kind === 'people' ? ['mobile'] : []), '备忘']),
        ];
        return fc.record({
          keys: fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          pick: fc.nat(12),
        });
      });
      fc.assert(
        fc.property(layout, ({ keys, pick }) => {
          const batch = readTables([laidOut(kind, rows, keys, pick)]);
          expect(batch.faults).toEqual([]);
          const expected = whole.map((record) =>
            Object.fromEntries(
              Object.entries(record).map(([key, value]) => [
                key,
                key === 'line' || keys.includes(key) ? value : undefined,
              ]),
            ),
          );
          expect(batch[kind]).toEqual(expected);
        }),
        { numRuns: 100 },
      );
    },
  );
});

describe('A4 a bad row changes nobody else', () => {
  const people = [1, 2, 3, 4].map((n) => personRow(n, { managerStaffNo: n === 1 ? '00731' : 'P1' }));
  const units = [5, 6].map((n) => unitRow(n));
  const good = [...units, ...people];
  const before = readBatch({ rows: good, known: knownWith(), today: TODAY });

  const junk = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      '',
      '[清空]',
      '=1+1',
      '身份证',
      '下周一',
      'NOPE',
      '1.1E+17',
      '110105194912310021',
      '院内',
      '12',
    ),
  );

  it('A4 whatever stands in its cells, as long as it claims no number of theirs', () => {
    const badRow = fc
      .record({
        kind: fc.constantFrom<SheetKind>('units', 'people'),
        line: fc.integer({ min: 100, max: 200 }),
        cells: fc.dictionary(
          fc.constantFrom(...COLUMNS.people.map(({ key }) => key), ...COLUMNS.units.map(({ key }) => key)),
          junk,
        ),
      })
      // A required cell that cannot be read makes it bad for sure.
      .map((row): RawRow => ({ ...row, cells: { ...row.cells, name: '=1' } }));
    fc.assert(
      fc.property(
        fc.uniqueArray(badRow, { maxLength: 6, selector: ({ line }) => line }),
        fc.nat(good.length),
        (bad, at) => {
          const rows = [...good.slice(0, at), ...bad, ...good.slice(at)];
          const batch = readBatch({ rows, known: knownWith(), today: TODAY });
          expect(batch.units).toEqual(before.units);
          expect(batch.people).toEqual(before.people);
          expect(new Set(batch.faults.map(({ line }) => line))).toEqual(new Set(bad.map(({ line }) => line)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('A4 a row that breaks takes only its own record away', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...people),
        fc.constantFrom('name', 'category', 'status', 'unitCodes', 'email', 'bornOn', 'sortOrder'),
        (victim, column) => {
          const rows = good.map((row) =>
            row === victim ? { ...row, cells: { ...row.cells, [column]: '=1' } } : row,
          );
          const batch = readBatch({ rows, known: knownWith(), today: TODAY });
          expect(batch.people).toEqual(before.people.filter(({ line }) => line !== victim.line));
          expect(batch.units).toEqual(before.units);
          expect(batch.refusedStaffNos).toEqual([victim.cells.staffNo]);
        },
      ),
    );
  });

  it('A3 the same rows are read the same, and no fault ever repeats a personal value', () => {
    const row = fc.record({
      kind: fc.constant<SheetKind>('people'),
      line: fc.integer({ min: 2, max: 50 }),
      cells: fc.record({
        staffNo: fc.constantFrom('P1', 'P2', ''),
        name: fc.constantFrom('张三', ''),
        idNumber: fc.constantFrom('110105194912310021', '11010519491231002X', '1101051949123100'),
        mobile: fc.constantFrom('19900000731', '1990000073'),
        bornOn: fc.constantFrom('1949-12-31', '1950-02-30', '1990-01-01'),
        unitCodes: fc.constantFrom('D01', 'D9'),
        category: fc.constant('院内'),
        status: fc.constantFrom('在职', '离职'),
      }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { minLength: 1, maxLength: 5, selector: ({ line }) => line }),
        (rows) => {
          const batch = readBatch({ rows, known: knownWith(), today: TODAY });
          expect(readBatch({ rows, known: knownWith(), today: TODAY })).toEqual(batch);
          const said = JSON.stringify(batch.faults);
          for (const { cells } of rows) {
            for (const value of [cells.idNumber, cells.mobile, cells.bornOn])
              expect(said).not.toContain(value);
          }
        },
      ),
    );
  });
});
