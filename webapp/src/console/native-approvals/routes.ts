import type { RouteRecordRaw } from 'vue-router';

export const nativeRoutes: RouteRecordRaw[] = [
  { path: '/console/native-approvals', component: () => import('./CasesPage.vue'), meta: { area: 'native' } },
  {
    path: '/console/native-approvals/imports',
    component: () => import('./ImportsPage.vue'),
    meta: { area: 'native' },
  },
  {
    path: '/console/native-approvals/:caseId',
    component: () => import('./CasePage.vue'),
    props: true,
    // Who may see a form is the server's to say.
    meta: { area: null },
  },
];
