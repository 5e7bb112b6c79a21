import type { RouteRecordRaw } from 'vue-router';

/** The path of the list is the one the server writes into its messages. */
export const delegationsRoutes: RouteRecordRaw[] = [
  { path: '/delegations', component: () => import('./DelegationsPage.vue') },
  { path: '/delegations/new', component: () => import('./NewDelegationPage.vue') },
];
