import { nextCallbackMsgId } from '../state/ids.ts';
import type { World } from '../world.ts';
import { applyReply } from './reply.ts';
import type { CardMessage } from '../cards/change.ts';
import type { OutgoingCallback } from './types.ts';
import type { XmlField } from './xml.ts';

/** Messages and events of one member for the app's callback (pages 90239 and 90240). */

function envelope(world: World, userid: string, msgtype: string): XmlField[] {
  return [
    ['ToUserName', world.settings.corp.corpId],
    ['FromUserName', userid],
    ['CreateTime', Math.floor(world.now() / 1000)],
    ['MsgType', msgtype],
  ];
}

const agentField = (world: World): XmlField => ['AgentID', world.settings.app.agentId];

/** Above 2^53, and bare like all numbers. */
const msgIdField = (world: World): XmlField => ['MsgId', nextCallbackMsgId(world.data)];

const SHOWN = new Set(['EventKey', 'TaskId', 'CardType', 'Content', 'Label', 'MediaId']);

function shownOf(fields: XmlField[]): { label: string; value: string }[] {
  const shown = fields.filter(([name, value]) => SHOWN.has(name) && typeof value !== 'object');
  const answers = fields
    .filter(([name]) => name === 'ResponseCode')
    .map(() => ({ label: 'ResponseCode', value: '72 小时内可用 1 次' }));
  return [...shown.map(([label, value]) => ({ label, value: String(value) })), ...answers];
}

export function messageCallback(
  world: World,
  userid: string,
  actId: string,
  msgtype: 'text' | 'image' | 'location',
  fields: XmlField[],
): OutgoingCallback {
  return {
    target: 'app',
    name: msgtype,
    summary: `${userid} → 本系统`,
    shown: shownOf(fields),
    fields: [...envelope(world, userid, msgtype), ...fields, msgIdField(world), agentField(world)],
    actId,
    onReply: (reply) => applyReply(world, userid, reply),
  };
}

/** Events that take a passive reply; the others must be answered with an empty body. */
const REPLYABLE = new Set([
  'subscribe',
  'enter_agent',
  'LOCATION',
  'click',
  'view',
  'view_miniprogram',
  'scancode_waitmsg',
  'template_card_event',
  'template_card_menu_event',
]);

export function eventCallback(
  world: World,
  userid: string,
  event: string,
  fields: XmlField[],
  more: { actId?: string; card?: CardMessage; settled?: () => void } = {},
): OutgoingCallback {
  const { actId, card, settled } = more;
  return {
    target: 'app',
    name: event,
    summary: `${userid} → 本系统`,
    shown: shownOf(fields),
    fields: [...envelope(world, userid, 'event'), ['Event', event], ...fields, agentField(world)],
    ...(actId !== undefined && { actId }),
    ...(settled !== undefined && { settled }),
    ...(REPLYABLE.has(event) && { onReply: (reply) => applyReply(world, userid, reply, card) }),
  };
}
