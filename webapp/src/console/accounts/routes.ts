import type { RouteRecordRaw } from 'vue-router';

const requests = () => import('./requests/RequestsPage.vue');

export const accountsRoutes: RouteRecordRaw[] = [
  { path: '/console/accounts/requests', component: requests, meta: { area: 'accounts' } },
  {
    path: '/console/accounts/locks',
    component: requests,
    props: { only: 'lock' },
    meta: { area: 'accounts' },
  },
  {
    path: '/console/accounts/cancellations',
    component: requests,
    props: { only: 'cancel' },
    meta: { area: 'accounts' },
  },
  {
    path: '/console/accounts/requests/new',
    component: () => import('./request/NewRequestPage.vue'),
    meta: { area: 'accounts' },
  },
  {
    path: '/console/accounts/requests/:requestId',
    component: () => import('./request/RequestPage.vue'),
    props: true,
    meta: { area: 'accounts' },
  },
  {
    path: '/console/accounts/newcomers',
    component: () => import('./newcomers/NewcomersPage.vue'),
    meta: { area: 'newcomers' },
  },
  {
    path: '/console/accounts/newcomers/:requestId',
    component: () => import('./newcomers/NewcomerPage.vue'),
    props: true,
    meta: { area: 'newcomers' },
  },
  {
    path: '/console/accounts/people/:personId',
    component: () => import('./person/AccountsPage.vue'),
    props: true,
    meta: { area: 'accounts' },
  },
  {
    path: '/console/accounts/handovers/:sheetId',
    component: () => import('./handover/HandoverPage.vue'),
    props: true,
    // A successor, whoever they are, signs here.
    meta: { area: null },
  },
  {
    path: '/console/accounts/late',
    component: () => import('./late/LatePage.vue'),
    meta: { area: 'accounts' },
  },
  {
    path: '/console/accounts/circulars/:circularId',
    component: () => import('./circular/CircularPage.vue'),
    props: true,
    meta: { area: 'accounts' },
  },
  {
    path: '/console/accounts/systems',
    component: () => import('./systems/SystemsPage.vue'),
    meta: { area: 'accounts' },
  },
  {
    path: '/console/accounts/exchange',
    component: () => import('./exchange/ExchangePage.vue'),
    meta: { area: 'accountsIt' },
  },
  {
    path: '/console/accounts/inspections',
    component: () => import('./inspection/InspectionsPage.vue'),
    meta: { area: 'accountsOffice' },
  },
  {
    path: '/console/accounts/inspections/:inspectionId',
    component: () => import('./inspection/InspectionPage.vue'),
    props: true,
    meta: { area: 'accountsOffice' },
  },
  {
    path: '/console/accounts/letters/:letterId',
    component: () => import('./inspection/LetterPage.vue'),
    props: true,
    meta: { area: 'accounts' },
  },
];
