/** Sample answers; all names are fictional. */
import { at } from '../../testing/shell.ts';
import type {
  Finding,
  InspectionAnswer,
  InspectionBrief,
  LetterAccountsAnswer,
  LetterAnswer,
  LettersAnswer,
} from '../api.ts';

const hour = 3_600_000;

const day = 24 * hour;

export const inspectionBrief = (part: Partial<InspectionBrief> = {}): InspectionBrief => ({
  inspectionId: 'in1',
  systemCode: 'wecom',
  month: '2026-10',
  versionNumber: 1,
  state: 'decided',
  figures: { total: 1246, active: 1198, excluded: 31, listed: 17, undecided: 0 },
  ...part,
});

export const inspection = (part: Partial<InspectionAnswer> = {}): InspectionAnswer => ({
  ...inspectionBrief(),
  fromOn: '2026-10-09',
  untilOn: '2026-11-09',
  ranAt: at - 11 * day,
  sources: [
    { code: 'appEntry', label: '进应用', cutOffAt: at - 11 * day, enough: true },
    { code: 'session', label: '网页会话', cutOffAt: at - 11 * day, enough: true },
    { code: 'operLog', label: '操作日志', cutOffAt: at - 11 * day, enough: true },
    { code: 'consoleExport', label: '后台导出', cutOffAt: at - 11 * day, enough: true },
  ],
  letters: { sent: 3, accounts: 10, replied: 8 },
  ...part,
});

export const letters = (): LettersAnswer['items'] => [
  {
    letterId: 'le1',
    unitId: 'jidian',
    unitName: '机电工程学院',
    forLeaders: false,
    sentAt: at - 11 * day,
    accounts: 6,
    replied: 6,
  },
  {
    letterId: 'le2',
    unitId: 'xinxi',
    unitName: '信息工程学院',
    forLeaders: false,
    sentAt: at - 11 * day,
    accounts: 3,
    replied: 1,
  },
  {
    letterId: 'le3',
    unitId: 'dzb',
    unitName: '党政办',
    forLeaders: true,
    sentAt: at - 11 * day,
    accounts: 1,
    replied: 1,
  },
];

export const finding = (findingId: string, part: Partial<Finding> = {}): Finding => ({
  findingId,
  personId: 'he',
  name: '何老师',
  staffNo: 'H2018007',
  unitName: '经济管理学院',
  verdict: 'listed',
  rule: 'noEvidence',
  ruleWords: '期内没有操作记录',
  evidence: [
    { source: 'appEntry', lastAt: at - 69 * day, inside: false },
    { source: 'session', lastAt: null, inside: false },
  ],
  ...part,
});

export const letterAccounts = (): LetterAccountsAnswer['items'] => [
  {
    letterItemId: 'li1',
    personId: 'huang',
    name: '黄老师',
    staffNo: 'H2014008',
    reply: { kind: 'keep', reason: '外出进修，下月返校', at: at - 9 * day },
    requestId: null,
    can: { reply: false },
  },
  {
    letterItemId: 'li2',
    personId: 'guo',
    name: '郭老师',
    staffNo: 'H2011005',
    reply: null,
    requestId: null,
    can: { reply: true },
  },
  {
    letterItemId: 'li3',
    personId: 'sun',
    name: '孙老师',
    staffNo: 'H2018002',
    reply: null,
    requestId: null,
    can: { reply: true },
  },
];

export const letter = (part: Partial<LetterAnswer> = {}): LetterAnswer => ({
  letterId: 'le2',
  unitName: '信息工程学院',
  month: '2026-10',
  systemName: '企业微信',
  sentAt: at - 11 * day,
  due: null,
  accounts: 3,
  replied: 1,
  ...part,
});
