import type { Context } from 'koa';
import { actor } from '../control/act.ts';
import { ControlRefusal } from '../control/errors.ts';
import { fold, memberOf } from '../state/directory.ts';
import { cap } from '../state/data.ts';
import type { Member } from '../state/data.ts';
import { opaque } from '../state/ids.ts';
import { consents } from '../state/views.ts';
import type { World } from '../world.ts';
import type { Launches } from './launch.ts';
import { LOGIN_WORDS, OAUTH_WORDS, consentPage, pickerPage, problemPage } from './pages.ts';
import { webLoginFault } from './web-login.ts';

const CODE_LIFE_MS = 300_000;
const SHOWN = 60;
const MAX_CODES = 10_000;

interface Request {
  /** `sso` and its predecessor `qrConnect`: a QR code in a desktop browser. */
  kind: 'oauth' | 'sso' | 'qrConnect';
  url: URL;
  redirectUri: URL;
  scope: string;
  state: string | null;
}

class Problem extends Error {
  override readonly name = 'Problem';
  readonly detail: string;

  constructor(message: string, detail: string) {
    super(message);
    this.detail = detail;
  }
}

/** The authorize page of pages 91022 (in the client) and 98152 (desktop browser). */
export function authorize(world: World, launches: Launches, kind: Request['kind'], ctx: Context): void {
  ctx.set('Cache-Control', 'no-store');
  ctx.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
  ctx.type = 'html';
  try {
    const request = readRequest(world, kind, new URL(ctx.url, world.url));
    // The phone's own pages know who holds the phone; a desktop browser does not until somebody scans.
    const holder = kind === 'oauth' ? launches.memberFor(ctx) : null;
    const userid = request.url.searchParams.get('sandbox_member') ?? holder;
    if (userid === null) ctx.body = picker(world, request);
    else grant(world, request, userid, ctx);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    ctx.status = 400;
    ctx.body = problemPage(error.message, error.detail);
  }
}

function readRequest(world: World, kind: Request['kind'], url: URL): Request {
  const query = url.searchParams;
  const scope = kind === 'oauth' ? oauthScope(world, query) : webLoginScope(world, kind, query);
  const state = query.get('state');
  if (state !== null && Buffer.byteLength(state) > 128) throw new Problem('state 参数错误', '超过 128 字节');
  return { kind, url, redirectUri: readRedirect(world, query.get('redirect_uri')), scope, state };
}

function oauthScope(world: World, query: URLSearchParams): string {
  const { corpId } = world.settings.corp;
  if (query.get('appid') !== corpId) throw new Problem('appid 参数错误', `应为企业 ID ${corpId}`);
  const agentId = String(world.settings.app.agentId);
  const agent = query.get('agentid');
  if (agent !== null && agent !== agentId) throw new Problem('agentid 参数错误', `应为 ${agentId}`);
  if (query.get('response_type') !== 'code') throw new Problem('response_type 参数错误', '应为 code');
  // Without agentid a request for private information is treated as snsapi_base.
  const scope = agent === null ? 'snsapi_base' : (query.get('scope') ?? '');
  if (scope !== 'snsapi_base' && scope !== 'snsapi_privateinfo') {
    throw new Problem('scope 参数错误', '应为 snsapi_base 或 snsapi_privateinfo');
  }
  return scope;
}

/** A web login gives the userid and never a user_ticket (page 98176). */
function webLoginScope(world: World, kind: Request['kind'], query: URLSearchParams): string {
  const { corp, app } = world.settings;
  const own = { corpId: corp.corpId, agentId: String(app.agentId), old: kind === 'qrConnect' };
  const fault = webLoginFault(query, own);
  if (fault !== null) throw new Problem(fault.title, fault.detail);
  return 'snsapi_base';
}

/** Exact host and port; protocol and path do not matter (page 91335). */
function readRedirect(world: World, given: string | null): URL {
  const uri = given !== null && URL.canParse(given) ? new URL(given) : null;
  const { trustedDomain } = world.data.app;
  if (uri === null || !/^https?:$/.test(uri.protocol) || uri.host !== trustedDomain) {
    throw new Problem('redirect_uri参数错误', `域名须与应用的可信域名 ${trustedDomain} 完全一致`);
  }
  return uri;
}

function grant(world: World, request: Request, userid: string, ctx: Context): void {
  const member = loggingIn(world, request, userid);
  const answer = request.url.searchParams.get('sandbox_consent');
  if (request.scope === 'snsapi_privateinfo' && !consents(world, member)) {
    if (answer === null) {
      const ask = (value: string): string =>
        withParams(request.url, { sandbox_member: member.userid, sandbox_consent: value });
      ctx.body = consentPage(world.data.app.name, member, ask('agree'), ask('refuse'));
      return;
    }
    member.consentAt = answer === 'agree' ? world.now() : null;
    world.touch();
  }
  const code = opaque(64);
  const expiresAt = world.now() + CODE_LIFE_MS;
  world.codes.oauth.set(code, { userid: member.userid, scope: request.scope, expiresAt });
  cap(world.codes.oauth, MAX_CODES);
  record(world, request, member);
  const { redirectUri, state } = request;
  redirectUri.searchParams.append('code', code);
  if (state !== null) redirectUri.searchParams.append('state', state);
  ctx.redirect(redirectUri.href);
}

function loggingIn(world: World, request: Request, userid: string): Member {
  const member = memberOf(world.data, userid);
  if (member === undefined) throw new Problem('没有这个成员', '这个人不在企业里，可能已被删除。');
  const inScope = world.scope().members.has(fold(userid));
  // snsapi_base works for anybody in the corp; the other two only inside the app's visible range.
  if (!inScope && (request.kind !== 'oauth' || request.scope === 'snsapi_privateinfo')) {
    throw new Problem('无权限', '你不在这个应用的可见范围内。');
  }
  if (!inScope && member.enabled) return member;
  try {
    return actor(world, userid);
  } catch (error) {
    if (error instanceof ControlRefusal) throw new Problem('不能登录', error.message);
    throw error;
  }
}

function record(world: World, request: Request, member: Member): void {
  const launched = world.ledger.acts(5).find((act) => act.kind === 'h5' && act.userid === member.userid);
  const actId = launched?.id ?? world.ledger.startAct('login', member.userid, `${member.name}登录了应用`);
  const odd = request.state !== null && !/^[a-zA-Z0-9]*$/.test(request.state);
  world.ledger.open({
    kind: 'note',
    name: request.kind === 'oauth' ? '网页授权' : '网页登录',
    summary: `${member.name}的 code 交给本系统，5 分钟内用一次`,
    fields: [
      { label: 'scope', value: request.scope },
      { label: '回到', value: request.redirectUri.pathname },
      ...(odd ? [{ label: '注意', value: 'state 只应有字母和数字' }] : []),
    ],
    actId,
  });
}

function withParams(url: URL, params: Record<string, string>): string {
  const next = new URL(url);
  for (const [key, value] of Object.entries(params)) next.searchParams.set(key, value);
  next.searchParams.delete('q');
  return next.pathname + next.search;
}

/** Whoever spoke last comes first. */
function picker(world: World, request: Request): string {
  const wanted = (request.url.searchParams.get('q') ?? '').trim();
  const found = [...world.data.members.values()]
    .filter((member) => member.enabled)
    .filter(
      (member) => wanted === '' || member.name.includes(wanted) || fold(member.userid).includes(fold(wanted)),
    )
    .sort((a, b) => latest(world, b) - latest(world, a));
  const choices = found.slice(0, SHOWN).map((member) => ({
    member,
    place: world.data.departments.get(member.mainDepartment)?.name ?? '',
    href: withParams(request.url, { sandbox_member: member.userid }),
  }));
  const hidden = [...request.url.searchParams].filter(([key]) => key !== 'q');
  const words = request.kind === 'oauth' ? OAUTH_WORDS : LOGIN_WORDS;
  return pickerPage(choices, wanted, hidden, found.length - choices.length, words);
}

const latest = (world: World, member: Member): number =>
  world.data.copies.get(fold(member.userid))?.at(-1)?.at ?? 0;
