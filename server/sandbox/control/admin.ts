import { createHash } from 'node:crypto';
import { Download } from '../api/call.ts';
import { ApiError, errorText } from '../api/envelope.ts';
import { Reader } from '../api/reader.ts';
import { apiRoutes } from '../api/routes.ts';
import { currentTicket } from '../api/tickets.ts';
import type { Verified } from '../callbacks/types.ts';
import { adminAppRequest, adminCallRequest, adminCallbackRequest, jsapiVerifyRequest } from '../contract.ts';
import type {
  AdminAppRequest,
  AdminCallRequest,
  AdminCallbackRequest,
  AppView,
  JsapiVerifyRequest,
} from '../contract.ts';
import { recordAdminAct } from '../logs/record.ts';
import { appView } from '../state/views.ts';
import type { World } from '../world.ts';
import { ControlRefusal } from './errors.ts';

const CONSOLE_APIS = /^(user|department|tag)\//;

/** A directory call with the rights of the admin console; answers as the API would. */
export function adminCall(world: World, request: AdminCallRequest): Record<string, unknown> {
  const { api, operator, query, body } = adminCallRequest.parse(request);
  const route = CONSOLE_APIS.test(api) ? apiRoutes.find(({ name }) => name === api) : undefined;
  if (route === undefined) throw new ControlRefusal(404, 'no_api', '管理后台没有这个操作');
  world.ledger.startAct('console', null, `管理后台：${api}`);
  let said = '';
  const note = (summary: string): void => {
    said = summary;
  };
  const now = world.now();
  const ip = '127.0.0.1';
  const reader = new Reader(body);
  const call = {
    world,
    caller: 'console',
    operator,
    now,
    ip,
    query,
    body: reader,
    file: null,
    range: null,
    note,
  } as const;
  try {
    const answer = route.handle(call);
    world.ledger.open({ kind: 'note', name: api, summary: said });
    world.touch();
    return answer instanceof Download ? {} : { errcode: 0, errmsg: 'ok', ...answer };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { errcode: error.errcode, errmsg: errorText(world.data, error, ip, now) };
  }
}

export function adminApp(world: World, request: AdminAppRequest): AppView {
  const changes = adminAppRequest.parse(request);
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  Object.assign(world.data.app, Object.fromEntries(given));
  for (const [field] of given) noteAppChange(world, field);
  world.directoryChanged();
  world.touch();
  const view = appView(world);
  world.events.emit({ type: 'app', app: view });
  return view;
}

const APP_CHANGE = 8;
/** detail_type of the administrators' log. */
const APP_DETAILS: Readonly<Record<string, readonly [detailType: number, words: string]>> = {
  visible: [29, '可见范围'],
  trustedIps: [172, '企业可信IP'],
  trustedDomain: [59, '可信域名'],
};

function noteAppChange(world: World, field: string): void {
  const { closed, name } = world.data.app;
  const detail =
    field === 'closed' ? ([closed ? 66 : 65, closed ? '停用' : '启用'] as const) : APP_DETAILS[field];
  if (detail === undefined) return;
  const [detailType, words] = detail;
  const info = `应用「${name}」：${words}`;
  recordAdminAct(world, { userid: 'admin', operType: APP_CHANGE, detailType, info, ip: '127.0.0.1' });
}

/** Saving an address triggers its verification; what fails is not saved. */
export async function adminCallback(world: World, request: AdminCallbackRequest): Promise<Verified> {
  const { target, url, token, aesKey } = adminCallbackRequest.parse(request);
  const callback = target === 'app' ? world.data.app.callback : world.data.contactsCallback;
  const before = { ...callback };
  Object.assign(callback, { url, verified: null, ...(token && { token }), ...(aesKey && { aesKey }) });
  if (url === null) return { ok: true, status: null, detail: '已关闭回调' };
  const result = await world.callbacks.verify(target);
  if (!result.ok) Object.assign(callback, before);
  world.events.emit({ type: 'app', app: appView(world) });
  world.touch();
  return result;
}

/** Page 90506, and the trusted domain: its sub-domains are accepted for the JS-SDK. */
export function verifyJsapi(world: World, request: JsapiVerifyRequest): { ok: boolean; reason: string } {
  const { identity, url, timestamp, nonceStr, signature } = jsapiVerifyRequest.parse(request);
  const trusted = world.data.app.trustedDomain;
  const host = URL.canParse(url) ? new URL(url).host : '';
  if (host !== trusted && !host.endsWith(`.${trusted}`)) return { ok: false, reason: 'invalid url domain' };
  const { ticket } = currentTicket(world, identity);
  const page = url.split('#')[0] ?? '';
  const text = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${page}`;
  const ok = createHash('sha1').update(text).digest('hex') === signature;
  return { ok, reason: ok ? 'ok' : 'invalid signature' };
}
