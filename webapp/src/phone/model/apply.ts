/** What an event of the stream changes in what the phone holds. No network here. */
import type {
  ActView,
  ChatMessage,
  ChatSummary,
  LedgerEntry,
  SandboxEvent,
  SandboxState,
} from '../../../../server/sandbox/contract.ts';

/** Acts kept for the drawer; older ones are fetched again when somebody asks. */
const MAX_ACTS = 80;

export interface OpenChat {
  title: string;
  /** Oldest first. */
  messages: ChatMessage[];
  before: string | null;
}

/** One member's chats as far as they were opened. */
export interface ChatBook {
  summaries: ChatSummary[] | null;
  open: Record<string, OpenChat>;
}

function putEntry(acts: ActView[], entry: LedgerEntry): void {
  const act = acts.find((one) => one.id === entry.actId);
  if (!act) return;
  const at = act.entries.findIndex((one) => one.id === entry.id);
  if (at < 0) act.entries.push(entry);
  else act.entries[at] = entry;
}

function putAct(acts: ActView[], act: ActView): void {
  if (acts.some((one) => one.id === act.id)) return;
  acts.unshift(act);
  if (acts.length > MAX_ACTS) acts.length = MAX_ACTS;
}

/** Repeated events change nothing, so a snapshot taken in the middle of a stream is safe. */
export function applyToState(state: SandboxState, event: SandboxEvent): void {
  switch (event.type) {
    case 'message':
    case 'message_changed': {
      const member = state.members.find((one) => one.userid === event.userid);
      if (!member) return;
      member.unread = event.unread;
      if (event.type === 'message') member.lastMessageAt = event.message.at;
      return;
    }
    case 'act':
      putAct(state.acts, event.act);
      return;
    case 'entry':
    case 'entry_changed':
      state.seq = Math.max(state.seq, event.entry.seq);
      putEntry(state.acts, event.entry);
      return;
    case 'app':
      state.app = event.app;
      return;
    case 'clock':
      state.clock = event.clock;
      return;
    case 'faults':
      state.faults = event.faults;
      return;
    default:
  }
}

/** Puts a new or changed message into an opened chat, by its id. */
export function putMessage(chat: OpenChat, message: ChatMessage): void {
  const at = chat.messages.findIndex((one) => one.id === message.id);
  if (at >= 0) chat.messages[at] = message;
  else chat.messages.push(message);
}

/** Puts an older page in front, without doubles. */
export function putOlder(chat: OpenChat, older: OpenChat): void {
  const known = new Set(chat.messages.map((one) => one.id));
  chat.messages.unshift(...older.messages.filter((one) => !known.has(one.id)));
  chat.before = older.before;
}
