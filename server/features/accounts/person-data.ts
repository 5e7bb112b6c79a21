import { momentWords, sectionOfRows, type PersonDataSection } from '../access/index.ts';
import type { AccountState, Act, RequestKind, RequestStatus } from './model.ts';
import type { LinkedBy, NewcomerState } from './newcomers/contract.ts';
import { LINKED_WORDS, NEWCOMER_STATE_WORDS } from './newcomers/words.ts';
import { ACT_WORDS, KIND_WORDS, STATE_WORDS, STATUS_WORDS } from './words.ts';

/** A person's accounts and what was asked and done for them. H5: requests to lock somebody are told to nobody here. */
export const accountsPersonData = (systemName: (code: string) => string): readonly PersonDataSection[] => [
  sectionOfRows<{ id: string; systemCode: string; state: AccountState; sinceAt: string | number }>({
    title: '账号',
    columns: ['系统', '状态', '从何时起'],
    sql: `select id, systemCode, state, sinceAt from account where personId = ? and id > ? order by id limit ?`,
    cells: ({ systemCode, state, sinceAt }) => [
      systemName(systemCode),
      STATE_WORDS[state],
      momentWords(sinceAt),
    ],
  }),
  sectionOfRows<{
    id: string;
    requestNumber: string;
    kind: RequestKind;
    status: RequestStatus;
    eventOn: string;
    createdAt: string | number;
  }>({
    title: '账号申请',
    columns: ['编号', '种类', '状态', '事由发生', '提出'],
    sql: `select id, requestNumber, kind, status, eventOn, createdAt from account_request
      where personId = ? and kind <> 'lock' and id > ? order by id limit ?`,
    cells: ({ requestNumber, kind, status, eventOn, createdAt }) => [
      requestNumber,
      KIND_WORDS[kind],
      STATUS_WORDS[status],
      eventOn,
      momentWords(createdAt),
    ],
  }),
  sectionOfRows<{
    id: string;
    requestNumber: string;
    state: NewcomerState;
    title: string | null;
    eventOn: string;
    linkedBy: LinkedBy | null;
    reportedAt: string | number;
  }>({
    title: '新人报告',
    columns: ['账号申请', '状态', '职务', '报到', '如何认定是本人', '报告时间'],
    sql: `select n.id, r.requestNumber, n.state, n.title, r.eventOn, n.linkedBy, n.reportedAt
      from account_newcomer n join account_request r on r.id = n.requestId
      where n.personId = ? and n.id > ? order by n.id limit ?`,
    cells: ({ requestNumber, state, title, eventOn, linkedBy, reportedAt }) => [
      requestNumber,
      NEWCOMER_STATE_WORDS[state],
      title ?? '',
      eventOn,
      linkedBy === null ? '' : LINKED_WORDS[linkedBy],
      momentWords(reportedAt),
    ],
  }),
  sectionOfRows<{
    id: string;
    systemCode: string;
    act: Act;
    toState: AccountState;
    happenedAt: string | number;
  }>({
    title: '账号变动',
    columns: ['时间', '系统', '操作', '之后'],
    sql: `select id, systemCode, act, toState, happenedAt from account_history
      where personId = ? and id > ? order by id limit ?`,
    cells: ({ systemCode, act, toState, happenedAt }) => [
      momentWords(happenedAt),
      systemName(systemCode),
      ACT_WORDS[act],
      STATE_WORDS[toState],
    ],
  }),
  sectionOfRows<{ id: string; systemCode: string; lastAt: string | number }>({
    title: '打开应用',
    columns: ['系统', '当天最后一次'],
    sql: `select id, systemCode, lastAt from account_app_entry
      where personId = ? and id > ? order by id limit ?`,
    cells: ({ systemCode, lastAt }) => [systemName(systemCode), momentWords(lastAt)],
  }),
];
