import fc from 'fast-check';
import { expect, it } from 'vitest';
import { handlersOf } from './keepers.ts';

const all = { keeperIds: ['k1', 'k2'], headIds: ['h1'], chiefIds: ['c1'] };

it.each<[string, typeof all, string, string[], string[]]>([
  ['its keepers', all, 'a', [], ['k1', 'k2']],
  ['not the applicant', all, 'k1', [], ['k2']],
  ['not who is gone', all, 'a', ['k1'], ['k2']],
  ['the head where no keeper is left', { ...all, keeperIds: ['k1'] }, 'k1', [], ['h1']],
  ['the chief where no head is left', { ...all, keeperIds: [] }, 'h1', [], ['c1']],
  ['nobody', { ...all, keeperIds: [], headIds: [] }, 'c1', [], []],
])('a use lies with %s', (_, keeping, applicant, gone, then) => {
  expect(handlersOf(keeping, applicant, (id) => !gone.includes(id))).toEqual(then);
});

it('never with the applicant or somebody who cannot act, each once', () => {
  const ids = fc.array(fc.constantFrom<string>('a', 'b', 'c', 'd'), { maxLength: 4 });
  fc.assert(
    fc.property(ids, ids, ids, fc.constantFrom('a', 'b'), ids, (keeperIds, headIds, chiefIds, self, gone) => {
      const found = handlersOf({ keeperIds, headIds, chiefIds }, self, (id) => !gone.includes(id));
      expect(found).not.toContain(self);
      expect(found.filter((id) => gone.includes(id))).toEqual([]);
      expect(new Set(found).size).toBe(found.length);
    }),
  );
});
