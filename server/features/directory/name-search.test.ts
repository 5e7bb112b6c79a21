import { describe, expect, it } from 'vitest';
import { matchPerson, normaliseQuery } from './name-search.ts';
import { romanise } from './romanise.ts';

const person = (name: string, staffNo = '00731') => ({ name, staffNo, ...romanise(name) });
const find = (name: string, query: string) => {
  const match = matchPerson(person(name), normaliseQuery(query));
  return match ? [...name].slice(match.from, match.to).join('') : null;
};

describe('name search', () => {
  it.each([
    ['张雨桐', '张', '张'],
    ['张雨桐', '雨桐', '雨桐'],
    ['张雨桐', 'zhang', '张'],
    ['张雨桐', 'ZHANG ', '张'],
    ['张雨桐', 'zhangyutong', '张雨桐'],
    ['张雨桐', 'zhang yu', '张雨'],
    ['张雨桐', 'zyt', '张雨桐'],
    ['张雨桐', 'zhangyt', '张雨桐'],
    ['张雨桐', 'yut', '雨桐'],
    ['张雨桐', 'ｚｈａｎｇ', '张'],
    ['单雄信', 'shan', '单'],
    ['解晓东', 'xie', '解'],
    ['区志强', 'ou', '区'],
    ['欧阳娜', 'oyn', '欧阳娜'],
    ['万俟卓', 'moqi', '万俟'],
    ['吕绿', 'lv', '吕'],
    ['西安', "xi'an", '西安'],
  ])('finds %s by %s and colours %s', (name, query, coloured) => {
    expect(find(name, query)).toBe(coloured);
  });

  it.each([
    ['张雨桐', 'zhangx'],
    ['张雨桐', 'ty'],
    ['单雄信', 'dan'],
    ['张雨桐', '李'],
    ['张雨桐', '00732'],
  ])('does not find %s by %s', (name, query) => {
    expect(find(name, query)).toBeNull();
  });

  it('is done at once with a long name of letters and a slip at its end', () => {
    const name = 'Maximilian Christopher Alexander Montgomery of Hohenheim';
    expect(find(name, `${name}x`)).toBeNull();
    expect(find('啊'.repeat(60), `${'a'.repeat(59)}x`)).toBeNull();
    expect(find(name, 'alexmont')).toBeNull();
    expect(find(name, 'montgomery')).toBe('Montgomery');
  });

  it('finds by staff number, the whole one first', () => {
    const quality = (query: string) => matchPerson(person('张雨桐', '00731'), query)?.quality;
    expect(quality('00731')).toBe(0);
    expect(quality('731')).toBe(4);
  });

  it('the start of the name is better than its middle', () => {
    const quality = (query: string) => matchPerson(person('张雨桐'), query)?.quality ?? 99;
    expect(quality('张')).toBeLessThan(quality('雨'));
    expect(quality('zhang')).toBeLessThan(quality('yu'));
  });
});
