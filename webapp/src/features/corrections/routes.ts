import type { RouteRecordRaw } from 'vue-router';

/** The correction pages; the paths are those the server writes into its messages. */
export const correctionsRoutes: RouteRecordRaw[] = [
  { path: '/corrections', component: () => import('./CorrectionsPage.vue') },
  { path: '/corrections/new', component: () => import('./RaisePage.vue') },
  { path: '/corrections/:correctionId', component: () => import('./CorrectionPage.vue'), props: true },
  { path: '/record/photo', component: () => import('./PhotoPage.vue') },
];
