import { ref, shallowRef } from 'vue';
import { asFailure, type Failure } from '../api/failure.ts';
import { get, useCsrf } from '../api/http.ts';
import { loggedIn } from '../api/login.ts';
import type { Me } from '../api/shapes.ts';

/** Who looks at the console; null until known. */
export const me = shallowRef<Me | null>(null);
export const meFailure = shallowRef<Failure | null>(null);
/** What must be added to this device's clock to get the server's. */
export const clockSkewMs = ref(0);

/** The HR pages are for these (given in config/roles.json); the server checks again on every request. */
const hrRoles = ['hrMaintainer', 'superAdmin'];

export const maySeeHr = (who: Me): boolean => who.roles.some(({ role }) => hrRoles.includes(role));

export const serverNow = (): number => Date.now() + clockSkewMs.value;

let asking: Promise<Me> | null = null;

/** Asks once; a failed question may be asked again. */
export function loadMe(): Promise<Me> {
  meFailure.value = null;
  asking ??= get<Me>('/api/me').then(
    (found) => {
      me.value = found;
      clockSkewMs.value = found.now - Date.now();
      loggedIn();
      return found;
    },
    (error: unknown) => {
      asking = null;
      meFailure.value = asFailure(error);
      throw error;
    },
  );
  return asking;
}

useCsrf((renewed) => {
  if (renewed) asking = null;
  return loadMe().then((found) => found.csrfToken);
});
