import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Upload } from '../call.ts';
import type { Caller } from '../caller.ts';
import type { SecretKind } from '../capabilities.ts';
import { refuseInput } from '../errors.ts';
import { checked } from '../fields.ts';
import { contentType, filenameOf } from './media-names.ts';

/** Temporary media (pages 90253, 90254): three days, shared by the apps of the corp. */
export type MediaType = 'image' | 'voice' | 'video' | 'file';

export interface MediaFile {
  readonly type: MediaType;
  /** Shown to the people who receive it. */
  readonly filename: string;
  readonly bytes: Buffer;
}

const MB = 1024 * 1024;
const LIMITS: Readonly<Record<MediaType, { maxBytes: number; names: RegExp; kinds: string }>> = {
  image: { maxBytes: 10 * MB, names: /\.(jpe?g|png)$/i, kinds: 'jpg, png' },
  voice: { maxBytes: 2 * MB, names: /\.amr$/i, kinds: 'amr' },
  video: { maxBytes: 10 * MB, names: /\.mp4$/i, kinds: 'mp4' },
  file: { maxBytes: 20 * MB, names: /./, kinds: 'any' },
};
const UPLOAD_TOTAL_MS = 60_000;

const uploadedShape = z.looseObject({
  media_id: z.string().min(1),
  created_at: z.union([z.string(), z.number()]).transform(Number),
});

export type MediaResource = ReturnType<typeof mediaResource>;

export function mediaResource({ call, download }: Caller) {
  return {
    /** `createdAt` in epoch ms; usable for three days from then. Import files go up `by` the contacts secret. */
    async upload(file: MediaFile, by: SecretKind = 'agent'): Promise<{ mediaId: string; createdAt: number }> {
      const api = 'media/upload';
      refuseUnfit(api, file);
      const answer = await call(
        { api, by, query: { type: file.type }, upload: multipart(file), totalMs: UPLOAD_TOTAL_MS },
        uploadedShape,
      );
      return { mediaId: answer.media_id, createdAt: answer.created_at * 1000 };
    },

    /** Expired or unknown: FixData 40007. */
    async get(mediaId: string): Promise<{ bytes: Buffer; filename: string; contentType: string }> {
      const api = 'media/get';
      const query = { media_id: checked(api, z.string().min(1), mediaId, 'mediaId') };
      const wire = await download({ api, by: 'agent', query, totalMs: UPLOAD_TOTAL_MS });
      return {
        bytes: wire.body,
        filename: filenameOf(wire.headers['content-disposition'] ?? ''),
        contentType: wire.headers['content-type'] ?? 'application/octet-stream',
      };
    },
  };
}

function refuseUnfit(api: string, file: MediaFile): void {
  const limit = LIMITS[file.type];
  if (file.bytes.length <= 5) throw refuseInput(api, 'bytes', 'must be more than 5 bytes');
  if (file.bytes.length > limit.maxBytes)
    throw refuseInput(api, 'bytes', `more than ${limit.maxBytes} bytes`);
  if (!limit.names.test(file.filename))
    throw refuseInput(api, 'filename', `a ${file.type} must be ${limit.kinds}`);
}

/** By hand, because 企业微信 wants `filelength` and raw UTF-8 in `filename`, which FormData writes otherwise. */
function multipart(file: MediaFile): Upload {
  const boundary = `steward-${randomBytes(12).toString('hex')}`;
  const filename = file.filename.replace(/[\r\n"\\/]/g, '_');
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="media"; filename="${filename}"; filelength=${file.bytes.length}`,
    `Content-Type: ${contentType(filename)}`,
    '',
    '',
  ].join('\r\n');
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([Buffer.from(head, 'utf8'), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
