import type {
  AppView,
  CallbackView,
  ClockView,
  DepartmentView,
  DroppedMessage,
  MemberDetail,
  MemberView,
  SandboxDump,
  SandboxState,
  TagView,
  WorkbenchView,
} from '../contract.ts';
import type { World } from '../world.ts';
import { chatsOf, copiesOf } from './chats.ts';
import type { Department, Member } from './data.ts';
import type { CallbackData } from './records.ts';
import { countIn } from './directory-index.ts';
import { byOrder, fold, leadersOf, memberOf, statusOf } from './directory.ts';

/** Our state in the words of the contract. */

const CONSENT_DAYS = 30;

export const consents = (world: World, member: Member): boolean =>
  member.consentAt !== null && world.now() - member.consentAt < CONSENT_DAYS * 86_400_000;

export function memberView(world: World, member: Member): MemberView {
  const copies = copiesOf(world.data, member.userid);
  return {
    userid: member.userid,
    name: member.name,
    alias: member.alias,
    position: member.position,
    departments: member.departments,
    mainDepartment: member.mainDepartment,
    leads: member.departments.filter((_, at) => member.leads[at] === 1),
    status: statusOf(member),
    inScope: world.scope().members.has(fold(member.userid)),
    unread: copies.filter((copy) => !copy.read && !copy.recalled).length,
    lastMessageAt: copies.at(-1)?.at ?? null,
  };
}

export function memberDetail(world: World, member: Member): MemberDetail {
  const { mobile, email, telephone, gender, directLeader } = member;
  const view = memberView(world, member);
  return { ...view, mobile, email, telephone, gender, directLeader, consents: consents(world, member) };
}

export function departmentView({ data }: World, department: Department): DepartmentView {
  const { id } = department;
  return { ...department, memberCount: countIn(data, id), leaders: leadersOf(data, id) };
}

const departmentViews = (world: World): DepartmentView[] =>
  [...world.data.departments.values()].sort(byOrder).map((department) => departmentView(world, department));

function tagViews(world: World): TagView[] {
  return [...world.data.tags.values()].map(({ id, name, userids, parties }) => ({
    id,
    name,
    userids: userids.map((key) => world.data.members.get(key)?.userid ?? key),
    partyIds: parties,
  }));
}

const callbackView = ({ url, verified }: CallbackData): CallbackView => ({ url, verified });

export function appView(world: World): AppView {
  const { app } = world.data;
  return {
    agentId: world.settings.app.agentId,
    name: app.name,
    description: app.description,
    homeUrl: app.homeUrl,
    trustedDomain: app.trustedDomain,
    closed: app.closed,
    visible: app.visible,
    reportEnter: app.reportEnter,
    reportLocation: app.reportLocation,
    callback: callbackView(app.callback),
    menu: app.menu ?? [],
  };
}

export const clockView = (world: World): ClockView => ({
  now: world.now(),
  offsetMs: world.settings.clock.offset,
});

export function workbenchView(world: World, userid: string): WorkbenchView {
  const { app } = world.data;
  const shown = app.workbenchUsers.get(fold(userid)) ?? app.workbench;
  if (shown === null || shown === undefined || app.workbench?.type === 'normal') {
    return { type: 'normal', data: null, homeUrl: app.homeUrl };
  }
  return { type: shown.type, data: shown.data, homeUrl: app.homeUrl };
}

const SHOWN_ACTS = 30;

export function stateView(world: World): SandboxState {
  const { data, settings, ledger } = world;
  const { calls, callbacks, failed, messages } = data.counters;
  return {
    corp: settings.corp,
    app: appView(world),
    contacts: { callback: callbackView(data.contactsCallback) },
    clock: clockView(world),
    members: [...data.members.values()].map((member) => memberView(world, member)),
    departments: departmentViews(world),
    tags: tagViews(world),
    faults: world.faults.list(),
    acts: ledger.acts(SHOWN_ACTS),
    counts: { calls, callbacks, failed, dropped: data.dropped.length, messages },
    seq: ledger.last,
  };
}

export const droppedView = (world: World): DroppedMessage[] =>
  world.data.dropped
    .map((dropped) => ({
      ...dropped,
      userid: memberOf(world.data, dropped.userid)?.userid ?? dropped.userid,
    }))
    .reverse();

export function dumpView(world: World): SandboxDump {
  const chats: SandboxDump['chats'] = {};
  for (const member of world.data.members.values()) {
    const copies = copiesOf(world.data, member.userid);
    if (copies.length === 0) continue;
    chats[member.userid] = chatsOf(world, member.userid).map((summary) => ({
      summary,
      messages: copies.filter((copy) => copy.chatId === summary.chatId),
    }));
  }
  return {
    ...stateView(world),
    chats,
    ledger: world.ledger.entries(0, Number.MAX_SAFE_INTEGER),
    dropped: droppedView(world),
  };
}
