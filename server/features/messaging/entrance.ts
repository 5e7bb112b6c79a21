import type { Context, Middleware } from 'koa';
import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { readBody } from '../../platform/http/read-body.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { CallbackCrypto } from '../../wecom/callback/index.ts';
import type { CallbackEvent } from '../../wecom/callback/index.ts';
import { MAX_BODY_BYTES, openCallback, type OpenedCallback } from '../../wecom/callback/index.ts';
import { CallbackRefused } from '../../wecom/callback/index.ts';
import { passiveReply, type PassiveReply } from '../../wecom/callback/index.ts';

export interface Entrance {
  /** `app` or `contacts`: the last part of the path. */
  readonly name: string;
  readonly crypto: CallbackCrypto;
}

export interface EntranceDeps {
  readonly entrances: readonly Entrance[];
  readonly corpId: string;
  readonly clock: Clock;
  readonly maxSkewMs: number;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Keep the event; resolves when it is durable. */
  readonly store: (entrance: string, opened: OpenedEvent) => Promise<void>;
  /**
   * Act on it; resolves with what the member sees at once. `replied` tells later whether that left in time.
   */
  readonly handle: (
    entrance: string,
    opened: OpenedEvent,
    replied: Promise<boolean>,
  ) => Promise<PassiveReply | null>;
}

export type OpenedEvent = Extract<OpenedCallback, { kind: 'event' }>;

const PREFIX = '/wecom/callback/';
const BODY_TIMEOUT_MS = 5_000;
/** 企业微信 hangs up after five seconds; whatever is not ready by then comes as a card update. */
const REPLY_WITHIN_MS = 4_000;

const ANSWERED = new Set<CallbackEvent['kind']>(['cardTapped', 'cardMenuTapped', 'text', 'menuClick']);

/** GET and POST /wecom/callback/:entrance — no session, no parser, no detail in a refusal. */
export function callbackEntrance(deps: EntranceDeps): Middleware {
  const byName = new Map(deps.entrances.map((entrance) => [entrance.name, entrance]));
  return async (ctx, next) => {
    if (!ctx.path.startsWith(PREFIX)) return next();
    ctx.state.route = `${PREFIX}:entrance`;
    const entrance = byName.get(ctx.path.slice(PREFIX.length));
    if (!entrance) return refuse(ctx, deps, 'unknown', 404, 'path');
    try {
      await receive(ctx, deps, entrance);
    } catch (error) {
      const { status, reason } = refusalOf(error);
      if (status === null) throw error;
      refuse(ctx, deps, entrance.name, status, reason);
    }
    return undefined;
  };
}

async function receive(ctx: Context, deps: EntranceDeps, entrance: Entrance): Promise<void> {
  const encoding = ctx.get('Content-Encoding');
  if (encoding !== '' && encoding !== 'identity') throw new CallbackRefused('content_type');
  const body = ctx.method === 'POST' ? await readBody(ctx.req, MAX_BODY_BYTES, BODY_TIMEOUT_MS) : null;
  const opened = openCallback(
    { method: ctx.method, query: ctx.querystring, body, contentType: ctx.get('Content-Type') || null },
    { crypto: entrance.crypto, now: deps.clock.now(), maxSkewMs: deps.maxSkewMs },
  );
  ctx.status = 200;
  if (opened.kind === 'verify') {
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = opened.echo;
    return;
  }
  await deps.store(entrance.name, opened);
  deps.metrics.callback.inc({ entrance: entrance.name, outcome: 'stored' });
  let tell: (replied: boolean) => void = () => undefined;
  const replied = new Promise<boolean>((resolve) => (tell = resolve));
  const reply = await answerInTime(deps, entrance, opened, replied);
  ctx.type = 'text/xml; charset=utf-8';
  ctx.body = reply ?? '';
  if (reply === null) return tell(false);
  ctx.res.once('finish', () => tell(true)).once('close', () => tell(false));
}

/** The sealed reply; null when there is none, or none in time. */
async function answerInTime(
  deps: EntranceDeps,
  entrance: Entrance,
  opened: OpenedEvent,
  replied: Promise<boolean>,
): Promise<string | null> {
  const seal = (reply: PassiveReply | null): string | null =>
    reply &&
    passiveReply(entrance.crypto, reply, {
      toUser: opened.event.fromUser,
      corpId: deps.corpId,
      now: deps.clock.now(),
    });
  const work = deps
    .handle(entrance.name, opened, replied)
    .then(seal)
    .catch((error: unknown) => {
      deps.log.error({ kind: opened.event.kind, err: error }, 'callback answered without its reply');
      return null;
    });
  if (!ANSWERED.has(opened.event.kind)) return null;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), REPLY_WITHIN_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function refusalOf(error: unknown): { status: number | null; reason: string } {
  if (error instanceof CallbackRefused) return { status: error.status, reason: error.reason };
  if (error instanceof AppError && error.status < 500) return { status: error.status, reason: error.code };
  return { status: null, reason: '' };
}

function refuse(ctx: Context, deps: EntranceDeps, entrance: string, status: number, reason: string): void {
  deps.metrics.callback.inc({ entrance, outcome: 'refused' });
  deps.log.warn({ entrance, reason }, 'callback refused');
  ctx.status = status;
  ctx.body = '';
  if (status === 405) ctx.set('Allow', 'GET, POST');
  if (!ctx.req.complete) ctx.set('Connection', 'close');
}
