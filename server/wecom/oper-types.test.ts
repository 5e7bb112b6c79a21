import { describe, expect, it } from 'vitest';
import { actsOn, isRightsAct } from './oper-types.ts';
import type { AdminAct } from './resources/oper-log.ts';

const act = (at: number, detailType: number, info: string): AdminAct => ({
  at,
  userid: 'wanghr',
  operType: 3,
  detailType,
  info,
  ip: '203.0.113.9',
});

describe('D11 who may have done it', () => {
  const acts = [
    act(1, 15, '修改成员：张老师(Zhang)；职务'),
    act(2, 12, '修改成员：李老师(zhangsan)；部门'),
    act(3, 21, '修改部门：教务处(12)'),
    act(4, 21, '修改部门：学工处(312)'),
    act(5, 60, '增量更新成员'),
    act(6, 13, '删除成员：张老师(zhang)'),
  ];

  it('names acts that mention the member, newest first, whatever the case', () => {
    const { named, bulk } = actsOn(acts, { type: 'member', words: ['ZHANG', ''] });
    expect(named.map(({ at }) => at)).toEqual([6, 1]);
    expect(bulk.map(({ at }) => at)).toEqual([5]);
  });

  it('12 is not 312, and an act on a department is none on a member', () => {
    expect(actsOn(acts, { type: 'department', words: ['12'] }).named.map(({ at }) => at)).toEqual([3]);
    expect(actsOn(acts, { type: 'member', words: ['教务处'] }).named).toEqual([]);
    expect(actsOn(acts, { type: 'member', words: [''] }).named).toEqual([]);
  });

  it('knows acts about administrators', () => {
    expect([5, 8, 15].map((detailType) => isRightsAct(act(1, detailType, '')))).toEqual([true, true, false]);
  });
});
