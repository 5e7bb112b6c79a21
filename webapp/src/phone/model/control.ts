/** The sandbox's control API (server/sandbox/contract.ts), one function per thing the phone does. */
import type {
  ActResult,
  ChatPage,
  ChatSummary,
  ClockRequest,
  ClockView,
  ControlError,
  FaultRequest,
  FaultView,
  LedgerDetail,
  MemberDetail,
  MessageRequest,
  MenuRequest,
  NativeBoxes,
  NativeFormView,
  NativeHandIn,
  ResetRequest,
  SandboxDump,
  SandboxState,
  TapRequest,
  WorkbenchView,
} from '../../../../server/sandbox/contract.ts';
import { words } from '../words.ts';
import type { Story } from '../story/story.ts';

/** `status` 0: the sandbox did not answer at all. The message is Chinese and may be shown. */
export class ControlProblem extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ControlProblem';
    this.status = status;
    this.code = code;
  }
}

/** Longer than a callback with its five seconds, so that a slow app is not mistaken for a lost sandbox. */
const TIMEOUT_MS = 20_000;

async function problemOf(response: Response): Promise<ControlProblem> {
  try {
    const body = (await response.json()) as Partial<ControlError>;
    return new ControlProblem(response.status, body.error ?? 'unknown', body.message ?? words.link.refused);
  } catch {
    return new ControlProblem(response.status, 'unreadable', words.link.refused);
  }
}

async function ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method, signal: AbortSignal.timeout(TIMEOUT_MS) };
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(`/sandbox${path}`, init);
  } catch {
    throw new ControlProblem(0, 'unreachable', words.link.unreachable);
  }
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}

const member = (userid: string): string => `/members/${encodeURIComponent(userid)}`;

export const control = {
  state: () => ask<SandboxState>('GET', '/state'),
  dump: () => ask<SandboxDump>('GET', '/dump'),
  /** null where the sandbox knows no story, or is too old to be asked. */
  story: () =>
    ask<{ story: Story | null }>('GET', '/story').then(
      ({ story }) => story,
      (error: unknown) => {
        if (error instanceof ControlProblem && error.status === 404) return null;
        throw error;
      },
    ),
  member: (userid: string) => ask<MemberDetail>('GET', member(userid)),
  chats: (userid: string) => ask<{ chats: ChatSummary[] }>('GET', `${member(userid)}/chats`),
  chat: (userid: string, chatId: string, before?: string) =>
    ask<ChatPage>(
      'GET',
      `${member(userid)}/chats/${encodeURIComponent(chatId)}?limit=50${before === undefined ? '' : `&before=${encodeURIComponent(before)}`}`,
    ),
  workbench: (userid: string) => ask<WorkbenchView>('GET', `${member(userid)}/workbench`),
  native: (userid: string) => ask<NativeBoxes>('GET', `${member(userid)}/native-approvals`),
  handInNative: (userid: string, form: NativeHandIn) =>
    ask<NativeFormView>('POST', `${member(userid)}/native-approvals`, form),
  decideNative: (userid: string, number: string, act: 'agree' | 'reject' | 'withdraw') =>
    ask<NativeFormView>('POST', `${member(userid)}/native-approvals/${number}`, { act }),
  read: (userid: string, chatId: string) =>
    ask<{ unread: number }>('POST', `${member(userid)}/read`, { chatId }),
  say: (userid: string, message: MessageRequest) =>
    ask<ActResult>('POST', `${member(userid)}/message`, message),
  tap: (userid: string, tap: TapRequest) => ask<ActResult>('POST', `${member(userid)}/tap`, tap),
  menu: (userid: string, choice: MenuRequest) => ask<ActResult>('POST', `${member(userid)}/menu`, choice),
  enter: (userid: string) => ask<ActResult>('POST', `${member(userid)}/enter`, {}),
  detail: (entryId: string) => ask<LedgerDetail>('GET', `/ledger/${encodeURIComponent(entryId)}`),
  setFault: (fault: FaultRequest) => ask<FaultView>('POST', '/faults', fault),
  stopFault: (id: string) => ask<{ faults: FaultView[] }>('DELETE', `/faults/${encodeURIComponent(id)}`),
  stopFaults: () => ask<{ faults: FaultView[] }>('DELETE', '/faults'),
  setClock: (change: ClockRequest) => ask<ClockView>('POST', '/clock', change),
  reset: (request: ResetRequest) => ask<SandboxState>('POST', '/reset', request),
} as const;

/** Where the bytes of a picture or file are. */
export const mediaUrl = (mediaId: string): string => `/sandbox/media/${encodeURIComponent(mediaId)}`;

/** `h5LaunchPath` of the contract, spelled here so that the phone does not load zod with it. */
export const launchPath = (userid: string, to: string | null): string =>
  `/phone/h5?member=${encodeURIComponent(userid)}${to === null ? '' : `&to=${encodeURIComponent(to)}`}`;
