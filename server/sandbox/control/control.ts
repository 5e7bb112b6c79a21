import type { Verified } from '../callbacks/types.ts';
import { revokeTokens } from '../api/tokens.ts';
import { clockRequest, menuRequest, messageRequest, resetRequest, tapRequest } from '../contract.ts';
import type {
  ActResult,
  AdminAppRequest,
  AdminCallRequest,
  AdminCallbackRequest,
  AdminCorpRequest,
  AppView,
  ChatMessage,
  ChatPage,
  ChatSummary,
  ClockRequest,
  ClockView,
  CorpView,
  DepartmentEdit,
  DepartmentView,
  FaultRequest,
  FaultView,
  JobView,
  JsapiVerifyRequest,
  LogRecord,
  LogRequest,
  MemberDetail,
  MemberEdit,
  MenuRequest,
  MessageRequest,
  NativeAct,
  NativeBoxes,
  NativeFormView,
  NativeHandIn,
  ResetRequest,
  SandboxDump,
  SandboxState,
  Story,
  TapRequest,
  WorkbenchView,
} from '../contract.ts';
import { appChatId, chatsOf, copiesOf, markRead, pageOf } from '../state/chats.ts';
import { emptyData, forgetMessages } from '../state/data.ts';
import type { Member } from '../state/data.ts';
import { memberOf } from '../state/directory.ts';
import type { RoomBooking, Schedule } from '../state/schedules.ts';
import { clockView, dumpView, memberDetail, stateView, workbenchView } from '../state/views.ts';
import type { World } from '../world.ts';
import { adminApp, adminCall, adminCallback, verifyJsapi } from './admin.ts';
import {
  addLog,
  adminCorp,
  changeOwnMobile,
  editDepartment,
  editMember,
  jobViews,
  logs,
} from './directory.ts';
import { enterApp, sendMessage, useMenu } from './act.ts';
import { ControlRefusal, noMember } from './errors.ts';
import { actNative, handInNative, nativeBoxes, seedNative } from './native-approvals.ts';
import { addMeetingRoom, loseCalendars, standingBookings, standingSchedules } from './schedules.ts';
import { tapCard } from './tap.ts';

/** The control API without HTTP: what tests in the same process call, and what the routes under /sandbox call. */
export interface Control {
  state(): SandboxState;
  dump(): SandboxDump;
  member(userid: string): MemberDetail;
  chats(userid: string): ChatSummary[];
  chat(userid: string, chatId: string, before: string | null, limit: number): ChatPage;
  /** All messages of the app's own chat, oldest first. */
  appMessages(userid: string): ChatMessage[];
  read(userid: string, chatId: string): { unread: number };
  message(userid: string, request: MessageRequest): Promise<ActResult>;
  /** A text typed to the app. */
  say(userid: string, content: string): Promise<ActResult>;
  tap(userid: string, request: TapRequest): Promise<ActResult>;
  menu(userid: string, request: MenuRequest): Promise<ActResult>;
  enter(userid: string): Promise<ActResult>;
  consent(userid: string, agreed: boolean): void;
  workbench(userid: string): WorkbenchView;
  addFault(request: FaultRequest): FaultView;
  /** One, or all. */
  removeFaults(id?: string): FaultView[];
  invalidateTokens(): void;
  clock(request: ClockRequest): ClockView;
  reset(request?: ResetRequest): SandboxState;
  adminCall(request: AdminCallRequest): Record<string, unknown>;
  adminApp(request: AdminAppRequest): AppView;
  adminCallback(request: AdminCallbackRequest): Promise<Verified>;
  /** Somebody at the admin console changes a member or department: event and log entry come of it. */
  editMember(userid: string, request: MemberEdit): MemberDetail;
  editDepartment(id: number, request: DepartmentEdit): DepartmentView;
  /** The member changes the own number on the phone. */
  changeMobile(userid: string, mobile: string): MemberDetail;
  adminCorp(request: AdminCorpRequest): CorpView;
  addLog(request: LogRequest): LogRecord;
  /** Newest first. */
  logs(kind: LogRecord['kind'], limit?: number): LogRecord[];
  jobs(): JobView[];
  /** 日程 that stand, by their beginning. */
  schedules(): Schedule[];
  /** Somebody deletes every calendar, with what stands in it. */
  loseCalendars(): void;
  /** A 会议室 somebody made at the admin console; its number. */
  addMeetingRoom(name: string): number;
  /** Rooms that are held. */
  roomBookings(): RoomBooking[];
  /** What waits for a member in 企业微信's own 审批, and what they handed in there. */
  nativeBoxes(userid: string): NativeBoxes;
  handInNative(userid: string, request: NativeHandIn): Promise<NativeFormView>;
  actNative(userid: string, number: string, request: NativeAct): Promise<NativeFormView>;
  /** A form with what became of it, without telling the app; its number. */
  seedNative(
    userid: string,
    request: NativeHandIn,
    acts?: readonly { readonly by: string; readonly act: NativeAct }[],
  ): string;
  /** The GET check of the addresses given in the options. */
  verifyCallbacks(): Promise<{ app: Verified; contacts: Verified }>;
  activate(userids?: string[]): { activated: number };
  verifyJsapi(request: JsapiVerifyRequest): { ok: boolean; reason: string };
  story(): Story | null;
  setStory(told: Story | null): void;
  /** Waits until every import and every callback, retries included, is over. */
  idle(): Promise<void>;
}

export function createControl(world: World, activateQuietly: (members: Member[]) => void): Control {
  const { data } = world;
  let told: Story | null = world.settings.story ?? null;
  const member = (userid: string): Member => {
    const found = memberOf(data, userid);
    if (found === undefined) throw noMember();
    return found;
  };
  return {
    state: () => stateView(world),
    dump: () => structuredClone(dumpView(world)),
    member: (userid) => memberDetail(world, member(userid)),
    chats: (userid) => chatsOf(world, member(userid).userid),
    chat: (userid, chatId, before, limit) => pageOf(world, member(userid).userid, chatId, before, limit),
    appMessages: (userid) =>
      structuredClone(copiesOf(data, userid).filter((copy) => copy.chatId === appChatId(world))),
    read: (userid, chatId) => ({ unread: markRead(world, member(userid).userid, chatId) }),
    message: (userid, request) => sendMessage(world, userid, messageRequest.parse(request)),
    say: (userid, content) => sendMessage(world, userid, { msgtype: 'text', content }),
    tap: (userid, request) => tapCard(world, userid, tapRequest.parse(request)),
    menu: (userid, request) => useMenu(world, userid, menuRequest.parse(request)),
    enter: (userid) => enterApp(world, userid),
    consent: (userid, agreed) => {
      member(userid).consentAt = agreed ? world.now() : null;
      world.touch();
    },
    workbench: (userid) => workbenchView(world, member(userid).userid),
    addFault: (request) => world.faults.add(request),
    removeFaults: (id) => {
      world.faults.remove(id);
      return world.faults.list();
    },
    invalidateTokens: () => revokeTokens(world),
    clock: (request) => moveClock(world, request),
    reset: (request = {}) => reset(world, request),
    adminCall: (request) => adminCall(world, request),
    adminApp: (request) => adminApp(world, request),
    adminCallback: (request) => adminCallback(world, request),
    editMember: (userid, request) => editMember(world, userid, request),
    editDepartment: (id, request) => editDepartment(world, id, request),
    changeMobile: (userid, mobile) => changeOwnMobile(world, userid, mobile),
    adminCorp: (request) => adminCorp(world, request),
    addLog: (request) => addLog(world, request),
    logs: (kind, limit = 100) => logs(world, kind, limit),
    jobs: () => jobViews(world),
    schedules: () => standingSchedules(world),
    loseCalendars: () => loseCalendars(world),
    addMeetingRoom: (name) => addMeetingRoom(world, name),
    roomBookings: () => standingBookings(world),
    nativeBoxes: (userid) => nativeBoxes(world, userid),
    handInNative: (userid, request) => handInNative(world, userid, request),
    actNative: (userid, number, request) => actNative(world, userid, number, request),
    seedNative: (userid, request, acts) => seedNative(world, userid, request, acts),
    verifyCallbacks: async () => ({
      app: await world.callbacks.verify('app'),
      contacts: await world.callbacks.verify('contacts'),
    }),
    activate: (userids) => {
      const wanted = userids === undefined ? [...data.members.values()] : userids.map(member);
      const waiting = wanted.filter((found) => !found.activated);
      activateQuietly(waiting);
      return { activated: waiting.length };
    },
    verifyJsapi: (request) => verifyJsapi(world, request),
    story: () => told,
    setStory: (next) => {
      told = next;
    },
    idle: async () => {
      await world.jobs.idle();
      await world.callbacks.idle();
    },
  };
}

function moveClock(world: World, request: ClockRequest): ClockView {
  const wanted = clockRequest.parse(request);
  const { clock } = world.settings;
  if ('reset' in wanted) clock.setOffset(0);
  else if ('advanceMs' in wanted) clock.setOffset(clock.offset + wanted.advanceMs);
  else {
    const at = typeof wanted.set === 'number' ? wanted.set : Date.parse(wanted.set);
    if (!Number.isFinite(at)) throw new ControlRefusal(422, 'instant', '看不懂这个时间');
    clock.setOffset(clock.offset + at - clock.now());
  }
  const view = clockView(world);
  world.events.emit({ type: 'clock', clock: view });
  return view;
}

function reset(world: World, request: ResetRequest): SandboxState {
  const { scope } = resetRequest.parse(request);
  if (scope === 'ledger') {
    world.ledger.clear();
    world.events.emit({ type: 'reset' });
    return stateView(world);
  }
  if (scope === 'all') Object.assign(world.data, emptyData(world.settings));
  else forgetMessages(world.data, world.settings);
  for (const codes of [world.codes.oauth, world.codes.tickets, world.codes.jsapi]) codes.clear();
  world.faults.remove();
  world.limits.clear();
  world.ledger.clear();
  world.directoryChanged();
  world.touch();
  world.settings.onReset?.();
  world.events.emit({ type: 'reset' });
  return stateView(world);
}
