import type { RouteRecordRaw } from 'vue-router';

export const agentsRoutes: RouteRecordRaw[] = [
  { path: '/console/agents', component: () => import('./AgentsPage.vue'), meta: { area: 'agents' } },
];
