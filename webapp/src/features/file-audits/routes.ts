import type { RouteRecordRaw } from 'vue-router';

/** The audit pages; the paths are those the server writes into its messages. */
export const fileAuditRoutes: RouteRecordRaw[] = [
  { path: '/file-audits', component: () => import('./FileAuditsPage.vue') },
  { path: '/file-audits/:fileId', component: () => import('./FilePage.vue'), props: true },
];
