import type { Vault } from '../../platform/vault/index.ts';
import { momentWords, sectionOfRows, type PersonDataSection } from '../access/index.ts';
import { NOTE } from './store.ts';
import { kindWords, STATE_WORDS } from './words.ts';

/** What a person's accounts of leave hold, their leaves, and what HR said of their service. */
export const leavePersonData = (vault: Vault): PersonDataSection[] => [
  sectionOfRows<{
    id: string;
    leaveType: string;
    leaveYear: number | string;
    kind: string;
    halves: number | string;
    bookedAt: number | string;
    byName: string;
    noteSealed: string | null;
  }>({
    title: '假期账',
    columns: ['时间', '假别', '年度', '事项', '天数', '经办人', '说明'],
    sql: `select id, leaveType, leaveYear, kind, halves, bookedAt, byName, noteSealed from leave_entry
      where personId = ? and id > ? order by id limit ?`,
    cells: (row) => [
      momentWords(row.bookedAt),
      row.leaveType,
      String(row.leaveYear),
      kindWords(row.kind),
      String(Number(row.halves) / 2),
      row.byName,
      row.noteSealed === null ? '' : vault.open(NOTE, row.noteSealed),
    ],
  }),
  sectionOfRows<{
    id: string;
    typeLabel: string;
    fromOn: string;
    toOn: string;
    halves: number | string;
    state: string;
    reportedAt: number | string | null;
  }>({
    title: '休假和销假',
    columns: ['假别', '开始', '结束', '天数', '状态', '销假时间'],
    sql: `select id, typeLabel, fromOn, toOn, halves, state, reportedAt from leave_absence
      where personId = ? and id > ? order by id limit ?`,
    cells: (row) => [
      row.typeLabel,
      row.fromOn,
      row.toOn,
      String(Number(row.halves) / 2),
      row.state === 'open' ? '未销假' : ((STATE_WORDS as Record<string, string>)[row.state] ?? '已结束'),
      momentWords(row.reportedAt),
    ],
  }),
  sectionOfRows<{
    id: string;
    workSinceOn: string | null;
    isEntitled: number | boolean;
    changedAt: number | string;
  }>({
    title: '年假工龄',
    columns: ['参加工作日期', '按工龄享受', '登记时间'],
    sql: `select id, workSinceOn, isEntitled, changedAt from leave_service
      where id = ? and id > ? order by id limit ?`,
    cells: (row) => [row.workSinceOn ?? '', row.isEntitled ? '是' : '否', momentWords(row.changedAt)],
  }),
];
