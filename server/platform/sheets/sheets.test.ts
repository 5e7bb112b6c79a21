import { describe, expect, it } from 'vitest';
import { readSheets, SHEET_LIMITS, writeSheets } from './index.ts';

const PEOPLE = {
  name: '人员',
  rows: [
    ['工号', '姓名', '备注'],
    ['00731', '张雨桐', '=1+1'],
    ['', '单雄信', ' 有空格 '],
  ],
};

describe('sheets', () => {
  it('read back what was written: zeros, empty cells, formula signs, Chinese names', async () => {
    const units = { name: '单位', rows: [['编号'], ['10086000000000001']] };
    const file = await writeSheets([units, PEOPLE]);
    expect(await readSheets(file)).toEqual([
      units,
      { name: '人员', rows: [PEOPLE.rows[0], PEOPLE.rows[1], ['', '单雄信', '有空格']] },
    ]);
    expect(file.includes('<f>')).toBe(false);
  });

  it('refuses what is not an .xlsx file', async () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('工号,姓名\n1,2\n'.repeat(9)),
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, ...Array<number>(60).fill(0)]),
    ]) {
      await expect(readSheets(bytes)).rejects.toMatchObject({ code: 'sheets.not_xlsx', status: 400 });
    }
    const file = await writeSheets([PEOPLE]);
    await expect(readSheets(file.subarray(0, file.length - 40))).rejects.toMatchObject({
      code: 'sheets.not_xlsx',
    });
  });

  it('holds its caps on bytes, rows and columns', async () => {
    const file = await writeSheets([PEOPLE]);
    const within = async (limits: Partial<typeof SHEET_LIMITS>) =>
      readSheets(file, { ...SHEET_LIMITS, ...limits });
    await expect(within({ maxBytes: file.length - 1 })).rejects.toMatchObject({ code: 'sheets.too_large' });
    await expect(within({ maxUnpackedBytes: 1000 })).rejects.toMatchObject({ code: 'sheets.too_large' });
    await expect(within({ maxRows: 2 })).rejects.toMatchObject({
      code: 'sheets.too_many_rows',
      data: { max: 1 },
    });
    await expect(within({ maxColumns: 2 })).rejects.toMatchObject({ code: 'sheets.too_many_columns' });
    expect(await within({ maxRows: 3, maxColumns: 3 })).toHaveLength(1);
  });

  it('a directory that lies about unpacked sizes does not get past the cap', async () => {
    const big = await writeSheets([
      { name: '大', rows: Array.from({ length: 3000 }, () => ['零'.repeat(50)]) },
    ]);
    const lying = Buffer.from(big);
    for (let at = lying.indexOf('PK\u0001\u0002'); at !== -1; at = lying.indexOf('PK\u0001\u0002', at + 4)) {
      lying.writeUInt32LE(1, at + 24);
    }
    await expect(readSheets(lying, { ...SHEET_LIMITS, maxUnpackedBytes: 50_000 })).rejects.toMatchObject({
      code: 'sheets.too_large',
    });
  });
});
