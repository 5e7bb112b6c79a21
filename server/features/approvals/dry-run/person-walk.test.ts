import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { templateWith } from '../testing/template.ts';
import { changeWorld, orgOf, WorldChange, WorldData } from '../testing/world.ts';
import { personWalk } from './person-walk.ts';
import type { WholeOrg } from './walk.ts';

const worlds: unknown = JSON.parse(readFileSync('test/conformance/worlds.json', 'utf8'));
const college = z.object({ college: WorldData }).parse(worlds).college;
const whole = (world: WorldData): WholeOrg => ({
  ...orgOf(world),
  people: () => world.people.map(({ id, active }) => ({ personId: id, active })),
  units: () => world.units.map(({ id }) => ({ unitId: id })),
});

const approve = (key: string, title: string, by: object, more: object = {}) => ({
  key,
  title,
  kind: 'approve',
  mode: 'any',
  refusal: 'FIRST_ACTION',
  assignees: [{ label: '审批人', by }],
  ...more,
});
const template = templateWith({
  fields: [{ key: 'cost', label: '费用', type: 'number', unit: '元', required: true }],
  steps: [
    approve('head', '负责人', { rule: 'unitHead', of: 'unit', level: 1 }),
    approve('again', '再看', { rule: 'unitHead', of: 'unit', level: 1 }, { role: 'handle' }),
    approve('peers', '会签', { rule: 'applicantChoice', min: 1, max: 2, from: 'school' }),
    approve(
      'money',
      '财务',
      { rule: 'headOfUnit', unit: 'fin' },
      { when: { field: 'cost', op: '>', value: 100 } },
    ),
    {
      key: 'copy',
      title: '抄送',
      kind: 'cc',
      assignees: [{ label: '同事', by: { rule: 'named', personIds: ['chen'] } }],
    },
  ],
});

describe('R21 R24 one person walked through every branch', () => {
  const walk = personWalk(template, whole(college), 'zhang');

  it('once for each post, by that post’s unit; copies are no steps', () => {
    expect(walk.posts).toHaveLength(2);
    const heads = walk.posts.map(({ branches }) =>
      branches[0]?.steps[0]?.people.map(({ personId }) => personId),
    );
    expect(new Set(heads.map((each) => each?.join())).size).toBe(2);
    expect(
      walk.posts[0]?.branches.map(({ words, steps }) => [words, steps.map(({ title }) => title)]),
    ).toEqual([
      ['其余', ['负责人', '再看', '会签']],
      ['费用超过 100 元', ['负责人', '再看', '会签', '财务']],
    ]);
  });

  it('says who is asked twice in a row (R16), what is chosen and where it stops (R18)', () => {
    const steps = walk.posts[0]?.branches[1]?.steps ?? [];
    expect(steps.map(({ sameAsBefore }) => sameAsBefore)).toEqual([false, true, false, false]);
    expect(steps.map(({ choice }) => choice)).toEqual([null, null, { min: 1, max: 2 }, null]);
    expect(steps.map(({ problem }) => problem)).toEqual([null, null, null, '财务处没有可审批的负责人']);
  });

  it('nothing for who is locked or unknown', () => {
    const locked = changeWorld(college, WorldChange.parse({ lock: ['zhang'] }));
    expect(personWalk(template, whole(locked), 'zhang').posts).toEqual([]);
    expect(personWalk(template, whole(college), 'nobody')).toEqual({
      personId: 'nobody',
      name: '',
      posts: [],
    });
  });
});
