import type { RouteRecordRaw } from 'vue-router';

export const packagesRoutes: RouteRecordRaw[] = [
  { path: '/console/packages', component: () => import('./PackagesPage.vue'), meta: { area: 'packages' } },
];
