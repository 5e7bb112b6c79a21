import type { Context } from 'koa';
import type { z } from 'zod';
import { AppError, badRequest } from '../../kernel/errors.ts';

export type Words = (code: string, data: Readonly<Record<string, unknown>>, language: 'zh' | 'en') => string;

/** Any thrown value as an AppError; what is not ours becomes `http.internal` and is logged by the caller. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { status, httpCode, code } = (error ?? {}) as { status?: number; httpCode?: number; code?: unknown };
  // zlib's errors carry no status, formidable's carry `httpCode`.
  if (typeof code === 'string' && code.startsWith('Z_')) return badRequest('http.bad_request');
  const http = status ?? httpCode;
  if (http === 413) return new AppError('http.too_large', { status: 413 });
  if (http === 415) return new AppError('http.unsupported_type', { status: 415 });
  if (typeof http === 'number' && http >= 400 && http < 500) return badRequest('http.bad_request');
  return new AppError('http.internal', { status: 500, cause: error });
}

/** A part of the request as its contract reads it. @throws badRequest `http.bad_request` naming the fields */
export function readPart(schema: z.ZodType | undefined, value: unknown): unknown {
  const read = schema?.safeParse(value);
  if (!read || read.success) return read?.data;
  throw badRequest('http.bad_request', {
    fields: read.error.issues.slice(0, 20).map((issue) => issue.path.join('.')),
  });
}

/** RFC 9457. `title` is ready to show in the reader's language; `code` is for programs. */
export function answerProblem(ctx: Context, error: AppError, words: Words, requestId: string): void {
  const language = ctx.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh';
  ctx.status = error.status;
  ctx.set('Cache-Control', 'no-store');
  if (error.status === 429) ctx.set('Retry-After', String(error.data.seconds));
  ctx.body = JSON.stringify({
    type: 'about:blank',
    title: words(error.code, error.data, language),
    status: error.status,
    code: error.code,
    data: error.data,
    requestId,
  });
  ctx.type = 'application/problem+json';
}
