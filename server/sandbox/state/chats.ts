import type { ChatId, ChatMessage, ChatPage, ChatSummary, MessageContent } from '../contract.ts';
import type { World } from '../world.ts';
import type { Data } from './data.ts';
import { fold, memberOf } from './directory.ts';
import { nextCopyId } from './ids.ts';

/** Every member has a copy of every message: cards change and are read per person. */

const MAX_COPIES = 800;

export const groupChatId = (chatid: string): ChatId => `group:${chatid}`;
export const appChatId = (world: World): ChatId => `app:${world.settings.app.agentId}`;

export interface NewMessage {
  chatId: ChatId;
  msgid: string;
  from: 'app' | 'member';
  sender: string;
  content: MessageContent;
}

/** Puts a copy into this member's chat and tells the phone. */
export function addCopy(world: World, userid: string, message: NewMessage): ChatMessage {
  const { data } = world;
  const own = message.from === 'member' && fold(message.sender) === fold(userid);
  const copy: ChatMessage = {
    ...message,
    id: nextCopyId(data),
    at: world.now(),
    recalled: false,
    read: own,
    // Each member's card changes on its own.
    content: structuredClone(message.content),
  };
  const copies = data.copies.get(fold(userid)) ?? [];
  copies.push(copy);
  if (copies.length > MAX_COPIES) copies.shift();
  data.copies.set(fold(userid), copies);
  data.counters.messages += 1;
  const name = realId(data, userid);
  world.events.emit({ type: 'message', userid: name, message: copy, unread: unreadOf(data, userid) });
  world.touch();
  return copy;
}

export function copyChanged(world: World, userid: string, message: ChatMessage): void {
  const { data } = world;
  const name = realId(data, userid);
  world.events.emit({ type: 'message_changed', userid: name, message, unread: unreadOf(data, userid) });
  world.touch();
}

/** Recipients are kept lower-cased; outside a member has one spelling. */
const realId = (data: Data, userid: string): string => memberOf(data, userid)?.userid ?? userid;

export const copiesOf = (data: Data, userid: string): ChatMessage[] => data.copies.get(fold(userid)) ?? [];

export const findCopy = (data: Data, userid: string, id: string): ChatMessage | undefined =>
  copiesOf(data, userid).find((copy) => copy.id === id);

/** This member's copy of a sent message. */
export const copyOf = (data: Data, userid: string, msgid: string): ChatMessage | undefined =>
  copiesOf(data, userid).findLast((copy) => copy.msgid === msgid);

export const unreadOf = (data: Data, userid: string): number =>
  copiesOf(data, userid).filter((copy) => !copy.read && !copy.recalled).length;

export function markRead(world: World, userid: string, chatId: ChatId): number {
  for (const copy of copiesOf(world.data, userid)) {
    if (copy.chatId !== chatId || copy.read) continue;
    copy.read = true;
    copyChanged(world, userid, copy);
  }
  return unreadOf(world.data, userid);
}

/** The app's chat always, groups the member is in, newest first. */
export function chatsOf(world: World, userid: string): ChatSummary[] {
  const { data } = world;
  const key = fold(userid);
  const groups = [...data.groups.values()].filter((group) => group.members.includes(key));
  const chats = [
    summaryOf(data, userid, appChatId(world), 'app', data.app.name, 1),
    ...groups.map((group) =>
      summaryOf(data, userid, groupChatId(group.chatid), 'group', group.name, group.members.length),
    ),
  ];
  return chats.sort((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0));
}

function summaryOf(
  data: Data,
  userid: string,
  chatId: ChatId,
  kind: ChatSummary['kind'],
  title: string,
  memberCount: number,
): ChatSummary {
  const copies = copiesOf(data, userid).filter((copy) => copy.chatId === chatId);
  const last = copies.at(-1);
  return {
    chatId,
    kind,
    title,
    memberCount,
    unread: copies.filter((copy) => !copy.read && !copy.recalled).length,
    preview: last === undefined ? '' : previewOf(last),
    lastAt: last?.at ?? null,
  };
}

export function pageOf(
  world: World,
  userid: string,
  chatId: ChatId,
  before: string | null,
  limit: number,
): ChatPage {
  const all = copiesOf(world.data, userid).filter((copy) => copy.chatId === chatId);
  const older = before === null ? all : all.filter((copy) => copy.id < before);
  const messages = older.slice(-limit);
  const title = chatsOf(world, userid).find((chat) => chat.chatId === chatId)?.title ?? '';
  return {
    chatId,
    title,
    messages,
    before: older.length > messages.length ? (messages[0]?.id ?? null) : null,
  };
}

export function previewOf(message: Pick<ChatMessage, 'content' | 'recalled'>): string {
  return message.recalled ? '消息已撤回' : oneLine(message.content).replaceAll(/\s+/g, ' ').slice(0, 60);
}

const MEDIA_WORDS = { image: '[图片]', voice: '[语音]', video: '[视频]', file: '[文件]' } as const;

function oneLine(content: MessageContent): string {
  switch (content.msgtype) {
    case 'text':
    case 'markdown':
      return content.content;
    case 'image':
    case 'voice':
    case 'video':
      return MEDIA_WORDS[content.msgtype];
    case 'file':
      return `${MEDIA_WORDS.file} ${content.filename}`;
    case 'textcard':
    case 'miniprogram_notice':
      return content.title;
    case 'news':
    case 'mpnews':
      return content.articles[0]?.title ?? '';
    case 'location':
      return `[位置] ${content.label}`;
    case 'template_card':
      return content.card.main_title?.title ?? content.card.sub_title_text ?? '[卡片]';
  }
}
