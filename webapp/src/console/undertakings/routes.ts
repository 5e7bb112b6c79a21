import type { RouteRecordRaw } from 'vue-router';

const meta = { area: 'undertakings' } as const;
export const undertakingsRoutes: RouteRecordRaw[] = [
  { path: '/console/undertakings', component: () => import('./UndertakingsPage.vue'), meta },
  {
    path: '/console/undertakings/:textId',
    component: () => import('./UndertakingPage.vue'),
    props: true,
    meta,
  },
  {
    path: '/console/undertakings/:textId/people/:personId',
    component: () => import('./ProofPage.vue'),
    props: true,
    meta,
  },
];
