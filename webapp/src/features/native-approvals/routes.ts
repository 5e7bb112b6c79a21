import type { RouteRecordRaw } from 'vue-router';

/** The paths are those the server writes into its reminders and to-dos. */
export const nativeRoutes: RouteRecordRaw[] = [
  { path: '/native-approvals', component: () => import('./OwnPage.vue') },
  { path: '/native-approvals/:caseId', component: () => import('./CasePage.vue'), props: true },
];
