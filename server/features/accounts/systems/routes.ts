import { z } from 'zod';
import { route, type Route } from '../../../platform/http/route.ts';
import type { AccountsContext } from '../commands/context.ts';
import * as contract from '../contract.ts';
import { changeSystem, moveLink, noteLink, registerSystem } from './commands.ts';
import { listLinks, listSystems } from './queries.ts';

const byCode = z.strictObject({ systemCode: contract.Id });
const byLink = z.strictObject({ linkId: contract.Id });
const ok = { ok: true } as const;

export const systemRoutes = (ctx: AccountsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/accounts/systems',
    summary: 'Systems with accounts: how they are connected, who answers for them; the offices in charge',
    auth: 'person',
    answer: contract.SystemsAnswer,
    handle: ({ actor }) => ctx.db.read((reads) => listSystems(ctx, reads, actor.personId)),
  }),
  route({
    method: 'post',
    path: '/api/accounts/systems',
    summary: 'Register another system: the same rules hold for it from now on',
    auth: 'person',
    body: contract.RegisterSystem,
    answer: contract.Done,
    handle: async ({ actor, body }) => {
      await registerSystem(ctx, actor, body);
      return ok;
    },
  }),
  route({
    method: 'put',
    path: '/api/accounts/systems/:systemCode',
    summary: 'Change a registered system, or switch it off',
    auth: 'person',
    params: byCode,
    body: contract.ChangeSystem,
    answer: contract.Done,
    handle: async ({ actor, params, body }) => {
      await changeSystem(ctx, actor, params.systemCode, body);
      return ok;
    },
  }),
  route({
    method: 'get',
    path: '/api/accounts/data-links',
    summary: 'Data that one system gives another',
    auth: 'person',
    query: contract.LinksQuery,
    answer: contract.LinksAnswer,
    handle: ({ query }) => ctx.db.read((reads) => listLinks(ctx, reads, query)),
  }),
  route({
    method: 'post',
    path: '/api/accounts/data-links',
    summary: 'Note a data link between two systems',
    auth: 'person',
    body: contract.NewLink,
    answer: z.object({ linkId: z.string() }),
    handle: async ({ actor, body }) => ({ linkId: await noteLink(ctx, actor, body) }),
  }),
  route({
    method: 'put',
    path: '/api/accounts/data-links/:linkId',
    summary: 'Say how far a data link is',
    auth: 'person',
    params: byLink,
    body: contract.MoveLink,
    answer: contract.Done,
    handle: async ({ actor, params, body }) => {
      await moveLink(ctx, actor, params.linkId, body);
      return ok;
    },
  }),
];
