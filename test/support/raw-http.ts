import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array | undefined;
}

/** A request as it is: `fetch` would tidy headers, methods and the path. */
export function rawRequest(origin: string, path: string, options: RawRequest = {}): Promise<RawAnswer> {
  const { method = 'GET', body } = options;
  // Node frames a body by itself for some methods only.
  const framed = body !== undefined && options.headers?.['transfer-encoding'] === undefined;
  const headers = {
    ...(framed ? { 'content-length': String(Buffer.byteLength(body)) } : {}),
    ...options.headers,
  };
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/**
 * Send `head`, then one more byte each `everyMs` for as long as the other side listens. Resolves with all that
 * came back once the connection is closed.
 */
export function drip(origin: string, head: string, everyMs: number): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let answer = '';
    socket.write(head);
    const timer = setInterval(() => socket.write('x'), everyMs);
    socket.on('data', (chunk) => (answer += chunk.toString()));
    // A reset is a way of closing as well.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      resolve(answer);
    });
  });
}
