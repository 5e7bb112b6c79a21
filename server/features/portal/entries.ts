/** What may be applied for and used, in the groups the regulation names (S2-A11), short at home and whole in a list. */
import { groupBy } from '../../kernel/group-by.ts';
import { romanise } from '../directory/index.ts';
import type { EntriesAnswer, HomeAnswer } from './contract.ts';

export interface HomeEntry {
  readonly group: string;
  readonly id: string;
  readonly title: string;
  readonly icon: string;
  readonly hue: 'blue' | 'teal' | 'violet';
  readonly path: string;
}

type Groups = HomeAnswer['entries'];

/** The regulation's order, then the others as they come. */
const ORDER: readonly string[] = [
  '请假销假',
  '服务保障',
  '行政审批',
  '合同管理',
  '部门内部管理',
  '教学',
  '学生事务',
  '公文',
  '信息化',
];

/** Tiles on the home page, three rows of four; the last one leads to all of them where there are more. */
const AT_HOME = 12;

export function grouped(entries: readonly HomeEntry[]): Groups {
  const place = (group: string) => (ORDER.includes(group) ? ORDER.indexOf(group) : ORDER.length);
  return [...groupBy(entries, (entry) => entry.group)]
    .map(([group, members]) => ({ group, items: members.map(({ group: _group, ...entry }) => entry) }))
    .sort((a, b) => place(a.group) - place(b.group));
}

/** The first groups, cut where the page would grow long; `more`: how many are left out. */
export function atHome(groups: Groups): { entries: Groups; more: number } {
  const total = groups.reduce((sum, { items }) => sum + items.length, 0);
  if (total <= AT_HOME) return { entries: groups, more: 0 };
  let left = AT_HOME - 1;
  const entries = groups.flatMap(({ group, items }) => {
    const shown = items.slice(0, left);
    left -= shown.length;
    return shown.length === 0 ? [] : [{ group, items: shown }];
  });
  return { entries, more: total - (AT_HOME - 1) };
}

/** With what is searched: title, group and pinyin, in small letters without blanks. */
export function searchable(groups: Groups): EntriesAnswer {
  return {
    groups: groups.map(({ group, items }) => ({
      group,
      items: items.map((entry) => ({ ...entry, find: findWords(entry.title, group) })),
    })),
  };
}

function findWords(title: string, group: string): string {
  const { pinyin, initials } = romanise(title);
  return [title, group, pinyin.replaceAll(' ', ''), initials].join('|').toLowerCase();
}
