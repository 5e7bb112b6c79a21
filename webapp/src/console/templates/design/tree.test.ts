/** Changes of a draft, where its boxes stand, and conditions as the builder shows them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Content } from './api.ts';
import { readCondition, testOf, withOp, writeCondition, type Test } from './conditions.ts';
import { BOX, layOut } from './layout.ts';
import {
  branchesOf,
  conditionFields,
  fieldsAsked,
  insertNode,
  moveField,
  moveNode,
  newNode,
  nodeOf,
  nodesOf,
  withNode,
  withoutNode,
  type NewKind,
} from './tree.ts';

const empty: Content = {
  key: 'own',
  title: '事项',
  group: '测试',
  fields: ['a', 'b', 'c'].map((key) => ({ key, label: key, type: 'money' })),
  steps: [],
};
const kinds = fc.array(fc.constantFrom<NewKind>('approve', 'cc', 'first', 'all'), {
  minLength: 1,
  maxLength: 6,
});
const grown = (all: readonly NewKind[]): Content =>
  all.reduce<Content>((content, kind) => {
    const group = nodesOf(content.steps).find((node) => branchesOf(node).length > 0);
    const branch = group && branchesOf(group)[0];
    const lane = kind === 'cc' && group && branch ? { group: group.key, branch: branch.key } : null;
    return insertNode(content, lane, 0, newNode(content, kind));
  }, empty);
const keysOf = (content: Content): string[] => nodesOf(content.steps).map(({ key }) => key);

describe('a draft as a tree', () => {
  it('gives every new step a key of its own, whatever lies in branches', () => {
    fc.assert(
      fc.property(kinds, (all) => {
        const keys = keysOf(grown(all));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('moves up and down again, takes out what was put in, and leaves the rest alone', () => {
    fc.assert(
      fc.property(kinds, fc.nat(), (all, n) => {
        const content = grown(all);
        const keys = keysOf(content);
        const key = keys[n % keys.length] ?? '';
        const up = moveNode(content, key, -1);
        if (keysOf(up).join() !== keys.join()) expect(moveNode(up, key, 1)).toEqual(content);
        expect([...keysOf(up)].sort()).toEqual([...keys].sort());
        expect(nodeOf(withoutNode(content, key), key)).toBeNull();
        const node = nodeOf(content, key);
        if (node) expect(nodeOf(withNode(content, key, { ...node, title: '改' }), key)?.title).toBe('改');
      }),
    );
  });

  it('moves a field within the form and not out of it', () => {
    const order = (content: Content) => content.fields.map(({ key }) => key).join('');
    expect(order(moveField(empty, 'b', -1))).toBe('bac');
    expect(order(moveField(empty, 'a', -1))).toBe('abc');
    expect(order(moveField(empty, 'c', 1))).toBe('abc');
  });

  it('knows what conditions may ask, and which fields they ask', () => {
    const table = {
      key: 't',
      label: '明细',
      type: 'table',
      columns: [{ key: 'p', label: '金额', type: 'money' }],
    };
    const several = { key: 'm', label: '需要', type: 'multi', options: [{ value: 'car', label: '派车' }] };
    const file = { key: 'f', label: '附件', type: 'attachment' };
    const found = conditionFields({ ...empty, fields: [table, several, file] });
    expect(found.map(({ key, label }) => [key, label])).toEqual([
      ['t.p', '明细的金额合计'],
      ['m.car', '需要选了派车'],
    ]);
    expect(
      fieldsAsked({
        when: { any: [{ field: 't.p', op: '>', value: 1 }, { not: { field: 'x', op: 'filled' } }] },
      }),
    ).toEqual(['t', 'x']);
  });
});

describe('the drawing', () => {
  it('puts every step once, none upon another, all within its size', () => {
    fc.assert(
      fc.property(kinds, (all) => {
        const content = grown(all);
        const { boxes, width, height, pluses } = layOut(content.steps);
        expect(boxes.filter(({ kind }) => kind === 'node')).toHaveLength(keysOf(content).length);
        for (const one of boxes) {
          expect(one.x).toBeGreaterThanOrEqual(0);
          expect(one.x + one.width).toBeLessThanOrEqual(width);
          expect(one.y + one.height).toBeLessThanOrEqual(height);
          for (const other of boxes) {
            if (one === other) continue;
            const apart =
              one.x + one.width <= other.x ||
              other.x + other.width <= one.x ||
              one.y + one.height <= other.y ||
              other.y + other.height <= one.y;
            expect(apart).toBe(true);
          }
        }
        expect(pluses.length).toBeGreaterThan(content.steps.length);
      }),
    );
  });

  it('does not draw more than five branches', () => {
    const steps: Content['steps'] = [];
    const branches = Array.from({ length: 6 }, (_, n) => ({ key: `b${n}`, title: `${n}`, steps }));
    expect(layOut([{ key: 'g', title: '组', kind: 'branches', mode: 'first', branches }]).width).toBe(
      BOX.width,
    );
  });
});

describe('the builder of conditions', () => {
  const test: fc.Arbitrary<Test> = fc.oneof(
    fc.record({ field: fc.constantFrom('a', 'b'), op: fc.constantFrom('>', '=', '!='), value: fc.integer() }),
    fc.record({
      field: fc.constantFrom('a', 'b'),
      op: fc.constantFrom('in', 'notIn'),
      value: fc.array(fc.string(), { minLength: 1 }),
    }),
    fc.record({ field: fc.constantFrom('a', 'b'), op: fc.constantFrom('filled', 'empty') }),
  );
  /** As the server takes them: groups in groups, turned round anywhere. */
  const { condition } = fc.letrec<{ condition: unknown; part: unknown }>((tie) => ({
    part: fc.oneof({ maxDepth: 4, withCrossShrink: true }, test, tie('condition')),
    condition: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      test,
      fc.record({ all: fc.array(tie('part'), { minLength: 2, maxLength: 4 }) }),
      fc.record({ any: fc.array(tie('part'), { minLength: 2, maxLength: 4 }) }),
      fc.record({ not: tie('part') }),
    ),
  }));
  const written = (value: unknown): unknown => {
    const group = readCondition(value);
    return group === null ? null : writeCondition(group);
  };

  it('writes back what it read, however deep', () => {
    fc.assert(
      fc.property(condition, (value) => {
        expect(written(value)).toEqual(value);
      }),
    );
    expect(readCondition(undefined)).toEqual({ join: 'all', not: false, parts: [] });
  });

  it('writes a group of one as that one, which means the same', () => {
    const one = { field: 'a', op: 'filled' };
    for (const join of ['all', 'any']) expect(written({ [join]: [one] })).toEqual(one);
    expect(written({ any: [one, { all: [one] }] })).toEqual({ any: [one, one] });
    expect(written({ not: { all: [one] } })).toEqual({ not: one });
  });

  it('does not touch what is no condition', () => {
    for (const value of [{ all: 'x' }, { all: [{ any: [1] }] }, 7, 'x', { field: 'a', op: '~' }, { not: {} }])
      expect(readCondition(value)).toBeNull();
  });

  it('keeps the value with another relation as far as it fits', () => {
    const one = { field: 'a', op: '=', value: 'x' };
    expect(withOp(one, 'in')).toEqual({ field: 'a', op: 'in', value: ['x'] });
    expect(withOp(withOp(one, 'in'), '!=')).toEqual({ field: 'a', op: '!=', value: 'x' });
    expect(withOp(one, 'filled')).toEqual({ field: 'a', op: 'filled' });
    expect(withOp({ field: 'a', op: 'filled' }, 'notIn')).toEqual({ field: 'a', op: 'notIn', value: [] });
  });

  it('begins with the comparison one most likely means', () => {
    expect(testOf('k', { key: 'k', label: '', type: 'select', options: [{ value: 'x' }] })).toEqual({
      field: 'k',
      op: '=',
      value: 'x',
    });
    expect(testOf('k', { key: 'k', label: '', type: 'money' })).toEqual({ field: 'k', op: '>', value: 0 });
    expect(testOf('k', { key: 'k', label: '', type: 'text' })).toEqual({ field: 'k', op: 'filled' });
  });
});
