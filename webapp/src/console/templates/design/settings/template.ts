/** What can be set for the template itself. */
import type { Choice, Setting } from './setting.ts';
import { choice, fieldsOf, flag, may, number, text } from './setting.ts';

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
