import { momentWords, sectionOfRows, type PersonDataSection } from '../access/index.ts';
import type { NativeContext } from './context.ts';
import type { CaseState } from './contract.ts';
import { openForm } from './store.ts';
import { STATE_WORDS } from './words.ts';

type Moment = string | number | null;

/** What a person handed in in 企业微信's own 审批, and what lay with them there (个保法 45). */
export const nativePersonData = (vault: NativeContext['vault']): PersonDataSection[] => [
  sectionOfRows<{
    id: string;
    number: string;
    title: string;
    state: CaseState;
    appliedAt: Moment;
    formSealed: string;
  }>({
    title: '企业微信审批（提交）',
    columns: ['审批编号', '名称', '状态', '提交时间', '填写内容'],
    sql: `select id, number, title, state, appliedAt, formSealed from native_case
      where applicantId = ? and id > ? order by id limit ?`,
    cells: (row) => [
      row.number,
      row.title,
      STATE_WORDS[row.state],
      momentWords(row.appliedAt),
      openForm({ vault }, row)
        .fields.map(({ title, text }) => `${title}：${text}`)
        .join('\n'),
    ],
  }),
  sectionOfRows<{ id: string; number: string; title: string; sinceAt: Moment; untilAt: Moment }>({
    title: '企业微信审批（经办）',
    columns: ['审批编号', '名称', '到手时间', '离手时间'],
    sql: `select h.id as id, n.number as number, n.title as title, h.sinceAt as sinceAt, h.untilAt as untilAt
      from native_holding h join native_case n on n.id = h.caseId
      where h.personId = ? and h.id > ? order by h.id limit ?`,
    cells: (row) => [row.number, row.title, momentWords(row.sinceAt), momentWords(row.untilAt)],
  }),
];
