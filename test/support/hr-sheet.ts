import { type DemoPerson, demoPeople } from '../../scripts/demo/people.ts';

const DAY = '2026-11-23';
const HEAD = ['工号', '姓名', '手机号', '部门编码', '职务', '人员类别', '状态', '状态日期', '离职原因'];
const CATEGORY: Readonly<Record<string, string>> = { 外包: '院外服务', 代管单位: '代管' };

/** The college as it is on that day, in HR's words: a statement that changes nothing. */
export const asStored = (): string[][] =>
  demoPeople().map(({ staffNo, name, posts, category }: DemoPerson) => {
    const held = posts.filter(({ until }) => until === undefined || until > DAY);
    const units = held.map(({ unit }) => unit).join('；');
    return [staffNo, name, '', units, held[0]?.title ?? '', CATEGORY[category] ?? '院内', '在职', '', ''];
  });

export const csv = (rows: readonly string[][]): Buffer =>
  Buffer.from([HEAD, ...rows].map((row) => row.join(',')).join('\r\n'));
