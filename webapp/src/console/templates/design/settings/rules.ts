/** The rules that find people, and what can be set for each. */
import type { Choice, Setting } from './setting.ts';
import { FROM, choice, fieldsOf, number } from './setting.ts';

const TAKE = [
  ['first', '排第一的'],
  ['all', '所有的'],
] as const;

const OF = [
  ['department', '部门'],
  ['unit', '所在单位'],
] as const;

export const RULES: Readonly<Record<string, { words: string; of: readonly Setting[]; fresh: object }>> = {
  unitHead: {
    words: '部门负责人（按岗位）',
    of: [
      choice('of', '从哪里算', OF),
      number('level', '往上第几级（本级为 1）'),
      choice('take', '有几位时', TAKE),
    ],
    fresh: { of: 'department', level: 1, take: 'first' },
  },
  headOfUnit: {
    words: '某个单位的负责人',
    of: [
      choice('unit', '单位', ({ around }) =>
        (around?.units ?? []).map(({ code, name }): Choice => [code, name]),
      ),
      choice('take', '有几位时', TAKE),
    ],
    fresh: { unit: '', take: 'first' },
  },
  managerChain: {
    words: '逐级负责人',
    of: [choice('of', '从哪里算', OF), number('upTo', '到第几级')],
    fresh: { of: 'unit', upTo: 2 },
  },
  roleInScope: {
    words: '担任某个角色的人',
    of: [
      choice('role', '角色', ({ around }) =>
        (around?.roles ?? []).map(({ code, name }): Choice => [code, name]),
      ),
      choice('scope', '范围', [
        ['school', '全院'],
        ['unit', '申请人的单位'],
      ]),
      choice('take', '有几位时', TAKE),
    ],
    fresh: { role: '', scope: 'school', take: 'first' },
  },
  named: {
    words: '指定人',
    of: [{ kind: 'people', prop: 'personIds', label: '人员' }],
    fresh: { personIds: [] },
  },
  applicantChoice: {
    words: '申请人选',
    of: [number('min', '最少几人'), number('max', '最多几人'), choice('from', '范围', FROM)],
    fresh: { min: 1, max: 1, from: 'school' },
  },
  choiceHead: {
    words: '所选事物的管理单位负责人',
    of: [choice('field', '栏目', fieldsOf('choice'))],
    fresh: { field: '' },
  },
};
