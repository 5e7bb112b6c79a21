import type { Context } from 'koa';
import type { z } from 'zod';
import { readText } from '../http-body.ts';
import { ControlRefusal } from './errors.ts';

/** Query and body of a control request. */

type Handle = (ctx: Context, params: Readonly<Record<string, string>>) => unknown;
export type On = (method: 'get' | 'post' | 'delete', path: string, handle: Handle) => void;

export const text = (ctx: Context, key: string): string | null =>
  new URL(ctx.url, 'http://sandbox').searchParams.get(key);

export function number(ctx: Context, key: string, absent: number): number {
  const given = text(ctx, key);
  return given !== null && /^\d{1,9}$/.test(given) ? Number(given) : absent;
}

/** An empty body counts as `{}`. */
export async function body<T extends z.ZodType>(ctx: Context, schema: T): Promise<z.output<T>> {
  const given = await readText(ctx.req);
  const parsed = schema.safeParse(given.trim() === '' ? {} : parseJson(given));
  if (parsed.success) return parsed.data;
  throw new ControlRefusal(422, 'body', `请求不对：${parsed.error.issues[0]?.path.join('.') ?? ''}`);
}

function parseJson(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    throw new ControlRefusal(400, 'json', '请求不是 JSON');
  }
}
