import { describe, expect, it } from 'vitest';
import type { FormValues } from '../contract.ts';
import type { InstanceState } from '../model/state.ts';
import type { FieldChange } from '../model/edits.ts';
import type { Template } from '../template/template.ts';
import { templateOf } from '../testing/form.ts';
import { isChanged, mustSignEdits, mustSignHandIn, withOthersSignatures } from './form-signatures.ts';

const template: Template = templateOf([
  { key: 'what', label: '内容', type: 'text' },
  { key: 'own', label: '本人签名', type: 'signature' },
  { key: 'check', label: '核验签名', type: 'signature', signer: 'handler' },
]);
const by = (personId: string) => ({ personId, name: personId });
const kept = (personId: string, hash: string) => ({
  fileId: hash,
  how: 'drawn' as const,
  hash,
  personId,
  name: personId,
  at: 1,
});
const request = (form: FormValues, hashes: readonly string[] = []): InstanceState =>
  ({
    form,
    tasks: [{ signature: { hash: 'decided' } }],
    signatures: hashes.map((hash) => ({ hash })),
  }) as unknown as InstanceState;

describe('R15 who hands a form in signs for themselves and anew', () => {
  const before = request({ own: kept('zhang', 'a'), check: kept('chen', 'b') }, ['a', 'b']);
  it.each<[string, InstanceState | null, FormValues, string | null]>([
    ['nothing signed', null, { what: '甲' }, null],
    ['their own', null, { own: kept('zhang', 'a') }, null],
    ['another’s', null, { own: kept('chen', 'a') }, 'approvals.signature_not_yours'],
    [
      'a picture nobody looked at',
      null,
      { own: { fileId: 'a', how: 'drawn' } },
      'approvals.signature_not_yours',
    ],
    ['in the field of others', null, { check: kept('zhang', 'a') }, 'approvals.signature_not_yours'],
    [
      'in the field of others, not kept',
      null,
      { check: { fileId: 'a', how: 'drawn' } },
      'approvals.signature_not_yours',
    ],
    ['again, anew', before, { own: kept('zhang', 'c'), check: kept('chen', 'b') }, null],
    ['again, as it was', before, { own: kept('zhang', 'a') }, 'approvals.signature_used'],
    ['the picture of a decision', before, { own: kept('zhang', 'decided') }, 'approvals.signature_used'],
    ['the picture of another signer', before, { own: kept('zhang', 'b') }, 'approvals.signature_used'],
    [
      'another in place of the other’s',
      before,
      { check: kept('chen', 'd') },
      'approvals.signature_not_yours',
    ],
  ])('%s', (_what, state, form, code) => {
    const act = () => mustSignHandIn(template, state, by('zhang'), form);
    if (code === null) expect(act).not.toThrow();
    else expect(act).toThrow(code);
  });
});

describe('R15 who changes a form signs for themselves', () => {
  const change = (after: FieldChange['after'], key = 'check'): FieldChange[] => [
    { key, label: key, before: null, after },
  ];
  it.each<[string, FieldChange[], string | null]>([
    ['their own', change(kept('chen', 'c')), null],
    ['a word', change('乙', 'what'), null],
    ['another’s', change(kept('zhang', 'c')), 'approvals.signature_not_yours'],
    ['a used one', change(kept('chen', 'a')), 'approvals.signature_used'],
    ['taking it out', change(null), 'approvals.signature_stays'],
  ])('%s', (_what, changes, code) => {
    const act = () => mustSignEdits(template, request({}, ['a']), by('chen'), changes);
    if (code === null) expect(act).not.toThrow();
    else expect(act).toThrow(code);
  });
});

describe('handed in again', () => {
  const was = { what: '甲', own: kept('zhang', 'a'), check: kept('chen', 'b') };
  it.each<[string, FormValues, FormValues]>([
    ['as it was, others’ signatures stay', { what: '甲' }, { what: '甲', check: was.check }],
    ['changed, they go', { what: '乙' }, { what: '乙' }],
    ['whatever the applicant sends for them', { what: '乙', check: was.check }, { what: '乙' }],
    ['emptied, they go', {}, {}],
  ])('%s', (_what, after, form) => expect(withOthersSignatures(template, was, after)).toEqual(form));

  it.each<[string, FormValues, boolean]>([
    ['own', { own: kept('zhang', 'z') }, false],
    ['own', {}, true],
    ['check', { check: was.check }, false],
    ['check', {}, true],
    ['what', { what: '甲' }, false],
  ])('%s %j is another: %s', (key, after, is) => {
    const field = template.fields.find((one) => one.key === key);
    expect(field && isChanged(field, was, after)).toBe(is);
  });
});
