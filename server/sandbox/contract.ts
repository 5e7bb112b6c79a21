/**
 * The contract between the sandbox and whoever drives it: the phone page, the flow tests, a curious newcomer.
 *
 * Everything lives under `/sandbox` on the sandbox's port, JSON in and out, loopback only.
 * Failures answer 4xx with {@link ControlError}. Instants are epoch milliseconds of the sandbox's clock (which
 * may differ from the real one); `…Ms` durations are real milliseconds.
 *
 * | method, path | request | answer |
 * |---|---|---|
 * | GET    /sandbox/state | – | {@link SandboxState} (no chats) |
 * | GET    /sandbox/dump | – | {@link SandboxDump}: everything, for tests and the 数据 tab |
 * | GET    /sandbox/events | – | server-sent events, see {@link SandboxEvent} |
 * | GET    /sandbox/members/:userid | – | {@link MemberDetail} |
 * | GET    /sandbox/members/:userid/chats | – | `{ chats: ChatSummary[] }` newest first |
 * | GET    /sandbox/members/:userid/chats/:chatId?before=&limit= | – | {@link ChatPage} oldest first |
 * | POST   /sandbox/members/:userid/read | {@link readRequest} | `{ unread }` |
 * | POST   /sandbox/members/:userid/message | {@link messageRequest} | {@link ActResult} |
 * | POST   /sandbox/members/:userid/tap | {@link tapRequest} | {@link ActResult} |
 * | POST   /sandbox/members/:userid/menu | {@link menuRequest} | {@link ActResult} |
 * | POST   /sandbox/members/:userid/enter | – | {@link ActResult} (opens the app's chat) |
 * | POST   /sandbox/members/:userid/consent | `{ agreed: boolean }` | `{}` sensitive fields for OAuth |
 * | GET    /sandbox/members/:userid/workbench | – | {@link WorkbenchView} |
 * | GET    /sandbox/story | – | `{ story: Story | null }`: the newcomer's story, told by the phone |
 * | POST   /sandbox/story | `{ story: Story | null }` | the same |
 * | GET    /sandbox/acts?limit=&before= | – | `{ acts: ActView[] }` newest first, entries inside oldest first |
 * | GET    /sandbox/ledger?since=&limit= | – | `{ entries: LedgerEntry[], last: number }` ascending by `seq` |
 * | GET    /sandbox/ledger/:id | – | {@link LedgerDetail} (decrypted and raw) |
 * | GET    /sandbox/dropped | – | `{ dropped: DroppedMessage[] }` |
 * | GET    /sandbox/media/:mediaId | – | the bytes (expired → 404) |
 * | GET    /sandbox/faults | – | `{ faults: FaultView[] }` |
 * | POST   /sandbox/faults | {@link faultRequest} | {@link FaultView} |
 * | DELETE /sandbox/faults/:id, DELETE /sandbox/faults | – | `{ faults: FaultView[] }` |
 * | GET    /sandbox/clock | – | {@link ClockView} |
 * | POST   /sandbox/clock | {@link clockRequest} | {@link ClockView} |
 * | POST   /sandbox/reset | {@link resetRequest} | {@link SandboxState} |
 * | POST   /sandbox/admin/call | {@link adminCallRequest} | 企业微信's answer; an act of the admin console |
 * | POST   /sandbox/admin/app | {@link adminAppRequest} | {@link AppView} |
 * | POST   /sandbox/admin/callback | {@link adminCallbackRequest} | `{ ok, status, detail }` after the GET check |
 * | POST   /sandbox/jsapi/verify | {@link jsapiVerifyRequest} | `{ ok, reason }`: what the JS-SDK bridge would say |
 * | … | see directory/contract.ts | edits by hand, operation logs, imports |
 * | … | see native/contract.ts | 企业微信's own 审批 |
 * | POST   /sandbox/admin/activate | `{ userids?: string[] }` | `{ activated: number }` |
 *
 * Opening the H5 as a member: point the iframe at {@link h5LaunchPath}. For two windows to be two people in
 * one browser at once, give the iframe the attribute `credentialless` (own cookie jar per window in Chromium);
 * elsewhere the last launch wins, and every launch logs in anew. From a plain HTTP client append
 * `&sandbox_member=<userid>` to the authorize URL: it answers the redirect with the code at once.
 */
import { z } from 'zod';

export * from './directory/contract.ts';
export * from './native/contract.ts';

// ---------------------------------------------------------------- directory

export interface DepartmentView {
  id: number;
  name: string;
  nameEn: string;
  parentId: number;
  /** Larger sorts first among siblings. */
  order: number;
  /** Members directly inside. */
  memberCount: number;
  leaders: string[];
}

/** 1 activated, 2 disabled, 4 not activated yet. */
export type MemberStatus = 1 | 2 | 4;

export interface MemberView {
  userid: string;
  name: string;
  alias: string;
  position: string;
  departments: number[];
  mainDepartment: number;
  /** Ids of the departments this member leads. */
  leads: number[];
  status: MemberStatus;
  /** Inside the app's visible range: may open it and receive its messages. */
  inScope: boolean;
  unread: number;
  lastMessageAt: number | null;
}

export interface MemberDetail extends MemberView {
  mobile: string;
  email: string;
  telephone: string;
  gender: '0' | '1' | '2';
  directLeader: string[];
  /** Whether the member agrees to hand out sensitive fields (snsapi_privateinfo). */
  consents: boolean;
}

export interface TagView {
  id: number;
  name: string;
  userids: string[];
  partyIds: number[];
}

// ---------------------------------------------------------------- chats

/** `app:<agentid>` for the app's own chat, `group:<chatid>` for an app-created group. */
export type ChatId = string;

export interface ChatSummary {
  chatId: ChatId;
  kind: 'app' | 'group';
  title: string;
  memberCount: number;
  unread: number;
  /** One line for the list; '' when nothing was said yet. */
  preview: string;
  lastAt: number | null;
}

export interface ChatPage {
  chatId: ChatId;
  title: string;
  /** Oldest first. */
  messages: ChatMessage[];
  /** Pass as `before` for older ones; null when there are none. */
  before: string | null;
}

export interface ChatMessage {
  /** Id of this member's copy; what `tap` takes. Ascending in time. */
  id: string;
  chatId: ChatId;
  /** 企业微信's msgid; '' for group messages and what members write. */
  msgid: string;
  at: number;
  from: 'app' | 'member';
  /** Who wrote it when `from` is `member`. */
  sender: string;
  content: MessageContent;
  recalled: boolean;
  read: boolean;
}

export type MessageContent =
  | { msgtype: 'text'; content: string; mentioned?: string[] }
  | { msgtype: 'markdown'; content: string }
  | { msgtype: 'image' | 'voice' | 'file'; mediaId: string; filename: string; size: number }
  | {
      msgtype: 'video';
      mediaId: string;
      filename: string;
      size: number;
      title: string;
      description: string;
    }
  /** description may hold `<br>` and `<div class="gray|normal|highlight">`: render, never as raw HTML. */
  | { msgtype: 'textcard'; title: string; description: string; url: string; btntxt: string }
  | { msgtype: 'news'; articles: NewsArticle[] }
  | {
      msgtype: 'mpnews';
      articles: { title: string; author: string; digest: string; content: string; thumbMediaId: string }[];
    }
  | {
      msgtype: 'miniprogram_notice';
      title: string;
      description: string;
      items: { key: string; value: string }[];
    }
  | { msgtype: 'location'; label: string; latitude: number; longitude: number }
  | { msgtype: 'template_card'; card: TemplateCard; state: CardState };

export interface NewsArticle {
  title: string;
  description: string;
  url: string;
  picurl: string;
}

export type CardType =
  'text_notice' | 'news_notice' | 'button_interaction' | 'vote_interaction' | 'multiple_interaction';

export interface CardLink {
  /** 0 nothing, 1 open `url`, 2 mini program. */
  type?: number;
  url?: string;
  appid?: string;
  pagepath?: string;
}
export interface CardOption {
  id: string;
  text: string;
  is_checked?: boolean;
}
export interface CardSelect {
  question_key: string;
  title?: string;
  selected_id?: string;
  disable?: boolean;
  option_list: CardOption[];
}

/** The card as this member sees it now, in 企业微信's own spelling (JSON of message/send). */
export interface TemplateCard {
  card_type: CardType;
  task_id?: string;
  source?: { icon_url?: string; desc?: string; desc_color?: number };
  action_menu?: { desc?: string; action_list: { text: string; key: string }[] };
  main_title?: { title?: string; desc?: string };
  quote_area?: CardLink & { title?: string; quote_text?: string };
  emphasis_content?: { title?: string; desc?: string };
  sub_title_text?: string;
  horizontal_content_list?: {
    /** 1 url, 2 attachment, 3 member. */
    type?: number;
    keyname: string;
    value?: string;
    url?: string;
    media_id?: string;
    userid?: string;
  }[];
  vertical_content_list?: { title: string; desc?: string }[];
  jump_list?: (CardLink & { title: string })[];
  card_action?: CardLink;
  card_image?: { url: string; aspect_ratio?: number };
  image_text_area?: CardLink & { title?: string; desc?: string; image_url: string };
  /** type 1 opens `url`, otherwise a tap on `key` calls back. style 1–4. */
  button_list?: { type?: number; text: string; style?: number; key?: string; url?: string }[];
  button_selection?: CardSelect;
  checkbox?: { question_key: string; mode?: number; disable?: boolean; option_list: CardOption[] };
  select_list?: CardSelect[];
  submit_button?: { text?: string; key: string };
  replace_text?: string;
}

export interface CardState {
  /** Grey words in place of the buttons: nothing can be tapped but links and the menu. null = live. */
  replacedBy: string | null;
  /** How often this copy was changed by a passive reply or update_template_card. */
  updates: number;
  /** A tap of this member is on its way (no answer yet, or retries still to come). */
  pending: boolean;
  /** Taps so far: key and what was selected. */
  taps: { at: number; key: string; selections: Record<string, string[]> }[];
}

// ---------------------------------------------------------------- acting as a member

export const readRequest = z.object({ chatId: z.string() });

/** Only text calls for a passive answer in this product; the others exist for third-party apps. */
export const messageRequest = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('text'), content: z.string().min(1).max(2048) }),
  z.object({
    msgtype: z.literal('image'),
    filename: z.string().default('photo.png'),
    base64: z.string().min(8),
  }),
  z.object({
    msgtype: z.literal('location'),
    label: z.string(),
    latitude: z.number(),
    longitude: z.number(),
    scale: z.number().int().default(16),
  }),
]);
export type MessageRequest = z.infer<typeof messageRequest>;

export const tapRequest = z.object({
  messageId: z.string(),
  /** Key of a callback button, of the submit button, or of an action_menu item. */
  key: z.string(),
  /** question_key → option ids, for button_selection, checkbox and select_list. Absent = as preselected. */
  selections: z.record(z.string(), z.array(z.string())).optional(),
});
export type TapRequest = z.infer<typeof tapRequest>;

/** Position in the app's menu. A parent with sub buttons does nothing. */
export const menuRequest = z.object({
  index: z.number().int().min(0).max(2),
  subIndex: z.number().int().min(0).max(4).optional(),
});
export type MenuRequest = z.infer<typeof menuRequest>;

/**
 * `accepted` = 200 in time; `no_answer` = refused, timed out or not 200 (retries may still come, see the act);
 * `off` = no callback address or this event is not reported; `queued` = a fault delays it; `lost` = a fault ate it.
 */
export type DeliveryOutcome = 'accepted' | 'no_answer' | 'off' | 'queued' | 'lost';

export interface ActResult {
  actId: string;
  delivery: DeliveryOutcome;
  /** What the passive reply did, after it was verified and applied. */
  reply: 'none' | 'text' | 'news' | 'media' | 'update_button' | 'update_template_card' | 'invalid';
  /** Set when the tapped thing opens a page (menu of type view, url button): open through h5LaunchPath. */
  openUrl: string | null;
}

/** Where the phone's iframe goes to open `to` (absolute URL or path of the app's home) as `userid`. */
export const h5LaunchPath = (userid: string, to?: string): string =>
  `/phone/h5?member=${encodeURIComponent(userid)}${to === undefined ? '' : `&to=${encodeURIComponent(to)}`}`;

// ---------------------------------------------------------------- app, menu, workbench

export interface AppView {
  agentId: number;
  name: string;
  description: string;
  homeUrl: string;
  trustedDomain: string;
  closed: boolean;
  /** Empty lists = nobody; `parties: [1]` = everyone. */
  visible: { userids: string[]; parties: number[]; tags: number[] };
  reportEnter: boolean;
  reportLocation: boolean;
  callback: CallbackView;
  menu: MenuButton[];
}

export interface CallbackView {
  url: string | null;
  /** Outcome of the last URL verification; null = never tried. */
  verified: boolean | null;
}

export interface MenuButton {
  name: string;
  type?: string;
  key?: string;
  url?: string;
  pagepath?: string;
  appid?: string;
  sub_button?: MenuButton[];
}

export interface WorkbenchView {
  /** `normal` = only the app's icon. */
  type: 'normal' | 'keydata' | 'image' | 'list' | 'webview';
  /** The object named after `type` as 企业微信 keeps it, the member's own data first; null for normal. */
  data: WorkbenchData | null;
  homeUrl: string;
}

export interface WorkbenchData {
  items?: { key?: string; data?: string; title?: string; jump_url?: string; pagepath?: string }[];
  url?: string;
  jump_url?: string;
  pagepath?: string;
  height?: string;
  hide_title?: boolean;
  enable_webview_click?: boolean;
}

// ---------------------------------------------------------------- what happened

/** What caused a group of entries. `app` = calls nobody's act explains; `console` = the admin console. */
export type ActKind =
  | 'text'
  | 'image'
  | 'location'
  | 'tap'
  | 'menu'
  | 'enter'
  | 'h5'
  | 'login'
  | 'console'
  | 'scope'
  | 'app'
  | 'native';

export interface ActView {
  id: string;
  kind: ActKind;
  at: number;
  /** Member who acted; null for `app` and `console`. */
  userid: string | null;
  /** Chinese, ready to show, e.g. `王处长点了「同意」`. */
  title: string;
  entries: LedgerEntry[];
}

/**
 * `call`: the app called us (←). `callback`: we called the app (→). `reply`: what the app answered passively to
 * the callback before it (←). `drop`: a message that was not shown. `note`: said by the sandbox itself.
 */
export interface LedgerEntry {
  id: string;
  /** Ascending; also the event id of the stream. */
  seq: number;
  actId: string;
  at: number;
  kind: 'call' | 'callback' | 'reply' | 'drop' | 'note';
  /** `message/send`, `template_card_event`, … */
  name: string;
  /** Chinese, one line: recipients, what changed, why not sent. */
  summary: string;
  /** A few facts to show as rows, e.g. EventKey, TaskId, 回复. Never tokens or secrets. */
  fields: { label: string; value: string }[];
  state: 'running' | 'ok' | 'failed' | 'retrying';
  errcode: number | null;
  /** Real milliseconds from first byte to last; null while running. */
  tookMs: number | null;
  /** Callbacks: deliveries so far and when the next one is due (real epoch ms), for the countdown. */
  attempts: number;
  nextAttemptAt: number | null;
  /** Fault that shaped this entry, if any. */
  faultId: string | null;
}

export interface LedgerDetail {
  entry: LedgerEntry;
  /** Clear text: query without token and JSON body, or the decrypted XML. */
  request: { method: string; path: string; body: string };
  response: { status: number; body: string } | null;
  /** As it went over the wire: the encrypted envelope of a callback and of its reply. */
  raw: { request: string; response: string } | null;
}

export interface DroppedMessage {
  at: number;
  userid: string;
  msgid: string;
  reason: 'per_minute' | 'per_hour' | 'per_day' | 'fault' | 'duplicate' | 'disabled';
  preview: string;
}

// ---------------------------------------------------------------- faults

const limited = {
  /** API names such as `message/send`, or a prefix ending in `/`; absent = all. */
  apis: z.array(z.string()).optional(),
  /** Ends after so many hits. */
  calls: z.number().int().positive().optional(),
  /** Ends after so many minutes of the sandbox's clock. Neither = until removed. */
  minutes: z.number().positive().optional(),
  /** Only calls about one of these members (userid of query, body or imported row); absent = all. */
  userids: z.array(z.string()).optional(),
};

export const faultRequest = z.discriminatedUnion('kind', [
  /** errcode -1, "system busy". */
  z.object({ kind: z.literal('busy'), ...limited }),
  /** 企业微信 is unreachable: HTTP 502 from its front door. */
  z.object({ kind: z.literal('down'), ...limited }),
  /** 45009 until the window ends. */
  z.object({ kind: z.literal('rate_limit'), ...limited }),
  /** Any other errcode. */
  z.object({ kind: z.literal('errcode'), errcode: z.number().int(), ...limited }),
  /** All tokens issued so far answer 40014. At once, or in the middle: before the n-th call from now on. */
  z.object({ kind: z.literal('invalidate_tokens'), afterCalls: z.number().int().min(0).default(0) }),
  z.object({ kind: z.literal('slow'), ms: z.number().int().positive(), ...limited }),
  /** Connection cut before anything was done, or after it was done but before the answer. */
  z.object({ kind: z.literal('drop_before'), ...limited }),
  z.object({ kind: z.literal('drop_after'), ...limited }),
  /** The same callback delivered so many times. */
  z.object({
    kind: z.literal('duplicate_callbacks'),
    times: z.number().int().min(2).max(10).default(3),
    ...limited,
  }),
  z.object({ kind: z.literal('late_callbacks'), ms: z.number().int().positive(), ...limited }),
  z.object({ kind: z.literal('lost_callbacks'), ...limited }),
  /** Collects so many callbacks, or what comes within `ms`, and delivers the last one first. */
  z.object({
    kind: z.literal('reorder_callbacks'),
    of: z.number().int().min(2).max(100).default(2),
    ms: z.number().int().positive().default(200),
    ...limited,
  }),
  /** An import ends as a whole with this errcode after so many rows. `apis`: sync_user, replace_user, replace_party. */
  z.object({
    kind: z.literal('job_fails'),
    errcode: z.number().int().default(302005),
    afterRows: z.number().int().min(1).default(1),
    ...limited,
  }),
  /** An import waits so long (real ms) before its first row. */
  z.object({ kind: z.literal('job_slow'), ms: z.number().int().positive(), ...limited }),
  /** errcode 0, but these members (absent = all) never see the message. */
  z.object({ kind: z.literal('silent_drop'), ...limited }),
]);
export type FaultRequest = z.input<typeof faultRequest>;
export type FaultKind = FaultRequest['kind'];

export interface FaultView {
  id: string;
  kind: FaultKind;
  /** The request as given, for display and for repeating. */
  request: FaultRequest;
  since: number;
  until: number | null;
  callsLeft: number | null;
  hits: number;
}

// ---------------------------------------------------------------- clock, reset, admin console

export interface ClockView {
  now: number;
  /** now minus real time. */
  offsetMs: number;
}

export const clockRequest = z.union([
  z.object({ advanceMs: z.number().int() }),
  /** Epoch milliseconds or an ISO instant. */
  z.object({ set: z.union([z.number().int(), z.string()]) }),
  z.object({ reset: z.literal(true) }),
]);
export type ClockRequest = z.infer<typeof clockRequest>;

/**
 * `ledger` forgets what happened; `messages` also chats, media, tokens and faults; `all` also members, departments,
 * tags.
 */
export const resetRequest = z.object({ scope: z.enum(['ledger', 'messages', 'all']).default('messages') });
export type ResetRequest = z.input<typeof resetRequest>;

/** One directory call with the rights of the admin console, so that change_contact is sent. */
export const adminCallRequest = z.object({
  /** e.g. `user/create`, `department/update`, `user/delete`. */
  api: z.string(),
  /** Who does it, for the administrators' log. */
  operator: z.string().min(1).default('admin'),
  query: z.record(z.string(), z.string()).default({}),
  body: z.record(z.string(), z.unknown()).default({}),
});
export type AdminCallRequest = z.input<typeof adminCallRequest>;

export const adminAppRequest = z.object({
  visible: z
    .object({
      userids: z.array(z.string()).default([]),
      parties: z.array(z.number().int()).default([]),
      tags: z.array(z.number().int()).default([]),
    })
    .optional(),
  closed: z.boolean().optional(),
  /** Addresses that may call with this app's token; empty = not checked. */
  trustedIps: z.array(z.string()).optional(),
  workbenchEnabled: z.boolean().optional(),
  reportEnter: z.boolean().optional(),
  reportLocation: z.boolean().optional(),
  trustedDomain: z.string().optional(),
  /** Members without 基础接口许可: they come back as unlicenseduser. */
  unlicensed: z.array(z.string()).optional(),
});
export type AdminAppRequest = z.input<typeof adminAppRequest>;

export const adminCallbackRequest = z.object({
  target: z.enum(['app', 'contacts']),
  /** null switches callbacks off. */
  url: z.string().nullable(),
  token: z.string().max(32).optional(),
  aesKey: z.string().length(43).optional(),
});
export type AdminCallbackRequest = z.infer<typeof adminCallbackRequest>;

/** The phone's bridge checks a signature of ww.register before it lets the page use the SDK. */
export const jsapiVerifyRequest = z.object({
  /** `corp` = config, `app` = agentConfig. */
  identity: z.enum(['corp', 'app']),
  url: z.string(),
  timestamp: z.union([z.string(), z.number()]),
  nonceStr: z.string(),
  signature: z.string(),
});
export type JsapiVerifyRequest = z.infer<typeof jsapiVerifyRequest>;

// ---------------------------------------------------------------- the newcomer's story

/** A card in somebody's chat with the app. */
export const cardSign = z.object({
  userid: z.string(),
  /** Part of the card's title. */
  titleHas: z.string(),
  /** Part of the words that took the place of the buttons. */
  replacedBy: z.string().optional(),
});

/** Whoever starts the sandbox gives it a story, so that the phone knows no product words. `**…**` is bold. */
export const story = z.object({
  steps: z.array(
    z.object({
      label: z.string(),
      /** Who acts in this step. */
      userid: z.string(),
      note: z.string(),
      switchNote: z.string().optional(),
      open: z.object({ label: z.string(), url: z.string() }).optional(),
      /** The card to ring and the text of its button. */
      ring: z.object({ titleHas: z.string(), button: z.string() }).optional(),
      done: cardSign,
    }),
  ),
  end: z.object({ userid: z.string().nullable(), note: z.string() }),
});
export type Story = z.infer<typeof story>;

// ---------------------------------------------------------------- snapshots and the stream

export interface SandboxState {
  corp: { corpId: string; name: string };
  app: AppView;
  contacts: { callback: CallbackView };
  clock: ClockView;
  members: MemberView[];
  departments: DepartmentView[];
  tags: TagView[];
  faults: FaultView[];
  /** Newest first, at most 30. */
  acts: ActView[];
  counts: { calls: number; callbacks: number; failed: number; dropped: number; messages: number };
  /** Last ledger seq included: reconnect the stream with `Last-Event-ID`. */
  seq: number;
}

export interface SandboxDump extends SandboxState {
  chats: Record<string, { summary: ChatSummary; messages: ChatMessage[] }[]>;
  ledger: LedgerEntry[];
  dropped: DroppedMessage[];
}

/**
 * `GET /sandbox/events`. SSE `event:` is `type`, `data:` the whole object as JSON. On (re)connect the first
 * event is `hello`; if its seq is ahead of what you hold, fetch `/sandbox/state` again. A comment line every
 * 15 s keeps the line open.
 */
export type SandboxEvent =
  | { type: 'hello'; seq: number; clock: ClockView }
  | { type: 'message'; userid: string; message: ChatMessage; unread: number }
  /** Card changed, message recalled, marked read, tap pending or settled. */
  | { type: 'message_changed'; userid: string; message: ChatMessage; unread: number }
  | { type: 'act'; act: ActView }
  | { type: 'entry'; entry: LedgerEntry }
  | { type: 'entry_changed'; entry: LedgerEntry }
  /** Members, departments or tags changed (at most a few times a second): fetch the state again. */
  | { type: 'directory' }
  | { type: 'app'; app: AppView }
  /** Template or data changed; userid null = for everyone. */
  | { type: 'workbench'; userid: string | null }
  | { type: 'clock'; clock: ClockView }
  | { type: 'faults'; faults: FaultView[] }
  | { type: 'reset' };

/** Body of every 4xx of the control API; `message` is Chinese and may be shown. */
export interface ControlError {
  error: string;
  message: string;
}
