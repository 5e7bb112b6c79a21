import { describe, expect, it } from 'vitest';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { readSheets } from '../../../platform/sheets/index.ts';
import { fileOf, gather, type PersonDataSection } from './person-data.ts';

/** `total` rows of one person, told page by page. */
const section = (total: number): PersonDataSection & { readonly pages: number[] } => {
  const pages: number[] = [];
  return {
    title: '记录',
    columns: ['序号'],
    pages,
    page: (_reads, personId, after, limit) => {
      pages.push(limit);
      const from = after === '' ? 0 : Number(after);
      const rows = Array.from({ length: Math.max(0, Math.min(limit, total - from)) }, (_, n) => [
        `${personId}${from + n}`,
      ]);
      const end = from + rows.length;
      return Promise.resolve({ rows, next: end < total ? String(end) : null });
    },
  };
};
const reads = {} as Reads;

describe('个保法 45 a copy of what is held about a person', () => {
  it.each([
    [0, 0, false],
    [1, 1, false],
    [499, 499, false],
    [1000, 1000, false],
    [1200, 1200, false],
    [1201, 1200, true],
    [9000, 1200, true],
  ])('of %i rows gives %i, and says when there are more: %s', async (total, given, cut) => {
    const found = section(total);
    const [result] = await gather(reads, 'p', [found], 1200);
    expect([result?.rows.length, result?.cut]).toEqual([given, cut]);
    expect(new Set(result?.rows.map(([cell]) => cell)).size).toBe(given);
    // Bounded reads, whatever there is.
    expect(Math.max(...found.pages)).toBeLessThanOrEqual(500);
  });

  it('is a workbook with one sheet a section and a first one that says what is in it', async () => {
    const copy = {
      name: '张雨桐',
      staffNo: '00731',
      taken: '2026-11-23 10:20 吴晓燕导出，用途：本人书面申请',
      sections: [
        { title: '登录', columns: ['时间'], rows: [['=1+1'], ['x'.repeat(40_000)]], cut: true },
        { title: '空', columns: ['时间'], rows: [], cut: false },
      ],
    };
    const { name, bytes } = await fileOf(copy, 'xlsx', Date.UTC(2026, 10, 23));
    expect(name).toBe('个人数据-张雨桐-00731-2026-11-23.xlsx');
    const sheets = await readSheets(bytes);
    expect(sheets.map((sheet) => sheet.name)).toEqual(['说明', '登录', '空']);
    expect(sheets[0]?.rows.flat().join()).toContain('其余请向人事处索取');
    expect(sheets[1]?.rows[1]?.[0]).toBe('=1+1');
    const json = JSON.parse((await fileOf(copy, 'json', 0)).bytes.toString()) as {
      sections: { rows: object[]; cut: boolean }[];
    };
    expect(json.sections[0]).toMatchObject({ cut: true, rows: [{ 时间: '=1+1' }, {}] });
  });
});
