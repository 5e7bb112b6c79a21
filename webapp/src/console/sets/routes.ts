import type { RouteRecordRaw } from 'vue-router';

export const setsRoutes: RouteRecordRaw[] = [
  { path: '/console/sets', component: () => import('./SetsPage.vue') },
  { path: '/console/sets/new', component: () => import('./ComposePage.vue') },
  { path: '/console/sets/:setId', component: () => import('./SetPage.vue'), props: true },
  { path: '/console/sets/:setId/rule', component: () => import('./ComposePage.vue'), props: true },
];
