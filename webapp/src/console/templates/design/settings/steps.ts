/** What can be set for a step, a group of branches and a branch. */
import type { Choice, Setting } from './setting.ts';
import { choice, flag, may, number, text } from './setting.ts';

const MODES = [
  ['any', '或签：一人处理即可'],
  ['all', '会签：每人都要同意'],
  ['sequential', '依次：一个接一个'],
  ['quorum', '票签：够几人同意即可'],
] as const;

const REFUSALS: Readonly<Record<string, readonly Choice[]>> = {
  any: [
    ['FIRST_ACTION', '以先处理的为准'],
    ['ANY_YES', '有一人同意即可'],
  ],
  all: [
    ['FAIL_FAST', '一人拒绝即拒绝'],
    ['COLLECT_ALL', '等所有人表态'],
  ],
  quorum: [
    ['FAIL_FAST', '够不上票数即拒绝'],
    ['COLLECT_ALL', '等所有人表态'],
  ],
};

const seats: Setting = {
  kind: 'rows',
  prop: 'assignees',
  label: '由谁',
  of: [
    text('label', '称呼'),
    { kind: 'rule', prop: 'by', label: '规则' },
    { kind: 'rules', prop: 'fallback', label: '没有人时' },
  ],
  fresh: () => ({
    label: '部门负责人',
    by: { rule: 'unitHead', of: 'department', level: 1, take: 'first' },
    fallback: [],
  }),
};

const when: Setting = { kind: 'when', prop: 'when', label: '什么时候要这一步' };

const rights: Setting = { kind: 'rights', prop: 'fields', label: '栏目权限' };

export function stepSettings(kind: string, mode: string): Setting[] {
  const head = [text('title', '名称'), when, seats];
  if (kind === 'cc') return [...head, rights, text('key', '编号')];
  return [
    ...head,
    choice('mode', '审批方式', MODES),
    ...(mode in REFUSALS ? [choice('refusal', '有人拒绝时', REFUSALS[mode] ?? [])] : []),
    ...(mode === 'quorum' ? [{ kind: 'needed', prop: 'needed', label: '需要多少人同意' } as const] : []),
    number('allowWorkdays', '时限（工作日，空着不限）'),
    flag('requiresComment', '必须写意见'),
    flag('signature', '同意时手写签名'),
    may('role', '这一步是', [['handle', '办理：办完报结果']]),
    {
      kind: 'rows',
      prop: 'timeout',
      label: '超时处理',
      of: [
        { kind: 'after', prop: 'after', label: '几个工作日后' },
        choice('do', '怎么办', [
          ['remind', '催办'],
          ['escalate', '升级给上级'],
          ['handToSuperior', '转给上级'],
          ['pass', '自动通过'],
        ]),
      ],
      fresh: (count) => ({ after: { workdays: count + 1 }, do: 'remind' }),
    },
    rights,
    text('key', '编号'),
  ];
}

/** The first way a refusal may go in this mode: the template must say one (R2). */
export const refusalOf = (mode: string): string => REFUSALS[mode]?.[0]?.[0] ?? 'FAIL_FAST';

export const groupSettings = (mode: string): Setting[] => [
  text('title', '名称'),
  choice('mode', '怎么走', [
    ['first', '条件分支：走第一条符合的'],
    ['all', '并行分支：符合的同时走，都办完再往下'],
  ]),
  ...(mode === 'all'
    ? [
        may('refusal', '有分支拒绝时', [
          ['FAIL_FAST', '马上结束，不再问别的分支'],
          ['COLLECT_ALL', '听完所有分支再结束'],
        ]),
      ]
    : []),
  text('key', '编号'),
];

export const branchSettings = (isRest: boolean): Setting[] => [
  text('title', '名称'),
  ...(isRest ? [] : [{ kind: 'when', prop: 'when', label: '什么时候走这条' } as const]),
];
