import type { IncomingMessage } from 'node:http';
import { AppError } from '../../kernel/errors.ts';

/**
 * The raw bytes of a request, bounded in size and time; for entrances that must see them unparsed.
 * @throws AppError `http.too_large` (413), `http.too_slow` (408)
 */
export function readBody(request: IncomingMessage, limit: number, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const fail = (code: string, status: number) => {
      finish();
      // The rest is not read; the connection closes with the answer.
      request.pause();
      reject(new AppError(code, { status }));
    };
    const timer = setTimeout(() => fail('http.too_slow', 408), timeoutMs);
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) fail('http.too_large', 413);
      else chunks.push(chunk);
    };
    const onEnd = () => {
      finish();
      resolve(Buffer.concat(chunks));
    };
    const onError = () => fail('http.bad_request', 400);
    const finish = () => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onError).off('aborted', onError);
    };
    request.on('data', onData).on('end', onEnd).on('error', onError).on('aborted', onError);
  });
}
