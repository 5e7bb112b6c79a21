/** What can be set for each kind of field. */
import { w } from '../words.ts';
import type { Choice, Setting } from './setting.ts';
import { FROM, choice, fieldsOf, flag, may, number, text } from './setting.ts';

const L = w.settings;

const COUNTING = [
  ['workday', '工作日'],
  ['calendar', '自然日'],
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
