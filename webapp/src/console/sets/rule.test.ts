import { describe, expect, it } from 'vitest';
import { formOf, numbersIn, ruleOf, ruleWords } from './rule.ts';
import { rule } from './testing.ts';

const units = [
  { unitId: 'u9', name: '信息工程学院', dissolved: false },
  { unitId: 'u8', name: '图书馆', dissolved: true },
];

describe('a rule', () => {
  it('comes out of the form as it went in', () => {
    for (const one of [rule(), rule({ unitIds: null, categories: null, titles: null, headsOnly: true })])
      expect(ruleOf(formOf(one))).toEqual(one);
  });

  it('without the unit it speaks of is no rule yet, and never means everybody', () => {
    expect(ruleOf({ ...formOf(null), where: 'some' })).toBeNull();
    expect(ruleOf({ ...formOf(rule()), where: 'anywhere' })?.unitIds).toBeNull();
  });

  it.each([
    [rule(), '信息工程学院及下级；院内；岗位 实验员'],
    [
      rule({ unitIds: ['u9', 'u8'], withSubunits: false, categories: null, titles: null, headsOnly: true }),
      '信息工程学院、图书馆（已撤销，没有人）；只算负责人',
    ],
    [rule({ unitIds: null, categories: null, titles: null }), '全体在册的人'],
    [rule({ unitIds: ['zz'], categories: null, titles: null }), '查不到的单位及下级'],
  ])('is told in words', (one, words) => expect(ruleWords(one, units)).toBe(words));
});

it('staff numbers are found in whatever was pasted, each once', () => {
  expect(numbersIn(' 00731，00732、\n00731\t０0733;')).toEqual(['00731', '00732', '00733']);
  expect(numbersIn(' \n ')).toEqual([]);
});
