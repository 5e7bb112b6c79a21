import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';

const home = '/console/hr/batches';

const routes: RouteRecordRaw[] = [
  { path: '/console', redirect: home },
  { path: '/console.html', redirect: home },
  { path: '/console/hr/batches', component: () => import('./hr/batch/BatchesPage.vue') },
  { path: '/console/hr/batches/:batchId', component: () => import('./hr/batch/BatchPage.vue'), props: true },
  { path: '/console/hr/plans/:planId', component: () => import('./hr/plan/PlanPage.vue'), props: true },
  { path: '/console/hr/plans/:planId/run', component: () => import('./hr/run/RunPage.vue'), props: true },
  { path: '/console/hr/runs', component: () => import('./hr/run/RunsPage.vue') },
  { path: '/:rest(.*)*', component: () => import('./ui/MissingPage.vue') },
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
