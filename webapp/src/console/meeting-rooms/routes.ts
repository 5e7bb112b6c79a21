import type { RouteRecordRaw } from 'vue-router';

const base = '/console/meeting-rooms';
/** Whoever is signed in may open them; the server answers with what is theirs. */
const meta = { area: null } as const;
export const meetingRoomRoutes: RouteRecordRaw[] = [
  { path: base, component: () => import('./RoomsPage.vue'), meta },
  { path: `${base}/new`, component: () => import('./RoomForm.vue'), meta },
  { path: `${base}/usage`, component: () => import('./UsagePage.vue'), meta },
  { path: `${base}/:roomId`, component: () => import('./WeekPage.vue'), props: true, meta },
  { path: `${base}/:roomId/sign`, component: () => import('./DoorSignPage.vue'), props: true, meta },
  { path: `${base}/:roomId/edit`, component: () => import('./RoomForm.vue'), props: true, meta },
];
