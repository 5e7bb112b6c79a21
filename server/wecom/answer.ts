import type { z } from 'zod';
import { classOf } from './error-codes.ts';
import { BadAnswer, errorOf, FixData, FixPermission, Refused, RetryLater, TokenRejected } from './errors.ts';
import type { Fault, WeComError } from './errors.ts';
import { readErrmsg } from './errmsg.ts';
import { parseJson } from './json.ts';
import { WireError } from './transport.ts';
import type { WireAnswer } from './transport.ts';

/**
 * From what came over the wire to the answer's object, or to one of the errors. Business errors come with HTTP 200;
 * an answer is a failure if and only if `errcode` exists and is not zero.
 */
export function readAnswer(api: string, wire: WireAnswer): Record<string, unknown> {
  const body = parseBody(wire.body);
  const errcode = body === undefined ? undefined : errcodeOf(body);
  if (body !== undefined && errcode !== undefined && errcode !== 0)
    throw refusal(api, errcode, body['errmsg']);
  if (wire.status < 200 || wire.status > 299) throw statusError(api, wire.status);
  if (body === undefined) throw new RetryLater({ api, reason: 'not_json', maybeSent: true });
  refusePartlyUnderstood(api, body);
  return body;
}

/** A file, unless the body is an error in JSON (a stored .json file carries a file name in its headers). */
export function readFileAnswer(api: string, wire: WireAnswer): WireAnswer {
  const isFile = wire.status === 200 && wire.headers['content-disposition'] !== undefined;
  if (!isFile) {
    readAnswer(api, wire);
    throw new BadAnswer({ api, reason: 'bad_answer', stem: 'neither a file nor an error' });
  }
  return wire;
}

/** Every answer passes its guard at the border; unknown fields pass too. Names paths, never values. */
export function guard<T>(api: string, shape: z.ZodType<T>, body: unknown): T {
  const result = shape.safeParse(body);
  if (result.success) return result.data;
  const where = result.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')} ${issue.code}`);
  throw new BadAnswer({ api, reason: 'bad_answer', stem: where.join(', '), maybeSent: true });
}

/** What went wrong below HTTP. A connection that stood may have carried the request. */
export function wireFailure(api: string, error: unknown): WeComError {
  if (!(error instanceof WireError)) throw error;
  const fault: Fault = { api, reason: 'dropped', stem: error.code, maybeSent: error.written };
  switch (error.failure) {
    case 'timeout':
      return new RetryLater({ ...fault, reason: 'timeout' });
    case 'unreachable':
      return new RetryLater({ ...fault, reason: 'unreachable' });
    case 'too_large':
      return new Refused({ ...fault, reason: 'bad_answer', stem: 'larger than the limit' });
    case 'dropped':
      return new RetryLater(fault);
  }
}

function parseBody(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value = parseJson(body.toString('utf8').replace(/^\uFEFF/, ''));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function errcodeOf(body: Record<string, unknown>): number | undefined {
  const value = body['errcode'];
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

function refusal(api: string, errcode: number, errmsg: unknown): WeComError | TokenRejected {
  const { stem, hint, ip } = readErrmsg(errmsg);
  // 60020 is cured by adding exactly this address to 企业可信IP, so it is worth telling; elsewhere it is not.
  const fault: Fault = {
    api,
    reason: 'errcode',
    errcode,
    stem,
    hint,
    ip: errcode === 60020 ? ip : undefined,
  };
  const handling = classOf(errcode);
  return handling === 'token' ? new TokenRejected(fault) : errorOf(handling, fault);
}

function statusError(api: string, status: number): WeComError {
  const fault: Fault = { api, reason: 'http', stem: `HTTP ${status}` };
  if (status === 429) return new RetryLater(fault);
  if (status >= 500) return new RetryLater({ ...fault, maybeSent: true });
  if (status === 413) return new FixData(fault);
  // 404: this server (private deployment, wrong base) has no such API. 3xx, 401, 403: something stands in between.
  if (status === 404 || status === 401 || status === 403 || (status >= 300 && status < 400)) {
    return new FixPermission(fault);
  }
  return new Refused(fault);
}

/** The one place where errmsg counts (90313): ill-typed fields were dropped although errcode is 0. */
function refusePartlyUnderstood(api: string, body: Record<string, unknown>): void {
  const errmsg = body['errmsg'];
  if (typeof errmsg !== 'string' || !errmsg.includes('wrong json format')) return;
  throw new FixData({
    api,
    reason: 'partly_understood',
    errcode: 0,
    stem: 'wrong json format',
    maybeSent: true,
  });
}
