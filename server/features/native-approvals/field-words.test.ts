import { expect, it } from 'vitest';
import { fieldsOf } from './field-words.ts';

const DAY = Date.parse('2026-11-23T00:00:00+08:00') / 1000;
const text = (control: string, value: unknown): string | undefined =>
  fieldsOf([{ control, title: '题', value }])[0]?.text;
const option = (zh: string) => ({
  key: 'option-1',
  value: [
    { text: 'x', lang: 'en' },
    { text: zh, lang: 'zh_CN' },
  ],
});

it.each<[string, unknown, string]>([
  ['Text', { text: '<b>补卡</b>' }, '<b>补卡</b>'],
  ['Number', { new_number: '3' }, '3'],
  ['Money', { new_money: '128.50' }, '128.50'],
  ['Date', { date: { type: 'day', s_timestamp: String(DAY) } }, '2026-11-23'],
  ['Date', { date: { type: 'hour', s_timestamp: String(DAY + 36_000) } }, '2026-11-23 10:00'],
  [
    'DateRange',
    { date_range: { type: 'halfday', new_begin: DAY, new_end: DAY + 43_200, new_duration: 86_400 } },
    '2026-11-23 上午 至 2026-11-23 下午',
  ],
  [
    'Vacation',
    {
      vacation: {
        selector: { type: 'single', options: [option('年假')] },
        attendance: { date_range: { type: 'hour', new_begin: DAY, new_end: DAY + 3_600 } },
      },
    },
    '年假，2026-11-23 00:00 至 2026-11-23 01:00',
  ],
  [
    'Selector',
    { selector: { type: 'multi', options: [option('甲'), { key: 'option-2', value: [] }] } },
    '甲、option-2',
  ],
  ['Contact', { members: [{ userid: 't1', name: '甲' }], departments: [] }, '甲'],
  ['RelatedApproval', { related_approval: [{ sp_no: '202603050001' }] }, '202603050001'],
  ['File', { files: [{ file_id: 'M1' }] }, '附件 1 个（请在企业微信中查看）'],
  ['Table', { children: [] }, '（请在企业微信中查看）'],
  ['Text', null, ''],
  ['Date', { date: { s_timestamp: 'soon' } }, ''],
])('%s %j reads %j', (control, value, expected) => {
  expect(text(control, value)).toBe(expected);
});

it('bank accounts are not kept (个保法 6, 19), and nothing is longer than it may be', () => {
  expect(
    fieldsOf([{ control: 'BankAccount', title: '收款账户', value: { account_number: '6222' } }]),
  ).toEqual([]);
  expect(text('Textarea', { text: '长'.repeat(5_000) })).toHaveLength(2_000);
});
