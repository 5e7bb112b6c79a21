import { computed, reactive } from 'vue';
import { get, useCsrf } from './api/http.ts';
import type { Me } from './api/shapes.ts';
import { loggedIn } from './api/login.ts';
import { openFor } from './device.ts';

/** The only state that pages share: who I am, and the numbers on the tab bar. */
export const session = reactive<{
  me: Me | null;
  /** `others`: what waits for me besides approvals. */
  badges: { approvals: number; others: number; cc: number };
}>({
  me: null,
  badges: { approvals: 0, others: 0, cc: 0 },
});

/** Everything that waits for me: the number on the tab and on the workbench. */
export const todoCount = computed(() => session.badges.approvals + session.badges.others);

let asking: Promise<Me> | null = null;

/** Asks once; a failed question may be asked again. */
export function loadMe(): Promise<Me> {
  asking ??= get<Me>('/api/me').then(
    (me) => {
      session.me = me;
      loggedIn();
      openFor(me.person.personId);
      return me;
    },
    (error: unknown) => {
      asking = null;
      throw error;
    },
  );
  return asking;
}

/** The token of an ended session is of no use: the next write asks for a new one. */
export function forgetMe(): void {
  asking = null;
  session.me = null;
}

useCsrf((renewed) => {
  if (renewed) asking = null;
  return loadMe().then((me) => me.csrfToken);
});
