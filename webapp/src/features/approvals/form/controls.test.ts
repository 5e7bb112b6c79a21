import { describe, expect, it } from 'vitest';
import { asksForecast, cardsOf, filled, firstMissing, isEmpty, openRow } from './values.ts';
import type { Field } from '../../../api/shapes.ts';

const base = { required: true, help: null } as const;
const table: Field = {
  ...base,
  key: 'items',
  label: '明细',
  type: 'table',
  minRows: 0,
  maxRows: 5,
  columns: [
    {
      key: 'what',
      label: '名称',
      required: true,
      type: 'text',
      maxLength: 50,
      decimals: 0,
      unit: null,
      options: [],
    },
    {
      key: 'price',
      label: '金额',
      required: true,
      type: 'money',
      maxLength: null,
      decimals: 0,
      unit: null,
      options: [],
    },
    {
      key: 'on',
      label: '日期',
      required: false,
      type: 'date',
      maxLength: null,
      decimals: 0,
      unit: null,
      options: [],
    },
  ],
};
const place: Field = { ...base, key: 'at', label: '地点', type: 'location' };
const dates: Field = {
  ...base,
  key: 'days',
  label: '日期',
  type: 'dateRange',
  fromLabel: '开始',
  toLabel: '结束',
};
const fields = [place, table, dates];
const whole = { what: '电脑', price: 100 };

describe('values of the further controls', () => {
  it.each([
    [[], true],
    [[{}], true],
    [[{ what: ' ', price: null }], true],
    [[{ price: 0 }], false],
    [['car'], false],
    [{ text: ' ', lat: 1, long: 1 }, true],
    [{ text: '体育馆' }, false],
    [{ fileId: 'f1', how: 'drawn' as const }, false],
    [{ from: '2026-11-26', to: '' }, true],
    [{ from: '2026-11-26', to: '2026-11-26' }, false],
    ['2026-11-26T', false],
    [0, false],
  ])('%j is empty: %s', (value, empty) => expect(isEmpty(value)).toBe(empty));

  it('sends no row that nobody filled', () => {
    expect(filled({ items: [whole, {}, { what: '' }] })).toEqual({ items: [whole] });
    expect(filled({ items: [{}] })).toEqual({});
  });

  it('asks the server only about rows that are whole, and points to the one that is not', () => {
    const form = { items: [whole, { what: '键盘' }, {}] };
    expect(asksForecast(fields, form)).toEqual({ items: [whole] });
    expect(openRow(fields, form)).toMatchObject({ field: { key: 'items' }, row: 2 });
    expect(openRow(fields, { items: [whole, {}] })).toBeNull();
  });

  it('misses them like other fields, and gives a table a card of its own', () => {
    expect(firstMissing(fields, {}, [])?.key).toBe('at');
    expect(firstMissing(fields, { at: { text: '体育馆' }, items: [{}] }, [])?.key).toBe('items');
    expect(cardsOf(fields).map((card) => card.map((field) => field.key))).toEqual([
      ['at'],
      ['items'],
      ['days'],
    ]);
  });
});
