import type { RouteRecordRaw } from 'vue-router';

export const repairRoutes: RouteRecordRaw[] = [
  { path: '/console/repairs', component: () => import('./TicketsPage.vue'), meta: { area: null } },
  { path: '/console/repairs/figures', component: () => import('./FiguresPage.vue'), meta: { area: null } },
  { path: '/console/repairs/codes', component: () => import('./CodesPage.vue'), meta: { area: null } },
  { path: '/console/repairs/kept', component: () => import('./KeptPage.vue'), meta: { area: null } },
  {
    path: '/console/repairs/:ticketId',
    component: () => import('./TicketPage.vue'),
    props: true,
    // Who may see a ticket is the server's to say.
    meta: { area: null },
  },
];
