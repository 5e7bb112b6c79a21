import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from './nearest.ts';
import { createSuggestions } from './suggestions.ts';

describe('nearest', () => {
  const units = ['信息工程学院', '机电工程学院', '机械教研室', '机械实训室', '党委办公室', '基础教学部'];

  it.each([
    ['信息工程学员', ['信息工程学院']],
    ['新系工程学院', ['信息工程学院', '机电工程学院']],
    ['机械室', ['机械实训室', '机械教研室']],
    ['信息工程', ['信息工程学院']],
    ['基础部', ['基础教学部']],
    ['党办', ['党委办公室']],
    ['机电学院工程', []],
    ['完全不同的名字', []],
    ['', []],
  ])('%s', (value, expected) => {
    const found = nearest(value, units);
    expect([...found].sort()).toEqual(expected.toSorted());
  });

  it('knows the same sound, the same but for width, swapped neighbours, and names the closest first', () => {
    expect(nearest('新系工程学院', units)[0]).toBe('信息工程学院');
    expect(nearest('章雨桐', ['张雨桐', '张雨晨'])[0]).toBe('张雨桐');
    expect(nearest('Ｄ０１０２', ['D0103', 'D0102', 'D0201'])[0]).toBe('D0102');
    expect(nearest('D0120', ['D0102', 'X9999'])).toEqual(['D0102']);
    expect(nearest('D01', ['D010203', 'D0102030405'])).toEqual([]);
  });

  it('an edit distance is symmetric, zero for the same and at most the longer length', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '0', '1'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const far = editDistance(a, b, 20);
        expect(far).toBe(editDistance(b, a, 20));
        expect(far === 0).toBe(a === b);
        expect(far).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(editDistance(a, b, 2)).toBe(Math.min(far, 3));
      }),
    );
  });
});

describe('suggestions', () => {
  const suggestions = createSuggestions(
    [
      { code: 'D01', name: '旧名' },
      { code: 'D0102', name: '软件教研室' },
      { code: 'D01', name: '信息工程学院' },
    ],
    [
      { staffNo: '00731', name: '张雨桐' },
      { staffNo: '00732', name: '李四' },
    ],
  );

  it('a unit by a slip in its code, by its name or by the end of a path; the file’s name goes first', () => {
    expect(suggestions.units('DO102')).toEqual([{ code: 'D0102', name: '软件教研室' }]);
    expect(suggestions.units('信息工程学院')).toEqual([{ code: 'D01', name: '信息工程学院' }]);
    expect(suggestions.units('信息学院/软件教研室')[0]).toEqual({ code: 'D0102', name: '软件教研室' });
    expect(suggestions.units('后勤')).toEqual([]);
  });

  it('a staff number by lost zeros, a slip or a name', () => {
    expect(suggestions.staffNos('731')[0]).toBe('00731');
    expect(suggestions.staffNos('00371')).toContain('00731');
    expect(suggestions.staffNos('张雨桐')).toEqual(['00731']);
  });

  it('stop after two hundred different values', () => {
    const many = createSuggestions([{ code: 'D01', name: '一' }], []);
    for (let n = 0; n < 200; n += 1) many.units(`X${n}`);
    expect(many.units('D02')).toEqual([]);
    expect(many.units('X1')).toEqual([]);
  });
});
