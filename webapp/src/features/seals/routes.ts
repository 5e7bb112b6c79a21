import type { RouteRecordRaw } from 'vue-router';

/** The pages of seals; the paths are those the server writes into its messages. */
export const sealRoutes: RouteRecordRaw[] = [
  { path: '/seals', component: () => import('./SealsPage.vue') },
  { path: '/seals/:useId', component: () => import('./UsePage.vue'), props: true },
];
