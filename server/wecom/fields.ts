import { z } from 'zod';
import { byteLength, charLength } from './cut.ts';
import { refuseInput } from './errors.ts';
import { isUserid, splitBars, useridKey } from './userid.ts';

/** Words for the fields of requests and answers. Requests are checked before the call, so a faulty one costs none. */
export const chars = (min: number, max: number) =>
  z.string().refine((text) => charLength(text) >= min && charLength(text) <= max, `${min}–${max} characters`);

export const bytes = (min: number, max: number) =>
  z.string().refine((text) => byteLength(text) >= min && byteLength(text) <= max, `${min}–${max} bytes`);

export const userid = z.string().refine(isUserid, 'not a userid');

/** Departments and tags are numbered in 32 bits. */
export const nodeId = z
  .int()
  .min(1)
  .max(2 ** 32 - 1);

export const tagId = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);

/** Larger sorts first; [0, 2^32). */
export const sortValue = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);

/** 0 or 1, as 企业微信 writes yes and no. */
export const flag = z.union([z.literal(0), z.literal(1)]);

export const webUrl = (maxBytes: number) =>
  z
    .string()
    .refine(
      (text) => /^https?:\/\/\S+$/i.test(text) && byteLength(text) <= maxBytes,
      `http(s), ≤ ${maxBytes} bytes`,
    );

/** Throws FixData naming the first faulty field (below `field`, for single values) and never its value. */
export function checked<T>(api: string, shape: z.ZodType<T, unknown>, value: unknown, field?: string): T {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = [...(field === undefined ? [] : [field]), ...(issue?.path ?? [])].join('.');
  throw refuseInput(api, path || 'request', issue?.message ?? 'invalid');
}

/** Answers leave lists out when they are empty, or send null. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((list): z.output<T>[] => list ?? []);

/** `a|b` in an answer, split, lower-cased for comparing (B1). */
export const barredUserids = z
  .string()
  .nullish()
  .transform((text) => splitBars(text ?? '').map(useridKey));

export const barredIds = z
  .string()
  .nullish()
  .transform((text) => splitBars(text ?? '').map(Number));

/** An id that may come as a number or, beyond 2^53, as the string the parser kept. */
export const idText = z.union([z.string(), z.number()]).transform(String);

export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** For calls that answer nothing but errcode and errmsg. */
export const nothing = z.looseObject({}).transform((): void => undefined);
