import { momentWords, sectionOfRows, type PersonDataSection } from '../access/index.ts';

/** What somebody owed and when it was done. Of what the matter was: its number, because its title may name others. */
export const supervisionPersonData: PersonDataSection = sectionOfRows<{
  id: string;
  kind: string;
  openedAt: string | number;
  dueAt: string | number | null;
  closedAt: string | number | null;
  breachedAt: string | number | null;
}>({
  title: '时限',
  columns: ['种类', '开始', '应办结', '办结', '超期记录'],
  sql: `select id, kind, openedAt, dueAt, closedAt, breachedAt from obligation
    where holderPersonId = ? and id > ? order by id limit ?`,
  cells: ({ kind, openedAt, dueAt, closedAt, breachedAt }) => [
    kindWords(kind),
    momentWords(openedAt),
    momentWords(dueAt),
    momentWords(closedAt),
    momentWords(breachedAt),
  ],
});

const ROOMS: Readonly<Record<string, string>> = {
  approvals: '审批',
  accounts: '账号',
  directory: '通讯录',
  hr: '人事数据',
  corrections: '更正申请',
  signs: '账号使用核对',
  leave: '销假',
  operator: '系统维护',
  undertakings: '承诺',
  meetingrooms: '会议室',
};
const kindWords = (kind: string): string => ROOMS[kind.split('.')[0] ?? ''] ?? kind;
