import { t } from '../phrases/zh-CN.ts';
import { connection } from './connection.ts';
import { Failure, failureFrom } from './failure.ts';
import { loginOrFail } from './login.ts';

/** Requests that the inline script of index.html sent before this bundle arrived, by path. */
declare global {
  interface Window {
    __first?: Record<string, Promise<Response>>;
  }
}

const timeoutMs = 20_000;

export type Query = Readonly<Record<string, string | number | null | undefined>>;

let csrfToken: (renewed: boolean) => Promise<string> = () => Promise.resolve('');

/** The session tells where the token for writes comes from; see session.ts. */
export function useCsrf(source: (renewed: boolean) => Promise<string>): void {
  csrfToken = source;
}

export function withQuery(path: string, query: Query): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`;
}

function takeFirst(path: string): Promise<Response> | undefined {
  const early = window.__first?.[path];
  if (early) delete window.__first?.[path];
  return early;
}

/** A request with a time limit. A dropped connection and a silent server are told apart. */
async function send(path: string, init: RequestInit, early?: Promise<Response>): Promise<Response> {
  const stop = new AbortController();
  const timer = window.setTimeout(() => stop.abort(), timeoutMs);
  const outer = init.signal;
  outer?.addEventListener('abort', () => stop.abort());
  try {
    const response = await (early ??
      fetch(path, { credentials: 'same-origin', ...init, signal: stop.signal }));
    connection.down = false;
    return response;
  } catch (error) {
    if (outer?.aborted) throw error;
    if (stop.signal.aborted) throw new Failure(t.failure.timeout, { code: 'net.timeout', status: 0 });
    connection.down = true;
    throw new Failure(t.failure.offline, { code: 'net.offline', status: 0 });
  } finally {
    window.clearTimeout(timer);
  }
}

async function answer<T>(response: Response): Promise<T> {
  if (response.ok) {
    if (response.status === 204) return undefined as T;
    try {
      return (await response.json()) as T;
    } catch {
      throw new Failure(t.failure.text, { code: 'net.unreadable', status: 0 });
    }
  }
  const failure = await failureFrom(response);
  if (response.status === 401) return loginOrFail(failure);
  throw failure;
}

/** Reads. `signal` gives up an answer that nobody waits for any more; it then rejects with an AbortError. */
export async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const full = withQuery(path, query);
  const headers = { accept: 'application/json' };
  return answer<T>(await send(full, signal ? { headers, signal } : { headers }, takeFirst(full)));
}

/**
 * Runs a write with the session's token. A write is never repeated when whether it happened may be unknown;
 * only a refused token (another window signed in anew) proves that it did not.
 */
export async function withToken<T>(write: (token: string) => Promise<T>): Promise<T> {
  try {
    return await write(await csrfToken(false));
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'http.csrf') throw error;
    return write(await csrfToken(true));
  }
}

export const post = <T>(path: string, body: unknown = {}): Promise<T> => write('POST', path, body);

/** Says anew what something is, as a whole. */
export const put = <T>(path: string, body: unknown): Promise<T> => write('PUT', path, body);

function write<T>(method: 'POST' | 'PUT', path: string, body: unknown): Promise<T> {
  return withToken(async (token) => {
    const headers = {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-csrf-token': token,
    };
    return answer<T>(await send(path, { method, headers, body: JSON.stringify(body) }));
  });
}

/** Sends one file. `fetch` cannot tell how far an upload is, so this is an XMLHttpRequest. */
export function upload<T>(
  path: string,
  file: Blob,
  name: string,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<T> {
  const form = new FormData();
  form.append('file', file, name);
  const once = (token: string): Promise<Response> =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', path);
      request.setRequestHeader('x-csrf-token', token);
      request.setRequestHeader('accept', 'application/json');
      request.upload.addEventListener('progress', (event) => {
        if (event.lengthComputable) onProgress(event.loaded / event.total);
      });
      request.addEventListener('load', () =>
        resolve(new Response(request.responseText, { status: request.status })),
      );
      request.addEventListener('error', () =>
        reject(new Failure(t.failure.offline, { code: 'net.offline', status: 0 })),
      );
      signal.addEventListener('abort', () => {
        request.abort();
        reject(new DOMException('given up', 'AbortError'));
      });
      request.send(form);
    });
  return withToken(async (token) => answer<T>(await once(token)));
}
