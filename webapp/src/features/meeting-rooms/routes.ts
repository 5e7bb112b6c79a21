import type { RouteRecordRaw } from 'vue-router';

/** The pages of meeting rooms; the paths are those the server writes into its messages and the codes at the doors. */
export const meetingRoomRoutes: RouteRecordRaw[] = [
  { path: '/rooms', component: () => import('./RoomsPage.vue') },
  { path: '/rooms/own', component: () => import('./OwnPage.vue') },
  { path: '/rooms/bookings/:bookingId', component: () => import('./BookingPage.vue'), props: true },
  { path: '/rooms/:roomId', component: () => import('./DoorPage.vue'), props: true },
];
