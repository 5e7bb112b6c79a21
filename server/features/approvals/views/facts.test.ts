import { describe, expect, it } from 'vitest';
import { factsOf } from './facts.ts';
import { Template } from '../template/template.ts';

const template = Template.parse({
  key: 'trip',
  version: 1,
  title: '外出',
  numberPrefix: 'WC',
  icon: 'out',
  hue: 'teal',
  group: '测试',
  titleWords: '{kind}',
  fields: [
    { key: 'kind', type: 'select', label: '类别', options: [{ value: 'a', label: '公出' }] },
    { key: 'place', type: 'text', label: '地点' },
    { key: 'day', type: 'date', label: '日期' },
    { key: 'cost', type: 'number', label: '费用', unit: '元', decimals: 2 },
    { key: 'deputy', type: 'person', label: '交接人' },
    { key: 'files', type: 'attachment', label: '附件' },
  ],
  steps: [
    {
      key: 'head',
      kind: 'approve',
      title: '负责人',
      mode: 'all',
      refusal: 'FAIL_FAST',
      assignees: [{ label: '负责人', by: { rule: 'unitHead', level: 1 } }],
    },
  ],
});
const file = { fileId: 'f1', name: '行程.pdf', size: 86_000, type: 'application/pdf' };
const sources = {
  today: '2026-11-23',
  personName: (id: string) => (id === 'wu' ? '吴老师' : null),
  file: (id: string) => (id === 'f1' ? file : null),
};

describe('factsOf', () => {
  it('reads each field type in words, in the template’s order, without what the title says', () => {
    const form = {
      kind: 'a',
      place: ' 北京 ',
      day: '2027-01-04',
      cost: 12.5,
      deputy: 'wu',
      files: ['f1', 'gone'],
    };
    expect(factsOf(template, form, {}, sources)).toEqual([
      { label: '地点', value: '北京', kind: 'text' },
      { label: '日期', value: '2027-01-04 周一', kind: 'text' },
      { label: '费用', value: '12.5 元', kind: 'text' },
      { label: '交接人', value: '吴老师', kind: 'text' },
      { label: '附件', value: '行程.pdf', kind: 'files', files: [file] },
    ]);
  });

  it('leaves empty fields out', () => {
    expect(factsOf(template, { place: '  ', files: [] }, {}, sources)).toEqual([]);
  });

  it('text stays text', () => {
    const nasty = '<b>=cmd()</b>';
    expect(factsOf(template, { place: nasty }, {}, sources)[0]?.value).toBe(nasty);
  });
});
