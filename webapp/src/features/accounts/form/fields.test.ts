import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RequestKind } from '../shapes.ts';
import { askable, FIELDS, fieldsInSight, ownUnitKey, placeMissing } from './fields.ts';
import { filledFrom } from './filled.ts';
import type { Values } from './values.ts';

/** The names the server gives to what is missing, read from its check: a renamed one must be renamed here. */
const source = readFileSync('server/features/accounts/missing.ts', 'utf8');
const named = new Set(
  [...source.matchAll(/\[\s*'([^']+)',\s*(?:form|category|hasLetter|\()/g)].map(([, name = '']) => name),
);

const variants: readonly Values[] = [
  {},
  ...['nonEstablished', 'seconded', 'other'].map((category) => ({ category })),
  { move: 'between' },
  { where: 'inside' },
  { where: 'outside' },
  { leavingReason: 'other' },
];

describe('the forms of the account requests (S3-1 to S3-3)', () => {
  it('every name the server can call missing has a field of that name', () => {
    const kinds = Object.keys(FIELDS) as RequestKind[];
    const known = new Set(kinds.flatMap((kind) => variants.flatMap((values) => askable(kind, values))));
    expect(named.size).toBeGreaterThan(20);
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
  });

  it('S3-1.2 to S3-1.4: a category asks only for what it needs', () => {
    const keys = (category: string) => fieldsInSight('open', { category }).map(({ key }) => key);
    expect(keys('established')).toEqual(['unitId', 'reportOn', 'category']);
    expect(keys('nonEstablished')).toContain('systems');
    expect(keys('transferred')).toContain('originUnit');
    expect(keys('transferred')).not.toContain('untilOn');
    expect(keys('seconded')).toEqual(expect.arrayContaining(['originUnit', 'untilOn']));
    expect(keys('other')).toContain('reason');
  });

  it('S3-3.1 to S3-3.7: exactly these reasons of leaving are offered', () => {
    const field = FIELDS.cancel.find(({ key }) => key === 'leavingReason');
    expect(field?.type === 'choice' && field.choices.map(({ label }) => label)).toEqual([
      '退休',
      '辞职',
      '病故或意外死亡',
      '开除公职',
      '辞退',
      '调离本区',
      '其他',
    ]);
  });

  it('sends what stands in sight, and nothing that was filled in for another choice', () => {
    const values = { unitId: 'u1', category: 'established', need: '旧的', systems: ['oa'], reportOn: '' };
    expect(filledFrom('open', values)).toEqual({
      kind: 'open',
      form: { unitId: 'u1', category: 'established' },
    });
  });

  it('S3-2b: empty rows of the items to change are left out', () => {
    const changes = [
      { item: '职务', before: '教师', after: '主任' },
      { item: '', before: '', after: '' },
    ];
    expect(filledFrom('change', { changes }).form['changes']).toEqual([changes[0]]);
  });

  it('puts each missing name beside its field, the letter too, and keeps what has none', () => {
    const asked = ['结束日期（没有归期的改报注销）', '职务', '函（文号或附件）', '别的'];
    expect(placeMissing('secondIn', {}, asked)).toEqual({
      byField: {
        untilOn: '结束日期（没有归期的改报注销）',
        title: '职务',
        letter: '函（文号或附件）',
      },
      rest: ['别的'],
    });
  });

  it.each([
    ['S3-2.1', 'change', { move: 'within' }, 'unitId'],
    ['S3-2.2', 'change', { move: 'between' }, 'toUnitId'],
    ['S3-2.2', 'change', {}, null],
    ['S3-2.3', 'secondIn', {}, 'hostUnitId'],
    ['S3-2.4', 'secondOut', {}, 'homeUnitId'],
    ['S3-3a', 'cancel', {}, 'unitId'],
  ] as const)('%s: proposes the own unit where it sends (%s %o)', (_rule, kind, values, key) => {
    expect(ownUnitKey(kind, values)).toBe(key);
  });
});
