import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OffsetClock } from '../kernel/clock.ts';
import { createCallbackCrypto } from '../wecom/callback/crypto.ts';
import { parseXml, textOf, toXml } from './callbacks/xml.ts';
import type { XmlField, XmlNode } from './callbacks/xml.ts';
import { readText } from './http-body.ts';
import { createSandbox } from './index.ts';
import type { Control, Sandbox, SandboxOptions } from './index.ts';

/** For the tests of this room: a sandbox with three people, and a stand-in for the app that it calls back. */

export const CORP = 'wwsandbox0000000001';
export const AGENT = 1000002;
const TOKEN = 'SandboxToken01';
const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

export interface Received {
  node: XmlNode;
  xml: string;
  event: string;
  query: URLSearchParams;
  field(name: string): string;
}

export interface FakeApp {
  readonly url: string;
  readonly received: Received[];
  /** Status and passive reply for the next callbacks; default 200 and empty. */
  respond: (received: Received) => { status?: number; reply?: XmlField[]; raw?: string; delayMs?: number };
  close(): Promise<void>;
}

const crypto = createCallbackCrypto({ token: TOKEN, encodingAesKey: AES_KEY, receiveId: CORP });

export async function openApp(): Promise<FakeApp> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const query = new URL(request.url ?? '', 'http://app').searchParams;
    const text = await readText(request);
    const echo = query.get('echostr');
    const encrypted = echo ?? textOf(parseXml(text) ?? {}, 'Encrypt') ?? '';
    const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
    if (!crypto.verify(query.get('msg_signature') ?? '', timestamp, nonce, encrypted)) {
      response.writeHead(401).end();
      return;
    }
    const plain = crypto.decrypt(encrypted);
    if (echo !== null) {
      response.end(plain);
      return;
    }
    const got = receivedOf(plain, query);
    received.push(got);
    const { status = 200, reply, raw, delayMs = 0 } = app.respond(got);
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    response.writeHead(status).end(raw ?? (reply === undefined ? '' : sealReply(reply)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const app: FakeApp = {
    url: `http://127.0.0.1:${port}/callback`,
    received,
    respond: () => ({}),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return app;
}

function receivedOf(xml: string, query: URLSearchParams): Received {
  const node = parseXml(xml) ?? {};
  const field = (name: string): string => textOf(node, name) ?? '';
  return { node, xml, query, field, event: field('Event') };
}

export function sealReply(fields: XmlField[], corrupt = false): string {
  const encrypted = crypto.encrypt(toXml(fields));
  const signature = crypto.signature('1700000000', '884422', encrypted);
  return toXml([
    ['Encrypt', encrypted],
    ['MsgSignature', corrupt ? signature.replace(/^./, 'g') : signature],
    ['TimeStamp', 1700000000],
    ['Nonce', '884422'],
  ]);
}

export const replyTo = (userid: string, fields: XmlField[]): XmlField[] => [
  ['ToUserName', userid],
  ['FromUserName', CORP],
  ['CreateTime', 1767225602],
  ...fields,
];

export interface Answer {
  status: number;
  headers: Headers;
  errcode: number;
  errmsg: string;
  json: Record<string, unknown>;
}

export interface Kit {
  sandbox: Sandbox;
  control: Control;
  clock: OffsetClock;
  app: FakeApp;
  /** A call with the app's token; `as` picks another one, `null` none. */
  call(name: string, input?: CallInput): Promise<Answer>;
  /** The raw answer, for redirects and downloads. */
  raw(path: string, init?: RequestInit): Promise<Response>;
  token(kind: 'app' | 'contacts'): Promise<string>;
  /** Moves the sandbox's clock; the next call fetches a token anew. */
  advance(ms: number): void;
  close(): Promise<void>;
}

export interface CallInput {
  as?: 'app' | 'contacts' | null;
  query?: Record<string, string | number>;
  body?: unknown;
  /** Body as it stands, for broken JSON and forms. */
  rawBody?: string | FormData;
  method?: 'GET' | 'POST';
}

export async function openKit(options: Partial<SandboxOptions> = {}): Promise<Kit> {
  const app = await openApp();
  const clock = new OffsetClock();
  clock.setOffset(Date.parse('2026-11-23T02:20:00Z') - Date.now());
  const callback = { url: app.url, token: TOKEN, aesKey: AES_KEY };
  const sandbox = createSandbox({
    port: 0,
    corp: { corpId: CORP, name: '海州职业技术学院' },
    app: {
      agentId: AGENT,
      secret: 'app-secret',
      name: '办公助手',
      callback,
      homeUrl: 'http://localhost:8080/',
      trustedDomain: 'localhost:8080',
    },
    contacts: { secret: 'contacts-secret', callback },
    clock,
    ...options,
    retries: { delaysMs: [10], timeoutMs: 300, ...options.retries },
  });
  await sandbox.start();
  const tokens = new Map<string, string>();
  const raw: Kit['raw'] = (path, init = {}) => fetch(sandbox.url + path, { redirect: 'manual', ...init });
  const token: Kit['token'] = async (kind) => {
    const known = tokens.get(kind);
    if (known !== undefined) return known;
    const response = await raw(`/cgi-bin/gettoken?corpid=${CORP}&corpsecret=${kind}-secret`);
    const { access_token: made } = (await response.json()) as { access_token: string };
    tokens.set(kind, made);
    return made;
  };
  const call: Kit['call'] = async (name, input = {}) => {
    const { as = 'app', query = {}, body, rawBody } = input;
    const search = new URLSearchParams();
    if (as !== null) search.set('access_token', await token(as));
    for (const [key, value] of Object.entries(query)) search.set(key, String(value));
    const content = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    const method = input.method ?? (content === undefined ? 'GET' : 'POST');
    const response = await raw(`/cgi-bin/${name}?${search}`, {
      method,
      ...(content !== undefined && { body: content }),
    });
    const text = await response.text();
    const json = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    return {
      status: response.status,
      headers: response.headers,
      errcode: Number(json['errcode'] ?? 0),
      errmsg: String(json['errmsg'] ?? ''),
      json,
    };
  };
  const close = async (): Promise<void> => {
    await sandbox.stop();
    await app.close();
  };
  const advance = (ms: number): void => {
    clock.setOffset(clock.offset + ms);
    tokens.clear();
  };
  return { sandbox, control: sandbox.control, clock, app, call, raw, token, advance, close };
}

/** 人事处 (2) and 信息工程学院 (3) with 软件教研室 (4); wanghr, zhang (activated) and Chen. */
export async function withPeople(kit: Kit): Promise<Kit> {
  const create = async (name: string, body: unknown): Promise<void> => {
    const answer = await kit.call(name, { as: 'contacts', body });
    if (answer.errcode !== 0) throw new Error(`${name}: ${answer.errmsg}`);
  };
  await create('department/create', { id: 2, name: '人事处', parentid: 1, order: 200 });
  await create('department/create', { id: 3, name: '信息工程学院', parentid: 1, order: 100 });
  await create('department/create', { id: 4, name: '软件教研室', parentid: 3, order: 10 });
  await create('user/create', {
    userid: 'wanghr',
    name: '王处长',
    mobile: '13900000001',
    department: [2],
    is_leader_in_dept: [1],
    position: '处长',
  });
  await create('user/create', { userid: 'zhang', name: '张老师', mobile: '13900000002', department: [4] });
  await create('user/create', { userid: 'Chen', name: '陈主任', mobile: '13900000003', department: [3, 4] });
  kit.control.activate();
  return kit;
}

export const buttonCard = (taskId: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  card_type: 'button_interaction',
  task_id: taskId,
  main_title: { title: '张老师 申请年假 3.5 个工作日', desc: '请在 11-24 17:30 前处理' },
  horizontal_content_list: [{ keyname: '事由', value: '回乡处理家中事务' }],
  button_list: [
    { text: '同意', style: 1, key: 'approve' },
    { type: 1, text: '看详情', style: 3, url: 'http://localhost:8080/tasks/1' },
  ],
  ...more,
});

export const cardMessage = (touser: string, card: Record<string, unknown>): Record<string, unknown> => ({
  touser,
  msgtype: 'template_card',
  agentid: AGENT,
  template_card: card,
});

export const textMessage = (touser: string, content = '你好'): Record<string, unknown> => ({
  touser,
  msgtype: 'text',
  agentid: AGENT,
  text: { content },
});
