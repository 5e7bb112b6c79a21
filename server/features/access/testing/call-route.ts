import type { Context } from 'koa';
import type { PersonActor } from '../../../kernel/actor.ts';
import type { Access } from '../index.ts';

interface Parts {
  readonly params?: object;
  readonly query?: object;
  readonly body?: object;
}

/** One route of this room as this actor: request and answer pass their contracts, no HTTP in between. */
export async function callRoute(
  { routes }: Access,
  actor: PersonActor,
  name: string,
  { params = {}, query = {}, body = {} }: Parts = {},
): Promise<unknown> {
  const route = routes.find(({ method, path }) => `${method} ${path}` === name);
  if (!route) throw new Error(`no route ${name}`);
  const answer = await route.handle({
    actor,
    params: route.params?.parse(params),
    query: route.query?.parse(query),
    body: route.body?.parse(body),
    request: { requestId: 'test', address: '127.0.0.1' },
    ctx: {} as Context,
  });
  return route.answer?.parse(answer);
}
