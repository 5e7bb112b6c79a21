import http from 'node:http';
import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import axios, { isAxiosError } from 'axios';
import { AppError } from '../../../../kernel/errors.ts';
import type { HttpConnection } from '../contract.ts';
import { OUT_OF_REACH, type Reach } from '../reach.ts';
import { isPassing, trouble } from '../troubles.ts';

/** Asks one origin for JSON; nothing of a request leaves this file, because it carries the credentials. */
export interface Ask {
  /** @throws refused a `hr.source_…` trouble */
  (url: URL): Promise<unknown>;
}

export interface AskOptions {
  readonly connection: HttpConnection;
  readonly secret: string;
  readonly reach: Reach;
  readonly signal: AbortSignal;
  readonly limits?: Partial<AskLimits> | undefined;
}

export interface AskLimits {
  /** One exchange, ms. axios' own timeout is about silence: a dripping server would hold it for ever. */
  readonly totalMs: number;
  /** Bytes of one answer after decompression. */
  readonly pageBytes: number;
  /** Bytes of all answers of one reading. */
  readonly allBytes: number;
  /** Pauses before asking again after what may pass, ms. */
  readonly pausesMs: readonly number[];
}

const MB = 1024 * 1024;
const DEFAULTS: AskLimits = {
  totalMs: 30_000,
  pageBytes: 16 * MB,
  allBytes: 512 * MB,
  pausesMs: [1_000, 5_000],
};
const LONGEST_WAIT_MS = 30_000;

export function createAsk({
  connection,
  secret,
  reach,
  signal,
  limits,
}: AskOptions): Ask & { close(): void } {
  const { totalMs, pageBytes, allBytes, pausesMs } = { ...DEFAULTS, ...limits };
  const agents = {
    httpAgent: new http.Agent({ keepAlive: true, maxSockets: 2, lookup: reach.lookup } as http.AgentOptions),
    httpsAgent: new https.Agent({
      keepAlive: true,
      maxSockets: 2,
      lookup: reach.lookup,
    } as https.AgentOptions),
  };
  const origin = new URL(connection.origin);
  reach.mustReach(origin.hostname);
  let bytes = 0;

  async function once(url: URL): Promise<unknown> {
    if (url.origin !== origin.origin) throw trouble('elsewhere', { host: url.host });
    const whole = AbortSignal.any([signal, AbortSignal.timeout(totalMs)]);
    const answer = await axios
      .get<Buffer>(url.href, {
        ...agents,
        headers: { Accept: 'application/json', ...credentials(connection, secret) },
        // HTTP_PROXY of the machine must not see the secret; redirects would carry it elsewhere.
        proxy: false,
        maxRedirects: 0,
        maxContentLength: Math.min(pageBytes, allBytes - bytes),
        responseType: 'arraybuffer',
        transformResponse: [(data: unknown) => data],
        validateStatus: () => true,
        signal: whole,
      })
      .catch((error: unknown) => {
        throw wireTrouble(error, origin.hostname, whole);
      });
    bytes += answer.data.length;
    mustBeGood(answer.status, answer.headers['retry-after']);
    return parsed(answer.data);
  }

  async function ask(url: URL): Promise<unknown> {
    for (const wait of pausesMs) {
      try {
        return await once(url);
      } catch (error) {
        if (!(error instanceof AppError) || !isPassing(error.code)) throw error;
        await pause(Math.max(wait, waitAsked(error)), undefined, { signal }).catch(() => {
          throw trouble('timeout');
        });
      }
    }
    return once(url);
  }

  return Object.assign(ask, {
    close() {
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    },
  });
}

function credentials({ auth, authName }: HttpConnection, secret: string): Record<string, string> {
  switch (auth) {
    case 'none':
      return {};
    case 'bearer':
      return { Authorization: `Bearer ${secret}` };
    case 'basic':
      return { Authorization: `Basic ${Buffer.from(`${authName}:${secret}`).toString('base64')}` };
    case 'header':
      return { [authName]: secret };
  }
}

function mustBeGood(status: number, retryAfter: unknown): void {
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) throw trouble('redirects', { status });
  if (status === 401 || status === 403) throw trouble('login', { status });
  if (status === 429 || status >= 500) throw trouble('busy', { status, retryAfter: Number(retryAfter) || 0 });
  throw trouble('status', { status });
}

/** What the source asks for by Retry-After, within reason. */
const waitAsked = ({ data }: AppError): number =>
  Math.min(Number(data.retryAfter ?? 0) * 1_000, LONGEST_WAIT_MS);

/** The original is dropped on purpose: it carries the headers. */
function wireTrouble(error: unknown, host: string, whole: AbortSignal): AppError {
  const code = (error as { code?: unknown }).code;
  if (whole.aborted || code === 'ECONNABORTED' || code === 'ETIMEDOUT') return trouble('timeout');
  if (code === OUT_OF_REACH) return trouble('private_address', { host });
  if (isAxiosError(error) && error.message.startsWith('maxContentLength')) return trouble('too_large');
  return trouble('unreachable', { what: typeof code === 'string' ? code : 'ERROR' });
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw trouble('not_json');
  }
}
