import type { Org } from '../org.ts';
import type { Field } from './fields.ts';
import type { DifferenceRow } from './tables.ts';
import type { Value } from './values.ts';

export const FIELD_WORDS: Readonly<Record<Field, string>> = {
  presence: '成员',
  department: '部门',
  mainDepartment: '主部门',
  name: '姓名',
  position: '职务',
  leader: '负责人',
  manager: '直属上级',
  enabled: '启用',
  mobile: '手机号',
  email: '邮箱',
  order: '排序',
  unitPresence: '部门',
  unitName: '单位名称',
  unitParent: '上级单位',
  unitOrder: '单位排序',
  stranger: '多出的成员',
  foreignDepartment: '多出的部门',
};

/** Whom or what a row is about. */
export function subjectName({ subjectType, subjectId, theirs }: Subject, org: Org): string {
  if (subjectType === 'person') return org.person(subjectId)?.name ?? '';
  if (subjectType === 'unit') return org.unit(subjectId)?.name ?? '';
  if (subjectType === 'member') return subjectId;
  return (isForeign(theirs) ? theirs.name : null) ?? `部门 ${subjectId}`;
}

type Subject = Pick<DifferenceRow, 'subjectType' | 'subjectId' | 'theirs'>;

export const titleOf = (row: DifferenceRow, org: Org): string =>
  `通讯录差异：${subjectName(row, org)} ${FIELD_WORDS[row.field]}`;

const NONE = '没有';

/** One side in words. Personal values stay masked; a department nobody here knows is told by its number. */
export function valueWords(field: Field, value: Value, side: 'ours' | 'theirs', org: Org): string {
  const unit = unitNames(org);
  switch (field) {
    case 'presence':
    case 'unitPresence':
      return value === true ? '有' : NONE;
    case 'stranger':
      return side === 'ours' || !isMember(value)
        ? '没有此人'
        : `在“${value.departments.map(unit).join('、')}”里`;
    case 'foreignDepartment':
      return side === 'ours' || !isForeign(value) ? '没有此单位' : `在“${unit(value.parentId)}”下面`;
    case 'enabled':
      return value === true ? '启用' : '停用';
    case 'department':
    case 'leader':
      return ids(value).map(unit).join('、') || (field === 'leader' ? '都不是' : NONE);
    case 'mainDepartment':
    case 'unitParent':
      return typeof value === 'number' ? unit(value) : NONE;
    case 'order':
      return pairs(value)
        .map(([id, order]) => `${unit(id)} ${order}`)
        .join('、');
    case 'manager':
      return managerWords(value, org);
    default:
      return plainWords(value);
  }
}

function plainWords(value: Value): string {
  if (value === null || value === '') return '空';
  if (typeof value === 'object') return 'masked' in value ? value.masked : '';
  return String(value);
}

function managerWords(value: Value, org: Org): string {
  if (value === null || typeof value !== 'object') return NONE;
  if ('personId' in value) return org.person(value.personId)?.name ?? '';
  return 'userid' in value ? `成员 ${value.userid}` : NONE;
}

/** By its number in 企业微信. Two units of one name are told apart by the one above. */
function unitNames(org: Org): (departmentId: number) => string {
  return (departmentId) => {
    const unit = org.units().find((one) => one.departmentId === departmentId);
    return unit?.name ?? `部门 ${departmentId}`;
  };
}

const ids = (value: Value): number[] =>
  Array.isArray(value) ? value.filter((id) => typeof id === 'number') : [];
const pairs = (value: Value): (readonly [number, number])[] =>
  Array.isArray(value) ? value.filter((pair): pair is readonly [number, number] => Array.isArray(pair)) : [];
const isMember = (value: Value): value is { departments: readonly number[] } =>
  typeof value === 'object' && value !== null && 'departments' in value;
const isForeign = (value: Value): value is { name: string | null; parentId: number } =>
  typeof value === 'object' && value !== null && 'parentId' in value;
