import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { App } from '../../server/app.ts';
import type { PersonActor } from '../../server/kernel/actor.ts';

type Product = Pick<App, 'access' | 'db' | 'http' | 'routes'>;

export async function actorOf({ access, db }: Product, userid: string): Promise<PersonActor> {
  const actor = await db.read((reads) => access.actorByUserid(reads, userid, { via: 'cli' }));
  if (!actor) throw new Error(`${userid} is not in the demo college`);
  return actor;
}

/**
 * What somebody's page would ask for: the room's own command, with its checks, its clocks and its place on the record.
 * @param call method and path as sent, as in `post /api/photos/own`
 */
export async function act<T>(app: Product, userid: string, call: string, body: unknown = {}): Promise<T> {
  const { found, params, query } = routeOf(app, call);
  const request = new IncomingMessage(new Socket());
  const answer = await found.handle({
    actor: await actorOf(app, userid),
    params: found.params?.parse(params),
    query: found.query?.parse(query),
    body: found.body?.parse(body),
    request: { requestId: 'demo', address: '' },
    ctx: app.http.createContext(request, new ServerResponse(request)),
  });
  // As the page reads it: the contract of the answer says what it is.
  return answer as T;
}

function routeOf({ routes }: Product, call: string) {
  const [method = '', target = ''] = call.split(' ');
  const { pathname, searchParams } = new URL(target, 'http://demo');
  for (const found of routes) {
    const pattern = new RegExp(`^${found.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    const match = found.method === method ? pattern.exec(pathname) : null;
    if (match) return { found, params: match.groups ?? {}, query: Object.fromEntries(searchParams) };
  }
  throw new Error(`no route for ${call}`);
}
