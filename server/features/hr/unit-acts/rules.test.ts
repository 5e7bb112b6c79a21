import { describe, expect, it } from 'vitest';
import { createOrg, type MovingPerson } from '../../directory/index.ts';
import { aUnit } from '../../directory/testing/org-rows.ts';
import { dryRun, phraseOf, type DryRunFacts } from './dry-run.ts';
import { whyNotConfirm } from './policy.ts';

type Post = MovingPerson['after'][number];
const post = (unitId: string, more: Partial<Post> = {}): Post => ({
  unitId,
  kind: 'main',
  title: '教师',
  isHead: false,
  headRank: null,
  sinceOn: '2026-11-23',
  untilOn: null,
  place: null,
  ...more,
});
const facts = (more: Partial<DryRunFacts> = {}): DryRunFacts => ({
  kind: 'merge',
  unitId: 'a',
  successorId: 'b',
  on: '2026-11-23',
  people: [
    { personId: 'zhang', before: [post('a')], after: [post('b')] },
    {
      personId: 'chen',
      before: [post('a', { title: '主任', isHead: true }), post('b', { kind: 'concurrent', title: '科员' })],
      after: [post('b', { title: '科员' })],
    },
  ],
  unitIds: ['a1'],
  leaderInChargeId: 'lin',
  holdings: [{ kind: 'rights', fate: 'ends', targetId: 'wang', note: '信息联络员' }],
  ...more,
});
const same = (text: string) => text;

describe('the dry run of a merge', () => {
  it('S1-7.2a names who moves, whose posts become one, who is head no more, and what goes or ends', () => {
    const { groups, items, people } = dryRun(facts(), same);
    expect(groups).toEqual([
      { kind: 'people', fate: 'goes', count: 2 },
      { kind: 'twoPosts', fate: 'goes', count: 1 },
      { kind: 'heads', fate: 'ends', count: 1 },
      { kind: 'leaderInCharge', fate: 'ends', count: 1 },
      { kind: 'units', fate: 'goes', count: 1 },
      { kind: 'rights', fate: 'ends', count: 1 },
    ]);
    expect(people).toBe(2);
    expect(items.filter(({ targetId }) => targetId === 'chen')).toEqual([
      { kind: 'people', targetId: 'chen', note: '主岗 科员' },
      { kind: 'twoPosts', targetId: 'chen', note: '主岗 主任 → 主岗 科员' },
      { kind: 'heads', targetId: 'chen', note: '主任' },
    ]);
  });

  it.each<[string, Partial<DryRunFacts>]>([
    ['another successor', { successorId: 'c' }],
    ['another day', { on: '2026-11-24' }],
    ['one person less', { people: facts().people.slice(1) }],
    [
      'a post that ends, which no line shows',
      { people: [{ personId: 'zhang', before: [post('a')], after: [post('b', { untilOn: '2027-01-01' })] }] },
    ],
    ['one right more', { holdings: [] }],
    ['another sub-unit', { unitIds: ['a2'] }],
  ])('D3 has another hash with %s', (_what, more) => {
    expect(dryRun(facts(more), same).hash).not.toBe(dryRun(facts(), same).hash);
    expect(dryRun(facts(), same).hash).toBe(dryRun(facts(), same).hash);
  });

  it.each([
    [0, null],
    [50, null],
    [51, '合并51人'],
  ])('moving %i people asks to type %s', (people, phrase) => {
    expect(phraseOf(people)).toBe(phrase);
  });
});

describe('who confirms it (H3)', () => {
  const org = createOrg(
    {
      units: [
        aUnit('root', null),
        aUnit('a', 'root'),
        aUnit('a1', 'a'),
        aUnit('b', 'root', { leaderInChargeId: 'gao' }),
        aUnit('b1', 'b'),
      ],
      people: [],
      assignments: [],
    },
    '2026-11-23',
  );
  const act = { createdBy: 'wu', unitId: 'a', successorId: 'b1' };
  const ask = (personId: string, postUnitIds: string[], scopeUnitIds: (string | null)[], of: object = {}) =>
    whyNotConfirm({ personId, postUnitIds, scopeUnitIds }, { ...act, ...of }, org);

  it.each<[string, string, string[], (string | null)[], string | null]>([
    ['who proposed it', 'wu', ['root'], [null], 'hr.own_unit_act'],
    ['who has a post in the unit', 'he', ['a'], [null], 'hr.in_unit_act'],
    ['who has one below it', 'he', ['root', 'a1'], [null], 'hr.in_unit_act'],
    ['who heads the successor', 'he', ['b1'], [null, 'b1'], 'hr.gains_by_unit_act'],
    ['who administers what lies above the successor alone', 'he', ['root'], ['b'], 'hr.gains_by_unit_act'],
    ['who is in charge above the successor alone', 'gao', ['root'], [null], 'hr.gains_by_unit_act'],
    ['who has both under them already', 'he', ['b'], ['root'], null],
    ['who works in the successor and heads nobody', 'he', ['b1'], [null], null],
    ['who has the unit under them alone and loses it', 'he', ['root'], ['a'], null],
  ])('%s', (_who, personId, posts, scopes, why) => {
    expect(ask(personId, posts, scopes)).toBe(why);
  });

  it('nobody gains by the end of an empty unit', () => {
    expect(ask('he', ['b1'], ['b1'], { successorId: null })).toBeNull();
  });
});

describe('who answers for a unit that is over', () => {
  const places = (units: ReturnType<typeof aUnit>[]) => {
    const org = createOrg({ units, people: [], assignments: [] }, '2026-11-23');
    return (unitId: string) => org.placeOf(unitId)?.unitId ?? null;
  };
  const gone = (unitId: string, parentId: string, successorId: string | null = null) =>
    aUnit(unitId, parentId, { state: 'removed', successorId });

  it('H1 itself while it is there, its successor, the successor of that one, else the unit above', () => {
    const placeOf = places([
      aUnit('root', null),
      aUnit('c', 'root'),
      gone('b', 'root', 'c'),
      gone('a', 'root', 'b'),
      gone('x', 'root'),
      gone('x1', 'x'),
      gone('x2', 'a'),
    ]);
    expect(['c', 'b', 'a', 'x', 'x1', 'x2', 'unknown'].map(placeOf)).toEqual([
      'c',
      'c',
      'c',
      'root',
      'root',
      'c',
      null,
    ]);
  });

  it('comes to an end where two went into each other over the years', () => {
    expect(places([aUnit('root', null), gone('a', 'root', 'b'), gone('b', 'root', 'a')])('a')).toBeNull();
  });
});
