import { z } from 'zod';
import { route, type Route } from '../../../platform/http/route.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import { Id } from '../contract.ts';
import * as contract from './contract.ts';
import { printOf, verifyPrint, withStands } from './queries.ts';

export const printRoutes = (ctx: ApprovalsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/approvals/instances/:instanceId/print',
    summary: 'The code that a printed page of a request carries',
    auth: 'person',
    params: z.strictObject({ instanceId: Id }),
    answer: contract.PrintAnswer,
    handle: async ({ actor, params }) =>
      withStands(ctx, await ctx.db.read((reads) => printOf(ctx, reads, actor, params.instanceId))),
  }),
  route({
    method: 'get',
    path: '/api/approvals/prints/:code',
    summary:
      'Whether a printed page is genuine, and what became of the request since; the code is the right to ask',
    auth: 'none',
    params: contract.ByCode,
    answer: contract.VerifyAnswer,
    handle: ({ params }) => verifyPrint(ctx, params.code),
  }),
];
