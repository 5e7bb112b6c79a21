import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../support/client.ts';
import { startApp, type Started } from '../support/start-app.ts';
import {
  ACTORS,
  openStage,
  type ActorKey,
  type AuthorizationStage,
  type Call,
} from './authorization-stage.ts';
import { AUTHORIZATION, type Place, type Who } from './authorization-table.ts';

let s: Started;
let stage: AuthorizationStage;
beforeAll(async () => {
  s = await startApp();
  stage = await openStage(s);
});
afterAll(() => s.close());

const REFUSED = [401, 403, 404];
/** These end or change the session of whoever calls them. */
const ENDS_SESSION = ['post /api/auth/logout', 'get /api/auth/callback'];
/** Called without a code it answers with a page that says so. */
const MAY_BE_MALFORMED = ['get /api/auth/callback'];

const places = Object.entries(AUTHORIZATION).flatMap(([route, byName]) =>
  Object.entries(byName).map(([name, place]) => ({ route, name, place })),
);

const titled = places.map((one) => [`${one.route} (${one.name})`, one] as const);

const isAllowed = (who: Who, actor: ActorKey | 'nobody'): boolean => {
  if (who === 'anyone') return true;
  if (actor === 'nobody') return false;
  return who === 'members' || who.includes(actor);
};

async function send(client: Client, route: string, call: Call): Promise<Response> {
  const [method = '', pattern = ''] = route.split(' ');
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => call.params?.[name] ?? `no-${name}`);
  const url = `${path}${call.query ?? ''}`;
  if (call.upload) return client.upload(url, '图.png', Buffer.from('89504e470d0a1a0a', 'hex'));
  if (call.bearer) {
    const headers = { authorization: `Bearer ${call.bearer}` };
    const body = method === 'get' ? {} : { body: JSON.stringify(call.body ?? {}) };
    return fetch(`${s.url}${url}`, { method: method.toUpperCase(), headers, ...body });
  }
  return method === 'get' ? client.raw('GET', url) : client.send(method.toUpperCase(), url, call.body ?? {});
}

/** The answer as this actor; somebody not signed in asks for what the first actor would. */
async function ask(route: string, place: Place, actor: ActorKey | 'nobody'): Promise<number> {
  const call = (await place.call?.(stage, actor === 'nobody' ? 'staff' : actor)) ?? {};
  const response = await send(await stage.clientOf(actor), route, call);
  await response.arrayBuffer();
  if (ENDS_SESSION.includes(route)) stage.forget(actor);
  return response.status;
}

/** Who got in and should not have, and who was kept out or asked wrongly. */
async function hold(route: string, place: Place): Promise<{ leaks: string[]; shut: string[] }> {
  const leaks: string[] = [];
  const shut: string[] = [];
  for (const actor of ['nobody', ...ACTORS] as const) {
    const status = await ask(route, place, actor);
    const allowed = isAllowed(place.who, actor);
    if (!allowed && !(actor === 'nobody' ? [401] : REFUSED).includes(status))
      leaks.push(`${actor}: ${status}`);
    // A malformed call proves nothing about who may make it.
    const malformed = status === 400 && !MAY_BE_MALFORMED.includes(route);
    if (allowed && (REFUSED.includes(status) || malformed || status >= 500)) shut.push(`${actor}: ${status}`);
  }
  return { leaks, shut };
}

describe('the authorization matrix', () => {
  it('says for every route who may call it, and for nothing else', () => {
    const routed = s.app.routes.map(({ method, path }) => `${method} ${path}`);
    expect(routed.filter((route) => !(route in AUTHORIZATION))).toEqual([]);
    expect(Object.keys(AUTHORIZATION).filter((route) => !routed.includes(route))).toEqual([]);
  });

  it('leaves open without a session exactly the routes that say so', () => {
    const open = s.app.routes.filter((route) => route.auth === 'none');
    const declared = places.filter(({ place }) => place.who === 'anyone').map(({ route }) => route);
    expect(declared.sort()).toEqual(open.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('every actor is who the table takes them for', async () => {
    const expected: Partial<Record<ActorKey, string>> = {
      staff: 'staff',
      contractor: 'staff',
      delegate: 'staff',
    };
    for (const actor of ACTORS) {
      const me = await (await stage.clientOf(actor)).get<{ roles: { role: string }[] }>('/api/me');
      expect(
        me.roles.map(({ role }) => role),
        actor,
      ).toContain(expected[actor] ?? actor);
      const scope = await (await stage.clientOf(actor)).get<{ slices: object[] }>('/api/access/scope');
      const reaches = ['delegate', 'liaison', 'hrMaintainer', 'superAdmin', 'creator'].includes(actor);
      // H4: the three duties see no data.
      expect(scope.slices.length > 0, actor).toBe(reaches);
    }
  });

  it.each(titled)('H1, H4 %s: nobody but who may', async (_title, { route, place }) => {
    expect(await hold(route, place)).toEqual({ leaks: [], shut: [] });
  });

  it('finds a leak and a shut door where there is one', async () => {
    const open = await hold('get /api/home', { who: [] });
    expect(open).toEqual({ leaks: ACTORS.map((actor) => `${actor}: 200`), shut: [] });
    const closed = await hold('get /api/access/vacancies', { who: 'members' });
    expect(closed.leaks).toEqual([]);
    expect(closed.shut).toContain('systemAdmin: 403');
    expect(await hold('get /api/calendar', { who: 'members' })).toMatchObject({
      shut: expect.arrayContaining(['staff: 400']),
    });
  });
});
