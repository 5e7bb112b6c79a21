import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { guard, readAnswer, wireFailure } from './answer.ts';
import type { BareSpec, CallEvent } from './call.ts';
import { BadAnswer, RetryLater, TokenRejected, WeComError } from './errors.ts';
import { encodeJson } from './json.ts';
import type { Limits } from './limits.ts';
import type { Transport, WireAnswer, WireRequest } from './transport.ts';

export type Read<T> = (wire: WireAnswer) => T;

export interface Exchange {
  /** Sends once, reads the answer, tells the metrics. */
  send<T>(spec: BareSpec, token: string | undefined, read: Read<T>): Promise<T>;
  /** Runs what may refuse before any call, and tells the metrics when it does. */
  before(api: string, checks: () => Promise<void>): Promise<void>;
  /** Quotas, exchange, guard; no token. */
  bare<T>(spec: BareSpec, answer: z.ZodType<T>): Promise<T>;
  /** Answers that did not pass their guard so far, per API. */
  badAnswers(): ReadonlyMap<string, number>;
}

export interface ExchangeDeps {
  /** e.g. https://qyapi.weixin.qq.com; a trailing /cgi-bin is tolerated. */
  readonly apiBase: string;
  readonly transport: Transport;
  readonly limits: Limits;
  readonly onCall?: ((event: CallEvent) => void) | undefined;
}

export function createExchange({ apiBase, transport, limits, onCall }: ExchangeDeps): Exchange {
  const base = `${apiBase.replace(/\/+$/, '').replace(/\/cgi-bin$/, '')}/cgi-bin/`;
  const bad = new Map<string, number>();

  const tell = (api: string, error: unknown, ms: number): void =>
    onCall?.(
      error === undefined
        ? { api, errcode: 0, outcome: 'ok', ms }
        : { api, errcode: errcodeOf(error), outcome: outcomeOf(error), ms },
    );

  async function send<T>(spec: BareSpec, token: string | undefined, read: Read<T>): Promise<T> {
    const startedAt = performance.now();
    try {
      const wire = await transport.send(wireRequest(base, spec, token));
      const value = read(wire);
      tell(spec.api, undefined, performance.now() - startedAt);
      limits.succeed(spec.api);
      return value;
    } catch (cause) {
      const error = known(spec.api, cause);
      tell(spec.api, error, performance.now() - startedAt);
      throw error;
    }
  }

  function known(api: string, cause: unknown): unknown {
    if (cause instanceof TokenRejected) return cause;
    const error = cause instanceof WeComError ? cause : wireFailure(api, cause);
    if (error instanceof BadAnswer) bad.set(api, (bad.get(api) ?? 0) + 1);
    if (error.errcode !== 45009 || error.reason !== 'errcode') return error;
    const { reason, errcode, stem, hint } = error;
    return new RetryLater({ api, reason, errcode, stem, hint, retryAt: limits.close(api) });
  }

  async function before(api: string, checks: () => Promise<void>): Promise<void> {
    try {
      await checks();
    } catch (error) {
      tell(api, error, 0);
      throw error;
    }
  }

  return {
    send,
    before,
    async bare(spec, answer) {
      await before(spec.api, () => limits.admit(spec.api, spec.demands));
      const ask = () => send(spec, undefined, (wire) => guard(spec.api, answer, readAnswer(spec.api, wire)));
      return spec.isRead ? patiently(ask) : ask();
    },
    badAnswers: () => bad,
  };
}

const BUSY_PAUSES_MS = [150, 400];

/** −1 means busy; the advice is to ask again, at most three times (90313). Only for what changes nothing. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (const ms of BUSY_PAUSES_MS) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RetryLater) || error.errcode !== -1) throw error;
      await pause(ms);
    }
  }
  return ask();
}

function wireRequest(base: string, spec: BareSpec, token: string | undefined): WireRequest {
  const query = new URLSearchParams();
  if (token !== undefined) query.set('access_token', token);
  for (const [name, value] of Object.entries(spec.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  const text = query.toString();
  const url = `${base}${spec.api}${text === '' ? '' : `?${text}`}`;
  const { upload, body } = spec;
  const common = { url, totalMs: spec.totalMs, isRepeatable: spec.isRead || spec.isIdempotent };
  if (upload) return { ...common, method: 'POST', body: upload.bytes, contentType: upload.contentType };
  if (body) return { ...common, method: 'POST', body: encodeJson(body), contentType: 'application/json' };
  return { ...common, method: 'GET' };
}

function outcomeOf(error: unknown): CallEvent['outcome'] {
  if (error instanceof WeComError) return error.reason;
  return error instanceof TokenRejected ? 'token' : 'failed';
}

function errcodeOf(error: unknown): number | undefined {
  if (error instanceof WeComError) return error.errcode;
  return error instanceof TokenRejected ? error.fault.errcode : undefined;
}
