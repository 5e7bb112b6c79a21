/** What this page holds of the sandbox, kept fresh by the stream of events. */
import { computed, reactive, ref } from 'vue';
import type {
  ChatMessage,
  MemberView,
  SandboxEvent,
  SandboxState,
} from '../../../../server/sandbox/contract.ts';
import type { Story } from '../story/story.ts';
import { applyToState, putMessage, putOlder, type ChatBook } from './apply.ts';
import { control } from './control.ts';
import { openStream } from './stream.ts';

export type Link = 'connecting' | 'open' | 'lost' | 'unreachable';

export const sandbox = reactive({
  link: 'connecting' as Link,
  state: null as SandboxState | null,
  story: null as Story | null,
  /** By userid: the present member and everybody in the story. */
  books: {} as Record<string, ChatBook>,
  /** Raised when workbench data may have changed. */
  workbenchVersion: 0,
  /** Raised by every event: the data tab says that there is something new. */
  version: 0,
});

/** Epoch ms of this machine, once a second: countdowns and the status bar. */
export const tick = ref(Date.now());
const ahead = ref(0);
/** The sandbox's clock. */
export const now = computed(() => tick.value + ahead.value);

export const memberOf = (userid: string | null): MemberView | undefined =>
  userid === null ? undefined : sandbox.state?.members.find((one) => one.userid === userid);

export const appChatId = (): string => `app:${sandbox.state?.app.agentId ?? 0}`;

export const messagesOf = (userid: string): readonly ChatMessage[] =>
  sandbox.books[userid]?.open[appChatId()]?.messages ?? [];

const watched = new Set<string>();
let held: SandboxEvent[] | null = null;
let hellos = 0;

function setState(state: SandboxState): void {
  sandbox.state = state;
  setClock(state.clock.now);
}

function setClock(sandboxNow: number): void {
  ahead.value = sandboxNow - Date.now();
  tick.value = Date.now();
}

/** Reads everything anew. Events that arrive meanwhile wait and are applied on top. */
export async function reload(): Promise<void> {
  held ??= [];
  try {
    const [state, story] = await Promise.all([control.state(), control.story()]);
    setState(state);
    sandbox.story = story;
    sandbox.books = {};
    sandbox.link = 'open';
    for (const event of held) apply(event);
    held = null;
    await Promise.all([...watched].map(loadBook));
  } catch {
    held = null;
    sandbox.link = sandbox.state === null ? 'unreachable' : 'lost';
  }
}

/** Members, departments and tags changed: the rest of what we hold stays. */
async function reloadDirectory(): Promise<void> {
  const fresh = await control.state().catch(() => null);
  if (fresh && sandbox.state) {
    sandbox.state.members = fresh.members;
    sandbox.state.departments = fresh.departments;
    sandbox.state.tags = fresh.tags;
  }
}

async function loadBook(userid: string): Promise<void> {
  const chatId = appChatId();
  const [list, page] = await Promise.all([
    control.chats(userid).catch(() => null),
    control.chat(userid, chatId).catch(() => null),
  ]);
  const book = (sandbox.books[userid] ??= { summaries: null, open: {} });
  if (list) book.summaries = list.chats;
  if (page) book.open[chatId] = { title: page.title, messages: page.messages, before: page.before };
}

/** From now on this member's chats are kept fresh. */
export async function watchMember(userid: string): Promise<void> {
  if (watched.has(userid) && sandbox.books[userid]) return;
  watched.add(userid);
  await loadBook(userid);
}

/** Opens a chat other than the app's own, or reads it anew. */
export async function openChat(userid: string, chatId: string): Promise<void> {
  const page = await control.chat(userid, chatId);
  const book = (sandbox.books[userid] ??= { summaries: null, open: {} });
  book.open[chatId] = { title: page.title, messages: page.messages, before: page.before };
}

export async function openOlder(userid: string, chatId: string): Promise<void> {
  const chat = sandbox.books[userid]?.open[chatId];
  if (!chat?.before) return;
  putOlder(chat, await control.chat(userid, chatId, chat.before));
}

const listTimers = new Map<string, number>();

/** The list's one-line previews are the sandbox's words: read again shortly after a message. */
function refreshListSoon(userid: string): void {
  window.clearTimeout(listTimers.get(userid));
  const read = async (): Promise<void> => {
    const list = await control.chats(userid).catch(() => null);
    const book = sandbox.books[userid];
    if (list && book) book.summaries = list.chats;
  };
  listTimers.set(
    userid,
    window.setTimeout(() => void read(), 80),
  );
}

function applyToBook(event: SandboxEvent): void {
  if (event.type !== 'message' && event.type !== 'message_changed') return;
  const book = sandbox.books[event.userid];
  if (!book) return;
  const chat = book.open[event.message.chatId];
  if (chat) putMessage(chat, event.message);
  refreshListSoon(event.userid);
}

function apply(event: SandboxEvent): void {
  sandbox.version += 1;
  if (sandbox.state) applyToState(sandbox.state, event);
  applyToBook(event);
  if (event.type === 'clock') setClock(event.clock.now);
  if (event.type === 'workbench' || event.type === 'app') sandbox.workbenchVersion += 1;
  if (event.type === 'directory') void reloadDirectory();
  if (event.type === 'reset') void reload();
}

function receive(event: SandboxEvent): void {
  if (event.type === 'hello') {
    hellos += 1;
    // The first hello opens the page; any later one means that events may have been missed.
    if (hellos === 1 || sandbox.link !== 'open' || event.seq !== sandbox.state?.seq) void reload();
    return;
  }
  if (held) held.push(event);
  else apply(event);
}

/** Called once per page. */
export function connect(): void {
  window.setInterval(() => {
    tick.value = Date.now();
  }, 1000);
  openStream(receive, () => {
    sandbox.link = sandbox.state === null ? 'unreachable' : 'lost';
  });
}
