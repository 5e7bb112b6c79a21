import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { median, quantile, round } from './figures.ts';

export interface LoadResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** How often each status came back. */
  readonly statuses: Readonly<Record<string, number>>;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly ms: number;
}

/** One HTTP/1.1 request as bytes, written once and sent as it is. */
export function requestBytes(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Buffer {
  const all = { host: 'localhost', ...headers, 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

/**
 * Send every request once over this many keep-alive connections of the loopback, each connection the next one as
 * soon as its last was answered. Raw sockets: on a small machine a full client would cost as much as the server.
 */
export async function sendAll(
  port: number,
  requests: readonly Buffer[],
  connections: number,
): Promise<{ answers: Answer[]; seconds: number }> {
  let next = 0;
  const answers: Answer[] = [];
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const began = performance.now();
  await Promise.all(
    sockets.map(async (socket) => {
      for (let request = requests[next++]; request; request = requests[next++]) {
        answers.push(await exchange(socket, request));
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const socket of sockets) socket.destroy();
  return { answers, seconds };
}

export async function load(
  port: number,
  requests: readonly Buffer[],
  connections: number,
): Promise<LoadResult> {
  const { answers, seconds } = await sendAll(port, requests, connections);
  const times = answers.map(({ ms }) => ms);
  const statuses: Record<string, number> = {};
  for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
  return {
    perSecond: round(answers.length / seconds, 0),
    p50: round(median(times)),
    p99: round(quantile(times, 0.99)),
    statuses,
  };
}

/**
 * Send requests at a fixed rate, whether or not earlier ones were answered, as people do (an open loop). Each time counts
 * from the moment the request was due, so a server that falls behind shows it.
 */
export async function sendOnTime(
  port: number,
  requests: readonly Buffer[],
  perSecond: number,
): Promise<Answer[]> {
  const idle: Socket[] = [];
  const all: Socket[] = [];
  const answers = await onTime(requests, perSecond, async (request) => {
    const socket = idle.pop() ?? (await open(port));
    if (!all.includes(socket)) all.push(socket);
    const answer = await exchange(socket, request);
    idle.push(socket);
    return answer;
  });
  for (const socket of all) socket.destroy();
  return answers.map(({ result, ms }) => ({ ...result, ms }));
}

/** The same for anything that is asked. */
export async function onTime<Asked, Result>(
  asked: readonly Asked[],
  perSecond: number,
  ask: (one: Asked) => Promise<Result>,
): Promise<{ result: Result; ms: number }[]> {
  const began = performance.now();
  return Promise.all(
    asked.map(async (one, n) => {
      const dueAt = began + (n * 1000) / perSecond;
      await pause(Math.max(0, dueAt - performance.now()));
      const result = await ask(one);
      return { result, ms: performance.now() - dueAt };
    }),
  );
}

/** One keep-alive connection of the loopback. */
export interface Line {
  /** One request after the other: the next one only when this was answered. */
  ask(request: Buffer): Promise<Answer>;
  close(): void;
}

export async function openLine(port: number): Promise<Line> {
  const socket = await open(port);
  return { ask: (request) => exchange(socket, request), close: () => void socket.destroy() };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

function exchange(socket: Socket, request: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    let received: Buffer = Buffer.alloc(0);
    const settle = (done: () => void) => {
      socket.off('data', onData);
      socket.off('close', onClose);
      socket.off('error', onClose);
      done();
    };
    const onClose = () => settle(() => reject(new Error('connection closed before the answer')));
    const onData = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const answer = readAnswer(received);
      if (answer) settle(() => resolve({ ...answer, ms: performance.now() - began }));
    };
    socket.on('data', onData);
    socket.once('close', onClose);
    socket.once('error', onClose);
    socket.write(request);
  });
}

/** Null while bytes are missing. Both servers send a Content-Length. */
function readAnswer(bytes: Buffer): { status: number; body: string } | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = bytes.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? (status === 204 ? 0 : Number.NaN));
  if (Number.isNaN(length)) throw new Error(`an answer without Content-Length: ${head}`);
  if (bytes.length < end + 4 + length) return null;
  return { status, body: bytes.toString('utf8', end + 4, end + 4 + length) };
}
