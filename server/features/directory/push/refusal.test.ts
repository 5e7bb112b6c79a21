import { expect, it } from 'vitest';
import { phrases } from '../../../phrases/index.ts';
import { refusalOf } from './refusal.ts';

it.each([60103, 60104, 60105, 60106, 60110, 60112, 60129, 45024, 81001, 301005])(
  'D7 errcode %s has words of its own',
  (errcode) => {
    const { code } = refusalOf(errcode);
    expect(code).toBe(`directory.refused_${errcode}`);
    expect(phrases[code]?.zh).toMatch(/[\u4e00-\u9fff]/);
  },
);

it('D7 any other refusal is told by its number', () => {
  expect(refusalOf(60999)).toEqual({ code: 'directory.refused', data: { errcode: 60999 } });
  expect(refusalOf(null)).toEqual({ code: 'directory.refused', data: { errcode: '—' } });
});
