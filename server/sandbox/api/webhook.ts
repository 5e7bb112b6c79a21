import { readContent } from '../cards/content.ts';
import { readCard } from '../cards/validate.ts';
import { WEBHOOK } from '../limits.ts';
import { previewOf } from '../state/chats.ts';
import { post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';

export const webhookRoutes: ApiRoute[] = [post('webhook/send', 'key', send)];

/** Group robots (page 99110). The sandbox has no ordinary groups, so messages end in the ledger. */
function send(call: ApiCall): Record<string, unknown> {
  const { world, body } = call;
  const key = call.query['key'] ?? '';
  if (!world.settings.webhookKeys.includes(key)) throw fail(93000);
  const preview = checked(call, body.text('msgtype'), key);
  if (!world.limits.take(`webhook:${key}`, WEBHOOK)) throw fail(45009);
  call.note(`群机器人：${preview}`);
  return {};
}

function checked(call: ApiCall, msgtype: string, key: string): string {
  const { world, body } = call;
  if (msgtype === 'template_card') {
    const card = body.obj('template_card');
    if (card === undefined) throw fail(93017);
    return readCard(card, 'webhook').main_title?.title ?? '';
  }
  if (msgtype === 'image') return checkImage(call);
  if (msgtype === 'video' || msgtype === 'textcard' || msgtype === 'mpnews') throw fail(40008);
  const content = readContent(world, body, msgtype, 'webhook', key);
  if (content === undefined) throw fail(40008);
  return previewOf({ content, recalled: false });
}

function checkImage(call: ApiCall): string {
  const image = call.body.obj('image');
  const base64 = image?.text('base64') ?? '';
  if (base64 === '' || (image?.text('md5') ?? '') === '') throw fail(93017);
  if (Buffer.from(base64, 'base64').length > 2 * 1024 * 1024) throw fail(93018);
  return '[图片]';
}
