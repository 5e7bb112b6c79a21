import type { RouteRecordRaw } from 'vue-router';

/** The path is the one the server writes into its messages. */
export const accountSignsRoutes: RouteRecordRaw[] = [
  { path: '/account-checks/:checkId', component: () => import('./CheckPage.vue'), props: true },
];
