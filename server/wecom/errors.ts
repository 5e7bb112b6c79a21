import { AppError } from '../kernel/errors.ts';
import type { Handling } from './error-codes.ts';

/**
 * Why a call did not do its work.
 * `errcode` 企业微信 refused · `timeout`, `dropped` no (whole) answer · `unreachable` never connected · `http`
 * a status without errcode · `not_json` · `bad_answer` the answer does not pass its guard · `partly_understood`
 * errcode 0 with "Warning: wrong json format." · refused before any call: `quota` budget empty, `closed`
 * 45009 block still running or credential stopped, `input`, `capability`.
 */
export type Reason =
  | 'errcode'
  | 'timeout'
  | 'dropped'
  | 'unreachable'
  | 'http'
  | 'not_json'
  | 'bad_answer'
  | 'partly_understood'
  | 'quota'
  | 'closed'
  | 'input'
  | 'capability';

export interface LateMember {
  readonly userid: string;
  /** Epoch ms from which the member's budget has room again. */
  readonly retryAt: number;
}

/** What is known about a failure. Holds no token, secret, request content or personal data. */
export interface Fault {
  /** Path below /cgi-bin, e.g. `message/send`. */
  readonly api: string;
  readonly reason: Reason;
  readonly errcode?: number | undefined;
  /** errmsg up to its `hint:`, with addresses and long numbers masked; for people, never branched on. */
  readonly stem?: string | undefined;
  /** The id 企业微信's support asks for. */
  readonly hint?: string | undefined;
  /** Only for 60020: the address to add to 企业可信IP. */
  readonly ip?: string | undefined;
  /** True when 企业微信 may have carried out the call although no clear answer came back. */
  readonly maybeSent?: boolean | undefined;
  /** Epoch ms before which trying again is pointless; absent when unknown. */
  readonly retryAt?: number | undefined;
  /** For sends: the members whose own budget is used up. */
  readonly later?: readonly LateMember[] | undefined;
}

/**
 * Every failure of this room. `handling` decides what a job does next (D7); `maybeSent` must be looked at before
 * message/send is repeated, because 企业微信 knows no idempotency key.
 */
export class WeComError extends AppError {
  readonly handling: Handling;
  readonly api: string;
  readonly reason: Reason;
  readonly errcode: number | undefined;
  readonly stem: string | undefined;
  readonly hint: string | undefined;
  readonly ip: string | undefined;
  readonly maybeSent: boolean;
  readonly retryAt: number | undefined;
  readonly later: readonly LateMember[];

  constructor(code: string, status: number, handling: Handling, fault: Fault) {
    super(code, { status, data: { api: fault.api, reason: fault.reason, errcode: fault.errcode ?? '—' } });
    this.message = describe(code, fault);
    this.handling = handling;
    this.api = fault.api;
    this.reason = fault.reason;
    this.errcode = fault.errcode;
    this.stem = fault.stem;
    this.hint = fault.hint;
    this.ip = fault.ip;
    this.maybeSent = fault.maybeSent ?? false;
    this.retryAt = fault.retryAt;
    this.later = fault.later ?? [];
  }
}

function describe(code: string, fault: Fault): string {
  const number = fault.errcode === undefined ? fault.reason : `${fault.reason} ${fault.errcode}`;
  return `${code}: ${fault.api} ${number}${fault.stem ? ` (${fault.stem})` : ''}`;
}

/** Same request, later: `retryAt` when known, growing pauses otherwise. */
export class RetryLater extends WeComError {
  constructor(fault: Fault) {
    super('wecom.retry_later', 503, 'retryLater', fault);
  }
}

/** The content or target of this one request is wrong. */
export class FixData extends WeComError {
  constructor(fault: Fault) {
    super('wecom.fix_data', 422, 'fixData', fault);
  }
}

/** An administrator has to grant or configure something. */
export class FixPermission extends WeComError {
  constructor(fault: Fault) {
    super('wecom.fix_permission', 502, 'fixPermission', fault);
  }
}

/** The credential itself is refused; every call with it is refused locally until reset or probe. */
export class StopAll extends WeComError {
  constructor(fault: Fault) {
    super('wecom.stopped', 503, 'stopAll', fault);
  }
}

/** Refused for a reason this table does not know (raw errcode kept), or by a status no retry will change. */
export class Refused extends WeComError {
  constructor(fault: Fault) {
    super('wecom.refused', 502, 'permanent', fault);
  }
}

/** 企业微信 answered, but not in the documented shape; a write has probably happened. */
export class BadAnswer extends WeComError {
  constructor(fault: Fault) {
    super('wecom.bad_answer', 502, 'permanent', fault);
  }
}

/** Internal: 40014 or 42001. The token manager turns it into a refresh and one replay. */
export class TokenRejected extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(`token refused: ${fault.api} ${fault.errcode ?? ''}`);
    this.fault = fault;
  }
}

export function errorOf(handling: Handling, fault: Fault): WeComError {
  switch (handling) {
    case 'retryLater':
      return new RetryLater(fault);
    case 'fixData':
      return new FixData(fault);
    case 'fixPermission':
      return new FixPermission(fault);
    case 'stopAll':
      return new StopAll(fault);
    case 'permanent':
      return new Refused(fault);
  }
}

/** Refuses a request before any call because of one of its fields. Names the field, never its value. */
export const refuseInput = (api: string, field: string, why: string): FixData =>
  new FixData({ api, reason: 'input', stem: `${field}: ${why}` });
