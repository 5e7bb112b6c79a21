/** Sample answers; all names are fictional. */
import { at } from '../../testing/shell.ts';
import type { RunAnswer, RunBrief, RunItem } from '../api.ts';

const minute = 60_000;

export const run = (part: Partial<RunAnswer> = {}): RunAnswer => ({
  planId: 'pl1',
  state: 'running',
  startedAt: at + 14 * minute,
  startedBy: '王老师',
  finishedAt: null,
  lastSignAt: at + 16 * minute,
  counts: { done: 17, unchanged: 2, planned: 0, retrying: 2, failed: 2, skipped: 0, waiting: 9 },
  total: 32,
  remainingWords: '大约还要 2 分钟，含等限流解除',
  stages: [
    { stage: 'units', label: '单位', done: 2, total: 2 },
    { stage: 'people', label: '入职、调动、信息', done: 19, total: 24 },
    { stage: 'leaders', label: '负责人、上级', done: 0, total: 4 },
    { stage: 'leavers', label: '停用', done: 0, total: 6 },
  ],
  troubles: [
    { cure: 'retryLater', words: '不用管。11:00:04 起自动重试（45009）', count: 2 },
    { cure: 'fixData', words: '林老师的手机号还在旧账号上（60104）。到旧账号清空，或在花名册改号', count: 1 },
    { cure: 'fixPermission', words: '把“经济管理学院”加进应用的可见范围（60011），再导一次', count: 1 },
  ],
  wecom: { waiting: 3, failed: 1 },
  ...part,
});

export const runItems: RunItem[] = [
  {
    key: 'i1',
    kindWords: '入职',
    name: '郭老师',
    ref: 'H2026011',
    result: 'done',
    words: '',
    wecom: 'waiting',
    errcode: null,
    at: at + 16 * minute,
  },
  {
    key: 'i2',
    kindWords: '信息变更',
    name: '林老师',
    ref: 'H2018015',
    result: 'failed',
    words: '号码还在已停用的旧账号上，先清那边',
    wecom: 'failed',
    errcode: 60104,
    at: at + 16 * minute - 3000,
  },
  {
    key: 'i3',
    kindWords: '信息变更',
    name: '马老师',
    ref: 'H2018020',
    result: 'unchanged',
    words: '企业微信里已经是这个值',
    wecom: 'written',
    errcode: null,
    at: at + 16 * minute - 7000,
  },
];

export const runBrief = (part: Partial<RunBrief> = {}): RunBrief => ({
  planId: 'pl1',
  batchNumber: '2026-11-20-1',
  state: 'partial',
  startedAt: at + 14 * minute,
  startedBy: '王老师',
  finishedAt: at + 18 * minute,
  counts: { waiting: 0, done: 28, unchanged: 2, failed: 2, retrying: 0, planned: 0, skipped: 0 },
  total: 32,
  ...part,
});
