import type { RouteRecordRaw } from 'vue-router';

/** The account pages; the paths are those the server writes into its messages. Each loads when it is opened. */
export const accountsRoutes: RouteRecordRaw[] = [
  { path: '/accounts', component: () => import('./RequestsPage.vue') },
  { path: '/accounts/report', component: () => import('./ReportPage.vue') },
  { path: '/accounts/newcomer', component: () => import('./newcomer/NewcomerPage.vue') },
  {
    path: '/accounts/requests/:requestId',
    component: () => import('./request/RequestPage.vue'),
    props: true,
  },
  { path: '/accounts/requests/:requestId/fill', component: () => import('./FillPage.vue'), props: true },
  {
    path: '/accounts/cancellations/:requestId',
    component: () => import('./person/CancellationPage.vue'),
    props: true,
  },
  {
    path: '/accounts/people/:personId',
    component: () => import('./person/PersonAccountsPage.vue'),
    props: true,
  },
  { path: '/accounts/locks', component: () => import('./LocksPage.vue') },
  { path: '/accounts/handovers', component: () => import('./SheetsPage.vue') },
  { path: '/accounts/letters/:letterId', component: () => import('./letter/LetterPage.vue'), props: true },
  {
    path: '/accounts/circulars/:circularId',
    component: () => import('./circular/CircularPage.vue'),
    props: true,
  },
  { path: '/accounts/handovers/:sheetId', component: () => import('./handover/SheetPage.vue'), props: true },
];
