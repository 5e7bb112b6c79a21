import { describe, expect, it } from 'vitest';
import { answersOf } from '../reads/answers.ts';
import { faultOf, factOf, templateFaults, templateOf } from '../testing/form.ts';

const KEPT = {
  fileId: 'f1',
  how: 'drawn',
  hash: '0123456789abcdef'.repeat(4),
  personId: 'zhang',
  name: '张老师',
  at: 1_795_350_100_000,
} as const;

describe('type signature', () => {
  it.each<[unknown, string | null]>([
    [{ fileId: 'f1', how: 'drawn' }, null],
    [KEPT, null],
    [null, null],
    ['已签名', '请重新签栏目。'],
    [['f1'], '请重新签栏目。'],
    [{ text: '体育馆' }, '请重新签栏目。'],
  ])('%j', (value, fault) => expect(faultOf({ type: 'signature' }, value)).toBe(fault));

  it('is no value of another field', () => {
    for (const type of [
      'text',
      'paragraph',
      'number',
      'money',
      'date',
      'dateTime',
      'phone',
      'location',
      'unit',
      'person',
    ])
      expect([type, faultOf({ type }, KEPT)]).not.toEqual([type, null]);
  });

  it('is said in a word on cards and sheets, with its signer on the page', () => {
    expect(factOf({ type: 'signature' }, KEPT)).toEqual({
      label: '栏目',
      value: '已签名',
      kind: 'signature',
      signature: { fileId: 'f1', how: 'drawn', mark: '0123456789ab', name: '张老师', at: KEPT.at },
    });
    expect(factOf({ type: 'signature', help: '本人承诺按期返回' }, KEPT)?.note).toBe('本人承诺按期返回');
    const template = templateOf([{ key: 'it', label: '栏目', type: 'signature' }]);
    const state = { form: { it: KEPT }, values: {}, submittedAt: KEPT.at };
    expect(answersOf(template, state, new Map())).toBe('栏目：张老师 已签名');
  });
});

describe('a template with a signature', () => {
  const step = (fields: object) => ({
    steps: [
      {
        key: 'head',
        kind: 'approve',
        title: '负责人',
        mode: 'all',
        refusal: 'FAIL_FAST',
        assignees: [{ label: '负责人', by: { rule: 'unitHead', level: 1 } }],
        fields,
      },
    ],
  });
  const field = (more: object = {}) => [{ key: 'it', label: '本人签名', type: 'signature', ...more }];

  it.each<[string, object, object, string[]]>([
    ['the applicant’s', { required: true }, { it: 'read' }, []],
    ['hidden from a step', {}, { it: 'hidden' }, []],
    ['of who handles it', { signer: 'handler' }, { it: 'edit' }, []],
    [
      'the applicant’s, changed by a step',
      {},
      { it: 'edit' },
      ['步骤“负责人”不能改“本人签名”：只有申请人能填'],
    ],
    ['of a handler nobody asks', { signer: 'handler' }, {}, ['栏目“本人签名”由办理人签，但没有步骤可以改它']],
    [
      'asked of a handler by the form',
      { signer: 'handler', required: true },
      { it: 'edit' },
      ['栏目“本人签名”由办理人签，不能设为必填；必须签名的步骤请用“手写签名”'],
    ],
  ])('%s', (_what, more, rights, faults) =>
    expect(templateFaults(field(more), step(rights))).toEqual(faults),
  );

  it('has it in no title and no condition', () => {
    expect(templateFaults(field(), { titleWords: '事项 {it}' })).toEqual(['标题用了不存在的栏目 it']);
    expect(
      templateFaults([
        ...field(),
        { key: 'n', label: '数', type: 'number', required: { when: { field: 'it', op: '=', value: 1 } } },
      ]),
    ).toEqual(['栏目“数”的必填条件用了不能作条件的栏目 it']);
  });
});
