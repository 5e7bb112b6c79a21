import type { Story } from './contract.ts';

/** Time that can be moved: `OffsetClock` of the kernel fits. Epoch milliseconds. */
export interface AdjustableClock {
  now(): number;
  /** now minus real time, milliseconds. */
  readonly offset: number;
  setOffset(ms: number): void;
}

export interface CallbackSettings {
  /** null = no callback address configured. */
  url: string | null;
  /** Letters and digits, at most 32. */
  token: string;
  /** EncodingAESKey: exactly 43 letters and digits. */
  aesKey: string;
}

export interface VisibleRange {
  userids: string[];
  parties: number[];
  tags: number[];
}

export interface RetryPolicy {
  /** Deliveries after the first one. The documents say "three". */
  count: number;
  /** Real milliseconds before retry 1, 2, …; the last one repeats. Not documented by 企业微信. */
  delaysMs: number[];
  /** Real milliseconds the app has to answer. */
  timeoutMs: number;
  /** Page 90238: any status but 200 is retried; page 90930: only connection failure and timeout. */
  onStatus: boolean;
}

export interface SandboxOptions {
  /** 0 = any free port. */
  port: number;
  /** Address to listen on; default 127.0.0.1. */
  host?: string;
  /** How browsers and the app reach the sandbox; default `http://localhost:<port>`. */
  publicUrl?: string;
  corp: { corpId: string; name: string };
  app: {
    agentId: number;
    secret: string;
    name: string;
    description?: string;
    callback: CallbackSettings;
    homeUrl: string;
    /** host or host:port, compared exactly with the redirect_uri (page 91335). */
    trustedDomain: string;
    /** Default: the root department, i.e. everyone. */
    visible?: VisibleRange;
    /** Where the app logs a person in anew (`?switch=1&return=`); null = open pages as they are. */
    loginPath?: string | null;
  };
  contacts: { secret: string; callback?: CallbackSettings };
  clock: AdjustableClock;
  /** Told about faults of the sandbox itself; never gets tokens, secrets or personal data. */
  log?: (message: string, data?: Readonly<Record<string, unknown>>) => void;
  /** Told when chats were forgotten (重来): the app may want to start over as well. */
  onReset?: () => void;
  /** Folder with `phone.html` and `assets/`. */
  phoneDir?: string;
  /** JSON file that keeps members and messages over a restart. */
  snapshotPath?: string;
  retries?: Partial<RetryPolicy>;
  /** Frequency limits and quotas; default on. */
  rateLimits?: boolean;
  /** Account ceiling; the daily send quota is 200 × this. Default 2000. */
  seats?: number;
  /** Code of a token past its 7200 s. The table says 42001, one report saw 40014. Default 42001. */
  expiredTokenCode?: 42001 | 40014;
  /** true = the 通讯录同步 secret calls from an address in use before 2022-08-15 (no 48009). Default false. */
  contactsMayRead?: boolean;
  /** true = an app created before 2022-06-20 that still reads mobile, email and so on. Default false. */
  sensitiveFields?: boolean;
  /** What user/create does with a department that does not exist. Default create (page 90195). */
  unknownDepartment?: 'create' | 'reject';
  /** true = contact events carry all fields (callback saved before 2022-08-15). Default false. */
  fullContactEvents?: boolean;
  /** userid of who opened the corp: the API cannot delete this member (301005). */
  creator?: string;
  /** Extended attributes made in the admin console; extattr with other names is ignored. Default 工号 and 职级. */
  extattrs?: string[];
  /** Real milliseconds an asynchronous import waits before its first row. Default 50. */
  jobDelayMs?: number;
  /** How many forms of 审批 a window may hold before getapprovalinfo answers 301112; the page gives no number. */
  nativeWindowMost?: number;
  /** Keys of group robots that webhook/send accepts. */
  webhookKeys?: string[];
  /** The newcomer's story the phone tells; can be changed later through the control API. */
  story?: Story;
  /** Who may use /sandbox/*; `any` only inside a container whose port is published to loopback. */
  controlFrom?: 'loopback' | 'any';
}

export interface Settings extends Omit<SandboxOptions, 'retries'> {
  host: string;
  retries: RetryPolicy;
  rateLimits: boolean;
  seats: number;
  expiredTokenCode: 42001 | 40014;
  contactsMayRead: boolean;
  sensitiveFields: boolean;
  unknownDepartment: 'create' | 'reject';
  fullContactEvents: boolean;
  extattrs: string[];
  jobDelayMs: number;
  nativeWindowMost: number;
  webhookKeys: string[];
  controlFrom: 'loopback' | 'any';
  log: (message: string, data?: Readonly<Record<string, unknown>>) => void;
}

export function withDefaults(options: SandboxOptions): Settings {
  return {
    host: '127.0.0.1',
    rateLimits: true,
    seats: 2000,
    expiredTokenCode: 42001,
    contactsMayRead: false,
    sensitiveFields: false,
    unknownDepartment: 'create',
    fullContactEvents: false,
    extattrs: ['工号', '职级'],
    jobDelayMs: 50,
    nativeWindowMost: 10_000,
    webhookKeys: ['sandbox-webhook-key'],
    controlFrom: 'loopback',
    log: () => undefined,
    ...options,
    retries: {
      count: 3,
      delaysMs: [2000, 5000, 10_000],
      timeoutMs: 5000,
      onStatus: true,
      ...options.retries,
    },
  };
}
