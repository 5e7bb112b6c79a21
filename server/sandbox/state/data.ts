import type { ChatMessage, CardType, MenuButton, WorkbenchData } from '../contract.ts';
import type { Settings, VisibleRange } from '../options.ts';
import type { NativeForm } from '../native/forms.ts';
import { noSchedules, type Schedules } from './schedules.ts';
import type { AdminRecord, CallbackData, Job, MemberRecord } from './records.ts';

/** All that the sandbox knows about its corp. Plain data and Maps, so that it can be written to a file. */
export interface Data {
  departments: Map<number, Department>;
  /** By lower-cased userid: 企业微信 compares without case. */
  members: Map<string, Member>;
  tags: Map<number, Tag>;
  app: AppData;
  contactsCallback: CallbackData;
  /** Addresses that may call with the 通讯录同步 secret; empty = not checked. */
  contactsTrustedIps: string[];
  /** Lower-cased userid of who opened the corp: cannot be deleted (301005). null = nobody among the members. */
  creator: string | null;
  /** Names of the extended attributes made in the admin console; others are ignored in silence (page 100067). */
  extattrNames: string[];
  /** Departments that replaceparty wants gone as soon as they are empty. */
  doomed: number[];
  /** The last five, oldest first. */
  jobs: Job[];
  /** Ids of jobs whose results were cleaned: 40089 instead of 40088. */
  cleanedJobs: string[];
  /** What was done by hand, oldest first; kept 180 days. */
  adminLog: AdminRecord[];
  memberLog: MemberRecord[];
  /** Calendars, schedules, rooms and their bookings. */
  plans: Schedules;
  /** Forms of 企业微信's own 审批, by number. */
  nativeForms: Map<string, NativeForm>;
  tokens: Map<string, Token>;
  sent: Map<string, SentMessage>;
  /** task_id → msgid; ids are never free again (the window is not documented). */
  taskIds: Map<string, string>;
  responseCodes: Map<string, ResponseCode>;
  /** Lower-cased userid → that member's copies of all chats, oldest first. */
  copies: Map<string, ChatMessage[]>;
  groups: Map<string, Group>;
  media: Map<string, Media>;
  duplicates: Map<string, { msgid: string; at: number }>;
  dropped: Dropped[];
  counters: { id: number; calls: number; callbacks: number; failed: number; messages: number };
}

export interface Department {
  id: number;
  name: string;
  nameEn: string;
  parentId: number;
  order: number;
}

export interface Member {
  userid: string;
  /** false = 企业微信 made the userid itself, so it may be changed once (301036 after that). */
  useridFixed: boolean;
  name: string;
  alias: string;
  mobile: string;
  departments: number[];
  /** Aligned with departments. */
  order: number[];
  /** Aligned with departments, 0 or 1. */
  leads: number[];
  mainDepartment: number;
  position: string;
  gender: '0' | '1' | '2';
  email: string;
  bizMail: string;
  telephone: string;
  address: string;
  directLeader: string[];
  enabled: boolean;
  activated: boolean;
  extattr: { attrs: unknown[] };
  externalProfile: Record<string, unknown> | null;
  externalPosition: string;
  /** When the member last agreed to hand out sensitive fields; remembered for 30 days. */
  consentAt: number | null;
}

export interface Tag {
  id: number;
  name: string;
  owner: 'app' | 'contacts' | 'console';
  /** Lower-cased. */
  userids: string[];
  parties: number[];
}

export interface AppData {
  name: string;
  description: string;
  homeUrl: string;
  trustedDomain: string;
  closed: boolean;
  visible: VisibleRange;
  trustedIps: string[];
  unlicensed: string[];
  reportEnter: boolean;
  reportLocation: boolean;
  /** May read the operation logs: 管理后台 使用分析 → API → 可调用接口应用. */
  operLog: boolean;
  /** May use 日程 and 会议室: 应用管理 → 日程 → 可调用接口的应用. */
  schedules: boolean;
  /** May read 审批: 应用管理 → 审批 → 可调用接口的应用. */
  nativeApprovals: boolean;
  /** The switch 审批状态通知事件 there. */
  nativeEvents: boolean;
  callback: CallbackData;
  menu: MenuButton[] | null;
  workbenchEnabled: boolean;
  workbench: { type: WorkbenchType; data: WorkbenchData | null; replaceUserData: boolean } | null;
  workbenchUsers: Map<string, { type: WorkbenchType; data: WorkbenchData }>;
}

export type WorkbenchType = 'keydata' | 'image' | 'list' | 'webview' | 'normal';

export interface Token {
  kind: 'app' | 'contacts';
  expiresAt: number;
  revoked: boolean;
}

export interface SentMessage {
  msgid: string;
  at: number;
  /** Lower-cased. */
  recipients: string[];
  recalled: boolean;
  card: { type: CardType; taskId: string | null; updatable: boolean } | null;
  personTimes: number;
}

export interface ResponseCode {
  msgid: string;
  expiresAt: number;
  used: boolean;
}

export interface Group {
  chatid: string;
  name: string;
  /** Lower-cased, like members. */
  owner: string;
  members: string[];
  createdAt: number;
}

export interface Media {
  id: string;
  type: 'image' | 'voice' | 'video' | 'file';
  filename: string;
  contentType: string;
  bytes: Buffer;
  createdAt: number;
  /** Permanent images of media/uploadimg have null. */
  expiresAt: number | null;
  /** Set for media that only one robot may use. */
  webhookKey: string | null;
}

export interface Dropped {
  at: number;
  userid: string;
  msgid: string;
  reason: 'per_minute' | 'per_hour' | 'per_day' | 'fault' | 'duplicate' | 'disabled';
  preview: string;
}

export const ROOT_DEPARTMENT = 1;

export function emptyData(settings: Settings): Data {
  const root = { id: ROOT_DEPARTMENT, name: settings.corp.name, nameEn: '', parentId: 0, order: 0 };
  return {
    departments: new Map([[ROOT_DEPARTMENT, root]]),
    members: new Map(),
    tags: new Map(),
    app: emptyApp(settings),
    contactsCallback: { ...(settings.contacts.callback ?? NO_CALLBACK), verified: null },
    contactsTrustedIps: [],
    creator: settings.creator?.toLowerCase() ?? null,
    extattrNames: [...settings.extattrs],
    doomed: [],
    jobs: [],
    cleanedJobs: [],
    adminLog: [],
    memberLog: [],
    plans: noSchedules(),
    nativeForms: new Map(),
    tokens: new Map(),
    sent: new Map(),
    taskIds: new Map(),
    responseCodes: new Map(),
    copies: new Map(),
    groups: new Map(),
    media: new Map(),
    duplicates: new Map(),
    dropped: [],
    counters: { id: 0, calls: 0, callbacks: 0, failed: 0, messages: 0 },
  };
}

const NO_CALLBACK = { url: null, token: '', aesKey: '' };

function emptyApp(settings: Settings): AppData {
  const { app } = settings;
  return {
    name: app.name,
    description: app.description ?? '',
    homeUrl: app.homeUrl,
    trustedDomain: app.trustedDomain,
    closed: false,
    visible: app.visible ?? { userids: [], parties: [ROOT_DEPARTMENT], tags: [] },
    trustedIps: [],
    unlicensed: [],
    reportEnter: true,
    reportLocation: false,
    operLog: true,
    schedules: true,
    nativeApprovals: true,
    nativeEvents: true,
    callback: { ...app.callback, verified: null },
    menu: null,
    workbenchEnabled: true,
    workbench: null,
    workbenchUsers: new Map(),
  };
}

/** What `settings` says about the corp wins over an old snapshot: ports and keys may differ after a restart. */
export function applySettings(data: Data, settings: Settings): void {
  const { app } = settings;
  // A snapshot of an older version lacks what came later.
  Object.assign(data, { ...emptyData(settings), ...data });
  data.app.operLog ??= true;
  data.app.schedules ??= true;
  data.app.nativeApprovals ??= true;
  data.app.nativeEvents ??= true;
  for (const member of data.members.values()) member.useridFixed ??= true;
  for (const job of data.jobs) if (job.status !== 3) interrupt(job);
  for (const copies of data.copies.values()) {
    // A tap that was on its way when we stopped will never be answered.
    for (const { content } of copies) if (content.msgtype === 'template_card') content.state.pending = false;
  }
  data.app.name = app.name;
  data.app.homeUrl = app.homeUrl;
  data.app.trustedDomain = app.trustedDomain;
  data.app.callback = { ...app.callback, verified: null };
  data.contactsCallback = { ...(settings.contacts.callback ?? NO_CALLBACK), verified: null };
}

/** A job that was under way when we stopped: 302005, system failure. */
function interrupt(job: Job): void {
  Object.assign(job, { status: 3, errcode: 302005, errmsg: 'system failure' });
}

/** Forgets what was said and keeps who is there, and who changed them. */
export function forgetMessages(data: Data, settings: Settings): void {
  const fresh = emptyData(settings);
  const { departments, members, tags, app, contactsCallback, contactsTrustedIps } = data;
  const { creator, extattrNames, doomed, adminLog, memberLog, nativeForms } = data;
  Object.assign(data, fresh, { departments, members, tags, app, contactsCallback, contactsTrustedIps });
  Object.assign(data, { creator, extattrNames, doomed, adminLog, memberLog, nativeForms });
}

/** Forgets the oldest entries of a map that only grows. */
export function cap<K>(map: Map<K, unknown>, max: number): void {
  for (const key of map.keys()) {
    if (map.size <= max) return;
    map.delete(key);
  }
}
