import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'koa';
import { koaBody } from 'koa-body';
import { badRequest } from '../../kernel/errors.ts';

export const UPLOAD_LIMIT = 20 * 1024 * 1024;

interface Uploaded {
  readonly filepath: string;
  readonly originalFilename: string | null;
}

/**
 * The one file of the multipart field `file`, at most 20 MB. Its temporary folder goes with it, whatever else was sent or broke off.
 * @throws badRequest `files.missing`; `http.too_large`
 */
export async function readUpload(ctx: Context): Promise<{ bytes: Buffer; originalFilename: string | null }> {
  const folder = await mkdtemp(join(tmpdir(), 'steward-upload-'));
  try {
    await multipart(folder)(ctx as never, () => Promise.resolve());
    const { filepath, originalFilename } = uploadedFile(ctx);
    return { bytes: await readFile(filepath), originalFilename };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const multipart = (uploadDir: string) =>
  koaBody({
    json: false,
    urlencoded: false,
    text: false,
    multipart: true,
    formidable: {
      uploadDir,
      maxFiles: 1,
      maxFileSize: UPLOAD_LIMIT,
      maxTotalFileSize: UPLOAD_LIMIT,
      maxFields: 5,
      maxFieldsSize: 10_000,
      allowEmptyFiles: false,
    },
  });

function uploadedFile(ctx: Context): Uploaded {
  const { files } = ctx.request as unknown as { files?: Record<string, Uploaded | Uploaded[]> };
  const sent = files?.file;
  if (!sent || Array.isArray(sent)) throw badRequest('files.missing');
  return sent;
}
