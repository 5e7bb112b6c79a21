import { z } from 'zod';
import { isTaskId } from '../cards/index.ts';
import type { WireCard } from '../cards/index.ts';
import { cutBytes, cutChars, cutMarkup } from '../cut.ts';
import { refuseInput } from '../errors.ts';
import { bytes, checked, webUrl } from '../fields.ts';

/**
 * What can be said, and its form for message/send (page 90236). Text that 企业微信 would cut in silence is cut here,
 * with a mark; addresses and ids are never cut but refused.
 */
export type Message =
  | { readonly type: 'text'; readonly content: string }
  | { readonly type: 'markdown'; readonly content: string }
  | {
      readonly type: 'textcard';
      readonly title: string;
      /** `<br>` and `<div class="gray|normal|highlight">` are understood. */
      readonly description: string;
      readonly url: string;
      /** Default 详情; at most 4 characters. */
      readonly button?: string;
    }
  | { readonly type: 'news'; readonly articles: readonly Article[] }
  | { readonly type: 'image' | 'file'; readonly mediaId: string }
  | { readonly type: 'template_card'; readonly card: WireCard };

export interface Article {
  readonly title: string;
  readonly description?: string;
  readonly url: string;
  readonly picUrl?: string;
}

const MARK = '…';
const CARD_TYPES = new Set([
  'text_notice',
  'news_notice',
  'button_interaction',
  'vote_interaction',
  'multiple_interaction',
]);

/** `{ msgtype, <msgtype>: {…} }`. Throws FixData. */
export function messageBody(api: string, message: Message): Record<string, unknown> {
  return { msgtype: message.type, [message.type]: contentOf(api, message) };
}

function contentOf(api: string, message: Message): unknown {
  switch (message.type) {
    case 'text':
      return { content: cutMarkup(filled(api, 'content', message.content), 2048, MARK) };
    case 'markdown':
      return { content: cutBytes(filled(api, 'content', message.content), 2048, MARK) };
    case 'textcard':
      return textCard(api, message);
    case 'news':
      return { articles: articles(api, message.articles) };
    case 'image':
    case 'file':
      return { media_id: filled(api, 'mediaId', message.mediaId) };
    case 'template_card':
      return sendableCard(api, message.card);
  }
}

function filled(api: string, field: string, value: string): string {
  if (value.trim() === '') throw refuseInput(api, field, 'empty');
  return value;
}

function textCard(api: string, card: Extract<Message, { type: 'textcard' }>) {
  return {
    title: cutChars(filled(api, 'title', card.title), 128, MARK),
    description: cutDescription(filled(api, 'description', card.description)),
    url: checked(api, webUrl(2048), card.url, 'url'),
    ...(card.button === undefined ? {} : { btntxt: cutChars(card.button, 4) }),
  };
}

/** 512 characters, no tag cut in two. */
function cutDescription(text: string): string {
  const cut = cutChars(text, 512, MARK);
  if (cut === text || cut.lastIndexOf('<') <= cut.lastIndexOf('>')) return cut;
  return cut.slice(0, cut.lastIndexOf('<')) + MARK;
}

function articles(api: string, list: readonly Article[]) {
  checked(api, z.array(z.unknown()).min(1).max(8), list, 'articles');
  return list.map((article) => ({
    title: cutBytes(filled(api, 'title', article.title), 128, MARK),
    ...(article.description === undefined ? {} : { description: cutBytes(article.description, 512, MARK) }),
    url: checked(api, webUrl(2048), article.url, 'url'),
    ...(article.picUrl === undefined ? {} : { picurl: checked(api, webUrl(2048), article.picUrl, 'picUrl') }),
  }));
}

/** The builders in cards/ see to lengths; what 企业微信 needs to tell cards apart is checked again here. */
function sendableCard(api: string, card: WireCard): WireCard {
  if (!CARD_TYPES.has(card.card_type)) throw refuseInput(api, 'card_type', 'unknown (42031)');
  const needsTask = card.action_menu !== undefined || card.card_type.endsWith('_interaction');
  if (card.task_id === undefined && needsTask) throw refuseInput(api, 'task_id', 'missing (42014)');
  if (card.task_id !== undefined && !isTaskId(card.task_id))
    throw refuseInput(api, 'task_id', 'malformed (42014)');
  return card;
}

export const responseCode = bytes(1, 2048);
