import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RuleSpec } from '../template/assignee.ts';
import type { Choices } from '../form/choice.ts';
import { emptySeat } from '../views/forecast.ts';
import { snapshot } from '../model/org.ts';
import { stepsOf } from '../template/plan.ts';
import { resolveSeats } from '../people/resolve.ts';
import type { Template } from '../template/template.ts';
import { templateWith } from '../testing/template.ts';
import { changeWorld, orgOf, WorldChange, WorldData } from '../testing/world.ts';
import { dryRun, travellersOf, type WholeOrg } from './walk.ts';

const worlds: unknown = JSON.parse(readFileSync('test/conformance/worlds.json', 'utf8'));
const college = z.object({ college: WorldData }).parse(worlds).college;
const whole = (world: WorldData): WholeOrg => ({
  ...orgOf(world),
  people: () => world.people.map(({ id, active }) => ({ personId: id, active })),
  units: () => world.units.map(({ id }) => ({ unitId: id })),
});

const template = (rules: readonly object[][], mode: 'any' | 'all' = 'any'): Template =>
  templateWith({
    fields: [{ key: 'cost', label: '费用', type: 'number', unit: '元', required: true }],
    steps: rules.map((assignees, at) => ({
      key: `s${at}`,
      title: `第${at}步`,
      kind: 'approve',
      mode,
      refusal: mode === 'any' ? 'FIRST_ACTION' : 'FAIL_FAST',
      allowWorkdays: 1,
      ...(at === 0 ? {} : { when: { field: 'cost', op: '>', value: at } }),
      assignees: assignees.map((by) => ({ label: '审批人', by })),
    })),
  });

describe('a template walked by everybody', () => {
  it('R18 tells where it stops, for whom and in which branches, once for all', () => {
    const found = dryRun(
      template([[{ rule: 'headOfUnit', unit: 'school' }], [{ rule: 'headOfUnit', unit: 'fin' }]]),
      whole(college),
    );
    // 12 people, 张老师 with two posts; the president alone has nobody above.
    expect(found).toMatchObject({ people: 12, runs: 26, dead: 14, deadPeople: 12 });
    expect(
      found.deadEnds.map(({ title, reason, runs, people, branches }) => [
        title,
        reason,
        runs,
        people,
        branches,
      ]),
    ).toEqual([
      ['第1步', '财务处没有可审批的负责人', 13, 12, ['费用超过 1 元']],
      ['第0步', '审批人是申请人本人，且没有上一级负责人', 2, 1, ['其余', '费用超过 1 元']],
    ]);
    expect(found.deadEnds[0]?.units[0]).toEqual({ unitId: 'it', name: '信息工程学院', people: 7 });
    expect(found.branches).toEqual([
      { words: '其余', steps: ['第0步'], workdays: 1, good: 12, dead: 1 },
      { words: '费用超过 1 元', steps: ['第0步', '第1步'], workdays: 2, good: 0, dead: 13 },
    ]);
  });

  it('R18 a choice is a dead end only where nobody could be chosen', () => {
    const choice = (min: number, from: string) => [[{ rule: 'applicantChoice', min, max: 20, from }]];
    expect(dryRun(template(choice(1, 'unit')), whole(college)).deadEnds).toMatchObject([
      { reason: '没有可选的审批人', rule: 'applicantChoice', people: 1, units: [{ unitId: 'fin' }] },
    ]);
    expect(dryRun(template(choice(11, 'school')), whole(college)).dead).toBe(0);
    expect(dryRun(template(choice(12, 'school')), whole(college)).dead).toBe(13);
  });

  it('names the rule of the seat that stays empty, not of its neighbour', () => {
    const boss = { rule: 'unitHead', of: 'unit', level: 1 };
    const rules = [boss, { rule: 'roleInScope', role: 'nobody', scope: 'school', take: 'first' }];
    const one = template([rules], 'all');
    const [step] = stepsOf(one);
    const named = step && {
      ...step,
      assignees: step.assignees.map((by, at) => ({ ...by, label: `席${at}` })),
    };
    const { deadEnds } = dryRun({ ...one, steps: named ? [named] : [] }, whole(college));
    expect(deadEnds.map(({ rule }) => rule)).toContain('roleInScope');
    expect(deadEnds.find(({ rule }) => rule === 'roleInScope')?.runs).toBeGreaterThan(10);
  });

  it('S2-A11i a step that follows from what is chosen is walked for each thing offered', () => {
    const one = template([[{ rule: 'choiceHead', field: 'seal' }]]);
    const seal = { key: 'seal', label: '印章', type: 'choice', source: 'seals', required: true } as const;
    const offers = (...units: readonly string[]) => ({
      seal: units.map((unitId) => ({ value: unitId, label: `${unitId}章`, note: '', unitId })),
    });
    const walk = (choices: Choices) =>
      dryRun({ ...one, fields: [seal] }, whole(college), undefined, choices).deadEnds.map(
        ({ reason, people }) => [reason, people],
      );
    expect(walk(offers('it'))).toEqual([]);
    expect(walk(offers('it', 'fin', 'gone'))).toEqual([
      ['财务处没有可审批的负责人（fin章）', 12],
      ['管理单位已撤销，找不到审批人（gone章）', 12],
    ]);
    expect(walk({})).toEqual([['还没有选好由哪个单位管理，找不到审批人（还没有可选的印章）', 12]]);
  });

  it('who is locked or gone does not apply', () => {
    const locked = changeWorld(college, WorldChange.parse({ lock: ['zhang', 'wang'] }));
    expect(travellersOf(whole(locked)).map(({ personId }) => personId)).not.toContain('zhang');
    expect(dryRun(template([[{ rule: 'headOfUnit', unit: 'hr' }]]), whole(locked))).toMatchObject({
      people: 10,
      dead: 10,
    });
  });

  const unit = fc.constantFrom('school', 'it', 'net', 'hr', 'fin', 'gone');
  const rule = fc.oneof(
    fc.record({
      rule: fc.constant('unitHead'),
      of: fc.constantFrom('unit', 'department'),
      level: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({ rule: fc.constant('headOfUnit'), unit, take: fc.constantFrom('first', 'all') }),
    fc.record({ rule: fc.constant('managerChain'), upTo: fc.integer({ min: 1, max: 3 }) }),
    fc.record({
      rule: fc.constant('roleInScope'),
      role: fc.constantFrom('hrHead', 'leaderInCharge', 'nobody'),
      scope: fc.constantFrom('unit', 'school'),
      take: fc.constantFrom('first', 'all'),
    }),
    fc.record({
      rule: fc.constant('named'),
      personIds: fc.subarray(['zhang', 'chen', 'he', 'kao'], { minLength: 1 }),
    }),
  );
  const people = college.people.map(({ id }) => id);

  it('agrees for everybody with each asked alone, however the answers are shared', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(rule, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('any', 'all'),
        fc.subarray(people, { maxLength: 4 }),
        (rules, mode, lock) => {
          const org = whole(changeWorld(college, WorldChange.parse({ lock })));
          const one = template(rules as object[][], mode as 'any' | 'all');
          const found = dryRun(one, org);
          const alone = travellersOf(org).map((traveller) => {
            const applicant = snapshot(org, traveller.personId, traveller.assignmentId);
            if (applicant === null) throw new Error('nobody');
            return stepsOf(one).map((step) =>
              emptySeat(
                step,
                resolveSeats(step.assignees, { org, applicant, stepKey: step.key, chosen: {}, values: {} }),
              ),
            );
          });
          // The branches are the steps up to the first, the second …: the conditions are nested.
          const dead = one.steps.map(
            (_, last) => alone.filter((whys) => whys.slice(0, last + 1).some((why) => why !== null)).length,
          );
          expect(found.branches.map((branch) => branch.dead)).toEqual(dead);
          const whys = alone.flatMap((each) => each.filter((why) => why !== null));
          expect(new Set(found.deadEnds.map(({ reason }) => reason))).toEqual(new Set(whys));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('every rule a template can name is walked', () => {
    const codes = RuleSpec.options.map(({ shape }) => shape.rule.value);
    expect([...codes].sort()).toEqual([
      'applicantChoice',
      'choiceHead',
      'headOfUnit',
      'managerChain',
      'named',
      'roleInScope',
      'unitHead',
    ]);
  });
});
