import { describe, expect, it } from 'vitest';
import { sheet, sheetItem } from '../testing/samples.ts';
import { groupItems, sheetFigures, verdictOf } from './sheet.ts';

describe('the hand-over sheet', () => {
  it('groups by kind in the server’s order', () => {
    expect(groupItems(sheet().items).map(({ label, items }) => `${label} ${items.length}`)).toEqual([
      '待办审批 3',
      '群主 1',
      '模板席位 2',
      '模块与权限 1',
      '微盘、文档 1',
    ]);
  });
  it('counts what has a place, and what the button would hand over: statements are never carried out', () => {
    expect(sheetFigures(sheet())).toEqual({ total: 8, settled: 7, open: 7 });
    const over = sheet({ items: sheet().items.map((item) => ({ ...item, result: 'done' as const })) });
    expect(sheetFigures(over)).toEqual({ total: 8, settled: 8, open: 0 });
  });
  it('promises nothing before it was tried; what came of it wins over the dry run', () => {
    expect(verdictOf(sheetItem('a', { trial: null })).words).toBe('还没试');
    expect(verdictOf(sheetItem('a', { trial: null, successorId: null })).words).toBe('要选');
    expect(verdictOf(sheetItem('a')).words).toBe('可接');
    expect(verdictOf(sheetItem('a', { result: 'failed', resultWords: '群已解散' }))).toEqual({
      tone: 'red',
      words: '没交成',
      why: '群已解散',
    });
  });
});
