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

/**
 * Which roles open which pages (given in config/roles.json and config/accounts.json); the server checks again on
 * every request. The accounts office carries requests out; a unit's liaison and head send and follow their own.
 */
const office = ['systemAdmin', 'superAdmin', 'hrMaintainer', 'hrHead'];
/** Who makes plans of audits (config/file-audits.json). */
const records = ['hrMaintainer', 'hrHead', 'superAdmin', 'creator'];
const openTo = {
  hr: ['hrMaintainer', 'superAdmin'],
  sources: ['systemAdmin', 'hrMaintainer', 'superAdmin'],
  accounts: [...office, 'liaison', 'unitHead'],
  accountsOffice: office,
  accountsIt: ['systemAdmin', 'superAdmin'],
  /** In numbers; and by name whoever sees people. */
  undertakings: ['unitHead', 'securityAdmin', 'auditAdmin'],
  newcomers: ['hrMaintainer', 'hrHead'],
  /** And whoever keeps records of people or their accounts somewhere, also without a role. */
  corrections: ['systemAdmin'],
  files: [...records, 'liaison', 'unitHead'],
  quality: records,
  /** Heads see what was reported from their unit; the server names who dispatches and who manages it by delegation (`can.areas`). */
  repairs: ['creator', 'superAdmin', 'unitHead'],
  /** Overseers, who imports, and heads what their unit hands in and holds. */
  native: ['creator', 'superAdmin', 'auditAdmin', 'systemAdmin', 'unitHead'],
  /** Heads see what their unit asked for and manage its seals; the server names keepers (`can.areas`). */
  seals: ['creator', 'superAdmin', 'unitHead'],
  /** Who keeps the accounts of leave (config/leave.json). */
  leave: ['hrMaintainer', 'hrHead'],
  /** Heads take out what their units asked for. */
  packages: ['creator', 'superAdmin', 'unitHead'],
  /** Who keeps templates, and the records they are walked over. */
  templates: ['creator', 'superAdmin', 'moduleManager', 'hrMaintainer'],
  /** Managers their own, the auditor looks (S2-10); which, the server says. */
  design: ['creator', 'superAdmin', 'moduleManager', 'auditAdmin'],
  /** Who ends an agency that neither side can. */
  agents: ['superAdmin'],
  rights: ['creator', 'superAdmin', 'securityAdmin', 'auditAdmin'],
  signs: ['creator', 'superAdmin', 'securityAdmin', 'auditAdmin'],
  audit: ['auditAdmin'],
  /** And whoever administers a part of the institution, also without a role; others find rooms on the phone. */
  rooms: ['creator', 'superAdmin', 'moduleManager', 'systemAdmin'],
  forget: ['securityAdmin'],
  keeping: ['creator', 'superAdmin', 'systemAdmin', 'securityAdmin', 'auditAdmin', 'hrMaintainer'],
} as const satisfies Record<string, readonly string[]>;

/** Pages that are opened by the same roles; `people` by whatever gives a part of the directory, also without a role. */
export type Area = keyof typeof openTo | 'people' | 'photos';

export function mayOpen(who: Me, area: Area): boolean {
  if (area === 'people') return who.can.seePeople;
  if (area === 'photos') return who.can.seePeople && who.can.managePeople;
  if (area === 'undertakings' && who.can.seePeople) return true;
  if (area === 'rooms' && who.can.seePeople) return true;
  if (area === 'corrections' && who.can.managePeople) return true;
  if (who.can.areas?.includes(area)) return true;
  const roles: readonly string[] = openTo[area];
  return who.roles.some(({ role }) => roles.includes(role));
}

/** Units and HR begin requests and speak for the person; who carries them out does not (H3). */
export const maySend = (who: Me): boolean =>
  who.roles.some(({ role }) => ['liaison', 'unitHead', 'hrMaintainer', 'hrHead'].includes(role));

export const maySeeHr = (who: Me): boolean => mayOpen(who, 'hr');

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
