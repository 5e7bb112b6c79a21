import type { RouteRecordRaw } from 'vue-router';

export const templatesRoutes: RouteRecordRaw[] = [
  { path: '/console/templates', component: () => import('./TemplatesPage.vue'), meta: { area: 'templates' } },
  {
    path: '/console/templates/:templateKey',
    component: () => import('./DryRunPage.vue'),
    props: true,
    meta: { area: 'templates' },
  },
];
