/** Sample answers; all names are fictional. */
import { at } from '../../testing/shell.ts';
import type { AccountHistoryAnswer, AccountsAnswer } from '../api.ts';

const hour = 3_600_000;

const day = 24 * hour;

export const accountHistory = (): AccountHistoryAnswer['items'] => [
  { historyId: 'h2', at: at - 17 * day, systemName: '企业微信', words: '正常 → 锁定', byName: '陈老师' },
  { historyId: 'h1', at: at - 17 * day, systemName: 'OA', words: '正常 → 锁定', byName: '陈老师' },
];

export const personAccounts = (part: Partial<AccountsAnswer> = {}): AccountsAnswer => ({
  personId: 'zhang',
  personName: '张老师',
  accounts: [
    {
      systemCode: 'wecom',
      systemName: '企业微信',
      state: 'locked',
      words: '锁定，11-03 起',
      sinceAt: at - 17 * day,
      openedFor: null,
    },
    {
      systemCode: 'oa',
      systemName: 'OA',
      state: 'locked',
      words: '锁定，11-03 起',
      sinceAt: at - 17 * day,
      openedFor: null,
    },
    {
      systemCode: 'attendance',
      systemName: '无感考勤',
      state: 'open',
      words: '正常，2019-09-01 起',
      sinceAt: at - 900 * day,
      openedFor: null,
    },
  ],
  locks: [
    {
      lockId: 'l1',
      words: '锁定，11-03 起',
      untilOn: null,
      decided: false,
      can: { decide: true, recordResult: true, readReason: false },
    },
  ],
  ...part,
});
