import type { RouteRecordRaw } from 'vue-router';

/** The repair pages; the paths are those the server writes into its messages and the codes on the walls hold. */
export const repairRoutes: RouteRecordRaw[] = [
  { path: '/repairs', component: () => import('./RepairsPage.vue') },
  { path: '/repairs/new', component: () => import('./ReportPage.vue') },
  { path: '/repairs/:ticketId', component: () => import('./TicketPage.vue'), props: true },
];
