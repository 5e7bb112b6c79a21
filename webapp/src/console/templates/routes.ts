import type { RouteRecordRaw } from 'vue-router';

export const templatesRoutes: RouteRecordRaw[] = [
  { path: '/console/templates', component: () => import('./TemplatesPage.vue'), meta: { area: 'templates' } },
  {
    path: '/console/templates/design',
    component: () => import('./design/DesignsPage.vue'),
    meta: { area: 'design' },
  },
  {
    path: '/console/templates/design/:templateKey',
    component: () => import('./design/DesignPage.vue'),
    props: true,
    meta: { area: 'design' },
  },
  {
    path: '/console/templates/design/:templateKey/dry-run',
    component: () => import('./DryRunPage.vue'),
    props: ({ params }) => ({ templateKey: params['templateKey'], ofDraft: true }),
    meta: { area: 'design' },
  },
  {
    path: '/console/templates/:templateKey',
    component: () => import('./DryRunPage.vue'),
    props: true,
    meta: { area: 'templates' },
  },
];
