import http from 'node:http';
import https from 'node:https';
import axios, { isAxiosError } from 'axios';

/**
 * One HTTP exchange, without any knowledge of 企业微信. The URL carries credentials (access_token, corpsecret, webhook
 * key), so nothing of the request or of axios' errors leaves this file: failures come out as {@link WireError}.
 */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  /** Full URL with query. Secret. */
  readonly url: string;
  readonly body?: Buffer | undefined;
  readonly contentType?: string | undefined;
  /** Longest time for the whole exchange, ms. */
  readonly totalMs?: number | undefined;
  /** Largest answer, bytes after decompression. */
  readonly maxBytes?: number | undefined;
  /** Twice is as good as once: sent again, on a new connection, when a kept one turns out to be closed. */
  readonly isRepeatable?: boolean | undefined;
}

export interface WireAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Replaceable, like the clock (the tests of other rooms use the sandbox over real HTTP instead). */
export interface Transport {
  /** Any HTTP status is an answer. Rejects with WireError only. */
  send(request: WireRequest): Promise<WireAnswer>;
  close(): void;
}

export type WireFailure = 'timeout' | 'dropped' | 'unreachable' | 'too_large';

export class WireError extends Error {
  readonly failure: WireFailure;
  /** False only when the connection was never made, so that the far side cannot have seen the request. */
  readonly written: boolean;
  /** System or axios code such as ECONNRESET. */
  readonly code: string;

  constructor(failure: WireFailure, written: boolean, code: string) {
    super(`${failure} (${code})`);
    this.failure = failure;
    this.written = written;
    this.code = code;
  }
}

export interface TransportSettings {
  /** Whole exchange, ms. axios' own timeout is about silence: a dripping server would hold it for ever. */
  readonly totalMs: number;
  /** Longest silence, ms. */
  readonly silenceMs: number;
  /** Connections per host; bounds our own concurrency, which 企业微信 punishes with 45033. */
  readonly maxSockets: number;
  readonly maxBytes: number;
  readonly maxRequestBytes: number;
}

export const TRANSPORT_DEFAULTS: TransportSettings = {
  totalMs: 15_000,
  silenceMs: 8_000,
  maxSockets: 20,
  maxBytes: 32 * 1024 * 1024,
  maxRequestBytes: 24 * 1024 * 1024,
};

type Exchange = { connected: boolean; isKept: boolean; isAnswered: boolean };

export function createTransport(settings: Partial<TransportSettings> = {}): Transport {
  const options = { ...TRANSPORT_DEFAULTS, ...settings };
  const agentOptions = {
    keepAlive: true,
    maxSockets: options.maxSockets,
    maxFreeSockets: options.maxSockets,
  };
  const kept = { httpAgent: new http.Agent(agentOptions), httpsAgent: new https.Agent(agentOptions) };
  const fresh = { httpAgent: new http.Agent(), httpsAgent: new https.Agent() };
  const client = axios.create({
    timeout: options.silenceMs,
    // HTTP_PROXY of the machine must not see the token; redirects would carry it elsewhere.
    proxy: false,
    maxRedirects: 0,
    maxBodyLength: options.maxRequestBytes,
    responseType: 'arraybuffer',
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    validateStatus: () => true,
  });

  async function send(request: WireRequest): Promise<WireAnswer> {
    const exchange: Exchange = { connected: false, isKept: false, isAnswered: false };
    try {
      return await attempt(request, kept, exchange);
    } catch (error) {
      if (!request.isRepeatable || !wasGone(exchange, error)) throw error;
      return attempt(request, fresh, { connected: false, isKept: false, isAnswered: false });
    }
  }

  async function attempt(request: WireRequest, agents: typeof kept, exchange: Exchange): Promise<WireAnswer> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), request.totalMs ?? options.totalMs);
    try {
      const answer = await client.request<Buffer>({
        ...agents,
        method: request.method,
        url: request.url,
        data: request.body,
        headers: request.contentType === undefined ? {} : { 'Content-Type': request.contentType },
        signal: abort.signal,
        maxContentLength: request.maxBytes ?? options.maxBytes,
        transport: watched(exchange),
      });
      return { status: answer.status, headers: plainHeaders(answer.headers), body: answer.data };
    } catch (error) {
      // The original is dropped on purpose: it carries the URL.
      throw wireError(error, exchange);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    send,
    close() {
      kept.httpAgent.destroy();
      kept.httpsAgent.destroy();
    },
  };
}

/** The far side may close an idle connection at the moment we take it up: Node's documentation of `reusedSocket`. */
const wasGone = ({ isKept, isAnswered }: Exchange, error: unknown): boolean =>
  isKept && !isAnswered && error instanceof WireError && error.failure === 'dropped';

/** Node's own request function, noting how far the exchange came before things went wrong. */
function watched(exchange: Exchange) {
  return {
    request(options: https.RequestOptions, onAnswer: (answer: http.IncomingMessage) => void) {
      const secure = options.protocol === 'https:';
      const request = (secure ? https : http).request(options, onAnswer);
      request.once('response', () => {
        exchange.isAnswered = true;
      });
      request.on('socket', (socket) => {
        exchange.isKept = request.reusedSocket;
        if (!socket.connecting) {
          exchange.connected = true;
          return;
        }
        socket.once(secure ? 'secureConnect' : 'connect', () => {
          exchange.connected = true;
        });
      });
      return request;
    },
  };
}

function plainHeaders(headers: object): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') plain[name.toLowerCase()] = value;
  }
  return plain;
}

function wireError(error: unknown, exchange: Exchange): WireError {
  const code = isAxiosError(error) ? (error.code ?? 'UNKNOWN') : 'UNKNOWN';
  return new WireError(failureOf(error, code, exchange), exchange.connected, code);
}

function failureOf(error: unknown, code: string, exchange: Exchange): WireFailure {
  if (axios.isCancel(error) || code === 'ECONNABORTED' || code === 'ETIMEDOUT') return 'timeout';
  if (isAxiosError(error) && /^maxContentLength|^Request body larger/.test(error.message)) return 'too_large';
  return exchange.connected ? 'dropped' : 'unreachable';
}
