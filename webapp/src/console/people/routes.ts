import type { RouteRecordRaw } from 'vue-router';

export const peopleRoutes: RouteRecordRaw[] = [
  { path: '/console/org', component: () => import('./OrgPage.vue'), meta: { area: 'people' } },
  { path: '/console/people', component: () => import('./PeoplePage.vue'), meta: { area: 'people' } },
  {
    path: '/console/people/:personId',
    component: () => import('./PersonPage.vue'),
    props: true,
    meta: { area: 'people' },
  },
];
