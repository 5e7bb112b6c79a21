import type { RouteRecordRaw } from 'vue-router';

export const fileAuditRoutes: RouteRecordRaw[] = [
  { path: '/console/file-audits', component: () => import('./PlansPage.vue'), meta: { area: null } },
  {
    path: '/console/file-audits/new',
    component: () => import('./ComposePage.vue'),
    meta: { area: 'quality' },
  },
  { path: '/console/data-quality', component: () => import('./QualityPage.vue'), meta: { area: null } },
  {
    path: '/console/file-audits/files/:fileId',
    component: () => import('./FilePage.vue'),
    props: true,
    // A reviewer needs no role: who may see a file is the server's to say.
    meta: { area: null },
  },
  {
    path: '/console/file-audits/:planId',
    component: () => import('./PlanPage.vue'),
    props: true,
    meta: { area: null },
  },
  {
    path: '/console/file-audits/:planId/edit',
    component: () => import('./ComposePage.vue'),
    props: true,
    meta: { area: 'quality' },
  },
];
