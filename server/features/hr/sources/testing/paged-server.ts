import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (url: URL, request: IncomingMessage, response: ServerResponse) => void;

export interface PagedServer {
  readonly origin: string;
  /** Every path that was asked, in order. */
  readonly asked: string[];
  /** Replaces how it answers. */
  answer: Answer;
  close(): Promise<void>;
}

export const json = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

/** `?page=1&size=2` of these rows with their total, as an HR system answers. */
export const pagesOf =
  (rows: () => readonly object[], more: object = {}): Answer =>
  (url, _request, response) => {
    const page = Number(url.searchParams.get('page') ?? 1);
    const size = Number(url.searchParams.get('size') ?? 100);
    const all = rows();
    json(response, { data: { list: all.slice((page - 1) * size, page * size), total: all.length, ...more } });
  };

/** A real little server that plays an HR system. */
export async function openPagedServer(answer: Answer): Promise<PagedServer> {
  const asked: string[] = [];
  const paged = { answer };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://source');
    asked.push(`${url.pathname}${url.search}`);
    paged.answer(url, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(paged, {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
