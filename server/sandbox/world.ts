import type { JobRunner } from './batch/types.ts';
import type { CallbackSender } from './callbacks/types.ts';
import type { Faults } from './faults.ts';
import type { Limits } from './limits.ts';
import type { Settings } from './options.ts';
import type { Data } from './state/data.ts';
import type { Scope } from './state/directory.ts';
import type { EventBus } from './state/events.ts';
import type { Ledger } from './state/ledger.ts';

/** Everything a handler may need. One per sandbox. */
export interface World {
  readonly settings: Settings;
  readonly data: Data;
  readonly events: EventBus;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly callbacks: CallbackSender;
  readonly jobs: JobRunner;
  /** OAuth codes, tickets: short-lived, not kept over a restart. */
  readonly codes: Codes;
  /** Where the sandbox is reached, without trailing slash. */
  readonly url: string;
  now(): number;
  /** Who and what the app may see, remembered until the directory changes. */
  scope(): Scope;
  /** Something in `data` changed: keep it. */
  touch(): void;
  /** Members, departments, tags or the visible range changed. */
  directoryChanged(): void;
}

export interface Codes {
  /** OAuth codes: single use, 5 minutes. */
  oauth: Map<string, { userid: string; scope: string; expiresAt: number }>;
  /** user_ticket: 1800 s. */
  tickets: Map<string, { userid: string; expiresAt: number }>;
  /** JS-SDK tickets, 7200 s. */
  jsapi: Map<string, { ticket: string; expiresAt: number }>;
}
