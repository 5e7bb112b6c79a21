import type { RouteRecordRaw } from 'vue-router';

/** Kept by the roles `config/leave.json` names; as it ships those of HR. */
const meta = { area: 'leave' } as const;

export const leaveRoutes: RouteRecordRaw[] = [
  { path: '/console/leave', component: () => import('./AccountsPage.vue'), meta },
  { path: '/console/leave/calendar', component: () => import('./AwayPage.vue'), meta },
  {
    path: '/console/leave/people/:personId',
    component: () => import('./AccountPage.vue'),
    props: true,
    meta,
  },
];
