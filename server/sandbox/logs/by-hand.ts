import type { ApiCall } from '../api/call.ts';
import type { Department, Member, Tag } from '../state/data.ts';
import { recordAdminAct } from './record.ts';

/**
 * The administrators' log of directory changes. Only what was done at the console is in it: changes through the API
 * are not logged (page 100179). Names what changed, never the values.
 */
const MEMBER_AND_DEPARTMENT = 3;
const DIRECTORY = 11;

const DETAIL = {
  addDepartment: 9,
  deleteDepartment: 10,
  moveDepartment: 11,
  moveMember: 12,
  deleteMember: 13,
  addMember: 14,
  changeMember: 15,
  changeDepartment: 21,
  // The paper gives 38–41 for tags without saying which is which.
  addTag: 38,
  deleteTag: 39,
  renameTag: 40,
  changeTagMembers: 41,
} as const;

const FIELD_WORDS: Partial<Record<keyof Member, string>> = {
  userid: '帐号',
  name: '姓名',
  alias: '别名',
  mobile: '手机',
  departments: '部门',
  order: '排序',
  leads: '部门负责人',
  mainDepartment: '主部门',
  position: '职务',
  gender: '性别',
  email: '邮箱',
  bizMail: '企业邮箱',
  telephone: '座机',
  address: '地址',
  directLeader: '直属上级',
  enabled: '启用状态',
  extattr: '扩展属性',
  externalProfile: '对外信息',
  externalPosition: '对外职务',
};

function record(call: ApiCall, operType: number, detailType: number, info: string): void {
  if (call.caller !== 'console') return;
  recordAdminAct(call.world, {
    userid: call.operator ?? 'admin',
    operType,
    detailType,
    info,
    ip: call.ip,
  });
}

export function userByHand(
  call: ApiCall,
  type: 'create_user' | 'update_user' | 'delete_user',
  member: Member,
  changed: readonly (keyof Member)[],
): void {
  const who = `${member.name}(${member.userid})`;
  if (type === 'create_user')
    return record(call, MEMBER_AND_DEPARTMENT, DETAIL.addMember, `新增成员：${who}`);
  if (type === 'delete_user')
    return record(call, MEMBER_AND_DEPARTMENT, DETAIL.deleteMember, `删除成员：${who}`);
  const words = changed.flatMap((field) => FIELD_WORDS[field] ?? []);
  if (words.length === 0) return;
  const detail = changed.includes('departments') ? DETAIL.moveMember : DETAIL.changeMember;
  record(call, MEMBER_AND_DEPARTMENT, detail, `修改成员：${who}；${words.join('、')}`);
}

export function departmentByHand(
  call: ApiCall,
  how: 'create' | 'update' | 'delete',
  { id, name }: Department,
  changed: readonly ('name' | 'parentid')[],
): void {
  const what = `${name}(${id})`;
  if (how === 'create') return record(call, MEMBER_AND_DEPARTMENT, DETAIL.addDepartment, `新增部门：${what}`);
  if (how === 'delete')
    return record(call, MEMBER_AND_DEPARTMENT, DETAIL.deleteDepartment, `删除部门：${what}`);
  if (changed.includes('parentid')) {
    return record(call, MEMBER_AND_DEPARTMENT, DETAIL.moveDepartment, `移动部门：${what}`);
  }
  record(call, MEMBER_AND_DEPARTMENT, DETAIL.changeDepartment, `修改部门：${what}`);
}

export function tagByHand(
  call: ApiCall,
  how: 'addTag' | 'deleteTag' | 'renameTag' | 'changeTagMembers',
  { id, name }: Tag,
): void {
  record(call, DIRECTORY, DETAIL[how], `标签：${name}(${id})`);
}
