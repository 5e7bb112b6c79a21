import { DAY, HOUR } from '../limits.ts';
import type { Rule } from '../limits.ts';
import type { Media } from '../state/data.ts';
import { opaque } from '../state/ids.ts';
import type { World } from '../world.ts';
import { Download, get, post } from './call.ts';
import type { ApiCall, ApiRoute, UploadedFile } from './call.ts';
import { fail } from './envelope.ts';

export const mediaRoutes: ApiRoute[] = [
  post('media/upload', 'both', (call) => upload(call, null), { upload: true }),
  post('webhook/upload_media', 'key', webhookUpload, { upload: true }),
  post('media/uploadimg', 'both', uploadImage, { upload: true }),
  get('media/get', 'both', download),
];

const MB = 1024 * 1024;
export const LIFE_OF_MEDIA = 3 * DAY;

/** Page 90253: sizes and formats. */
const KINDS: Readonly<Record<Media['type'], { max: number; tooLarge: number; formats: RegExp | null }>> = {
  image: { max: 10 * MB, tooLarge: 40009, formats: /\.(jpe?g|png)$/i },
  voice: { max: 2 * MB, tooLarge: 45001, formats: /\.amr$/i },
  video: { max: 10 * MB, tooLarge: 40011, formats: /\.mp4$/i },
  file: { max: 20 * MB, tooLarge: 45001, formats: null },
};

const isKind = (type: string): type is Media['type'] => Object.hasOwn(KINDS, type);

function checkedFile(call: ApiCall, field: string | null): UploadedFile {
  const { file } = call;
  if (file === null || (field !== null && file.field !== field)) throw fail(44001);
  // "Every file must be larger than 5 bytes": an empty one is 44001, a tiny one 40006.
  if (file.bytes.length === 0) throw fail(44001);
  if (file.bytes.length <= 5) throw fail(40006);
  return file;
}

function upload(call: ApiCall, webhookKey: string | null): Record<string, unknown> {
  const type = call.query['type'] ?? '';
  if (!isKind(type)) throw fail(40004);
  const file = checkedFile(call, 'media');
  const { max, tooLarge, formats } = KINDS[type];
  if (file.bytes.length > max) throw fail(tooLarge);
  if (file.filename === '' || (formats !== null && !formats.test(file.filename))) throw fail(40005);
  const media = keep(call.world, file, type, LIFE_OF_MEDIA, webhookKey);
  call.note(`${file.filename}，${file.bytes.length} 字节`);
  const createdAt = String(Math.floor(call.now / 1000));
  return { errmsg: 'ok', type, media_id: media.id, created_at: createdAt };
}

export function keep(
  world: World,
  file: Pick<UploadedFile, 'filename' | 'contentType' | 'bytes'>,
  type: Media['type'],
  lifeMs: number | null,
  webhookKey: string | null = null,
): Media {
  const media: Media = {
    id: opaque(48),
    type,
    filename: file.filename,
    contentType: file.contentType,
    bytes: file.bytes,
    createdAt: world.now(),
    expiresAt: lifeMs === null ? null : world.now() + lifeMs,
    webhookKey,
  };
  world.data.media.set(media.id, media);
  return media;
}

/** The file is looked at before the key (probe of 2026-09-11). */
function webhookUpload(call: ApiCall): Record<string, unknown> {
  const type = call.query['type'];
  if (type !== 'file' && type !== 'voice') throw fail(40004);
  checkedFile(call, 'media');
  const key = call.query['key'] ?? '';
  if (!call.world.settings.webhookKeys.includes(key)) throw fail(93000);
  return upload(call, key);
}

const IMAGE_RULES: readonly Rule[] = [
  { window: 'day', max: 1000 },
  { window: 'month', max: 3000 },
];

/** Permanent picture, 5 bytes to 2 MB. */
function uploadImage(call: ApiCall): Record<string, unknown> {
  const file = checkedFile(call, null);
  if (file.bytes.length > 2 * MB) throw fail(40009);
  if (!/\.(jpe?g|png)$/i.test(file.filename)) throw fail(40005);
  if (!call.world.limits.take('uploadimg', IMAGE_RULES)) throw fail(45009);
  const media = keep(call.world, file, 'image', null);
  return { url: `${call.world.url}/sandbox/media/${media.id}` };
}

export function findMedia(world: World, id: string): Media | undefined {
  const media = world.data.media.get(id);
  if (media === undefined || (media.expiresAt !== null && media.expiresAt <= world.now())) return undefined;
  return media;
}

/** Page 90254: over 20 MB only by Range. */
function download(call: ApiCall): Download {
  const id = call.query['media_id'] ?? '';
  if (id === '') throw fail(41006);
  const media = findMedia(call.world, id);
  if (media === undefined || media.webhookKey !== null) throw fail(40007);
  const headers = {
    'Content-Type': media.contentType,
    'Content-disposition': `attachment; filename="${encodeURIComponent(media.filename)}"`,
    'Accept-Ranges': 'bytes',
  };
  const range = call.range === null ? null : rangeOf(call.range, media.bytes.length);
  if (range === null) {
    if (media.bytes.length > 20 * MB) throw fail(830002);
    return new Download(media.bytes, headers);
  }
  const { from, end } = range;
  const content = { ...headers, 'Content-Range': `bytes ${from}-${end - 1}/${media.bytes.length}` };
  return new Download(media.bytes.subarray(from, end), content, 206);
}

function rangeOf(header: string, size: number): { from: number; end: number } {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header.trim());
  if (match === null) throw fail(40146);
  const from = Number(match[1]);
  const end = match[2] === '' ? size : Math.min(size, Number(match[2]) + 1);
  if (from >= end) throw fail(40146);
  if (end - from > 20 * MB) throw fail(830002);
  return { from, end };
}

/** Media whose time is long over is forgotten, so that a long demo does not grow. */
export function forgetOldMedia(world: World): void {
  for (const [id, { expiresAt }] of world.data.media) {
    if (expiresAt !== null && expiresAt < world.now() - HOUR) world.data.media.delete(id);
  }
}
