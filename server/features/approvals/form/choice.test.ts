import { describe, expect, it } from 'vitest';
import { checkTemplate } from '../check/template.ts';
import { choiceFault, choiceUnit, choiceValues, choiceWords, chosenBefore, type Choices } from './choice.ts';
import { stepsOf } from '../template/plan.ts';
import { resolveSeats } from '../people/resolve.ts';
import { snapshot } from '../model/org.ts';
import type { TemplateField } from '../fields/controls.ts';
import { orgOf, WorldData } from '../testing/world.ts';

const source = {
  key: 'stamp',
  version: 1,
  title: '用章',
  numberPrefix: 'YZ',
  icon: 'seal',
  hue: 'violet',
  group: '测试',
  titleWords: '{seal}',
  fields: [{ key: 'seal', type: 'choice', label: '印章', source: 'seals', required: true }],
  steps: [
    {
      key: 'owner',
      kind: 'approve',
      title: '管理单位',
      mode: 'any',
      refusal: 'FIRST_ACTION',
      assignees: [{ label: '管理单位负责人', by: { rule: 'choiceHead', field: 'seal' } }],
    },
  ],
};
const template = checkTemplate(source).template;
if (template === null) throw new Error('the template of this test has faults');
const field = template.fields[0] as Extract<TemplateField, { type: 'choice' }>;
const choices: Choices = { seal: [{ value: 's1', label: '学院公章', note: '行政楼', unitId: 'office' }] };

describe('a choice', () => {
  it('takes only what the room offers now', () => {
    expect(choiceFault(field, 's1', choices)).toBeNull();
    for (const [value, offered] of [
      ['s2', choices],
      ['s1', {}],
      [7, choices],
      [['s1'], choices],
      ['toString', choices],
    ] as const)
      expect(choiceFault(field, value as never, offered)).toBe('请重新选择印章。');
  });

  it('R41 keeps its words and unit, and reads the same when the option is gone', () => {
    const values = choiceValues(template, { seal: 's1' }, choices);
    expect(values).toEqual({ sealWords: '学院公章', sealUnit: 'office' });
    expect([choiceWords(values, 'seal'), choiceUnit(values, 'seal')]).toEqual(['学院公章', 'office']);
    expect(chosenBefore(template, { seal: 's1' }, values)).toEqual({
      seal: [{ value: 's1', label: '学院公章', note: '', unitId: 'office' }],
    });
    expect(choiceValues(template, { seal: 's2' }, choices)).toEqual({});
  });

  it('a rule that names a field of another type is a fault', () => {
    const wrong = structuredClone(source);
    wrong.steps[0]?.assignees.forEach((spec) => (spec.by.field = 'nothing'));
    expect(checkTemplate(wrong).faults).toEqual([
      '步骤“管理单位”的“管理单位负责人”要指向一个由系统提供选项的栏目',
    ]);
  });
});

describe('S2-A11i the head of the unit that manages what was chosen', () => {
  const world = WorldData.parse({
    units: [
      { id: 'root', name: '学院', parent: null, kind: 'institution' },
      { id: 'office', name: '党政办', parent: 'root', kind: 'department' },
      { id: 'empty', name: '空处', parent: 'root', kind: 'department' },
    ],
    people: ['anna', 'head', 'boss'].map((id) => ({ id, name: id })),
    posts: [
      { id: 'p1', person: 'anna', unit: 'office', title: '科员' },
      { id: 'p2', person: 'head', unit: 'office', title: '主任', head: 1 },
      { id: 'p3', person: 'boss', unit: 'root', title: '院长', head: 1 },
    ],
  });
  const org = orgOf(world);
  const seats = (who: string, unit: string | null) => {
    const applicant = snapshot(org, who);
    if (applicant === null) throw new Error(who);
    return resolveSeats(stepsOf(template)[0]?.assignees ?? [], {
      org,
      applicant,
      stepKey: 'owner',
      chosen: {},
      values: unit === null ? {} : { sealUnit: unit },
    }).map(({ person, missing }) => person?.personId ?? missing);
  };

  it.each<[string, string | null, string]>([
    ['anna', 'office', 'head'],
    // R17: never their own.
    ['head', 'office', 'boss'],
    ['boss', 'root', '管理单位负责人是申请人本人，且没有上一级负责人'],
    // R18: fails closed.
    ['anna', 'empty', '空处没有可审批的负责人'],
    ['anna', 'gone', '管理单位已撤销，找不到管理单位负责人'],
    ['anna', null, '还没有选好由哪个单位管理，找不到管理单位负责人'],
  ])('%s, a seal of %s: %s', (who, unit, then) => {
    expect(seats(who, unit)).toEqual([then]);
  });
});
