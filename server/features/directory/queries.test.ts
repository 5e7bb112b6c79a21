import { describe, expect, it } from 'vitest';
import { createOrg } from './org.ts';
import { findPeople, unitsBelow } from './queries.ts';
import { PeoplePage, PeopleQuery, UnitsPage } from './contract.ts';
import { aPerson, aPost, aUnit, rowsOf } from './testing/org-rows.ts';

const units = [
  aUnit('school', null, { name: '海州职业技术学院' }),
  aUnit('it', 'school', { name: '信息工程学院', sortOrder: 1 }),
  aUnit('sw', 'it', { name: '软件技术教研室', kind: 'office' }),
  aUnit('lib', 'school', { name: '图书馆', sortOrder: 2 }),
];
const people = [
  aPerson('p1', { name: '张雨桐', staffNo: '00731' }),
  aPerson('p2', { name: '章文静', staffNo: '00661' }),
  aPerson('p3', { name: '张雨桐', staffNo: '00999' }),
  aPerson('p4', { name: '李张', staffNo: '00100' }),
  aPerson('p5', { name: '张大勇', staffNo: '00933', state: 'locked' }),
];
const assignments = [
  aPost('p1', 'sw'),
  aPost('p2', 'lib', { title: '馆员' }),
  aPost('p3', 'it', { title: '辅导员' }),
  aPost('p4', 'lib', { title: '馆员' }),
  aPost('p5', 'lib'),
];
const org = createOrg(rowsOf({ units, people, assignments }), '2026-11-23');
const find = (query: Partial<PeopleQuery>) => findPeople(org, PeopleQuery.parse(query));
const names = (query: Partial<PeopleQuery>) =>
  find(query).items.map((item) => `${item.name} ${item.staffNo}`);

describe('people search', () => {
  it('tells same names apart by unit and number; locked people are not offered', () => {
    const page = find({ q: '张' });
    expect(PeoplePage.parse(page)).toEqual(page);
    expect(page.items.map((item) => [item.name, item.unitName, item.title, item.staffNo])).toEqual([
      ['张雨桐', '信息工程学院', '教师', '00731'],
      ['张雨桐', '信息工程学院', '辅导员', '00999'],
      ['李张', '图书馆', '馆员', '00100'],
    ]);
    expect(page.items.map((item) => item.matched)).toEqual([
      { from: 0, to: 1 },
      { from: 0, to: 1 },
      { from: 1, to: 2 },
    ]);
  });

  it('finds by pinyin, initials and number', () => {
    expect(names({ q: 'zhang' })).toEqual(['章文静 00661', '张雨桐 00731', '张雨桐 00999', '李张 00100']);
    expect(names({ q: 'zwj' })).toEqual(['章文静 00661']);
    expect(names({ q: '00731' })).toEqual(['张雨桐 00731']);
    expect(names({ q: 'nobody' })).toEqual([]);
  });

  it('stays within a unit and below it', () => {
    expect(names({ unitId: 'it' })).toEqual(['张雨桐 00731', '张雨桐 00999']);
    expect(() => find({ unitId: 'nowhere' })).toThrow('directory.unknown_unit');
  });

  it('pages without a gap or a repetition', () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = find({ limit: 1, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.items.map((item) => item.personId));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(find({}).items.map((item) => item.personId));
    expect(seen).toHaveLength(4);
    expect(() => find({ cursor: 'rubbish' })).toThrow('directory.bad_cursor');
  });
});

describe('units', () => {
  it('shows one level with head counts and the way down', () => {
    const top = unitsBelow(org, undefined);
    expect(UnitsPage.parse(top)).toEqual(top);
    expect(top.path).toEqual([]);
    expect(top.items).toEqual([
      { unitId: 'it', name: '信息工程学院', headcount: 2, hasChildren: true, childCount: 1 },
      { unitId: 'lib', name: '图书馆', headcount: 2, hasChildren: false, childCount: 0 },
    ]);
    expect(unitsBelow(org, 'sw').path.map((unit) => unit.name)).toEqual(['信息工程学院', '软件技术教研室']);
    expect(() => unitsBelow(org, 'nowhere')).toThrow('directory.unknown_unit');
  });
});
