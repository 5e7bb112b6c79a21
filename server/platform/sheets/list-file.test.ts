import { describe, expect, it } from 'vitest';
import { everyPage, listFile, MOST_LISTED } from './list-file.ts';
import { readSheets } from './read-sheets.ts';

const NOW = Date.parse('2026-11-20T10:42:00+08:00');

describe('a list as a file', () => {
  it('H1 holds every page once, in order', async () => {
    const pages: Record<string, { items: number[]; next: string | null }> = {
      '': { items: [1, 2], next: 'b' },
      b: { items: [3], next: 'c' },
      c: { items: [], next: null },
    };
    const read = async (cursor?: string) => pages[cursor ?? ''] ?? expect.fail('no such page');
    expect(await everyPage(read)).toEqual([1, 2, 3]);
  });

  it('H2 is refused, never cut', async () => {
    const read = (last: number) => async (cursor?: string) => {
      const at = Number(cursor ?? 0);
      return {
        items: Array.from({ length: at === last ? 1 : 1_000 }),
        next: at === last ? null : `${at + 1}`,
      };
    };
    await expect(everyPage(read(5))).rejects.toThrow('sheets.list_too_large');
    expect(await everyPage(read(4))).toHaveLength(4 * 1_000 + 1);
    expect(MOST_LISTED).toBe(5_000);
  });

  it('F7 says who took what; a cell that looks like a formula is text', async () => {
    const { name, bytes } = await listFile(
      { title: '清单', asked: ['某单位', ''], columns: ['工号', '姓名'], rows: [['0071', '=1+1']] },
      '李老师',
      NOW,
    );
    expect(name).toBe('清单-2026-11-20.xlsx');
    const [sheet] = await readSheets(bytes);
    expect(sheet?.rows).toEqual([
      ['2026-11-20 10:42 李老师导出 · 某单位 · 1 条', ''],
      ['工号', '姓名'],
      ['0071', '=1+1'],
    ]);
  });
});
