import { dateOf } from '../../kernel/dates.ts';
import { momentWords, type PersonDataSection, sectionOfRows } from '../access/index.ts';
import type { Sign } from './assess.ts';
import type { DeviceRow } from './tables.ts';
import { signWords, STATE_WORDS } from './words.ts';
import type { CheckState, Outcome, SignKind, SignSource } from './contract.ts';

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  self: '本人仍在使用',
  settled: '上报后处理完毕',
  void: '不用再核对',
};

/** 个保法 45: what is held about how somebody signs in, and every check there was. Others' words are not theirs. */
export const signsPersonData: readonly PersonDataSection[] = [
  sectionOfRows<Pick<DeviceRow, 'id'> & { firstAt: number | string; lastAt: number | string }>({
    title: '登录设备类型',
    columns: ['第一次登录', '最近一次登录'],
    sql: 'select id, firstAt, lastAt from account_device where personId = ? and id > ? order by id limit ?',
    cells: ({ firstAt, lastAt }) => [dateOf(Number(firstAt)), dateOf(Number(lastAt))],
  }),
  sectionOfRows<{ id: string; kind: SignKind; source: SignSource; seenAt: number | string }>({
    title: '账号使用的变化',
    columns: ['日期', '变化'],
    sql: 'select id, kind, source, seenAt from account_sign where personId = ? and id > ? order by id limit ?',
    cells: ({ kind, source, seenAt }) => [dateOf(Number(seenAt)), signWords(kind, source)],
  }),
  sectionOfRows<{
    id: string;
    raisedAt: number | string;
    signs: string;
    state: CheckState;
    outcome: Outcome | null;
    endedAt: number | string | null;
  }>({
    title: '账号使用核对',
    columns: ['提出', '因为', '状态', '办结', '结果'],
    sql: `select id, raisedAt, signs, state, outcome, endedAt from account_check
      where personId = ? and id > ? order by id limit ?`,
    cells: ({ raisedAt, signs, state, outcome, endedAt }) => [
      momentWords(raisedAt),
      (JSON.parse(signs) as Sign[])
        .map(({ kind, source, seenAt }) => `${dateOf(seenAt)} ${signWords(kind, source)}`)
        .join('；'),
      STATE_WORDS[state],
      momentWords(endedAt),
      outcome === null ? '' : OUTCOMES[outcome],
    ],
  }),
];
