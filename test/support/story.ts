import { randomUUID } from 'node:crypto';
import { demoCast } from '../../scripts/demo/cast.ts';
import type {
  InstanceAnswer,
  ItemsAnswer,
  SubmitAnswer,
  TemplateAnswer,
} from '../../server/features/approvals/contract.ts';
import type { ActResult, ChatMessage } from '../../server/sandbox/contract.ts';
import type { Client } from './client.ts';
import type { Started } from './start-app.ts';

export const userid = {
  applicant: demoCast.applicant.userid,
  unitHead: demoCast.unitHead.userid,
  hrHead: demoCast.hrHead.userid,
  leader: demoCast.leader.userid,
  colleague: demoCast.colleague.userid,
  attendance: demoCast.attendanceOfficer.userid,
  superAdmin: demoCast.superAdmin.userid,
  twoPosts: demoCast.twoPosts.userid,
  headless: demoCast.headless.userid,
  president: demoCast.president.userid,
  librarian: demoCast.librarian.userid,
};

export type CardMessage = ChatMessage & {
  content: Extract<ChatMessage['content'], { msgtype: 'template_card' }>;
};

/** The cards a member sees in the app's chat, oldest first. */
export function cardsOf(started: Started, member: string): CardMessage[] {
  return started.sandbox.control
    .appMessages(member)
    .filter((message): message is CardMessage => message.content.msgtype === 'template_card');
}

/** The newest card whose title holds these words. @throws when the member has none */
export function expectCard(started: Started, member: string, words: string): CardMessage {
  const card = cardsOf(started, member).findLast(({ content }) =>
    content.card.main_title?.title?.includes(words),
  );
  if (!card) {
    const titles = cardsOf(started, member).map(({ content }) => content.card.main_title?.title);
    throw new Error(`${member} has no card with “${words}”, only: ${titles.join(' | ') || 'none'}`);
  }
  return card;
}

/** Words that took the place of a card's buttons; null while they can be tapped. */
export const lastWords = (card: CardMessage): string | null => card.content.state.replacedBy;

export function tapApprove(started: Started, member: string, words = '申请'): Promise<ActResult> {
  return started.sandbox.control.tap(member, {
    messageId: expectCard(started, member, words).id,
    key: 'approve',
  });
}

export interface LeaveForm {
  readonly type?: string;
  readonly from?: string;
  readonly fromHalf?: 'am' | 'pm';
  readonly to?: string;
  readonly toHalf?: 'am' | 'pm';
  readonly reason?: string;
}

/** 11-26 afternoon to 12-01: three and a half working days, so both leaders must agree. */
const LONG = { from: '2026-11-26', fromHalf: 'pm', to: '2026-12-01', toHalf: 'pm' } as const;
/** One day: the head of the department alone. */
export const ONE_DAY = { from: '2026-11-26', fromHalf: 'am', to: '2026-11-26', toHalf: 'pm' } as const;

export async function leaveRequest(client: Client, form: LeaveForm = {}) {
  const template = await client.get<TemplateAnswer>('/api/approvals/templates/leave');
  const { type = 'annual', reason = '回乡处理家中事务', ...range } = form;
  return {
    templateKey: 'leave',
    version: template.version,
    assignmentId: template.posts[0]?.assignmentId ?? '',
    form: { type, range: { ...LONG, ...range }, reason },
  };
}

/** Apply for leave; 3.5 working days unless said otherwise. */
export async function applyForLeave(client: Client, form: LeaveForm = {}): Promise<SubmitAnswer> {
  return client.post<SubmitAnswer>('/api/approvals/instances', {
    ...(await leaveRequest(client, form)),
    clientKey: randomUUID(),
  });
}

export const detail = (client: Client, instanceId: string): Promise<InstanceAnswer> =>
  client.get<InstanceAnswer>(`/api/approvals/instances/${instanceId}`);

export const todo = (client: Client): Promise<ItemsAnswer> =>
  client.get<ItemsAnswer>('/api/approvals/items?box=todo');
