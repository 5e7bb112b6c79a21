import { route, type Route } from '../../platform/http/route.ts';
import { delegate } from './commands/delegate.ts';
import { endDelegation, endDelegationFor } from './commands/end.ts';
import type { DelegationsContext } from './context.ts';
import * as contract from './contract.ts';
import { listDelegations, overseeDelegations, viewer } from './queries.ts';

export const delegationsRoutes = (ctx: DelegationsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/delegations',
    summary: 'Agents I named, or people I stand in for; newest first',
    auth: 'person',
    query: contract.ListQuery,
    answer: contract.ListAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listDelegations(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'post',
    path: '/api/delegations',
    summary: 'Name who decides for me, with days and scope',
    auth: 'person',
    body: contract.DelegateRequest,
    answer: contract.DelegationAnswer,
    handle: ({ actor, body }) =>
      ctx.db.write(actor, async (tx) => {
        const row = await delegate(ctx, tx, actor, body);
        return { delegation: (await viewer(ctx, tx, actor.personId))(row) };
      }),
  }),
  route({
    method: 'post',
    path: '/api/delegations/:delegationId/end',
    summary: 'Take it back, or stop standing in; again changes nothing',
    auth: 'person',
    params: contract.ById,
    answer: contract.DelegationAnswer,
    handle: ({ actor, params }) =>
      ctx.db.write(actor, async (tx) => {
        const row = await endDelegation(ctx, tx, actor, params.delegationId);
        return { delegation: (await viewer(ctx, tx, actor.personId))(row) };
      }),
  }),
  route({
    method: 'get',
    path: '/api/delegations/overseen',
    summary: 'Standing agents of the whole house, for who ends them when neither side can',
    auth: 'person',
    query: contract.OverseeQuery,
    answer: contract.ListAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => overseeDelegations(ctx, reads, actor, query)),
  }),
  route({
    method: 'post',
    path: '/api/delegations/:delegationId/end-for',
    summary: 'End one for somebody who cannot, with a reason that both sides read',
    auth: 'person',
    params: contract.ById,
    body: contract.EndForRequest,
    answer: contract.DelegationAnswer,
    handle: ({ actor, params, body }) =>
      ctx.db.write(actor, async (tx) => {
        const row = await endDelegationFor(ctx, tx, params.delegationId, body.reason);
        return { delegation: (await viewer(ctx, tx, ''))(row) };
      }),
  }),
];
