import type { RouteRecordRaw } from 'vue-router';

export const auditRoutes: RouteRecordRaw[] = [
  { path: '/console/audit', component: () => import('./AuditPage.vue'), meta: { area: 'audit' } },
];
