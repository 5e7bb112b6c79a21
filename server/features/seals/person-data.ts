import { momentWords, sectionOfRows, type PersonDataSection } from '../access/index.ts';
import type { UseState } from './contract.ts';
import { STATE_WORDS } from './words.ts';

/** Seals a person asked for, contract numbers they drew, seals they keep or kept (个保法 45). */
export const sealsPersonData: PersonDataSection[] = [
  sectionOfRows<{
    id: string;
    number: string;
    document: string;
    approvedCopies: number | string;
    stampedCopies: number | string;
    state: UseState;
    openedAt: number | string;
  }>({
    title: '用印',
    columns: ['台账号', '文件', '批准份数', '实盖份数', '状态', '批准时间'],
    sql: `select id, number, document, approvedCopies, stampedCopies, state, openedAt from seal_use
      where applicantId = ? and id > ? order by id limit ?`,
    cells: (row) => [
      row.number,
      row.document,
      String(row.approvedCopies),
      String(row.stampedCopies),
      STATE_WORDS[row.state],
      momentWords(row.openedAt),
    ],
  }),
  sectionOfRows<{ id: string; number: string; title: string; state: string; drawnAt: number | string }>({
    title: '合同编号',
    columns: ['合同编号', '合同名称', '状态', '取号时间'],
    sql: `select id, number, title, state, drawnAt from contract_number
      where applicantId = ? and id > ? order by id limit ?`,
    cells: (row) => [row.number, row.title, row.state === 'void' ? '作废' : '有效', momentWords(row.drawnAt)],
  }),
  sectionOfRows<{
    id: string;
    name: string;
    sinceAt: number | string;
    untilAt: number | string | null;
  }>({
    title: '保管印章',
    columns: ['印章', '开始', '结束'],
    sql: `select k.id as id, s.name as name, k.sinceAt as sinceAt, k.untilAt as untilAt
      from seal_keeper k join seal s on s.id = k.sealId where k.personId = ? and k.id > ? order by k.id limit ?`,
    cells: (row) => [
      row.name,
      momentWords(row.sinceAt),
      row.untilAt === null ? '' : momentWords(row.untilAt),
    ],
  }),
];
