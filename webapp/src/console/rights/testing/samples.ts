/** Sample answers of the access room, all names fictional. */
import { at } from '../../testing/shell.ts';
import type { Delegation, Holder, Role } from '../api.ts';

const day = 24 * 3_600_000;
const who = (personId: string, name: string, unitName: string) => ({
  personId,
  name,
  unitName,
  title: '教师',
});

export const role = (code: string, name: string, part: Partial<Role> = {}): Role => ({
  role: code,
  name,
  scoped: false,
  unitOnly: false,
  onePerScope: false,
  excludes: [],
  can: { grant: true },
  ...part,
});

export const roles: Role[] = [
  role('superAdmin', '超级管理员', { excludes: ['系统管理员', '安全管理员', '审计管理员'] }),
  role('systemAdmin', '系统管理员', { excludes: ['安全管理员', '审计管理员', '花名册维护'] }),
  role('securityAdmin', '安全管理员'),
  role('auditAdmin', '审计管理员', { can: { grant: false } }),
  role('liaison', '信息联络员', { scoped: true, unitOnly: true, onePerScope: true }),
];

export const holder = (grantId: string, part: Partial<Holder> = {}): Holder => ({
  grantId,
  role: 'superAdmin',
  roleName: '超级管理员',
  unit: null,
  sinceAt: at - 300 * day,
  lastOn: null,
  grantedBy: '何一鸣',
  can: { revoke: true },
  person: who('chen', '陈老师', '信息化办公室'),
  active: true,
  warning: null,
  ...part,
});

export const holdersOf = (code: string, items: Holder[]) => ({
  role: code,
  roleName: roles.find((each) => each.role === code)?.name ?? code,
  items: items.map((each) => ({ ...each, role: code })),
  next: null,
  total: items.length,
});

export const delegation = (delegationId: string, part: Partial<Delegation> = {}): Delegation => ({
  delegationId,
  person: who('zhao', '赵老师', '机电工程学院'),
  active: true,
  unit: { unitId: 'jidian', name: '机电工程学院' },
  duty: 'handle',
  dutyName: '看和办理',
  modules: [
    { key: 'notices', name: '公告' },
    { key: 'leave', name: '请假销假' },
  ],
  categories: [{ category: 'internal', name: '院内' }],
  note: '学院办公室承担日常管理',
  grantedBy: '何一鸣',
  sinceAt: at - 60 * day,
  lastOn: '2027-06-30',
  ended: null,
  can: { change: true, end: true },
  ...part,
});
