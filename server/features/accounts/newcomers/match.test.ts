import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clashOf, likenessOf, pairsOf, type Marks, type Recorded, type Reported } from './match.ts';

const marks = (more: Partial<Marks> = {}): Marks => ({
  name: '丁若兰',
  idType: 'residentId',
  idNumberPrint: 'A',
  mobilePrint: 'm1',
  ...more,
});
const reported = (more: Partial<Reported> = {}): Reported => ({
  ...marks(),
  newcomerId: 'n1',
  rejected: [],
  ...more,
});
const recorded = (more: Partial<Recorded> = {}): Recorded => ({
  ...marks(),
  personId: 'p1',
  state: 'active',
  ...more,
});

describe('who is who (B2 to B5)', () => {
  it.each([
    ['B3 the same number', {}, 'idNumber'],
    ['B3 the same number, whatever name and mobile', { name: '丁兰', mobilePrint: 'm9' }, 'idNumber'],
    ['B5 another number, though name and mobile agree', { idNumberPrint: 'B' }, 'differ'],
    ['B11 the same digits of another paper', { idType: 'passport' as const }, 'differ'],
    ['B3 a record without a number: mobile and name', { idNumberPrint: null }, 'mobileAndName'],
    ['B2 the name alone', { idNumberPrint: null, mobilePrint: 'm9' }, 'weak'],
    ['B2 the name alone, no mobile there', { idNumberPrint: null, mobilePrint: null }, 'weak'],
    ['B5 the mobile alone', { idNumberPrint: null, name: '王芳' }, 'weak'],
  ] as const)('%s', (_, person, likeness) => {
    expect(likenessOf(marks(), marks(person))).toBe(likeness);
  });

  it('B3 links exactly one with exactly one; several on either side are nobody’s', () => {
    const byMobile = { idNumberPrint: null };
    expect(pairsOf([reported()], [recorded()])).toEqual([
      { newcomerId: 'n1', personId: 'p1', by: 'idNumber' },
    ]);
    expect(
      pairsOf([reported(byMobile)], [recorded(byMobile), recorded({ ...byMobile, personId: 'p2' })]),
    ).toEqual([]);
    expect(pairsOf([reported(), reported({ newcomerId: 'n2' })], [recorded()])).toEqual([]);
  });

  it('B3 the number comes first: whoever it names is no candidate for a mobile any more', () => {
    const people = [recorded(), recorded({ personId: 'p2', idNumberPrint: null })];
    expect(pairsOf([reported()], people)).toEqual([{ newcomerId: 'n1', personId: 'p1', by: 'idNumber' }]);
  });

  it('B7 who has left is no arrival; what HR told apart stays apart', () => {
    expect(pairsOf([reported()], [recorded({ state: 'left' })])).toEqual([]);
    expect(pairsOf([reported({ rejected: ['p1'] })], [recorded()])).toEqual([]);
  });
});

describe('who cannot be reported (S2-14a, B4, B5)', () => {
  it.each([
    ['S2-14a somebody who is here, by number', [recorded()], [], 'known'],
    ['S2-14a somebody who is here, by mobile and name', [recorded({ idNumberPrint: null })], [], 'known'],
    ['B7 somebody who left comes back', [recorded({ state: 'left' })], [], null],
    ['B5 the mobile of somebody who left', [recorded({ state: 'left', idNumberPrint: 'B' })], [], null],
    ['B4 the mobile of somebody who is here', [recorded({ idNumberPrint: 'B' })], [], 'mobileTaken'],
    ['S2-14a reported already', [], [reported()], 'reported'],
    ['B4 the mobile of another newcomer', [], [reported({ idNumberPrint: 'B' })], 'mobileReported'],
    ['B2 a namesake', [recorded({ idNumberPrint: null, mobilePrint: null })], [], null],
  ] as const)('%s', (_, people, others, kind) => {
    expect(clashOf(marks(), people, others)?.kind ?? null).toBe(kind);
  });
});

describe('whatever HR brings', () => {
  const print = (letters: readonly string[]) => fc.constantFrom<string | null>(...letters, null);
  const anyMarks = fc.record({
    name: fc.constantFrom('丁若兰', '王芳', '李伟'),
    idType: fc.constantFrom('residentId' as const, 'passport' as const, null),
    idNumberPrint: print(['A', 'B', 'C']),
    mobilePrint: print(['m1', 'm2']),
  });
  const newcomers = fc
    .array(fc.tuple(anyMarks, fc.subarray(['p0', 'p1', 'p2'])), { maxLength: 5 })
    .map((all) => all.map(([one, rejected], at): Reported => ({ ...one, newcomerId: `n${at}`, rejected })));
  const people = fc
    .array(fc.tuple(anyMarks, fc.constantFrom('active' as const, 'locked' as const, 'left' as const)), {
      maxLength: 5,
    })
    .map((all) => all.map(([one, state], at): Recorded => ({ ...one, personId: `p${at}`, state })));

  it('B2 B3 B5 nobody is linked twice, by a name, against a number, or to somebody gone', () => {
    fc.assert(
      fc.property(newcomers, people, (all, record) => {
        const pairs = pairsOf(all, record);
        expect(new Set(pairs.map(({ newcomerId }) => newcomerId)).size).toBe(pairs.length);
        expect(new Set(pairs.map(({ personId }) => personId)).size).toBe(pairs.length);
        for (const { newcomerId, personId, by } of pairs) {
          const newcomer = all.find((one) => one.newcomerId === newcomerId);
          const person = record.find((one) => one.personId === personId);
          if (!newcomer || !person) throw new Error('a pair of nobody');
          expect(likenessOf(newcomer, person)).toBe(by);
          expect(person.state).not.toBe('left');
          expect(newcomer.rejected).not.toContain(personId);
          if (by === 'idNumber') expect(person.idNumberPrint).toBe(newcomer.idNumberPrint);
          else expect([person.mobilePrint, person.name]).toEqual([newcomer.mobilePrint, newcomer.name]);
          expect(person.mobilePrint === null && person.idNumberPrint === null).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('D5 the same pairs in any order of rows', () => {
    const shown = (pairs: readonly object[]) => pairs.map((pair) => JSON.stringify(pair)).sort();
    fc.assert(
      fc.property(newcomers, people, (all, record) => {
        expect(shown(pairsOf(all.toReversed(), record.toReversed()))).toEqual(shown(pairsOf(all, record)));
      }),
      { numRuns: 300 },
    );
  });

  it('S2-14a who would be linked at once cannot be reported', () => {
    fc.assert(
      fc.property(anyMarks, people, (one, record) => {
        const newcomer = { ...one, newcomerId: 'n', rejected: [] };
        if (pairsOf([newcomer], record).length > 0) expect(clashOf(one, record, [])?.kind).toBe('known');
      }),
      { numRuns: 300 },
    );
  });
});
