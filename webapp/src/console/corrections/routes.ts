import type { RouteRecordRaw } from 'vue-router';

export const correctionsRoutes: RouteRecordRaw[] = [
  {
    path: '/console/corrections',
    component: () => import('./CorrectionsPage.vue'),
    meta: { area: 'corrections' },
  },
  {
    path: '/console/corrections/:correctionId',
    component: () => import('./CorrectionPage.vue'),
    props: true,
    meta: { area: 'corrections' },
  },
  {
    path: '/console/photos',
    component: () => import('./PhotosPage.vue'),
    meta: { area: 'photos' },
  },
];
