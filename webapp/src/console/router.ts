import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { accountsRoutes } from './accounts/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { agentsRoutes } from './agents/routes.ts';
import { accountSignsRoutes } from './account-signs/routes.ts';
import { correctionsRoutes } from './corrections/routes.ts';
import { driftRoutes } from './drift/routes.ts';
import { fileAuditRoutes } from './file-audits/routes.ts';
import { meetingRoomRoutes } from './meeting-rooms/routes.ts';
import { keepingRoutes } from './keeping/routes.ts';
import { leaveRoutes } from './leave/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { nativeRoutes } from './native-approvals/routes.ts';
import { repairRoutes } from './repairs/routes.ts';
import { sealRoutes } from './seals/routes.ts';
import { rightsRoutes } from './rights/routes.ts';
import { setsRoutes } from './sets/routes.ts';
import { packagesRoutes } from './packages/routes.ts';
import { templatesRoutes } from './templates/routes.ts';
import { undertakingsRoutes } from './undertakings/routes.ts';
import type { Area } from './session.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may open the page; `hr` when left out, null: whoever is signed in. */
    area?: Area | null;
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/console', component: () => import('./ui/HomePage.vue'), meta: { area: null } },
  { path: '/console.html', redirect: '/console' },
  { path: '/console/hr/batches', component: () => import('./hr/batch/BatchesPage.vue') },
  { path: '/console/hr/batches/:batchId', component: () => import('./hr/batch/BatchPage.vue'), props: true },
  { path: '/console/hr/plans/:planId', component: () => import('./hr/plan/PlanPage.vue'), props: true },
  { path: '/console/hr/plans/:planId/run', component: () => import('./hr/run/RunPage.vue'), props: true },
  { path: '/console/hr/unit-acts', component: () => import('./hr/units/UnitActsPage.vue') },
  {
    path: '/console/hr/unit-acts/:actId',
    component: () => import('./hr/units/UnitActPage.vue'),
    props: true,
  },
  { path: '/console/hr/runs', component: () => import('./hr/run/RunsPage.vue') },
  ...driftRoutes,
  ...correctionsRoutes,
  ...accountSignsRoutes,
  ...agentsRoutes,
  ...fileAuditRoutes,
  ...meetingRoomRoutes,
  ...setsRoutes,
  ...nativeRoutes,
  ...repairRoutes,
  ...sealRoutes,
  {
    path: '/console/sources',
    component: () => import('./hr/sources/SourcesPage.vue'),
    meta: { area: 'sources' },
  },
  {
    path: '/console/sources/scim',
    component: () => import('./scim/ScimPage.vue'),
    meta: { area: 'sources' },
  },
  ...accountsRoutes,
  ...rightsRoutes,
  ...auditRoutes,
  ...keepingRoutes,
  ...undertakingsRoutes,
  ...leaveRoutes,
  ...templatesRoutes,
  ...packagesRoutes,
  ...peopleRoutes,
  { path: '/:rest(.*)*', component: () => import('./ui/MissingPage.vue'), meta: { area: null } },
];

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
});

// A page's code that is gone was replaced by a newer version: open the page from the server, once.
const mark = 'console:reloaded';
router.onError((error: unknown, to) => {
  if (!(error instanceof TypeError) || sessionStorage.getItem(mark) === to.fullPath) return;
  sessionStorage.setItem(mark, to.fullPath);
  location.assign(to.fullPath);
});
router.afterEach(() => sessionStorage.removeItem(mark));
