import { route, type Route } from '../../../platform/http/route.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import { approveMany } from './approve-many.ts';
import * as contract from './contract.ts';
import { listBatch } from './list-batch.ts';

export const batchRoutes = (ctx: ApprovalsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/approvals/batch',
    summary: 'My decisions side by side, by kind, with what stands out among them',
    auth: 'person',
    answer: contract.BatchAnswer,
    handle: ({ actor }) => ctx.db.read((reads) => listBatch(ctx, reads, actor.personId)),
  }),
  route({
    method: 'post',
    path: '/api/approvals/batch',
    summary: 'Agree to many tasks, each on its own, with a result for each',
    auth: 'person',
    body: contract.ApproveManyRequest,
    answer: contract.ApproveManyAnswer,
    handle: ({ actor, body }) => approveMany(ctx, actor, body),
  }),
];
