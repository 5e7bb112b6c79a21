import type { RouteRecordRaw } from 'vue-router';

export const accountSignsRoutes: RouteRecordRaw[] = [
  { path: '/console/account-signs', component: () => import('./ChecksPage.vue'), meta: { area: 'signs' } },
  {
    path: '/console/account-signs/:checkId',
    component: () => import('./CheckPage.vue'),
    props: true,
    meta: { area: 'signs' },
  },
];
