import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import { contentHash, placeOf, type BlobStore } from './blob-store.ts';

export interface S3Settings {
  /** Without a path: `https://minio.example.edu.cn:9000`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** From the request, 20 MB over a slow line included, to the head of the answer. */
const TIMEOUT_MS = 60_000;
const RETRIES = 3;

/**
 * An S3-compatible store (MinIO, Ceph, 对象存储 of the clouds), addressed as `endpoint/bucket/ab/abcd…`, which all of
 * them understand. Busy answers (429, 5xx) are asked again a few times.
 */
export function createS3Store({ endpoint, bucket, region, accessKey, secretKey }: S3Settings): BlobStore {
  const client = new AwsClient({
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    region,
    service: 's3',
    retries: RETRIES,
  });
  const urlOf = (hash: string): string => `${endpoint}/${encodeURIComponent(bucket)}/${placeOf(hash)}`;
  const send = (method: string, hash: string, init: RequestInit = {}): Promise<Response> => {
    const url = urlOf(hash);
    return untilAnswered((signal) => client.fetch(url, { ...init, method, signal }));
  };
  return {
    async put(bytes) {
      const hash = contentHash(bytes);
      // The hash is signed too: what arrives damaged is refused by the store.
      const headers = { 'x-amz-content-sha256': hash, 'content-type': 'application/octet-stream' };
      mustBeOk(await send('PUT', hash, { body: new Uint8Array(bytes), headers }), 'PUT');
      return hash;
    },
    async open(hash) {
      const answer = mustBeOk(await send('GET', hash), 'GET');
      if (!answer.body) throw new Error('the file store answered without a body');
      const stream = Readable.fromWeb(answer.body as ReadableStream);
      return { stream, size: Number(answer.headers.get('content-length')) };
    },
    async has(hash) {
      const answer = await send('HEAD', hash);
      if (answer.status === 404) return false;
      mustBeOk(answer, 'HEAD');
      return true;
    },
    async remove(hash) {
      const answer = await send('DELETE', hash);
      if (answer.status !== 404) mustBeOk(answer, 'DELETE');
    },
  };
}

/** The body streams at the reader's pace; one that falls silent is given up by fetch itself after five minutes. */
async function untilAnswered(ask: (signal: AbortSignal) => Promise<Response>): Promise<Response> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), TIMEOUT_MS);
  try {
    return await ask(giveUp.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** What the store says about a refusal may name keys, so only its status is told. */
function mustBeOk(answer: Response, method: string): Response {
  if (!answer.ok) throw new Error(`the file store answered ${method} with ${answer.status}`);
  return answer;
}
