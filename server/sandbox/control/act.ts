import { LIFE_OF_MEDIA, keep } from '../api/media.ts';
import { eventCallback, messageCallback } from '../callbacks/app-events.ts';
import type { OutgoingCallback } from '../callbacks/types.ts';
import type {
  ActKind,
  ActResult,
  MenuButton,
  MenuRequest,
  MessageContent,
  MessageRequest,
} from '../contract.ts';
import { recordMemberAct } from '../logs/record.ts';
import { addCopy, appChatId } from '../state/chats.ts';
import type { Member } from '../state/data.ts';
import { fold, memberOf } from '../state/directory.ts';
import type { World } from '../world.ts';
import type { XmlField } from '../callbacks/xml.ts';
import { ControlRefusal, noMember } from './errors.ts';

/** What a member does on the phone, other than tapping cards (see tap.ts). */

const NEW_DEVICE = 4;

/** The member must exist, not be disabled, and see the app. Acting for the first time activates the account. */
export function actor(world: World, userid: string): Member {
  const member = memberOf(world.data, userid);
  if (member === undefined) throw noMember();
  if (!member.enabled) throw new ControlRefusal(409, 'disabled', '这个账号已被停用');
  if (!world.scope().members.has(fold(userid))) {
    throw new ControlRefusal(409, 'out_of_scope', '不在应用的可见范围内');
  }
  if (!member.activated) {
    member.activated = true;
    const operType = NEW_DEVICE;
    recordMemberAct(world, { userid: member.userid, operType, info: '新设备登录', ip: '127.0.0.1' });
    world.directoryChanged();
  }
  return member;
}

export async function perform(
  world: World,
  kind: ActKind,
  member: Member,
  title: string,
  build: (actId: string) => OutgoingCallback | null,
  openUrl: string | null = null,
): Promise<ActResult> {
  const actId = world.ledger.startAct(kind, member.userid, title);
  const callback = build(actId);
  if (callback === null) return { actId, delivery: 'off', reply: 'none', openUrl };
  const sent = await world.callbacks.send(callback);
  return { actId, ...sent, openUrl };
}

export async function sendMessage(world: World, userid: string, request: MessageRequest): Promise<ActResult> {
  const member = actor(world, userid);
  const { content, fields, words } = spoken(world, request);
  const { msgtype } = request;
  return await perform(world, msgtype, member, `${member.name}${words}`, (actId) => {
    const chatId = appChatId(world);
    addCopy(world, member.userid, { chatId, msgid: '', from: 'member', sender: member.userid, content });
    return messageCallback(world, member.userid, actId, msgtype, fields);
  });
}

interface Spoken {
  content: MessageContent;
  fields: XmlField[];
  words: string;
}

function spoken(world: World, request: MessageRequest): Spoken {
  if (request.msgtype === 'text') {
    const { content } = request;
    return {
      content: { msgtype: 'text', content },
      fields: [['Content', content]],
      words: `发了「${content.slice(0, 20)}」`,
    };
  }
  if (request.msgtype === 'image') return picture(world, request.filename, request.base64);
  const { label, latitude, longitude, scale } = request;
  return {
    content: { msgtype: 'location', label, latitude, longitude },
    fields: [
      ['Location_X', latitude],
      ['Location_Y', longitude],
      ['Scale', scale],
      ['Label', label],
      ['AppType', 'wxwork'],
    ],
    words: '发了位置',
  };
}

function picture(world: World, filename: string, base64: string): Spoken {
  const bytes = Buffer.from(base64, 'base64');
  const contentType = /\.jpe?g$/i.test(filename) ? 'image/jpeg' : 'image/png';
  const media = keep(world, { filename, contentType, bytes }, 'image', LIFE_OF_MEDIA);
  return {
    content: { msgtype: 'image', mediaId: media.id, filename, size: bytes.length },
    fields: [
      ['PicUrl', `${world.url}/sandbox/media/${media.id}`],
      ['MediaId', media.id],
    ],
    words: '发了一张图片',
  };
}

export async function enterApp(world: World, userid: string): Promise<ActResult> {
  const member = actor(world, userid);
  const { reportEnter, reportLocation } = world.data.app;
  const title = `${member.name}打开了「${world.data.app.name}」`;
  return await perform(world, 'enter', member, title, (actId) => {
    if (reportLocation) void world.callbacks.send(locationReport(world, member, actId));
    return reportEnter
      ? eventCallback(world, member.userid, 'enter_agent', [['EventKey', '']], { actId })
      : null;
  });
}

/** A fictional campus. */
const PLACE = { latitude: 34.6, longitude: 119.2, label: '海州职业技术学院' };

const locationReport = (world: World, member: Member, actId: string): OutgoingCallback =>
  eventCallback(
    world,
    member.userid,
    'LOCATION',
    [
      ['Latitude', PLACE.latitude],
      ['Longitude', PLACE.longitude],
      ['Precision', 30],
      ['AppType', 'wxwork'],
    ],
    { actId },
  );

export async function useMenu(world: World, userid: string, request: MenuRequest): Promise<ActResult> {
  const member = actor(world, userid);
  const top = world.data.app.menu?.[request.index];
  const subs = top?.sub_button ?? [];
  const button = request.subIndex === undefined ? top : subs[request.subIndex];
  if (button?.type === undefined) throw new ControlRefusal(404, 'no_menu', '没有这个菜单');
  const { event, fields } = menuEvent(button);
  const openUrl = button.type === 'view' ? (button.url ?? null) : null;
  const title = `${member.name}点了菜单「${button.name}」`;
  const build = (actId: string): OutgoingCallback =>
    eventCallback(world, member.userid, event, fields, { actId });
  return await perform(world, 'menu', member, title, build, openUrl);
}

function menuEvent(button: MenuButton): { event: string; fields: XmlField[] } {
  const key: XmlField = ['EventKey', button.key ?? button.url ?? button.pagepath ?? ''];
  switch (button.type) {
    case 'click':
    case 'view':
    case 'view_miniprogram':
      return { event: button.type, fields: [key] };
    case 'scancode_push':
    case 'scancode_waitmsg': {
      const scanned: XmlField[] = [
        ['ScanType', 'qrcode'],
        ['ScanResult', 'sandbox'],
      ];
      return { event: button.type, fields: [key, ['ScanCodeInfo', scanned]] };
    }
    case 'location_select': {
      const place: XmlField[] = [
        ['Location_X', PLACE.latitude],
        ['Location_Y', PLACE.longitude],
        ['Scale', 16],
        ['Label', PLACE.label],
        ['Poiname', ''],
      ];
      return { event: button.type, fields: [key, ['SendLocationInfo', place], ['AppType', 'wxwork']] };
    }
    default:
      throw new ControlRefusal(422, 'menu_type', '沙箱手机不支持这种菜单');
  }
}
