import type { World } from '../world.ts';
import { BASE } from '../limits.ts';
import type { Answer, ApiCall, ApiRoute, Caller, UploadedFile } from './call.ts';
import { ApiError, fail } from './envelope.ts';
import { Reader, parseObject } from './reader.ts';

export interface RawCall {
  method: string;
  ip: string;
  query: Readonly<Record<string, string>>;
  body: string;
  file: UploadedFile | null;
  range: string | null;
}

const DEBUG_CALLS = [{ window: 'minute', max: 5 }] as const;

/**
 * Checks in the order of the paper (section 13): token → app state → address → permission → frequency → JSON →
 * the handler's own checks. Throws ApiError.
 */
export function execute(
  world: World,
  route: ApiRoute,
  raw: RawCall,
  note: ApiCall['note'],
): { answer: Answer; warned: boolean } {
  const caller = callerOf(world, route, raw);
  checkAppState(world, caller, raw.ip);
  checkPermission(world, route, caller);
  checkFrequency(world, route, raw);
  const body = bodyOf(route, raw);
  const { ip, query, file, range } = raw;
  const answer = route.handle({ world, caller, now: world.now(), ip, query, body, file, range, note });
  return { answer, warned: body.warned };
}

function callerOf(world: World, route: ApiRoute, raw: RawCall): Caller {
  if (route.allow === 'none' || route.allow === 'key') return 'nobody';
  const given = raw.query['access_token'];
  if (given === undefined || given === '') throw fail(41001);
  world.faults.hit(['invalidate_tokens'], route.name);
  const token = world.data.tokens.get(given);
  if (token === undefined || token.revoked) throw fail(40014);
  if (token.expiresAt <= world.now()) throw fail(world.settings.expiredTokenCode);
  return token.kind;
}

function checkAppState(world: World, caller: Caller, ip: string): void {
  if (caller !== 'app' && caller !== 'contacts') return;
  const { app, contactsTrustedIps } = world.data;
  if (caller === 'app' && app.closed) throw fail(50003);
  const trusted = caller === 'app' ? app.trustedIps : contactsTrustedIps;
  if (trusted.length > 0 && !trusted.includes(ip)) throw fail(60020);
}

function checkPermission(world: World, route: ApiRoute, caller: Caller): void {
  if (caller === 'nobody' || route.allow === 'both') {
    // Fall through: reading may still be closed below.
  } else if (route.allow !== caller) {
    throw fail(48002);
  }
  if (route.closedToContacts === true && caller === 'contacts' && !world.settings.contactsMayRead) {
    throw fail(48009);
  }
}

function checkFrequency(world: World, route: ApiRoute, raw: RawCall): void {
  if (raw.query['debug'] === '1' && !world.limits.take(`debug:${route.name}`, DEBUG_CALLS)) throw fail(45009);
  if (route.unmetered !== true && !world.limits.take(`base:${route.name}`, BASE)) throw fail(45009);
}

function bodyOf(route: ApiRoute, raw: RawCall): Reader {
  if (route.method === 'GET' || route.upload === true) return new Reader({});
  // A POST API called with GET has no body, which reads as malformed JSON.
  const values = raw.method === 'POST' ? parseObject(raw.body) : undefined;
  if (values === undefined) throw fail(40058, 'invalid json. invalid Request Parameter');
  return new Reader(values);
}

/** The agentid a call names must be the token's own app. */
export function requireAgent(call: ApiCall, given: number | undefined): void {
  if (given === undefined) throw fail(41011);
  if (given <= 0) throw fail(40056);
  if (given !== call.world.settings.app.agentId) throw fail(301002);
}

/** The agentid of a GET call's query. */
export function queryAgent(call: ApiCall): void {
  const given = call.query['agentid'];
  if (given === undefined || given === '') throw fail(41011);
  if (!/^\d{1,10}$/.test(given)) throw fail(40056);
  requireAgent(call, Number(given));
}

export { ApiError };
