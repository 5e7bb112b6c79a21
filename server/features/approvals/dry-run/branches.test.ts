import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Condition, holds, type Scalar, type Values } from '../model/condition.ts';
import { stepsOf } from '../template/plan.ts';
import { Template } from '../template/template.ts';
import { templateWith } from '../testing/template.ts';
import { branchesOf } from './branches.ts';

const OPTIONS = ['甲', '乙', '丙'].map((label, at) => ({ value: `o${at}`, label }));
const step = (key: string, when?: Condition) => ({
  key,
  title: key,
  kind: 'approve',
  mode: 'any',
  refusal: 'FIRST_ACTION',
  ...(when === undefined ? {} : { when }),
  assignees: [{ label: key, by: { rule: 'headOfUnit', unit: 'hr' } }],
});
const template = (...when: (Condition | undefined)[]): Template =>
  templateWith({
    fields: [
      { key: 'cost', label: '费用', type: 'number', unit: '元', decimals: 1, required: true },
      { key: 'kind', label: '类别', type: 'select', options: OPTIONS, required: true },
      { key: 'note', label: '说明', type: 'text' },
    ],
    steps: [step('s0'), ...when.map((one, at) => step(`s${at + 1}`, one))],
  });
const shown = (...when: (Condition | undefined)[]): [string, string][] =>
  branchesOf(template(...when)).map(({ steps, words }) => [steps.map(({ key }) => key).join(' '), words]);

const over = (value: number): Condition => ({ field: 'cost', op: '>', value });
const kind = (value: string): Condition => ({ field: 'kind', op: '=', value });

describe('branches of a template', () => {
  it('one without conditions has one', () => {
    expect(shown(undefined)).toEqual([['s0 s1', '全部']]);
  });

  it.each<[string, Condition[], [string, string][]]>([
    [
      'both sides of a comparison',
      [over(5000)],
      [
        ['s0', '其余'],
        ['s0 s1', '费用超过 5000 元'],
      ],
    ],
    [
      'two bounds of one field: three ways, not four',
      [over(50), over(500)],
      [
        ['s0', '其余'],
        ['s0 s1', '费用超过 50 元'],
        ['s0 s1 s2', '费用超过 50 元，费用超过 500 元'],
      ],
    ],
    [
      'each option of a field that must be filled in',
      [kind('o0'), kind('o1')],
      [
        ['s0 s1', '类别为甲'],
        ['s0 s2', '类别为乙'],
        ['s0', '其余'],
      ],
    ],
    [
      'what is filled in and what is not',
      [{ field: 'note', op: 'filled' }],
      [
        ['s0 s1', '填了说明'],
        ['s0', '其余'],
      ],
    ],
    [
      'what a condition names and what it does not',
      [{ field: 'note', op: '!=', value: '无' }],
      [
        ['s0', '其余'],
        ['s0 s1', '说明不是无'],
      ],
    ],
    [
      'nested ones',
      [{ any: [{ all: [over(50), kind('o2')] }, { not: { field: 'kind', op: 'in', value: ['o0', 'o2'] } }] }],
      [
        ['s0', '其余'],
        ['s0 s1', '（费用超过 50 元且类别为丙）或并非类别为甲或丙'],
      ],
    ],
  ])('%s', (_name, when, expected) => {
    expect(shown(...when)).toEqual(expected);
  });

  const comparison: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({
      field: fc.constant('cost'),
      op: fc.constantFrom('>', '>=', '<', '<=', '=', '!='),
      value: fc.integer({ min: 0, max: 9 }),
    }),
    fc.record({
      field: fc.constant('kind'),
      op: fc.constantFrom('=', '!='),
      value: fc.constantFrom('o0', 'o1', 'o2'),
    }),
    fc.record({
      field: fc.constant('kind'),
      op: fc.constantFrom('in', 'notIn'),
      value: fc.subarray(['o0', 'o1', 'o2'], { minLength: 1 }),
    }),
    fc.record({ field: fc.constant('note'), op: fc.constantFrom('filled', 'empty') }),
  ) as fc.Arbitrary<Condition>;
  const condition = fc.oneof(
    comparison,
    fc.array(comparison, { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(comparison, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    comparison.map((not) => ({ not })),
  );

  it('no form takes a way that is not among them', () => {
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 4 }),
        fc.record({
          cost: fc.integer({ min: -20, max: 120 }).map((tenths) => tenths / 10),
          kind: fc.constantFrom('o0', 'o1', 'o2'),
          note: fc.constantFrom<Scalar>(null, '有'),
        }),
        (when, values: Values) => {
          const one = template(...when);
          const way = stepsOf(one)
            .filter((each) => holds(each.when, values))
            .map(({ key }) => key);
          const ways = branchesOf(one).map(({ steps }) => steps.map(({ key }) => key));
          expect(ways).toContainEqual(way);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('each way stands there once, and its values lead to it', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), (when) => {
        const one = template(...when);
        const found = branchesOf(one);
        for (const { steps, values } of found)
          expect(stepsOf(one).filter((each) => holds(each.when, values))).toEqual(steps);
        expect(new Set(found.map(({ steps }) => steps.map(({ key }) => key).join())).size).toBe(found.length);
      }),
      { numRuns: 300 },
    );
  });

  it('a template with more combinations than can be tried is still tried in pairs', () => {
    const many = Array.from({ length: 14 }, (_, at) => ({ field: `f${at}`, op: '=', value: true }) as const);
    const one = { ...template(), steps: [step('s0'), ...many.map((when, at) => step(`s${at + 1}`, when))] };
    const ways = branchesOf(Template.parse(one)).map(({ steps }) => steps.length);
    expect(ways.length).toBeGreaterThan(14);
    expect(ways.length).toBeLessThan(2_000);
  });
});
