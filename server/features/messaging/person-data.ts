import { momentWords, sectionOfRows, type PersonDataSection } from '../access/index.ts';
import type { MessageContent } from './content.ts';
import type { MessageState } from './tables.ts';

const STATE_WORDS: Readonly<Record<MessageState, string>> = {
  queued: '待发',
  sending: '发送中',
  sent: '已送达企业微信',
  failed: '没有发出',
  unreachable: '收不到应用消息',
  cancelled: '不用再发',
  recalled: '已撤回',
};

/** What was said to somebody, by title and time; what it was about is in the rooms' own sections. */
export const messagingPersonData: PersonDataSection = sectionOfRows<{
  id: string;
  content: string;
  state: MessageState;
  createdAt: string | number;
  sentAt: string | number | null;
}>({
  title: '发给本人的消息',
  columns: ['时间', '标题', '状态', '送达'],
  sql: `select id, content, state, createdAt, sentAt from message where personId = ? and id > ? order by id limit ?`,
  cells: ({ content, state, createdAt, sentAt }) => [
    momentWords(createdAt),
    titleOf(JSON.parse(content) as MessageContent),
    STATE_WORDS[state],
    momentWords(sentAt),
  ],
});

const titleOf = (content: MessageContent): string =>
  content.type === 'card' ? (content.card.title ?? '卡片') : '文字消息';
