import type { RouteRecordRaw } from 'vue-router';

/** The pages of undertakings; the paths are those the server writes into its messages and leads to. */
export const undertakingsRoutes: RouteRecordRaw[] = [
  { path: '/undertakings', component: () => import('./UndertakingsPage.vue') },
  { path: '/undertakings/:textId', component: () => import('./UndertakingPage.vue'), props: true },
];
