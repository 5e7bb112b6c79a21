import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../model/condition.ts';
import { forecast } from '../views/forecast.ts';
import { factsOf } from '../views/facts.ts';
import { calendar, check, faultOf, org, templateFaults, templateOf, TODAY } from '../testing/form.ts';
import { moneyWords } from './money.ts';

const columns = [
  { key: 'what', label: '名称', type: 'text', maxLength: 5 },
  { key: 'count', label: '数量', type: 'number', unit: '台', min: 1 },
  { key: 'price', label: '金额', type: 'money' },
  { key: 'on', label: '日期', type: 'date', required: false },
  { key: 'kind', label: '类别', type: 'select', required: false, options: [{ value: 'a', label: '设备' }] },
];
const items = { key: 'items', label: '明细', type: 'table', columns, minRows: 1, maxRows: 3 };
const row = { what: '电脑', count: 2, price: 500_000 };

describe('type table', () => {
  const field = { type: 'table', columns, minRows: 1, maxRows: 3 };

  it.each([
    ['one row', [row], null],
    ['all cells', [{ ...row, on: '2026-11-26', kind: 'a' }], null],
    ['too many rows', [row, row, row, row], '栏目最多填 3 行。'],
    ['a cell left out', [row, { what: '键盘', price: 1 }], '栏目第 2 行：请填写数量。'],
    ['a blank cell', [{ ...row, what: ' ' }], '栏目第 1 行：请填写名称。'],
    ['a wrong number', [{ ...row, count: 0 }], '栏目第 1 行：数量最少 1 台。'],
    ['text for a number', [{ ...row, count: '2' }], '栏目第 1 行：数量要填数字。'],
    ['a number for text', [{ ...row, what: 2 }], '栏目第 1 行：名称要写成文字。'],
    ['a long text', [{ ...row, what: '一二三四五六' }], '栏目第 1 行：名称最多 5 字，现在 6 字。'],
    ['a wrong amount', [{ ...row, price: 1.5 }], '栏目第 1 行：金额要填金额，最多两位小数。'],
    ['a wrong date', [{ ...row, on: '2026-02-30' }], '栏目第 1 行：日期不是有效的日期。'],
    ['an unknown choice', [{ ...row, kind: 'z' }], '栏目第 1 行：请重新选择类别。'],
    ['an unknown cell', [{ ...row, other: 1 }], '栏目第 1 行：表单已更新，请重新打开再填。'],
    ['names of the language', [{ ...row, constructor: 'x' }], '栏目第 1 行：表单已更新，请重新打开再填。'],
    ['no rows', ['电脑'], '请重新填写栏目。'],
    ['text', '电脑', '请重新填写栏目。'],
  ])('%s', (_, value, fault) => expect(faultOf(field, value)).toBe(fault));

  it('fewer rows than asked for', () =>
    expect(faultOf({ ...field, minRows: 2 }, [row])).toBe('栏目至少填 2 行。'));

  it('is read row by row, with its sums, and as one line on cards', () => {
    const template = templateOf([items]);
    const form = { items: [row, { what: '键盘', count: 3, price: 9_990, on: '2026-11-26', kind: 'a' }] };
    const found = check(template, form);
    expect(found.figures).toEqual([{ field: 'items', words: '数量合计 5 台，金额合计 5,099.90 元' }]);
    const sources = { today: TODAY, personName: () => null, file: () => null };
    expect(factsOf(template, form, found.values, sources)).toEqual([
      {
        label: '明细',
        value: '2 行，数量合计 5 台，金额合计 5,099.90 元',
        kind: 'table',
        table: {
          columns: ['名称', '数量', '金额', '日期', '类别'],
          rows: [
            ['电脑', '2 台', '5,000.00 元', '', ''],
            ['键盘', '3 台', '99.90 元', '11-26 周四', '设备'],
          ],
        },
      },
    ]);
  });

  it('gives its sums to conditions, in words', () => {
    const when: Condition = { field: 'items.price', op: '>', value: 5_000 };
    const template = templateOf([items, { key: 'why', label: '说明', type: 'text', required: { when } }]);
    const reasons = (price: number) =>
      forecast(
        template,
        { personId: 'zhang', assignmentId: 'zhang1', form: { items: [{ ...row, price }] }, chosen: {} },
        { today: TODAY, org, calendar, absences: [], balances: {}, choices: {} },
      ).answer.reasons;
    expect(reasons(500_000)).toEqual([]);
    expect(reasons(500_001)).toEqual(['明细的金额合计超过 5000 元，请填写说明。']);
  });

  it('sums decimals exactly', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 30 });
    const priced = { key: 'price', label: '金额', type: 'money' };
    const template = templateOf([{ ...items, columns: [priced], maxRows: 30 }]);
    fc.assert(
      fc.property(amounts, (all) => {
        const fen = all.reduce((sum, one) => sum + one, 0);
        const found = check(template, { items: all.map((price) => ({ price })) });
        expect(found.figures[0]?.words).toBe(`金额合计 ${moneyWords(fen)}`);
        expect(found.values['items.price']).toBe(fen / 100);
      }),
    );
    const shares = { key: 'share', label: '比例', type: 'number', decimals: 1 };
    const third = templateOf([{ ...items, columns: [shares] }]);
    expect(check(third, { items: [{ share: 0.1 }, { share: 0.2 }] }).values['items.share']).toBe(0.3);
  });

  it.each([
    [{ columns: [columns[0], columns[0]] }, '栏目“明细”的列 what 出现了两次'],
    [{ minRows: 3, maxRows: 2 }, '栏目“明细”的最少行数大于最多行数'],
    [{ columns: [{ ...columns[1], max: 0 }] }, '栏目“明细”的列“数量”的最小值大于最大值'],
    [{ columns: [] }, 'fields.0.columns：太少或太短，最少 1'],
  ])('template: %j', (part, fault) => expect(templateFaults([{ ...items, ...part }])).toContain(fault));
});

describe('type formula', () => {
  const fare = { key: 'fare', label: '交通费', type: 'money' };
  const people = { key: 'people', label: '人数', type: 'number' };
  const total = {
    key: 'total',
    label: '合计',
    type: 'formula',
    as: 'money',
    expression: 'items.price + fare',
  };
  const each = {
    key: 'each',
    label: '人均',
    type: 'formula',
    expression: 'items.price / people',
    unit: '元',
  };

  it('is reckoned from amounts, numbers and sums, and shown with its characters', () => {
    const template = templateOf([items, fare, people, total, each], { titleWords: '报销 {total}' });
    const form = { items: [row], fare: 5, people: 3 };
    const found = check(template, form);
    expect(found.title).toBe('报销 5,000.05 元');
    expect(found.values).toMatchObject({ total: 5000.05, each: 1666.67 });
    expect(found.figures).toContainEqual({ field: 'each', words: '1666.67 元' });
    const facts = factsOf(template, form, found.values, {
      today: TODAY,
      personName: () => null,
      file: () => null,
    });
    expect(facts.find(({ label }) => label === '合计')).toEqual({
      label: '合计',
      value: '5,000.05 元',
      kind: 'text',
      note: '伍仟元零伍分',
    });
  });

  it('says nothing while something is missing or wrong', () => {
    const template = templateOf([items, fare, total]);
    expect(check(template, { items: [row] }).values).not.toHaveProperty('total');
    expect(check(template, { items: [row], fare: -1 }).values).not.toHaveProperty('total');
    expect(check(template, { items: [{ ...row, count: 0 }], fare: 1 }).values).not.toHaveProperty('total');
  });

  it('takes no value from outside', () => {
    const template = templateOf([fare, { ...total, expression: 'fare' }]);
    const found = check(template, { fare: 100, total: 1 });
    expect(found.fieldNotes).toEqual([
      { field: 'total', tone: 'error', words: '表单已更新，请重新打开再填。' },
    ]);
  });

  it.each([
    ['divided by zero', 'fare / (people - people)', 100, '合计算不出来：除数是 0。'],
    ['too large', 'fare * 999999999999', 99_999_999_999_999, '合计算出来太大，请核对所填的数。'],
    [
      'far too large',
      'fare * 999999999999 * 999999999999 * 999999999999',
      100,
      '合计算出来太大，请核对所填的数。',
    ],
  ])('%s is a clear fault that stops the request', (_, expression, amount, words) => {
    const template = templateOf([fare, people, { ...total, expression }]);
    const found = check(template, { fare: amount, people: 2 });
    expect(found.fieldNotes).toEqual([{ field: 'total', tone: 'error', words }]);
  });

  it('may be below zero', () => {
    const template = templateOf([fare, { ...total, expression: 'fare - 10' }]);
    expect(check(template, { fare: 350 }).figures.at(-1)?.words).toBe('-6.50 元');
  });

  it('routes, in words', () => {
    const when: Condition = { field: 'total', op: '>=', value: 50 };
    const template = templateOf([
      fare,
      { ...total, expression: 'fare * 2' },
      { key: 'why', label: '说明', type: 'text', required: { when } },
    ]);
    const draft = { personId: 'zhang', assignmentId: 'zhang1', form: { fare: 2_500 }, chosen: {} };
    const ctx = { today: TODAY, org, calendar, absences: [], balances: {}, choices: {} };
    expect(forecast(template, draft, ctx).answer.reasons).toEqual(['合计达到 50 元，请填写说明。']);
  });

  it.each([
    ['fare +', '栏目“合计”的公式不对：公式没有写完'],
    ['fare + gone', '栏目“合计”的公式用了不能计算的栏目 gone'],
    ['fare + total', '栏目“合计”的公式用了不能计算的栏目 total'],
    ['items.what + fare', '栏目“合计”的公式用了不能计算的栏目 items.what'],
    ['constructor', '栏目“合计”的公式用了不能计算的栏目 constructor'],
  ])('template: %s', (expression, fault) =>
    expect(templateFaults([items, fare, { ...total, expression }])).toEqual([fault]),
  );
});

describe('type request', () => {
  const request = (id: string) =>
    id === 'r1' ? { templateKey: 'trip', words: 'CC-2026-0001 北京出差' } : null;

  it.each([
    ['one of them', {}, 'r1', null],
    ['of the kind asked for', { templates: ['trip'] }, 'r1', null],
    ['of another kind', { templates: ['leave'] }, 'r1', '栏目不能选这一种申请。'],
    ['somebody else’s, or still running', {}, 'r2', '栏目要选自己的、已经办完的申请。'],
    ['no id', {}, ['r1'], '栏目要选自己的、已经办完的申请。'],
  ])('%s', (_, part, value, fault) =>
    expect(faultOf({ type: 'request', ...part }, value, { request })).toBe(fault),
  );

  it('keeps number and title of then, with a link', () => {
    const template = templateOf([{ key: 'trip', label: '出差申请', type: 'request' }]);
    const found = check(template, { trip: 'r1' }, { request });
    const sources = { today: TODAY, personName: () => null, file: () => null };
    expect(factsOf(template, { trip: 'r1' }, found.values, sources)).toEqual([
      { label: '出差申请', value: 'CC-2026-0001 北京出差', kind: 'request', link: '/approvals/r1' },
    ]);
  });
});

describe('type location', () => {
  it.each([
    [{ text: '咸宁市体育馆' }, null],
    [{ text: '咸宁市体育馆', lat: 29.843_12, long: 114.321_45 }, null],
    [{ text: ' ' }, '请写明栏目。'],
    [{ text: '', lat: 1, long: 1 }, '请写明栏目。'],
    [{ text: '体育馆', lat: 29.8 }, '栏目的定位不对，请重新定位。'],
    [{ text: '体育馆', lat: 91, long: 0 }, '栏目的定位不对，请重新定位。'],
    [{ text: '体育馆', lat: 0, long: -181 }, '栏目的定位不对，请重新定位。'],
    [{ text: '长'.repeat(101) }, '栏目最多 100 字。'],
    ['体育馆', '请写明栏目。'],
  ])('%j', (value, fault) => expect(faultOf({ type: 'location' }, value)).toBe(fault));

  it('is read as words, with the point below', () => {
    const template = templateOf([{ key: 'at', label: '地点', type: 'location' }], { titleWords: '去{at}' });
    const form = { at: { text: ' 体育馆 ', lat: 29.843_121_9, long: -0.5 } };
    const found = check(template, form);
    expect(found.title).toBe('去体育馆');
    const sources = { today: TODAY, personName: () => null, file: () => null };
    expect(factsOf(template, form, found.values, sources)).toEqual([
      { label: '地点', value: '体育馆', kind: 'text', note: '北纬 29.84312°，西经 0.50000°' },
    ]);
  });
});
