import { describe, expect, it } from 'vitest';
import { conditionWords, type Condition } from './condition.ts';

const WORDS = {
  label: (key: string) => key,
  unit: () => '元',
  option: (_key: string, value: string | number | boolean) => String(value),
};
const more = { field: '金额', op: '>', value: 5 } as const;
const filled = { field: '理由', op: 'filled' } as const;
const kind = { field: '类别', op: 'in', value: ['采购', '租赁'] } as const;
const said: readonly (readonly [string, Condition])[] = [
  ['金额超过 5 元', more as Condition],
  ['金额超过 5 元且填了理由', { all: [more, filled] }],
  [
    '金额超过 5 元且（填了理由或类别为采购或租赁）',
    { all: [more, { any: [filled, { ...kind, value: ['采购', '租赁'] }] }] },
  ],
  ['（金额超过 5 元且填了理由）或金额超过 5 元', { any: [{ all: [more, filled] }, more] }],
  ['并非（金额超过 5 元或填了理由）', { not: { any: [more, filled] } }],
  ['并非金额超过 5 元', { not: { all: [more] } }],
];

describe('R24 a condition in words', () => {
  it.each(said)('%s', (words, condition) => {
    expect(conditionWords(condition, WORDS)).toBe(words);
  });
});
