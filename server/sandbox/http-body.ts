import type { IncomingMessage } from 'node:http';

const MAX_BODY = 8 * 1024 * 1024;

/** The whole body as UTF-8. What goes beyond any documented limit is cut off; the rest is not JSON any more. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length <= MAX_BODY) chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
