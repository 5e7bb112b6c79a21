import { ApiError } from '../api/envelope.ts';
import { Reader } from '../api/reader.ts';
import { greyOut, replaceCard } from '../cards/change.ts';
import type { CardMessage } from '../cards/change.ts';
import { cutBytes } from '../cards/content.ts';
import { readCard } from '../cards/validate.ts';
import type { MessageContent } from '../contract.ts';
import { addCopy, appChatId } from '../state/chats.ts';
import { fold, memberOf } from '../state/directory.ts';
import type { World } from '../world.ts';
import { cardFromXml } from './card-xml.ts';
import type { AppliedReply } from './types.ts';
import { ReplyError } from './wire.ts';
import { child, children, textOf } from './xml.ts';
import type { XmlNode } from './xml.ts';

/**
 * Applies a decrypted passive reply (page 90241) to the member who acted, and to nobody else.
 * Throws ReplyError when 企业微信 would ignore it.
 */
export function applyReply(world: World, userid: string, reply: XmlNode, card?: CardMessage): AppliedReply {
  checkAddress(world, userid, reply);
  const type = textOf(reply, 'MsgType')?.trim() ?? '';
  const name = memberOf(world.data, userid)?.name ?? userid;
  if (type === 'update_button') return greyed(world, userid, name, reply, card);
  if (type === 'update_template_card') return replaced(world, userid, name, reply, card);
  const content = contentOf(world, reply, type);
  addCopy(world, userid, { chatId: appChatId(world), msgid: '', from: 'app', sender: '', content });
  const kind = type === 'text' || type === 'news' ? type : 'media';
  return { kind, summary: `回复${name}一条${type === 'text' ? '文本' : '消息'}` };
}

function checkAddress(world: World, userid: string, reply: XmlNode): void {
  if (fold(textOf(reply, 'ToUserName')?.trim() ?? '') !== fold(userid)) {
    throw new ReplyError('被动回复的 ToUserName 不是触发的人');
  }
  if (textOf(reply, 'FromUserName')?.trim() !== world.settings.corp.corpId) {
    throw new ReplyError('被动回复的 FromUserName 不是企业 ID');
  }
  if (!/^\d{1,12}$/.test(textOf(reply, 'CreateTime')?.trim() ?? '')) {
    throw new ReplyError('被动回复缺少 CreateTime');
  }
}

function greyed(
  world: World,
  userid: string,
  name: string,
  reply: XmlNode,
  card: CardMessage | undefined,
): AppliedReply {
  const words = textOf(child(reply, 'Button') ?? {}, 'ReplaceName')?.trim() ?? '';
  if (card === undefined) throw new ReplyError('这次回调不是点卡片，不能改按钮');
  if (words === '') throw new ReplyError('update_button 缺少 ReplaceName');
  if (!greyOut(world, userid, card, words)) throw new ReplyError('这种卡片没有按钮可改');
  return { kind: 'update_button', summary: `按钮改为「${words}」，只改${name}这一张` };
}

function replaced(
  world: World,
  userid: string,
  name: string,
  reply: XmlNode,
  card: CardMessage | undefined,
): AppliedReply {
  if (card === undefined) throw new ReplyError('这次回调不是点卡片，不能改卡片');
  const given = child(reply, 'TemplateCard');
  if (given === undefined) throw new ReplyError('update_template_card 缺少 TemplateCard');
  const read = readReplyCard(given);
  replaceCard(world, userid, card, read);
  const shown = read.replace_text ?? read.main_title?.title ?? '';
  return { kind: 'update_template_card', summary: `卡片改为「${shown}」，只改${name}这一张` };
}

function readReplyCard(node: XmlNode): ReturnType<typeof readCard> {
  try {
    return readCard(new Reader(cardFromXml(node)), 'passive');
  } catch (error) {
    if (error instanceof ApiError) throw new ReplyError(`卡片不合规则：${error.errcode} ${error.message}`);
    throw error;
  }
}

function contentOf(world: World, reply: XmlNode, type: string): MessageContent {
  if (type === 'text') {
    const content = textOf(reply, 'Content') ?? '';
    if (content === '') throw new ReplyError('文本回复没有内容');
    return { msgtype: 'text', content: cutBytes(content, 2048) };
  }
  if (type === 'news') return newsOf(reply);
  if (type === 'image' || type === 'voice' || type === 'video') return mediaOf(world, reply, type);
  throw new ReplyError(`不认识的被动回复类型 ${type}`);
}

function newsOf(reply: XmlNode): MessageContent {
  const items = children(child(reply, 'Articles') ?? {}, 'item');
  if (items.length === 0 || items.length > 8) throw new ReplyError('图文回复要有 1 到 8 条');
  const articles = items.map((item) => ({
    title: cutBytes(textOf(item, 'Title') ?? '', 128),
    description: cutBytes(textOf(item, 'Description') ?? '', 512),
    picurl: textOf(item, 'PicUrl')?.trim() ?? '',
    url: textOf(item, 'Url')?.trim() ?? '',
  }));
  return { msgtype: 'news', articles };
}

const ELEMENTS = { image: 'Image', voice: 'Voice', video: 'Video' } as const;

function mediaOf(world: World, reply: XmlNode, type: 'image' | 'voice' | 'video'): MessageContent {
  const element = child(reply, ELEMENTS[type]) ?? {};
  const media = world.data.media.get(textOf(element, 'MediaId')?.trim() ?? '');
  const live = media !== undefined && (media.expiresAt === null || media.expiresAt > world.now());
  if (!live || media.type !== type) throw new ReplyError('MediaId 无效或已过期');
  const common = { mediaId: media.id, filename: media.filename, size: media.bytes.length };
  if (type !== 'video') return { msgtype: type, ...common };
  const title = cutBytes(textOf(element, 'Title') ?? '', 128);
  return {
    msgtype: type,
    ...common,
    title,
    description: cutBytes(textOf(element, 'Description') ?? '', 512),
  };
}
