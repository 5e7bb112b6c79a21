import type { PersonActor } from '../../kernel/actor.ts';
import type {
  ApprovalChanged,
  CallbackEvent,
  CardMenuTapped,
  CardTapped,
  ContactChanged,
} from '../../wecom/callback/index.ts';
import { type ChatCommand, helpText, isHelp, matchCommand, notUnderstood } from './chat.ts';
import { type Answered, receiveTap, type TapDeps } from './receive-tap.ts';

export interface AnswerDeps extends TapDeps {
  readonly commands: readonly ChatCommand[];
  /** Menu keys (menu/create) to the word they stand for. */
  readonly menuWords: Readonly<Record<string, string>>;
  readonly actorOf: (userid: string, via: PersonActor['via']) => Promise<PersonActor | null>;
  readonly onContactChanged: (event: ContactChanged) => Promise<void>;
  readonly onApprovalChanged: (event: ApprovalChanged) => Promise<void>;
}

const STRANGER = '还没有你的人员信息，请联系人事部门。';

const SILENCE: Answered = { reply: null };

/** What leads to something here; the rest is kept and that is all. */
export const ACTED_ON: ReadonlySet<CallbackEvent['kind']> = new Set([
  'cardTapped',
  'cardMenuTapped',
  'text',
  'menuClick',
  'contactChanged',
  'approvalChanged',
] as const);

/** Everything 企业微信 tells us, and what the member sees at once. */
export async function answerEvent(deps: AnswerDeps, event: CallbackEvent): Promise<Answered> {
  switch (event.kind) {
    case 'cardTapped':
    case 'cardMenuTapped':
      return answerTap(deps, event);
    case 'text':
      return answerText(deps, event.fromUser, event.content);
    case 'menuClick':
      return answerText(deps, event.fromUser, deps.menuWords[event.eventKey] ?? event.eventKey);
    case 'contactChanged':
      await deps.onContactChanged(event);
      return SILENCE;
    case 'approvalChanged':
      await deps.onApprovalChanged(event);
      return SILENCE;
    default:
      return SILENCE;
  }
}

async function answerTap(deps: AnswerDeps, event: CardTapped | CardMenuTapped): Promise<Answered> {
  const actor = await deps.actorOf(event.fromUser, 'card');
  return receiveTap(deps, actor, event);
}

async function answerText(deps: AnswerDeps, userid: string, text: string): Promise<Answered> {
  const actor = await deps.actorOf(userid, 'chat');
  const content = actor ? await say(deps, actor, text) : STRANGER;
  return { reply: { kind: 'text', content } };
}

async function say({ commands }: AnswerDeps, actor: PersonActor, text: string): Promise<string> {
  if (isHelp(text)) return helpText(commands);
  const match = matchCommand(commands, text);
  return match ? match.command.answer(actor, match.rest) : notUnderstood(commands);
}
