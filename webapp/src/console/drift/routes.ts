import type { RouteRecordRaw } from 'vue-router';

export const driftRoutes: RouteRecordRaw[] = [
  { path: '/console/drift', component: () => import('./DriftPage.vue'), meta: { area: 'people' } },
];
