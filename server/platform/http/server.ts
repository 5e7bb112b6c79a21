import Router from '@koa/router';
import Koa, { type Context, type Middleware } from 'koa';
import { koaBody } from 'koa-body';
import type { PersonActor } from '../../kernel/actor.ts';
import { AppError, forbidden, notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { answerProblem, readPart, toAppError, type Words } from './problem.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Method, RequestInfo, Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import type { Session, Sessions } from './session.ts';
import type { StaticFiles } from './static-files.ts';

export interface Authenticated {
  readonly actor: PersonActor;
  readonly session: Session;
}

export interface HttpOptions {
  readonly routes: readonly Route[];
  /** Entrances that read the raw request themselves (callbacks), before any session or limit per person. */
  readonly entrances?: readonly Middleware[];
  readonly sessions: Sessions;
  /** The person behind the session, or null when there is none or it was revoked. */
  readonly authenticate: (ctx: Context, request: RequestInfo) => Promise<Authenticated | null>;
  readonly words: Words;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly limits: RateLimits;
  readonly statics: StaticFiles;
  /** Paths of the single page: served index.html. */
  readonly page: (path: string) => string | null;
  readonly ready: () => Promise<{ ok: boolean; parts: Record<string, boolean> }>;
  /** How many proxies in front of us are trusted to name the client's address. */
  readonly trustedHops: number;
  readonly secure: boolean;
  /** Origins that may frame the pages besides ourselves (the sandbox phone). */
  readonly frameAncestors?: readonly string[];
  /** In tests an answer that breaks its contract fails; in production it is logged. */
  readonly strictAnswers: boolean;
}

const JSON_LIMIT = 256 * 1024;
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

interface State {
  request: RequestInfo;
  route: string;
}

/** The Koa application: what every request passes, in the order it passes it. */
export function createHttp(options: HttpOptions): Koa {
  const app = new Koa({ proxy: options.trustedHops > 0, maxIpsCount: options.trustedHops });
  app.on('error', (error: unknown) => options.log.warn({ error: String(error) }, 'connection error'));
  app.use(observe(options));
  // Callbacks are read by 企业微信's servers, not by browsers: headers for browsers would only cost there.
  for (const entrance of options.entrances ?? []) app.use(entrance);
  app.use(securityHeaders(options));
  app.use(operations(options));
  app.use(pages(options));
  app.use(createRouter(options).routes());
  app.use(nothingHere);
  return app;
}

/** No route took it: the path is unknown, or known for other methods. */
function nothingHere(ctx: Context): never {
  const { matched = [] } = ctx as { matched?: readonly { readonly methods: readonly string[] }[] };
  const allowed = new Set(matched.flatMap((layer) => layer.methods));
  if (allowed.size === 0) throw notFound('http.not_found');
  ctx.set('Allow', [...allowed].sort().join(', '));
  throw new AppError('http.method_not_allowed', { status: 405 });
}

/** Request id, time, log line, metrics, and every failure turned into a problem answer. */
function observe({ log, metrics, words, secure }: HttpOptions): Middleware {
  return async (ctx, next) => {
    const requestId = newId();
    // Whether members come by https is a setting; the proxy in front of us speaks http to us.
    ctx.cookies.secure = secure;
    const state: State = { request: { requestId, address: ctx.ip }, route: 'none' };
    ctx.state = state;
    ctx.set('X-Request-Id', requestId);
    const began = performance.now();
    try {
      await next();
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.status >= 500)
        log.error({ requestId, code: error.code, err: error.cause ?? error }, 'request failed');
      answerProblem(ctx, error, words, requestId);
      dismissBody(ctx, error.status);
    }
    const seconds = (performance.now() - began) / 1000;
    metrics.request.observe({ method: ctx.method, route: state.route, status: String(ctx.status) }, seconds);
    log.debug(
      { requestId, method: ctx.method, path: ctx.path, status: ctx.status, ms: Math.round(seconds * 1000) },
      'request',
    );
  };
}

/**
 * What is left of a body that was not read. Too large or too slow: the connection ends. Otherwise it is read off,
 * because a proxy that is still sending would take a closed connection for a broken server (502).
 */
function dismissBody(ctx: Context, status: number): void {
  if (ctx.req.complete) return;
  if (status === 413 || status === 408) ctx.set('Connection', 'close');
  else ctx.req.resume();
}

/** For the operator: alive, ready, metrics. */
function operations({ ready, metrics }: HttpOptions): Middleware {
  return async (ctx, next) => {
    if (ctx.path === '/healthz') {
      ctx.body = { ok: true };
    } else if (ctx.path === '/readyz') {
      const answer = await ready();
      ctx.status = answer.ok ? 200 : 503;
      ctx.body = answer;
    } else if (ctx.path === '/metrics') {
      ctx.type = metrics.registry.contentType;
      ctx.body = await metrics.registry.metrics();
    } else {
      await next();
      return;
    }
    ctx.set('Cache-Control', 'no-store');
  };
}

function pages({ statics, page }: HttpOptions): Middleware {
  return async (ctx, next) => {
    if (ctx.path.startsWith('/api/')) return next();
    if (statics.serve(ctx, ctx.path)) return undefined;
    const file = page(ctx.path);
    if (file !== null && statics.serve(ctx, file)) return undefined;
    return next();
  };
}

function createRouter(options: HttpOptions): Router {
  const router = new Router();
  for (const route of options.routes) {
    router[route.method as Method](route.path, async (ctx: Context) => {
      (ctx.state as State).route = route.path;
      await runRoute(ctx, route, options);
    });
  }
  return router;
}

async function runRoute(ctx: Context, route: Route, options: HttpOptions): Promise<void> {
  const { request } = ctx.state as State;
  await options.limits.byAddress(request.address);
  const who = await options.authenticate(ctx, request);
  if (who) await options.limits.byPerson(who.actor.personId);
  if (route.auth === 'person' && !who) throw new AppError('http.not_signed_in', { status: 401 });
  if (who && WRITES.has(ctx.method)) checkCsrf(ctx, who.session, options.sessions);
  const answer = await route.handle({
    actor: who?.actor ?? null,
    params: readPart(route.params, (ctx as unknown as { params: unknown }).params),
    query: readPart(route.query, { ...ctx.query }),
    body: route.body && readPart(route.body, await jsonBody(ctx, route)),
    request,
    ctx,
  });
  if (!route.answer) return;
  ctx.set('Cache-Control', 'no-store');
  ctx.type = 'application/json';
  ctx.body = JSON.stringify(guard(route, answer, options));
}

/** The contract is real: a field nobody declared does not leave the building. */
function guard(route: Route, answer: unknown, { strictAnswers, log }: HttpOptions): unknown {
  const parsed = route.answer?.safeParse(answer);
  if (!parsed || parsed.success) return parsed?.data ?? null;
  if (strictAnswers) throw parsed.error;
  log.error(
    { route: route.path, issues: parsed.error.issues.slice(0, 5).map((i) => i.path.join('.')) },
    'answer breaks its contract',
  );
  throw new AppError('http.internal', { status: 500, cause: parsed.error });
}

function checkCsrf(ctx: Context, session: Session, sessions: Sessions): void {
  const site = ctx.get('Sec-Fetch-Site');
  const crossSite = site !== '' && site !== 'same-origin' && site !== 'none';
  if (crossSite || !sessions.isCsrfToken(session, ctx.get('x-csrf-token'))) throw forbidden('http.csrf');
}

const parseJson = new Map<number, Middleware>();

async function jsonBody(ctx: Context, route: Route): Promise<unknown> {
  if (!ctx.is('application/json')) {
    if ((ctx.request.length ?? 0) === 0) return {};
    throw new AppError('http.unsupported_type', { status: 415 });
  }
  const limit = route.bodyLimit ?? JSON_LIMIT;
  const parse =
    parseJson.get(limit) ??
    koaBody({ urlencoded: false, text: false, multipart: false, jsonLimit: limit, jsonStrict: true });
  parseJson.set(limit, parse);
  await parse(ctx as never, () => Promise.resolve());
  return (ctx.request as unknown as { body: unknown }).body;
}
