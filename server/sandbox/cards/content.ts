import { fail } from '../api/envelope.ts';
import type { Reader } from '../api/reader.ts';
import type { MessageContent, NewsArticle } from '../contract.ts';
import type { Media } from '../state/data.ts';
import type { World } from '../world.ts';
import { byteLength } from './parts.ts';

/** The bodies of message/send other than cards (page 90236): required fields, cutting, limits. */

export type Channel = 'message' | 'appchat' | 'webhook';

/** Cuts at a character, never inside one. */
export function cutBytes(text: string, max: number): string {
  if (byteLength(text) <= max) return text;
  let length = 0;
  let end = 0;
  for (const char of text) {
    length += byteLength(char);
    if (length > max) break;
    end += char.length;
  }
  return text.slice(0, end);
}

export const cutChars = (text: string, max: number): string => [...text].slice(0, max).join('');

function bodyOf(request: Reader, msgtype: string): Reader {
  const body = request.obj(msgtype);
  if (body === undefined) throw fail(40058, `${msgtype} missing. invalid Request Parameter`);
  return body;
}

/** undefined = a msgtype this channel does not know. */
export function readContent(
  world: World,
  request: Reader,
  msgtype: string,
  channel: Channel,
  webhookKey: string | null = null,
): MessageContent | undefined {
  switch (msgtype) {
    case 'text':
      return text(bodyOf(request, msgtype), channel);
    case 'markdown':
      return markdown(bodyOf(request, msgtype), channel === 'webhook' ? 4096 : 2048);
    case 'markdown_v2':
      return channel === 'webhook' ? markdown(bodyOf(request, msgtype), 4096) : undefined;
    case 'news':
      return news(bodyOf(request, msgtype), channel, request.int('safe') ?? 0);
    case 'image':
    case 'voice':
    case 'file':
    case 'video':
      return media(world, bodyOf(request, msgtype), msgtype, webhookKey);
    case 'textcard':
      return channel === 'webhook' ? undefined : textcard(bodyOf(request, msgtype), channel);
    case 'mpnews':
      return channel === 'webhook' ? undefined : mpnews(world, bodyOf(request, msgtype));
    default:
      return undefined;
  }
}

function text(body: Reader, channel: Channel): MessageContent {
  const content = body.text('content');
  if (content === '') throw fail(channel === 'webhook' ? 93017 : 44004);
  if (channel === 'webhook' && byteLength(content) > 5120) {
    throw fail(40058, 'text.content exceed max length 5120. invalid Request Parameter');
  }
  const mentioned = body.strings('mentioned_list');
  return {
    msgtype: 'text',
    content: cutBytes(content, 2048),
    ...(mentioned !== undefined && { mentioned }),
  };
}

function markdown(body: Reader, max: number): MessageContent {
  const content = body.text('content');
  if (content === '') throw fail(44004);
  if (byteLength(content) > max) {
    throw fail(40058, `markdown.content exceed max length ${max}. invalid Request Parameter`);
  }
  return { msgtype: 'markdown', content };
}

export function checkUrl(url: string, max = 2048): string {
  if (url === '') throw fail(41010);
  if (byteLength(url) > max) throw fail(40039);
  if (!/^https?:\/\//i.test(url)) throw fail(45034);
  return url;
}

function textcard(body: Reader, channel: Channel): MessageContent {
  const title = body.text('title');
  const description = body.text('description');
  if (title === '') throw fail(41016);
  if (description === '') throw fail(41033);
  const url = checkUrl(body.text('url'));
  // Characters in message/send, bytes in appchat/send.
  const cut = channel === 'appchat' ? cutBytes : cutChars;
  const btntxt = cutChars(body.text('btntxt'), 4);
  return {
    msgtype: 'textcard',
    title: cut(title, 128),
    description: cut(description, 512),
    url,
    btntxt: btntxt === '' ? '详情' : btntxt,
  };
}

function articlesOf(body: Reader): Reader[] {
  const articles = body.readers('articles') ?? [];
  if (articles.length === 0) throw fail(40058, 'articles missing. invalid Request Parameter');
  if (articles.length > 8) throw fail(45008);
  return articles;
}

function news(body: Reader, channel: Channel, safe: number): MessageContent {
  if (safe === 1) throw fail(40074);
  const articles = articlesOf(body).map((article): NewsArticle => {
    if (article.text('title') === '') throw fail(41016);
    const mini = channel === 'message' && article.text('appid') !== '' && article.text('pagepath') !== '';
    const url = mini ? '' : checkUrl(article.text('url'));
    return {
      title: cutBytes(article.text('title'), 128),
      description: cutBytes(article.text('description'), 512),
      url,
      picurl: article.text('picurl'),
    };
  });
  return { msgtype: 'news', articles };
}

function mpnews(world: World, body: Reader): MessageContent {
  const articles = articlesOf(body).map((article) => {
    if (article.text('title') === '') throw fail(41016);
    if (byteLength(article.text('author')) > 64) throw fail(45032);
    if (article.text('content') === '') throw fail(44004);
    if (byteLength(article.text('content')) > 666 * 1024) throw fail(45002);
    return {
      title: cutBytes(article.text('title'), 128),
      author: article.text('author'),
      digest: cutBytes(article.text('digest'), 512),
      content: article.text('content'),
      thumbMediaId: mediaOf(world, article.text('thumb_media_id'), 'image').id,
    };
  });
  return { msgtype: 'mpnews', articles };
}

/** Media of the corp, or of this robot: the two never mix. */
function mediaOf(world: World, id: string, type: string, webhookKey: string | null = null): Media {
  if (id === '') throw fail(41006);
  const media = world.data.media.get(id);
  const expired = media?.expiresAt !== null && (media?.expiresAt ?? 0) <= world.now();
  if (media === undefined || expired || media.type !== type || media.webhookKey !== webhookKey)
    throw fail(40007);
  return media;
}

function media(
  world: World,
  body: Reader,
  msgtype: 'image' | 'voice' | 'file' | 'video',
  webhookKey: string | null,
): MessageContent {
  const { id, filename, bytes } = mediaOf(world, body.text('media_id'), msgtype, webhookKey);
  const common = { mediaId: id, filename, size: bytes.length };
  if (msgtype !== 'video') return { msgtype, ...common };
  return {
    msgtype,
    ...common,
    title: cutBytes(body.text('title'), 128),
    description: cutBytes(body.text('description'), 512),
  };
}
