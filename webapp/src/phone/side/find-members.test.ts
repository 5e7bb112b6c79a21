import { describe, expect, it } from 'vitest';
import type { DepartmentView, MemberView } from '../../../../server/sandbox/contract.ts';
import { findMembers, roleOf, shortList } from './find-members.ts';

const departments = [{ id: 2, name: '人事处' }] as DepartmentView[];
const member = (userid: string, name: string, more: Partial<MemberView> = {}): MemberView => ({
  userid,
  name,
  alias: '',
  position: '',
  departments: [2],
  mainDepartment: 2,
  leads: [],
  status: 1,
  inScope: true,
  unread: 0,
  lastMessageAt: null,
  ...more,
});
const people = [
  member('wanghr', '王处长', { position: '处长' }),
  member('00731', '张老师'),
  ...Array.from({ length: 20 }, (_, at) => member(`p${at}`, `某${at}`)),
];
const ids = (list: MemberView[]): string[] => list.map((one) => one.userid);

describe('finding members', () => {
  it('by name, staff number, department or post, all words at once', () => {
    expect(ids(findMembers(people, departments, '王处'))).toEqual(['wanghr']);
    expect(ids(findMembers(people, departments, '00731'))).toEqual(['00731']);
    expect(ids(findMembers(people, departments, '人事 处长'))).toEqual(['wanghr']);
    expect(findMembers(people, departments, '没有这个人')).toEqual([]);
  });

  it('says unit and post', () => {
    expect(people[0] && roleOf(people[0], departments)).toBe('人事处 处长');
    expect(people[1] && roleOf(people[1], departments)).toBe('人事处');
  });
});

describe('the short list', () => {
  it('has the story first, then fills up to seven', () => {
    const list = ids(shortList(people, ['00731', 'wanghr', 'gone'], 'wanghr', []));
    expect(list.slice(0, 2)).toEqual(['00731', 'wanghr']);
    expect(list).toHaveLength(7);
  });

  it('keeps its order when news comes, and adds the newcomer at the end', () => {
    const before = ids(shortList(people, ['00731'], null, []));
    const news = people.map((one) => (one.userid === 'p15' ? { ...one, unread: 1 } : one));
    expect(ids(shortList(news, ['00731'], null, before))).toEqual([...before, 'p15']);
  });

  it('always holds whoever holds the phone', () => {
    expect(ids(shortList(people, [], 'p19', []))).toContain('p19');
  });
});
