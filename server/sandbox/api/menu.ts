import type { MenuButton } from '../contract.ts';
import { compact } from '../cards/parts.ts';
import { appView } from '../state/views.ts';
import { get, post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { queryAgent } from './execute.ts';
import type { Reader } from './reader.ts';
import { bytes } from './user-fields.ts';

export const menuRoutes: ApiRoute[] = [
  post('menu/create', 'app', create),
  get('menu/get', 'app', read),
  get('menu/delete', 'app', remove),
];

const KEY_TYPES = new Set([
  'click',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
]);

/** Codes of a top button and of a sub button (page 90231). */
interface Level {
  nameBytes: number;
  type: number;
  name: number;
  key: number;
  url: number;
  scheme: number;
}
const TOP: Level = { nameBytes: 16, type: 40017, name: 40018, key: 40019, url: 40020, scheme: 40055 };
const SUB: Level = { nameBytes: 40, type: 40024, name: 40025, key: 40026, url: 40027, scheme: 40054 };

function create(call: ApiCall): Record<string, unknown> {
  queryAgent(call);
  const buttons = call.body.readers('button') ?? [];
  if (buttons.length < 1 || buttons.length > 3) throw fail(40016);
  const menu = buttons.map((button) => topButton(button));
  call.world.data.app.menu = menu;
  call.note(menu.map(({ name }) => name).join('、'));
  call.world.events.emit({ type: 'app', app: appView(call.world) });
  return {};
}

function topButton(button: Reader): MenuButton {
  const subs = button.readers('sub_button') ?? [];
  if (subs.length === 0) return leaf(button, TOP);
  if (subs.length > 5) throw fail(40023);
  const name = nameOf(button, TOP);
  return {
    name,
    sub_button: subs.map((sub) => {
      if ((sub.readers('sub_button') ?? []).length > 0) throw fail(40022);
      return leaf(sub, SUB);
    }),
  };
}

function nameOf(button: Reader, level: Level): string {
  const name = button.text('name');
  if (name === '') throw fail(41102);
  if (bytes(name) > level.nameBytes) throw fail(level.name);
  return name;
}

function leaf(button: Reader, level: Level): MenuButton {
  const name = nameOf(button, level);
  const type = button.text('type');
  if (KEY_TYPES.has(type)) {
    const key = button.text('key');
    if (key === '' || bytes(key) > 128) throw fail(level.key);
    return { name, type, key };
  }
  if (type === 'view') {
    const url = button.text('url');
    if (url === '' || bytes(url) > 1024) throw fail(level.url);
    if (!/^https?:\/\//.test(url) && !url.startsWith('weixin://wxpay/bizpayurl')) throw fail(level.scheme);
    return { name, type, url };
  }
  if (type !== 'view_miniprogram') throw fail(level.type);
  return compact<MenuButton>({ name, type, pagepath: button.str('pagepath'), appid: button.str('appid') });
}

function read(call: ApiCall): Record<string, unknown> {
  queryAgent(call);
  const { menu } = call.world.data.app;
  if (menu === null) throw fail(46003);
  return { button: menu.map((button) => ({ ...button, sub_button: button.sub_button ?? [] })) };
}

function remove(call: ApiCall): Record<string, unknown> {
  queryAgent(call);
  call.world.data.app.menu = null;
  call.world.events.emit({ type: 'app', app: appView(call.world) });
  return {};
}
