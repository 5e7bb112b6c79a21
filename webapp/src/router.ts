import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { accountsRoutes } from './features/accounts/routes.ts';
import TodoPage from './features/approvals/TodoPage.vue';
import { accountSignsRoutes } from './features/account-signs/routes.ts';
import { correctionsRoutes } from './features/corrections/routes.ts';
import { delegationsRoutes } from './features/delegations/routes.ts';
import { undertakingsRoutes } from './features/undertakings/routes.ts';
import { meetingRoomRoutes } from './features/meeting-rooms/routes.ts';
import { fileAuditRoutes } from './features/file-audits/routes.ts';
import { nativeRoutes } from './features/native-approvals/routes.ts';
import { repairRoutes } from './features/repairs/routes.ts';
import { sealRoutes } from './features/seals/routes.ts';
import { leaveRoutes } from './features/leave/routes.ts';
import HomePage from './features/portal/HomePage.vue';

/** `meta.tab`: the page has the tab bar and nothing behind it. `meta.open`: also for whom nobody knows here. */
const routes: RouteRecordRaw[] = [
  { path: '/', component: HomePage, meta: { tab: true } },
  { path: '/todo', component: TodoPage, meta: { tab: true } },
  { path: '/todo/batch', component: () => import('./features/approvals/batch/BatchPage.vue') },
  { path: '/me', component: () => import('./features/access/MePage.vue'), meta: { tab: true } },
  { path: '/record', component: () => import('./features/directory/RecordPage.vue') },
  {
    path: '/approvals/:instanceId',
    component: () => import('./features/approvals/DetailPage.vue'),
    props: true,
  },
  {
    path: '/approvals/:instanceId/submitted',
    component: () => import('./features/approvals/SubmittedPage.vue'),
    props: true,
  },
  {
    path: '/approvals/:instanceId/again',
    component: () => import('./features/approvals/AgainPage.vue'),
    props: true,
  },
  { path: '/apply', component: () => import('./features/portal/EntriesPage.vue') },
  {
    path: '/approvals/:instanceId/print',
    component: () => import('./features/approvals/print/PrintPage.vue'),
    props: true,
  },
  {
    path: '/verify/:code',
    component: () => import('./features/approvals/print/VerifyPage.vue'),
    props: true,
    meta: { open: true },
  },
  {
    path: '/approvals/:instanceId/edit',
    component: () => import('./features/approvals/EditPage.vue'),
    props: true,
  },
  { path: '/apply/:templateKey', component: () => import('./features/approvals/ApplyPage.vue'), props: true },
  ...accountsRoutes,
  ...correctionsRoutes,
  ...accountSignsRoutes,
  ...delegationsRoutes,
  ...undertakingsRoutes,
  ...fileAuditRoutes,
  ...nativeRoutes,
  ...repairRoutes,
  ...sealRoutes,
  ...meetingRoomRoutes,
  ...leaveRoutes,
  { path: '/:rest(.*)*', component: () => import('./features/portal/MissingPage.vue') },
];

export const router = createRouter({
  history: createWebHistory(),
  routes,
  // A sheet is a hash: opening or closing one must not move the page below it.
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
});
