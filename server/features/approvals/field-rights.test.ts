/** What is hidden is hidden in all its parts (R5, S1-8). */
import { describe, expect, it } from 'vitest';
import { checkTemplate } from './check/template.ts';
import { secretKeys, tellsHidden } from './field-rights.ts';
import type { Template } from './template/template.ts';
import { BASICS } from './testing/template.ts';

const HEAD = {
  label: '部门负责人',
  by: { rule: 'unitHead', of: 'department', level: 1, take: 'first' },
};
const step = (key: string, more: object = {}) => ({
  key,
  title: key,
  kind: 'approve',
  mode: 'any',
  refusal: 'FIRST_ACTION',
  assignees: [HEAD],
  ...more,
});
const draft = (titleWords: string) => ({
  ...BASICS,
  titleWords,
  fields: [
    {
      key: 'items',
      type: 'table',
      label: '明细',
      required: true,
      minRows: 1,
      maxRows: 5,
      columns: [{ key: 'amount', label: '金额', type: 'money', required: true }],
    },
  ],
  steps: [
    step('desk', { fields: { items: 'hidden' } }),
    step('leader', { when: { field: 'items.amount', op: '>', value: 1000 } }),
  ],
});

describe('R5 a hidden table', () => {
  it('does not stand in the title by the sum of a column', () => {
    expect(checkTemplate(draft('事项')).faults).toEqual([]);
    expect(checkTemplate(draft('共 {items.amount} 元')).faults).toEqual([
      '步骤“desk”不能隐藏“明细”：标题或待办列表里会显示',
    ]);
  });

  it('is not told by the reason of a step that its sum brought in', () => {
    const { template } = checkTemplate(draft('事项'));
    const hidden = new Set(['items']);
    expect(tellsHidden(template as Template, hidden, 'leader')).toBe(true);
    expect(secretKeys(template as Template, hidden)).toContain('items.amount');
  });
});
