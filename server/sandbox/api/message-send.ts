import { createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { readContent } from '../cards/content.ts';
import { callsBack, readCard } from '../cards/validate.ts';
import type { MessageContent } from '../contract.ts';
import { DAY, PER_MEMBER_HOUR, PER_MEMBER_MINUTE, dayOf } from '../limits.ts';
import { addCopy, appChatId } from '../state/chats.ts';
import { cap } from '../state/data.ts';
import type { Dropped, SentMessage } from '../state/data.ts';
import { opaque } from '../state/ids.ts';
import type { World } from '../world.ts';
import { translate } from './id-trans.ts';
import { post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { requireAgent } from './execute.ts';
import { drop } from './message-drop.ts';
import { factsOf, summaryOf } from './message-words.ts';
import { listsOf, readRecipients } from './recipients.ts';
import type { Recipients } from './recipients.ts';

export const messageSendRoutes: ApiRoute[] = [
  post('message/send', 'app', send, { unmetered: true }),
  post('message/get_statistics', 'app', statistics),
];

export const CODE_LIFE_MS = 3 * DAY;
/** Far beyond any demo or test; keeps a load test from growing without end. */
const MAX_KEPT = 50_000;

/** agentid → msgtype → content → recipients → quota, as section 13 of the paper suggests. */
function send(call: ApiCall): Record<string, unknown> {
  const { world, body } = call;
  requireAgent(call, body.int('agentid'));
  const content = translate(world, body, contentOf(call));
  const recipients = readRecipients(call);
  const earlier = duplicateOf(call);
  if (earlier !== null) {
    call.note('重复内容，没有再发');
    for (const userid of recipients.userids) drop(world, userid, earlier, 'duplicate', content);
    return { ...listsOf(recipients), msgid: earlier };
  }
  takeDayQuota(call, recipients);
  const message = record(world, recipients, content);
  rememberDuplicate(call, message.msgid);
  const shown = deliver(world, message, recipients, content);
  call.note(summaryOf(world, recipients, content), factsOf(content, shown, recipients));
  const code = message.card?.updatable === true ? issueCode(world, message.msgid) : null;
  return { ...listsOf(recipients), msgid: message.msgid, ...(code !== null && { response_code: code }) };
}

function contentOf(call: ApiCall): MessageContent {
  const { world, body } = call;
  const msgtype = body.text('msgtype');
  if (msgtype === 'template_card') return cardContent(call);
  // The app is bound to no mini program.
  if (msgtype === 'miniprogram_notice') throw fail(48002);
  const content = readContent(world, body, msgtype, 'message');
  if (content === undefined) throw fail(40008);
  return content;
}

function cardContent(call: ApiCall): MessageContent {
  const { world, body } = call;
  const given = body.obj('template_card');
  if (given === undefined) throw fail(40058, 'template_card missing. invalid Request Parameter');
  const card = readCard(given, 'send');
  if (callsBack(card) && world.data.app.callback.url === null) throw fail(43012);
  const known = card.task_id !== undefined && world.data.taskIds.has(card.task_id);
  if (known && duplicateOf(call) === null) throw fail(42014, 'taskid existed');
  return { msgtype: 'template_card', card, state: freshState() };
}

const freshState = (): { replacedBy: null; updates: number; pending: boolean; taps: [] } => ({
  replacedBy: null,
  updates: 0,
  pending: false,
  taps: [],
});

/** The msgid of the same request sent a moment ago, when the caller asked for the check. */
function duplicateOf(call: ApiCall): string | null {
  if (call.body.int('enable_duplicate_check') !== 1) return null;
  const seconds = Math.min(14_400, Math.max(0, call.body.int('duplicate_check_interval') ?? 1800));
  const earlier = call.world.data.duplicates.get(hashOf(call));
  return earlier !== undefined && call.now - earlier.at < seconds * 1000 ? earlier.msgid : null;
}

const hashOf = (call: ApiCall): string =>
  createHash('sha256').update(canonicalJson(call.body.raw())).digest('base64url');

function rememberDuplicate(call: ApiCall, msgid: string): void {
  if (call.body.int('enable_duplicate_check') !== 1) return;
  call.world.data.duplicates.set(hashOf(call), { msgid, at: call.now });
}

/** Account ceiling × 200 person-times a day; one call to 1000 people counts 1000. */
function takeDayQuota(call: ApiCall, recipients: Recipients): void {
  const rules = [{ window: 'day', max: call.world.settings.seats * 200 }] as const;
  if (!call.world.limits.take('send', rules, recipients.userids.length)) throw fail(45009);
}

function record(world: World, recipients: Recipients, content: MessageContent): SentMessage {
  const card = content.msgtype === 'template_card' ? content.card : null;
  const message: SentMessage = {
    msgid: opaque(48),
    at: world.now(),
    recipients: recipients.userids,
    recalled: false,
    card: card && { type: card.card_type, taskId: card.task_id ?? null, updatable: callsBack(card) },
    personTimes: recipients.userids.length,
  };
  world.data.sent.set(message.msgid, message);
  for (const map of [world.data.sent, world.data.responseCodes, world.data.duplicates]) cap(map, MAX_KEPT);
  cap(world.data.taskIds, MAX_KEPT * 4);
  if (card?.task_id !== undefined) world.data.taskIds.set(card.task_id, message.msgid);
  return message;
}

/** Good for one call within 72 h. */
export function issueCode(world: World, msgid: string): string {
  const code = opaque(48);
  world.data.responseCodes.set(code, { msgid, expiresAt: world.now() + CODE_LIFE_MS, used: false });
  return code;
}

/** Puts a copy into every chat, except where a limit or a fault swallows it. Returns how many were shown. */
function deliver(world: World, message: SentMessage, to: Recipients, content: MessageContent): number {
  const chatId = appChatId(world);
  let shown = 0;
  for (const userid of to.userids) {
    const reason = swallowed(world, userid);
    if (reason !== null) {
      drop(world, userid, message.msgid, reason, content);
      continue;
    }
    shown += 1;
    addCopy(world, userid, { chatId, msgid: message.msgid, from: 'app', sender: '', content });
  }
  return shown;
}

function swallowed(world: World, userid: string): Dropped['reason'] | null {
  if (world.faults.hit(['silent_drop'], 'message/send', userid) !== undefined) return 'fault';
  if (!world.limits.take(`member:${userid}`, [PER_MEMBER_HOUR])) return 'per_hour';
  return world.limits.take(`member:${userid}`, [PER_MEMBER_MINUTE]) ? null : 'per_minute';
}

/** Person-times of today (0) or yesterday (1). */
function statistics(call: ApiCall): Record<string, unknown> {
  const { world } = call;
  const day = dayOf(call.now) - (call.body.int('time_type') === 1 ? 1 : 0);
  const count = [...world.data.sent.values()]
    .filter((message) => dayOf(message.at) === day)
    .reduce((sum, message) => sum + message.personTimes, 0);
  const { agentId } = world.settings.app;
  return { statistics: [{ agentid: agentId, app_name: world.data.app.name, count }] };
}
