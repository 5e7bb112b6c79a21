import { describe, expect, it } from 'vitest';
import { departmentSheet, memberSheet } from './batch-sheets.ts';
import type { SheetMember } from './batch-sheets.ts';
import { fitMember } from './member-fit.ts';

const HE: SheetMember = { userid: 's20260311', name: '何一舟', mobile: '13700005566', department: [12, 31] };
const text = (bytes: Buffer): string => bytes.toString('utf8');
const LIU: SheetMember = { ...HE, userid: 'l1', name: '刘', mobile: '13700005567' };

describe('the member sheet', () => {
  it('has the template’s columns, and no column that nobody has', () => {
    expect(text(memberSheet([HE]))).toBe(
      '姓名,帐号,手机号,邮箱,所在部门\r\n何一舟,s20260311,13700005566,,12;31\r\n',
    );
  });

  it('writes all others in the words of the file', () => {
    const full: SheetMember = {
      ...HE,
      position: '干事,兼"秘书"\n组长',
      gender: '2',
      is_leader_in_dept: [1, 0],
      order: [5, 0],
      enable: 0,
    };
    expect(text(memberSheet([full]))).toBe(
      '姓名,帐号,手机号,邮箱,所在部门,职位,性别,是否部门内领导,排序,禁用\r\n' +
        '何一舟,s20260311,13700005566,,12;31,"干事,兼""秘书"" 组长",女,1;0,5;0,1\r\n',
    );
  });

  it('takes the header words of a corp’s own template', () => {
    const sheet = text(memberSheet([{ ...HE, position: '' }], { userid: '账号', position: '职务' }));
    expect(sheet.split('\r\n')[0]).toBe('姓名,账号,手机号,邮箱,所在部门,职务');
  });

  it.each<[string, SheetMember[], RegExp]>([
    ['no rows', [], /40092/],
    ['C9 a column that only some have', [{ ...HE, position: '干事' }, LIU], /rows\.2\.position/],
    ['B1 a userid twice in other case', [HE, { ...LIU, userid: 'S20260311' }], /302003/],
    ['neither mobile nor mail', [{ ...HE, mobile: '' }], /60129/],
    ['no department', [{ ...HE, department: [] }], /department/],
    ['no name', [{ ...HE, name: ' ' }], /name/],
    ['C7 order of another length', [{ ...HE, order: [1] }], /not as long/],
  ])('refuses %s', (_what, rows, why) => {
    expect(() => memberSheet(rows)).toThrow(why);
  });
});

describe('the department sheet', () => {
  it('keeps the order where none is given', () => {
    expect(text(departmentSheet([{ id: 12, name: '教务处', parentid: 1 }]))).toBe(
      '部门名称,部门ID,父部门ID,排序\r\n教务处,12,1,0\r\n',
    );
  });

  it('C4 refuses an id twice and twins below one parent, not namesakes elsewhere', () => {
    const a = { id: 12, name: '办公室', parentid: 1 };
    expect(() => departmentSheet([a, { ...a, name: '教务处' }])).toThrow(/302006/);
    expect(() => departmentSheet([a, { ...a, id: 13 }])).toThrow(/302007/);
    expect(text(departmentSheet([a, { ...a, id: 13, parentid: 12 }]))).toContain('办公室,13,12,0');
  });
});

describe('fitting a member into the limits', () => {
  it('cuts what only describes, on a character, and says what was cut', () => {
    const position = `${'岗'.repeat(127)}𠮷位`;
    const { member, cut } = fitMember({ userid: 'a', position, address: '东校区', name: '长'.repeat(99) });
    expect(cut).toEqual(['position']);
    expect([...(member.position ?? '')]).toHaveLength(128);
    expect(member.position?.endsWith('岗…')).toBe(true);
    expect(member).toMatchObject({ address: '东校区', name: '长'.repeat(99) });
    expect(fitMember(member).cut).toEqual([]);
  });
});
