import type { RouteRecordRaw } from 'vue-router';

/** The pages of leave; the paths are those the server writes into its messages. */
export const leaveRoutes: RouteRecordRaw[] = [
  { path: '/leave', component: () => import('./LeavePage.vue') },
  { path: '/leave/calendar', component: () => import('./CalendarPage.vue') },
];
