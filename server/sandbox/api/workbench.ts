import { compact } from '../cards/parts.ts';
import { WORKBENCH_BATCH, WORKBENCH_USER } from '../limits.ts';
import type { WorkbenchData } from '../contract.ts';
import type { WorkbenchType } from '../state/data.ts';
import { fold, memberOf } from '../state/directory.ts';
import type { World } from '../world.ts';
import { post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { requireAgent } from './execute.ts';
import type { Reader } from './reader.ts';
import { bytes, chars } from './user-fields.ts';

export const workbenchRoutes: ApiRoute[] = [
  post('agent/set_workbench_template', 'app', setTemplate),
  post('agent/get_workbench_template', 'app', getTemplate),
  post('agent/set_workbench_data', 'app', setData),
  post('agent/batch_set_workbench_data', 'app', setDataOfMany),
  post('agent/get_workbench_data', 'app', getData),
];

/** Page 92535: the admin switches the custom mode on first. */
function check(call: ApiCall): void {
  requireAgent(call, call.body.int('agentid'));
  if (!call.world.data.app.workbenchEnabled) throw fail(94000);
}

const TYPES: readonly WorkbenchType[] = ['keydata', 'image', 'list', 'webview', 'normal'];

function typeOf(body: Reader): WorkbenchType {
  const type = TYPES.find((known) => known === body.text('type'));
  if (type === undefined) throw fail(94001);
  return type;
}

function setTemplate(call: ApiCall): Record<string, unknown> {
  check(call);
  const { world, body } = call;
  const type = typeOf(body);
  const data = type === 'normal' ? null : body.has(type) ? readData(body, type) : null;
  const replaceUserData = body.bool('replace_user_data') ?? false;
  world.data.app.workbench = { type, data, replaceUserData };
  if (replaceUserData) world.data.app.workbenchUsers.clear();
  world.events.emit({ type: 'workbench', userid: null });
  return {};
}

function readData(body: Reader, type: Exclude<WorkbenchType, 'normal'>): WorkbenchData {
  const given = body.obj(type);
  if (type === 'keydata') return keyData(given);
  if (type === 'list') return listData(given);
  if (given === undefined) throw fail(type === 'webview' ? 94007 : 94012);
  const url = given.text('url');
  if (!/^https?:\/\//.test(url) || bytes(url) > 1024) throw fail(type === 'webview' ? 94015 : 94013);
  const height = given.str('height');
  if (height !== undefined && height !== 'single_row' && height !== 'double_row') throw fail(94011);
  return compact<WorkbenchData>({
    url,
    jump_url: given.str('jump_url'),
    pagepath: given.str('pagepath'),
    ...(type === 'webview' && {
      height: height ?? 'double_row',
      hide_title: given.bool('hide_title') ?? false,
      enable_webview_click: given.bool('enable_webview_click') ?? false,
    }),
  });
}

function jump(item: Reader): { jump_url: string | undefined; pagepath: string | undefined } {
  const found = { jump_url: item.str('jump_url'), pagepath: item.str('pagepath') };
  if (chars(found.jump_url ?? '') > 1024 || chars(found.pagepath ?? '') > 1024) throw fail(40039);
  return found;
}

type Item = NonNullable<WorkbenchData['items']>[number];

function keyData(given: Reader | undefined): WorkbenchData {
  const items = given?.readers('items');
  if (items === undefined || items.length === 0) throw fail(94002);
  if (items.length > 4) throw fail(94003);
  return {
    items: items.map((item) => {
      const [key, data] = [item.str('key'), item.str('data')];
      if (data === undefined || data === '') throw fail(94012);
      if (chars(key ?? '') > 64 || chars(data) > 64)
        throw fail(40058, 'keydata.items exceed max length 64. invalid Request Parameter');
      return compact<Item>({ key, data, ...jump(item) });
    }),
  };
}

function listData(given: Reader | undefined): WorkbenchData {
  const items = given?.readers('items');
  if (items === undefined || items.length === 0) throw fail(94005);
  if (items.length > 3) throw fail(94006);
  return {
    items: items.map((item) => {
      const title = item.text('title');
      if (title === '' || bytes(title) > 128) throw fail(94014);
      return compact<Item>({ title, ...jump(item) });
    }),
  };
}

function getTemplate(call: ApiCall): Record<string, unknown> {
  check(call);
  const template = call.world.data.app.workbench;
  if (template === null) throw fail(94008);
  return {
    type: template.type,
    ...(template.data !== null && { [template.type]: template.data }),
    replace_user_data: template.replaceUserData,
  };
}

function checkMember(world: World, userid: string): void {
  if (memberOf(world.data, userid) === undefined) throw fail(40003);
  if (!world.scope().members.has(fold(userid))) throw fail(60011);
}

/** Types must match the template; a webview's height too. */
function readUserData(world: World, body: Reader): { type: WorkbenchType; data: WorkbenchData } {
  const template = world.data.app.workbench;
  if (template === null || template.type === 'normal') throw fail(94008);
  const type = typeOf(body);
  if (type === 'normal' || type !== template.type) throw fail(94001);
  const data = readData(body, type);
  const wanted = template.data?.height;
  if (type === 'webview' && wanted !== undefined && data.height !== wanted) throw fail(94016);
  return { type, data };
}

function setData(call: ApiCall): Record<string, unknown> {
  check(call);
  const { world, body } = call;
  const userid = body.text('userid');
  if (userid === '') throw fail(41009);
  checkMember(world, userid);
  const data = readUserData(world, body);
  if (!world.limits.take(`workbench:${fold(userid)}`, WORKBENCH_USER)) throw fail(45009);
  world.data.app.workbenchUsers.set(fold(userid), data);
  call.note(memberOf(world.data, userid)?.name ?? userid);
  world.events.emit({ type: 'workbench', userid });
  return {};
}

function setDataOfMany(call: ApiCall): Record<string, unknown> {
  check(call);
  const { world, body } = call;
  const list = body.strings('userid_list') ?? [];
  if (list.length === 0) throw fail(41009);
  if (list.length > 1000) throw fail(40032);
  const inner = body.obj('data');
  if (inner === undefined) throw fail(94012);
  for (const userid of list) checkMember(world, userid);
  const data = readUserData(world, inner);
  if (!world.limits.take('workbench:batch', WORKBENCH_BATCH, list.length)) throw fail(45009);
  for (const userid of list) {
    world.data.app.workbenchUsers.set(fold(userid), data);
    world.events.emit({ type: 'workbench', userid });
  }
  call.note(`${list.length} 人`);
  return {};
}

function getData(call: ApiCall): Record<string, unknown> {
  check(call);
  const { world, body } = call;
  const userid = body.text('userid');
  if (userid === '') throw fail(41009);
  checkMember(world, userid);
  const own = world.data.app.workbenchUsers.get(fold(userid)) ?? world.data.app.workbench;
  if (own === null) throw fail(94008);
  return { data: { type: own.type, ...(own.data !== null && { [own.type]: own.data }) } };
}
