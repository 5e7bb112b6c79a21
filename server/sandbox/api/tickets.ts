import { JSAPI_APP, JSAPI_CORP } from '../limits.ts';
import { opaque } from '../state/ids.ts';
import type { World } from '../world.ts';
import { get } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';

export const ticketRoutes: ApiRoute[] = [
  get('get_jsapi_ticket', 'app', (call) => ticket(call, 'corp')),
  get('ticket/get', 'app', (call) => {
    if (call.query['type'] !== 'agent_config') throw fail(91040);
    return ticket(call, 'app');
  }),
];

const LIFE_MS = 7200_000;

/** Page 90506. 400 an hour per corp and 100 per app for the corp ticket; the agent ticket is treated alike. */
function ticket(call: ApiCall, kind: 'corp' | 'app'): Record<string, unknown> {
  const { limits } = call.world;
  if (kind === 'corp' && !limits.take('jsapi:corp', JSAPI_CORP)) throw fail(45009);
  if (!limits.take(`jsapi:${kind}:app`, JSAPI_APP)) throw fail(45009);
  const { ticket: text, expiresAt } = currentTicket(call.world, kind);
  return { ticket: text, expires_in: Math.floor((expiresAt - call.now) / 1000) };
}

export function currentTicket(world: World, kind: 'corp' | 'app'): { ticket: string; expiresAt: number } {
  const known = world.codes.jsapi.get(kind);
  const now = world.now();
  if (known !== undefined && known.expiresAt > now && known.expiresAt <= now + LIFE_MS) return known;
  const made = { ticket: opaque(64), expiresAt: now + LIFE_MS };
  world.codes.jsapi.set(kind, made);
  return made;
}
