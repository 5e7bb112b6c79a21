import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchPerson, normaliseQuery } from '../../directory/index.ts';
import { aPerson } from '../../directory/testing/org-rows.ts';
import { createPeopleIndex } from './people-index.ts';

const named = (name: string, staffNo: string) => aPerson(staffNo, { name, staffNo });
const everybody = [
  '张雨桐',
  '张宇',
  '陈志远',
  '曾一鸣',
  '欧阳雪',
  '单雨',
  '张雨桐',
  '吕鹅',
  '艾玛',
  '𠮷野',
  '阿卜杜·艾山',
  'Zoe 王',
  'O-Neil',
  '李2',
].map((name, n) => named(name, `${n % 2 === 0 ? 'H' : ''}${2016_000 + n * 37}`));
const index = createPeopleIndex(everybody);
const namesFor = (q: string) => index.search(normaliseQuery(q), () => true).map(({ person }) => person.name);

describe('the index of people', () => {
  it.each([
    ['zyt', ['张雨桐', '张雨桐']],
    ['ZYT', ['张雨桐', '张雨桐']],
    ['zhangy', ['张雨桐', '张雨桐', '张宇']],
    ['yt', ['张雨桐', '张雨桐']],
    ['雨', ['单雨', '张雨桐', '张雨桐']],
    ['oyx', ['欧阳雪']],
    ['shan', ['单雨', '阿卜杜·艾山']],
    ['lve', ['吕鹅']],
    ['𠮷', ['𠮷野']],
    ['·艾', ['阿卜杜·艾山']],
    ['zoe', ['Zoe 王']],
    ['o-n', ['O-Neil']],
    ['李2', ['李2']],
    ['H2016', ['张雨桐', '陈志远', '欧阳雪', '张雨桐', '艾玛', '阿卜杜·艾山', 'O-Neil']],
    ['xyz', []],
  ])('%s finds %j', (q, names) => {
    expect(namesFor(q).toSorted()).toEqual(names.toSorted());
  });

  it('finds exactly those who answer, whatever is asked, best first', () => {
    const sign = fc.constantFrom(...'zhangyutoscexl0123gH张雨桐·𠮷-e'.split(/(?:)/u));
    fc.assert(
      fc.property(fc.array(sign, { minLength: 1, maxLength: 5 }), (signs) => {
        const q = normaliseQuery(signs.join(''));
        const hits = index.search(q, () => true);
        const wanted = everybody.filter((person) => matchPerson(person, q) !== null);
        expect(hits.map(({ person }) => person.staffNo).toSorted()).toEqual(
          wanted.map((person) => person.staffNo).toSorted(),
        );
        const qualities = hits.map(({ match }) => match.quality);
        expect(qualities).toEqual(qualities.toSorted());
      }),
      { numRuns: 400 },
    );
  });

  it('is renewed for the same people, with what else became of them, and for nobody else', () => {
    const locked = everybody.map((person) => ({ ...person, state: 'locked' as const }));
    const renewed = index.renewed(locked);
    expect(renewed?.search('zyt', () => true).map(({ person }) => person.state)).toEqual([
      'locked',
      'locked',
    ]);
    expect(renewed?.people.map(({ staffNo }) => staffNo)).toEqual(index.people.map(({ staffNo }) => staffNo));
    const [first, ...others] = everybody;
    if (!first) throw new Error('nobody');
    for (const now of [
      others,
      [...everybody, named('新来的', '999')],
      [{ ...first, name: '张宇桐' }, ...others],
      [{ ...first, staffNo: 'H1' }, ...others],
      [{ ...first, pinyin: 'zhang yu' }, ...others],
    ])
      expect(index.renewed(now)).toBeNull();
  });

  it('asks of nobody whether they fit who cannot answer', () => {
    const crowd = Array.from({ length: 2000 }, (_, n) => named('王海燕', String(100_000 + n)));
    let asked = 0;
    const found = createPeopleIndex([...crowd, named('张雨桐', '900001')]).search('zyt', () => {
      asked += 1;
      return true;
    });
    expect(found).toHaveLength(1);
    expect(asked).toBe(1);
  });
});
