import type { RouteRecordRaw } from 'vue-router';

export const keepingRoutes: RouteRecordRaw[] = [
  {
    path: '/console/keeping/former',
    component: () => import('./FormerPage.vue'),
    meta: { area: 'forget' },
  },
  { path: '/console/keeping', component: () => import('./KeepingPage.vue'), meta: { area: 'keeping' } },
];
