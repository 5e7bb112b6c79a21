import { describe, expect, it } from 'vitest';
import { calendar, check, factOf, faultOf, org, templateFaults, templateOf, TODAY } from '../testing/form.ts';
import type { Condition } from '../model/condition.ts';
import { forecast } from '../views/forecast.ts';

describe('type explanation', () => {
  const field = { type: 'explanation', text: '请附合同原件。' };

  it('carries no value, asks for none and is no fact', () => {
    expect(faultOf(field, '我写的')).toBe('表单已更新，请重新打开再填。');
    expect(faultOf(field, null)).toBeNull();
    expect(factOf(field, null)).toBeUndefined();
  });

  it('cannot be required, and is no condition', () => {
    expect(templateFaults([{ key: 'it', label: '说明', ...field, required: true }])).not.toEqual([]);
    const kind = {
      key: 'kind',
      label: '类别',
      type: 'text',
      required: { when: { field: 'it', op: 'filled' } },
    };
    expect(templateFaults([{ key: 'it', label: '说明', ...field }, kind])).toEqual([
      '栏目“类别”的必填条件用了不能作条件的栏目 it',
    ]);
  });
});

describe('type multi', () => {
  const options = [
    { value: 'car', label: '派车' },
    { value: 'room', label: '住宿' },
    { value: 'food', label: '用餐' },
  ];
  const field = { type: 'multi', options, min: 1, max: 2 };

  it.each([
    ['one of them', ['car'], null],
    ['as many as allowed', ['food', 'car'], null],
    ['one too many', ['car', 'room', 'food'], '栏目最多选 2 项。'],
    ['unknown', ['bus'], '请重新选择栏目。'],
    ['twice', ['car', 'car'], '请重新选择栏目。'],
    ['text', 'car', '请重新选择栏目。'],
    ['a number', 3, '请重新选择栏目。'],
  ])('%s', (_, value, fault) => expect(faultOf(field, value)).toBe(fault));

  it('fewer than asked for', () => expect(faultOf({ ...field, min: 2 }, ['car'])).toBe('栏目至少选 2 项。'));

  it('is read in the order of the options', () =>
    expect(factOf(field, ['food', 'car'])).toEqual({ label: '栏目', value: '派车、用餐', kind: 'text' }));

  it('gives a condition for each option, in words', () => {
    const when: Condition = { field: 'needs.car', op: '=', value: true };
    const template = templateOf([
      { key: 'needs', label: '需要', ...field },
      { key: 'seats', label: '人数', type: 'number', required: { when } },
    ]);
    expect(check(template, { needs: ['car'] }).missing).toEqual(['seats']);
    expect(check(template, { needs: ['room'] }).missing).toEqual([]);
    expect(check(template, {}).missing).toEqual([]);
    const draft = { personId: 'zhang', assignmentId: 'zhang1', form: { needs: ['car'] }, chosen: {} };
    const ctx = { today: TODAY, org, calendar, absences: [], balances: {}, choices: {} };
    expect(forecast(template, draft, ctx).answer.reasons).toEqual(['需要选了派车，请填写人数。']);
  });

  it('is said in a title', () => {
    const template = templateOf([{ key: 'needs', label: '需要', ...field }], { titleWords: '接待 {needs}' });
    expect(check(template, { needs: ['room', 'car'] }).title).toBe('接待 派车、住宿');
  });

  it.each([
    [{ options: [options[0], options[0]] }, '栏目“栏目”的选项 car 出现了两次'],
    [{ options, min: 3, max: 2 }, '栏目“栏目”最少选的项数大于最多选的项数'],
    [{ options, min: 4 }, '栏目“栏目”要选 4 项，只有 3 个选项'],
  ])('template: %j', (part, fault) =>
    expect(templateFaults([{ key: 'it', label: '栏目', type: 'multi', ...part }])).toContain(fault),
  );
});

describe('type phone', () => {
  const wrong = '栏目要填 11 位手机号，或带区号的固定电话。';

  it.each([
    ['13800138000', null],
    [' 138 0013 8000 ', null],
    ['+86 138-0013-8000', null],
    ['0715-8260001', null],
    ['010 6500 0001', null],
    ['0715-8260001-12', null],
    ['0715-8260001转12', null],
    ['１３８００１３８０００', null],
    ['12800138000', wrong],
    ['1380013800', wrong],
    ['8260001', wrong],
    ['0715-1260001', wrong],
    ['+44 20 7946 0018', wrong],
    ['电话见名片', wrong],
    ['1'.repeat(300), wrong],
    [13_800_138_000, wrong],
  ])('%s', (value, fault) => expect(faultOf({ type: 'phone' }, value)).toBe(fault));

  it('may want a mobile', () => {
    expect(faultOf({ type: 'phone', mobileOnly: true }, '0715-8260001')).toBe('栏目要填 11 位手机号。');
    expect(faultOf({ type: 'phone', mobileOnly: true }, '13800138000')).toBeNull();
  });

  it('H6: is masked where it is shown, and decides nothing', () => {
    expect(factOf({ type: 'phone' }, '13800138000')?.value).toBe('138****8000');
    expect(factOf({ type: 'phone' }, '0715-8260001')?.value).not.toContain('8260');
    const template = templateOf([{ key: 'it', label: '电话', type: 'phone' }]);
    expect(JSON.stringify(check(template, { it: '13800138000' }).values)).not.toContain('138');
    expect(templateFaults([{ key: 'it', label: '电话', type: 'phone' }], { titleWords: '{it}' })).toEqual([
      '标题用了不存在的栏目 it',
    ]);
  });
});

describe('type money', () => {
  const field = { type: 'money', min: 1, max: 50_000.5 };

  it.each([
    [100, null],
    [5_000_050, null],
    [99, '栏目最少 1.00 元。'],
    [5_000_051, '栏目最多 50,000.50 元。'],
    [100.5, '栏目要填金额，最多两位小数。'],
    [-100, '栏目要填金额，最多两位小数。'],
    [Number.NaN, '栏目要填金额，最多两位小数。'],
    ['100', '栏目要填金额，最多两位小数。'],
  ])('%s fen', (value, fault) => expect(faultOf(field, value)).toBe(fault));

  it('is never more than can be written in characters', () =>
    expect(faultOf({ type: 'money' }, 1e15)).toBe('栏目最多 999,999,999,999.99 元。'));

  it('is shown with thousands and in characters, also where the title says it', () => {
    const fact = {
      label: '栏目',
      value: '1,234,567.80 元',
      kind: 'text',
      note: '壹佰贰拾叁万肆仟伍佰陆拾柒元捌角整',
    };
    expect(factOf({ type: 'money' }, 123_456_780)).toEqual(fact);
    const template = templateOf([{ key: 'sum', label: '金额', type: 'money' }], { titleWords: '报销 {sum}' });
    const found = check(template, { sum: 120_000 });
    expect(found.title).toBe('报销 1,200.00 元');
    expect(found.figures).toEqual([{ field: 'sum', words: '壹仟贰佰元整' }]);
  });

  it('is compared in yuan, to the fen', () => {
    const when: Condition = { field: 'sum', op: '>', value: 0.29 };
    const template = templateOf([
      { key: 'sum', label: '金额', type: 'money' },
      { key: 'why', label: '说明', type: 'text', required: { when } },
    ]);
    expect(check(template, { sum: 29 }).missing).toEqual([]);
    expect(check(template, { sum: 30 }).missing).toEqual(['why']);
    const draft = { personId: 'zhang', assignmentId: 'zhang1', form: { sum: 30 }, chosen: {} };
    const ctx = { today: TODAY, org, calendar, absences: [], balances: {}, choices: {} };
    expect(forecast(template, draft, ctx).answer.reasons).toEqual(['金额超过 0.29 元，请填写说明。']);
  });

  it.each([
    [{ min: 2, max: 1 }, '栏目“栏目”的最小值大于最大值'],
    [{ min: 0.001 }, 'fields.0.min：最多两位小数'],
    [{ max: 1e13 }, 'fields.0.max：太多或太长，最多 999999999999.99'],
  ])('template: %j', (part, fault) =>
    expect(templateFaults([{ key: 'it', label: '栏目', type: 'money', ...part }])).toContain(fault),
  );
});

describe('type dateTime', () => {
  const wrong = '栏目要选好日期和时间。';

  it.each([
    ['2026-11-26T14:30', null],
    ['2026-11-26T00:00', null],
    ['2026-11-26T24:00', wrong],
    ['2026-11-26T', wrong],
    ['T14:30', wrong],
    ['2026-02-30T14:30', wrong],
    ['2026-11-26T14:30:00Z', wrong],
    [1_795_000_000_000, wrong],
  ])('%s', (value, fault) => expect(faultOf({ type: 'dateTime' }, value)).toBe(fault));

  it('is read as day and minute, with the year when it is another', () => {
    expect(factOf({ type: 'dateTime' }, '2026-11-26T14:30')?.value).toBe('11-26 周四 14:30');
    expect(factOf({ type: 'dateTime' }, '2027-01-04T09:05')?.value).toBe('2027-01-04 周一 09:05');
  });
});

describe('type dateRange', () => {
  const field = { type: 'dateRange', counting: 'workday', maxSpanDays: 30 };

  it.each([
    [{ from: '2026-11-26', to: '2026-12-01' }, null],
    [{ from: '2026-11-26', to: '2026-11-26' }, null],
    [{ from: '2026-12-01', to: '2026-11-26' }, '栏目的结束不能早于开始。'],
    [{ from: '2026-11-26', to: '' }, '请选好栏目的开始和结束。'],
    [{ from: '2026-11-31', to: '2026-12-01' }, '请选好栏目的开始和结束。'],
    [{ from: '2026-11-01', to: '2026-12-01' }, '栏目一次最多 30 天。'],
    ['2026-11-26', '请选好栏目的开始和结束。'],
    [{ from: '2026-11-26', fromHalf: 'am', to: '2026-12-01', toHalf: 'pm' }, '请选好栏目的开始和结束。'],
  ])('%j', (value, fault) => expect(faultOf(field, value)).toBe(fault));

  it.each([
    ['workday', '共 4 个工作日'],
    ['calendar', '共 6 天'],
  ])('R39: days counted by %s', (counting, words) => {
    const range = { from: '2026-11-26', to: '2026-12-01' };
    expect(factOf({ ...field, counting }, range)).toEqual({
      label: '栏目',
      value: '11-26 周四 至 12-01 周二',
      kind: 'text',
      note: words,
    });
    const template = templateOf([{ key: 'on', label: '日期', ...field, counting }]);
    expect(check(template, { on: range }).figures).toEqual([{ field: 'on', words }]);
  });

  it('G4: says that a year without a notice is an estimate', () => {
    const template = templateOf([{ key: 'on', label: '日期', ...field }]);
    expect(check(template, { on: { from: '2027-03-01', to: '2027-03-05' } }).figures[0]?.words).toBe(
      '共 5 个工作日，2027 年放假安排未公布，天数暂估',
    );
  });

  it('gives its days to conditions, in words', () => {
    const when: Condition = { field: 'on', op: '>', value: 3 };
    const template = templateOf([
      { key: 'on', label: '出差', ...field },
      { key: 'why', label: '说明', type: 'text', required: { when } },
    ]);
    const draft = (to: string) => ({
      personId: 'zhang',
      assignmentId: 'zhang1',
      form: { on: { from: '2026-11-26', to } },
      chosen: {},
    });
    const ctx = { today: TODAY, org, calendar, absences: [], balances: {}, choices: {} };
    expect(forecast(template, draft('2026-11-30'), ctx).answer.reasons).toEqual([]);
    expect(forecast(template, draft('2026-12-01'), ctx).answer.reasons).toEqual([
      '出差超过 3 个工作日，请填写说明。',
    ]);
  });
});
