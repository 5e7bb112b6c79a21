/** Who is signed in, when, and a page of any list: what every page's test needs. All names are fictional. */
import type { Me } from '../../api/shapes.ts';

/** 2026-11-20 10:42 in Shanghai. */
export const at = Date.UTC(2026, 10, 20, 2, 42);

export const person = (roles: Me['roles'] = [hrRole], name = '李老师'): Me => ({
  person: {
    personId: 'p1',
    name,
    unitName: '人事处',
    title: '科员',
    staffNo: 'H2012003',
    mobileMasked: '138****0001',
    category: 'internal',
    categoryName: '院内',
  },
  posts: [
    {
      assignmentId: 'a1',
      unitId: 'u1',
      unitName: '人事处',
      unitPath: '人事处',
      title: '科员',
      kind: 'main',
      isHead: false,
      since: '2019-09-01',
    },
  ],
  roles,
  can: {
    seePeople: roles.some(({ role }) => role === hrRole.role),
    managePeople: roles.some(({ role }) => role === hrRole.role),
  },
  csrfToken: 'token',
  institution: '海州职业技术学院',
  appName: '办公助手',
  now: at,
  sandbox: true,
});

export const hrRole = { role: 'hrMaintainer', roleName: '花名册维护', scopeUnitName: null };

export const page = <T>(items: T[], part: { next?: string | null; total?: number } = {}) => ({
  items,
  next: part.next ?? null,
  total: part.total ?? items.length,
});
