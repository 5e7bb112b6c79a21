import type { RouteRecordRaw } from 'vue-router';

export const rightsRoutes: RouteRecordRaw[] = [
  {
    path: '/console/rights',
    component: () => import('./RightsPage.vue'),
    meta: { area: 'rights' },
  },
  {
    path: '/console/rights/people/:personId',
    component: () => import('./PersonRightsPage.vue'),
    props: true,
    meta: { area: 'rights' },
  },
];
