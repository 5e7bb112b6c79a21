import { readFile, unlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'koa';
import { koaBody } from 'koa-body';
import { readText } from '../http-body.ts';
import type { OpenEntry } from '../state/ledger.ts';
import type { World } from '../world.ts';
import { Download } from './call.ts';
import type { ApiRoute, UploadedFile } from './call.ts';
import { ApiError, WRONG_FORMAT, errorText } from './envelope.ts';
import { execute } from './execute.ts';
import type { RawCall } from './execute.ts';
import { parseObject } from './reader.ts';
import { apiRoutes } from './routes.ts';

const PREFIX = '/cgi-bin/';
const MAX_UPLOAD = 25 * 1024 * 1024;
/** Logged bodies are for reading, not for keeping. */
const MAX_LOGGED = 32 * 1024;

const parseUpload = koaBody({
  multipart: true,
  urlencoded: false,
  json: false,
  text: false,
  formidable: { maxFileSize: MAX_UPLOAD, allowEmptyFiles: true, minFileSize: 0, multiples: true },
});

/** Answers everything below /cgi-bin: always HTTP 200 with errcode, 404 with an empty body for unknown paths. */
export function apiHandler(world: World): (ctx: Context) => Promise<void> {
  const routes = new Map(apiRoutes.map((route) => [route.name, route]));
  return async (ctx) => {
    const route = routes.get(ctx.path.slice(PREFIX.length));
    if (route === undefined) {
      ctx.status = 404;
      ctx.body = '';
      return;
    }
    await answerCall(world, route, ctx);
  };
}

async function answerCall(world: World, route: ApiRoute, ctx: Context): Promise<void> {
  const raw = await readCall(route, ctx);
  const entry = world.ledger.open({
    kind: 'call',
    name: route.name,
    request: { method: ctx.method, path: shownPath(ctx), body: shown(raw.body) },
  });
  world.data.counters.calls += 1;
  const target: Target = { world, name: route.name, userid: useridOf(world, raw) };
  if (await faultBefore(target, ctx, entry)) return;
  const answer = run(target, route, raw, entry);
  if (faultAfter(target, ctx, entry)) return;
  write(ctx, answer, entry);
}

/** What faults look at. */
interface Target {
  world: World;
  name: string;
  userid: string | undefined;
}

/** The member a call is about; looked up only while something is made to go wrong. */
function useridOf(world: World, raw: RawCall): string | undefined {
  if (world.faults.list().length === 0) return undefined;
  const given = raw.query['userid'] ?? parseObject(raw.body)?.['userid'];
  return typeof given === 'string' ? given : undefined;
}

interface Written {
  errcode: number;
  errmsg: string;
  body: Record<string, unknown> | Download;
}

function run(target: Target, route: ApiRoute, raw: RawCall, entry: OpenEntry): Written {
  const { world } = target;
  try {
    const injected = injectedError(target, entry);
    if (injected !== null) throw injected;
    const { answer, warned } = execute(world, route, raw, (summary, fields) => {
      entry.entry.summary = summary;
      entry.entry.fields = fields ?? [];
    });
    world.touch();
    if (answer instanceof Download) return { errcode: 0, errmsg: 'ok', body: answer };
    const said = typeof answer['errmsg'] === 'string' ? answer['errmsg'] : 'ok';
    const errmsg = warned ? `${said}. ${WRONG_FORMAT}` : said;
    return { errcode: 0, errmsg, body: { errcode: 0, ...answer, errmsg } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    world.data.counters.failed += 1;
    const errmsg = errorText(world.data, error, raw.ip, world.now());
    const { errcode } = error;
    return { errcode, errmsg, body: { ...route.emptyOnError, ...error.extra, errcode, errmsg } };
  }
}

function injectedError({ world, name, userid }: Target, entry: OpenEntry): ApiError | null {
  const hit = world.faults.hit(['busy', 'rate_limit', 'errcode'], name, userid);
  if (hit === undefined) return null;
  entry.entry.faultId = hit.id;
  if (hit.request.kind === 'busy') return new ApiError(-1);
  return new ApiError(hit.request.kind === 'rate_limit' ? 45009 : hit.request.errcode);
}

/** true = the call is over. */
async function faultBefore(
  { world, name, userid }: Target,
  ctx: Context,
  entry: OpenEntry,
): Promise<boolean> {
  const slow = world.faults.hit(['slow'], name, userid);
  if (slow !== undefined) {
    entry.entry.faultId = slow.id;
    await sleep(slow.request.ms);
  }
  const down = world.faults.hit(['down'], name, userid);
  if (down !== undefined) {
    ctx.status = 502;
    ctx.type = 'html';
    ctx.body = '<html><head><title>502 Bad Gateway</title></head><body></body></html>';
    entry.close({ state: 'failed', faultId: down.id, summary: '企业微信不可用（502）' });
    return true;
  }
  const cut = world.faults.hit(['drop_before'], name, userid);
  if (cut === undefined) return false;
  hangUp(ctx);
  entry.close({ state: 'failed', faultId: cut.id, summary: '连接断开，没有执行' });
  return true;
}

function faultAfter({ world, name, userid }: Target, ctx: Context, entry: OpenEntry): boolean {
  const cut = world.faults.hit(['drop_after'], name, userid);
  if (cut === undefined) return false;
  hangUp(ctx);
  const summary = `已执行，但应答没有送达${entry.entry.summary === '' ? '' : `：${entry.entry.summary}`}`;
  entry.close({ state: 'failed', faultId: cut.id, summary });
  return true;
}

function hangUp(ctx: Context): void {
  ctx.respond = false;
  ctx.req.socket.destroy();
}

function write(ctx: Context, written: Written, entry: OpenEntry): void {
  const { errcode, errmsg, body } = written;
  const state = errcode === 0 ? 'ok' : 'failed';
  const summary = errcode === 0 ? entry.entry.summary : `${errcode} ${errmsg.split(', hint')[0] ?? ''}`;
  if (body instanceof Download) {
    ctx.status = body.status;
    ctx.set({ ...body.headers });
    ctx.body = body.bytes;
    entry.close({ state, errcode, summary }, { status: body.status, body: `(${body.bytes.length} bytes)` });
    return;
  }
  const text = JSON.stringify(body);
  ctx.status = 200;
  ctx.set('Content-Type', 'application/json; charset=UTF-8');
  ctx.set('Server', 'nginx');
  ctx.set('Error-Code', String(errcode));
  ctx.set('Error-Msg', errmsg);
  ctx.body = text;
  entry.close({ state, errcode, summary }, { status: 200, body: shown(text) });
}

async function readCall(route: ApiRoute, ctx: Context): Promise<RawCall> {
  const query: Record<string, string> = {};
  for (const [key, value] of new URL(ctx.url, 'http://sandbox').searchParams) query[key] ??= value;
  const ip = (ctx.req.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const range = ctx.get('range') === '' ? null : ctx.get('range');
  if (route.upload === true) {
    return { method: ctx.method, ip, query, body: '', file: await readUpload(ctx), range };
  }
  return { method: ctx.method, ip, query, body: await readText(ctx.req), file: null, range };
}

async function readUpload(ctx: Context): Promise<UploadedFile | null> {
  if (!ctx.is('multipart')) return null;
  await parseUpload(ctx, () => Promise.resolve());
  const [field, found] = Object.entries(ctx.request.files ?? {})[0] ?? [];
  const file = Array.isArray(found) ? found[0] : found;
  if (field === undefined || file === undefined) return null;
  const bytes = await readFile(file.filepath);
  await unlink(file.filepath);
  return {
    field,
    filename: file.originalFilename ?? '',
    contentType: file.mimetype ?? 'application/octet-stream',
    bytes,
  };
}

const SECRET = /"(access_token|ticket|user_ticket|corpsecret|encodingaeskey)":\s*"[^"]*"/g;

/** For the ledger: no tokens, no secrets. */
const shown = (text: string): string => text.slice(0, MAX_LOGGED).replace(SECRET, '"$1":"…"');

function shownPath(ctx: Context): string {
  const url = new URL(ctx.url, 'http://sandbox');
  for (const key of ['access_token', 'corpsecret']) {
    if (url.searchParams.has(key)) url.searchParams.set(key, '…');
  }
  return url.search === '' ? url.pathname : `${url.pathname}?${readable(url.searchParams)}`;
}

const readable = (query: URLSearchParams): string =>
  [...query].map(([key, value]) => `${key}=${value}`).join('&');
