import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ManualClock } from '../../kernel/clock.ts';
import { createWeCom } from '../client.ts';
import type { Alarm, WeComOptions } from '../client.ts';
import type { CallEvent } from '../call.ts';
import { memoryQuotaStore } from '../quota-store.ts';
import { memoryTokenStore } from '../token-store.ts';
import { createTransport } from '../transport.ts';

/** A local HTTP server that answers as a test says: for the connector's own tests, which need odd answers. */
export interface Received {
  readonly method: string;
  /** Path below /cgi-bin. */
  readonly api: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly headers: http.IncomingHttpHeaders;
}

export type Reply = object | ((response: http.ServerResponse) => void);
export type Handler = (request: Received) => Reply | Promise<Reply>;

export interface FakeServer {
  readonly base: string;
  readonly received: Received[];
  /** Replaces the answer of one API; `{errcode: 0}` for unknown ones. */
  on(api: string, handler: Handler): void;
  count(api: string): number;
  close(): Promise<void>;
}

export async function fakeServer(): Promise<FakeServer> {
  const handlers = new Map<string, Handler>();
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const api = url.pathname.replace('/cgi-bin/', '');
      const entry: Received = {
        method: request.method ?? '',
        api,
        query: url.searchParams,
        body: Buffer.concat(chunks).toString('utf8'),
        headers: request.headers,
      };
      received.push(entry);
      void answer(handlers.get(api) ?? (() => ({ errcode: 0, errmsg: 'ok' })), entry, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    received,
    on: (api, handler) => handlers.set(api, handler),
    count: (api) => received.filter((entry) => entry.api === api).length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(handler: Handler, request: Received, response: http.ServerResponse): Promise<void> {
  const reply = await handler(request);
  if (typeof reply === 'function') {
    (reply as (response: http.ServerResponse) => void)(response);
    return;
  }
  response.setHeader('Content-Type', 'application/json; charset=UTF-8');
  response.end(JSON.stringify(reply));
}

/** Answers with exactly this text. */
export const raw =
  (text: string, status = 200, headers: Record<string, string> = {}): Reply =>
  (response: http.ServerResponse) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(text);
  };

export const SECRET = 'agent-secret-0123456789';
export const CONTACTS_SECRET = 'contacts-secret-9876543210';

/** Hands out `tok-1`, `tok-2`, … and accepts only the newest of each secret. */
export function withTokens(server: FakeServer) {
  const current = new Map<string, string>();
  let made = 0;
  server.on('gettoken', (request) => {
    const secret = request.query.get('corpsecret') ?? '';
    const token = current.get(secret) ?? `tok-${(made += 1)}`;
    current.set(secret, token);
    return { errcode: 0, errmsg: 'ok', access_token: token, expires_in: 7200 };
  });
  return {
    /** 企业微信 drops the token before its time. */
    invalidate: (secret = SECRET) => void current.delete(secret),
    accepts: (request: Received) => [...current.values()].includes(request.query.get('access_token') ?? ''),
  };
}

export async function startFake(
  options: Partial<WeComOptions> & { totalMs?: number; silenceMs?: number } = {},
) {
  const server = await fakeServer();
  const tokens = withTokens(server);
  const clock = new ManualClock('2026-11-21T02:00:00Z');
  const alarms: Alarm[] = [];
  const events: CallEvent[] = [];
  const http = createTransport({
    totalMs: options.totalMs ?? 10_000,
    silenceMs: options.silenceMs ?? 10_000,
  });
  const base: WeComOptions = {
    apiBase: server.base,
    corpId: 'wwcorp',
    agentId: 1000002,
    secrets: { agent: SECRET, contacts: CONTACTS_SECRET },
    clock,
    tokenStore: memoryTokenStore(),
    quotaStore: memoryQuotaStore(),
    onAlarm: (alarm) => alarms.push(alarm),
    onCall: (event) => events.push(event),
    http,
  };
  const wecom = createWeCom({ ...base, ...options });
  return {
    server,
    tokens,
    clock,
    alarms,
    events,
    wecom,
    /** Another instance over the same stores. */
    another: (changes: Partial<WeComOptions> = {}) => createWeCom({ ...base, ...options, ...changes }),
    async close() {
      wecom.close();
      http.close();
      await server.close();
    },
  };
}

export type Fake = Awaited<ReturnType<typeof startFake>>;

/** The error a promise ends in; fails when it ends well. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a failure');
}
