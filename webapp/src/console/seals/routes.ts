import type { RouteRecordRaw } from 'vue-router';

// Who may see what is the server's to say: keepers have no role.
export const sealRoutes: RouteRecordRaw[] = [
  { path: '/console/seals', component: () => import('./LedgerPage.vue'), meta: { area: null } },
  { path: '/console/seals/register', component: () => import('./RegisterPage.vue'), meta: { area: null } },
  { path: '/console/seals/numbers', component: () => import('./NumbersPage.vue'), meta: { area: null } },
  {
    path: '/console/seals/:useId',
    component: () => import('./UsePage.vue'),
    props: true,
    meta: { area: null },
  },
];
