import { describe, expect, it } from 'vitest';
import { atHome, grouped, searchable, type HomeEntry } from './entries.ts';

const entry = (group: string, title: string): HomeEntry => ({
  group,
  id: title,
  title,
  icon: 'doc',
  hue: 'blue',
  path: `/apply/${title}`,
});
const many = (group: string, count: number) =>
  Array.from({ length: count }, (_, nth) => entry(group, `${group}${nth}`));

describe('entries of the home page', () => {
  it("S2-A11 stand in the regulation's groups and order, others after them", () => {
    const groups = grouped([
      entry('其他', '戊'),
      entry('信息化', '丁'),
      entry('请假销假', '甲'),
      entry('服务保障', '乙'),
    ]);
    expect(groups.map(({ group }) => group)).toEqual(['请假销假', '服务保障', '信息化', '其他']);
    expect(groups[0]?.items).toEqual([
      { id: '甲', title: '甲', icon: 'doc', hue: 'blue', path: '/apply/甲' },
    ]);
  });

  it.each([
    [12, 12, 0],
    [13, 11, 2],
    [40, 11, 29],
  ])('of %i show %i, so that the tile of all fills the third row', (total, shown, more) => {
    const short = atHome(grouped([...many('公文', total - 5), ...many('请假销假', 5)]));
    expect(short.entries.reduce((sum, { items }) => sum + items.length, 0)).toBe(shown);
    expect(short.more).toBe(more);
    expect(short.entries[0]?.group).toBe('请假销假');
  });

  it('no group stands there without a tile', () => {
    const short = atHome(grouped([...many('请假销假', 11), ...many('公文', 5)]));
    expect(short.entries.map(({ group }) => group)).toEqual(['请假销假']);
  });

  it.each(['调停课', '教学', 'tiaotingke', 'ttk'])('调停课 is found by %s', (typed) => {
    const [group] = searchable(grouped([entry('教学', '调停课')])).groups;
    expect(group?.items[0]?.find).toContain(typed);
  });
});
