/** What can be set for each kind of field, step and rule: the designer's forms are drawn from these tables. */
import type { Around, Content } from './api.ts';
import { w } from './words.ts';

export type Choice = readonly [value: string, label: string];
export interface SettingContext {
  readonly around: Around | null;
  readonly content: Content;
}
type Choices = readonly Choice[] | ((context: SettingContext) => readonly Choice[]);

export type Setting =
  | {
      readonly kind: 'text' | 'area' | 'number' | 'flag' | 'lines';
      readonly prop: string;
      readonly label: string;
    }
  | {
      readonly kind: 'choice';
      readonly prop: string;
      readonly label: string;
      readonly of: Choices;
      readonly may?: true;
    }
  | { readonly kind: 'many'; readonly prop: string; readonly label: string; readonly of: Choices }
  | {
      readonly kind: 'rows';
      readonly prop: string;
      readonly label: string;
      readonly of: readonly Setting[];
      readonly fresh: (count: number) => object;
    }
  | {
      readonly kind: 'required' | 'when' | 'rule' | 'rules' | 'people' | 'rights' | 'after' | 'needed';
      readonly prop: string;
      readonly label: string;
    };

const L = w.settings;
const text = (prop: string, label: string): Setting => ({ kind: 'text', prop, label });
const number = (prop: string, label: string): Setting => ({ kind: 'number', prop, label });
const flag = (prop: string, label: string): Setting => ({ kind: 'flag', prop, label });
const choice = (prop: string, label: string, of: Choices): Setting => ({ kind: 'choice', prop, label, of });
const may = (prop: string, label: string, of: Choices): Setting => ({
  kind: 'choice',
  prop,
  label,
  of,
  may: true,
});

const COUNTING = [
  ['workday', '工作日'],
  ['calendar', '自然日'],
] as const;
const FROM = [
  ['school', '全院'],
  ['unit', '本单位'],
] as const;
const SIGNERS = [
  ['applicant', '申请人，提交时签'],
  ['handler', '办理人，在可以改它的步骤签'],
] as const;
const bounds = [number('min', '最小'), number('max', '最大')];
const options: Setting = {
  kind: 'rows',
  prop: 'options',
  label: '选项',
  of: [text('label', '名称'), text('value', '编号')],
  fresh: (count) => ({ value: `o${count + 1}`, label: '' }),
};
const fieldsOf =
  (...types: readonly string[]) =>
  ({ content }: SettingContext): Choice[] =>
    content.fields.filter(({ type }) => types.includes(type)).map(({ key, label }) => [key, label]);

/** Besides name, key, required and hint. */
const BY_TYPE: Readonly<Record<string, readonly Setting[]>> = {
  text: [number('maxLength', '字数上限')],
  paragraph: [number('maxLength', '字数上限')],
  number: [...bounds, number('decimals', '小数位数'), text('unit', '单位')],
  money: bounds,
  select: [options],
  multi: [options, number('min', '最少选几项'), number('max', '最多选几项')],
  date: [],
  dateTime: [],
  dateRange: [
    text('fromLabel', '开始的名称'),
    text('toLabel', '结束的名称'),
    choice('counting', '天数按', COUNTING),
    number('maxSpanDays', '最长天数'),
  ],
  halfDayRange: [
    text('fromLabel', '开始的名称'),
    text('toLabel', '结束的名称'),
    may('typeField', '按哪个请假类型算', fieldsOf('leaveType')),
    number('pastDays', '可以补填几天'),
    number('maxSpanDays', '最长天数'),
    flag('exclusive', '不能与自己的其他申请重叠'),
  ],
  leaveType: [
    {
      kind: 'rows',
      prop: 'options',
      label: '请假类型',
      of: [
        text('label', '名称'),
        text('value', '编号'),
        choice('counting', '天数按', COUNTING),
        flag('halfDays', '可以半天'),
        number('maxDays', '最长天数'),
        flag('balance', '有余额'),
        text('help', '提示'),
      ],
      fresh: (count) => ({
        value: `kind${count + 1}`,
        label: '',
        counting: 'workday',
        halfDays: true,
        maxDays: null,
        proof: null,
        balance: false,
      }),
    },
  ],
  person: [choice('from', '可选范围', FROM), flag('notSelf', '不能选自己')],
  unit: [],
  phone: [flag('mobileOnly', '只收手机号')],
  idNumber: [],
  attachment: [number('maxFiles', '最多几个')],
  image: [number('maxFiles', '最多几张')],
  choice: [
    choice('source', '选项来源', ({ around }) =>
      (around?.sources ?? []).map((one): Choice => [one, L.sources(one)]),
    ),
  ],
  explanation: [{ kind: 'area', prop: 'text', label: '说明文字' }],
  table: [
    {
      kind: 'rows',
      prop: 'columns',
      label: '列',
      of: [
        text('label', '名称'),
        text('key', '编号'),
        choice('type', '类型', [
          ['text', '文字'],
          ['number', '数字'],
          ['money', '金额'],
          ['date', '日期'],
        ]),
        flag('required', '必填'),
      ],
      fresh: (count) => ({ key: `column${count + 1}`, label: '', type: 'text', required: true }),
    },
    number('minRows', '最少行数'),
    number('maxRows', '最多行数'),
  ],
  formula: [
    text('expression', '公式'),
    choice('as', '结果', [
      ['number', '数字'],
      ['money', '金额'],
    ]),
    number('decimals', '小数位数'),
    text('unit', '单位'),
  ],
  request: [
    {
      kind: 'many',
      prop: 'templates',
      label: '可选哪几种申请',
      of: ({ around }) => (around?.templates ?? []).map(({ key, title }): Choice => [key, title]),
    },
  ],
  location: [],
  signature: [choice('signer', '由谁签', SIGNERS)],
};

export const FIELD_TYPES = Object.keys(BY_TYPE);
/** Nobody fills these in. */
const UNFILLED = ['explanation', 'formula'];

export const fieldSettings = (type: string): Setting[] => [
  text('label', '名称'),
  choice(
    'type',
    '类型',
    FIELD_TYPES.map((one): Choice => [one, w.types[one] ?? one]),
  ),
  ...(UNFILLED.includes(type) ? [] : [{ kind: 'required', prop: 'required', label: '必填' } as const]),
  ...(BY_TYPE[type] ?? []),
  text('help', '提示'),
  text('key', '编号（条件和公式里用）'),
];

/** What a field of a type cannot do without when it becomes one. */
export function freshOfType(type: string): object {
  switch (type) {
    case 'select':
    case 'multi':
      return { options: [{ value: 'o1', label: '选项一' }] };
    case 'leaveType':
      return {
        options: [
          { value: 'kind1', label: '事假', counting: 'workday', halfDays: true, maxDays: null, proof: null },
        ],
      };
    case 'table':
      return { columns: [{ key: 'column1', label: '名称', type: 'text', required: true }] };
    case 'explanation':
      return { text: '说明' };
    case 'formula':
      return { expression: '0' };
    case 'choice':
      return { source: '' };
    case 'signature':
      return { signer: 'applicant' };
    default:
      return {};
  }
}

/* ---------- steps ---------- */

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

/* ---------- the template itself ---------- */

export const templateSettings: readonly Setting[] = [
  text('title', '名称'),
  choice('group', '分组', ({ around, content }) =>
    [...new Set([content.group, ...(around?.groups ?? [])])].map((one): Choice => [one, one]),
  ),
  text('help', '给申请人的提示'),
  text('titleWords', '申请标题（{编号} 代入栏目）'),
  text('numberPrefix', '单号前缀'),
  choice('hue', '颜色', [
    ['blue', '蓝'],
    ['teal', '青'],
    ['violet', '紫'],
  ]),
  flag('sensitive', '敏感事项：不能超时自动通过，卡片只显示标题，由第二人发布'),
  may('dedupe', '同一人要审几步时', [
    ['off', '每步都审'],
    ['consecutive', '相邻的只审一次'],
    ['oncePerCase', '整件只审一次'],
  ]),
  may('onReturn', '退回后', [
    ['REDO_ALL', '从头再审'],
    ['BACK_TO_RETURNER', '直接回到退回的人'],
  ]),
  number('returnWorkdays', '退回后修改时限（工作日）'),
  { kind: 'lines', prop: 'quickReasons', label: '常用拒绝理由（一行一条）' },
  {
    kind: 'rows',
    prop: 'computed',
    label: '计算值',
    of: [
      text('label', '名称'),
      text('key', '编号'),
      choice('type', '请假类型栏目', fieldsOf('leaveType')),
      choice('range', '起止时间栏目', fieldsOf('halfDayRange')),
    ],
    fresh: () => ({ key: 'days', label: '天数', fn: 'leaveDays', type: '', range: '' }),
  },
];
