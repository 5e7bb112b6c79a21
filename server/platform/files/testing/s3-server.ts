import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { S3Settings } from '../s3-store.ts';

export interface S3Server {
  readonly settings: S3Settings;
  readonly objects: Map<string, Buffer>;
  /** Answers of this status first, as a busy store gives them. */
  busy: number[];
  /** While set, an answer stops half-way until this settles, as over a slow line. */
  pause: Promise<void> | null;
  close(): Promise<void>;
}

const KEYS = { accessKey: 'AKIATEST', secretKey: 'secret-of-the-test' };
const REGION = 'cn-test-1';

/** An S3-compatible store in memory that checks every signature (AWS Signature Version 4, header form) and body hash. */
export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const server: S3Server = {
    settings: { endpoint: '', bucket: 'steward', region: REGION, ...KEYS },
    objects,
    busy: [],
    pause: null,
    close: () => new Promise((resolve) => listener.close(() => resolve())),
  };
  const listener = createServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      const { status, answer } = answerOf(request, body, server);
      response.writeHead(status, { 'content-length': answer.length });
      const half = Math.floor(answer.length / 2);
      response.write(answer.subarray(0, half));
      await server.pause;
      response.end(answer.subarray(half));
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  return Object.assign(server, { settings: { ...server.settings, endpoint: `http://127.0.0.1:${port}` } });
}

function answerOf(request: IncomingMessage, body: Buffer, { objects, busy }: S3Server) {
  const only = (status: number, answer: Buffer = Buffer.alloc(0)) => ({ status, answer });
  const refusal = busy.shift();
  if (refusal !== undefined) return only(refusal);
  if (!isSigned(request)) return only(403);
  const named = request.headers['x-amz-content-sha256'];
  if (named !== 'UNSIGNED-PAYLOAD' && named !== sha256(body)) return only(400);
  const key = request.url ?? '';
  const known = objects.get(key);
  if (request.method === 'PUT') objects.set(key, body);
  else if (!known) return only(404);
  if (request.method === 'DELETE') objects.delete(key);
  return request.method === 'GET' ? only(200, known) : only(request.method === 'DELETE' ? 204 : 200);
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string) => createHmac('sha256', key).update(data).digest();

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function isSigned({ method, url = '', headers }: IncomingMessage): boolean {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const match = form.exec(headers.authorization ?? '');
  if (!match) return false;
  const [, accessKey, day = '', region = '', names = '', signature = ''] = match;
  if (accessKey !== KEYS.accessKey || region !== REGION) return false;
  const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const request = [method, url, '', lines.join(''), names, headers['x-amz-content-sha256']].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(request)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${KEYS.secretKey}`);
  return timingSafeEqual(hmac(key, text), Buffer.from(signature, 'hex'));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
