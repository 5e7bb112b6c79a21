/** Routes of 传阅. */
import { z } from 'zod';
import { route, type Route } from '../../../platform/http/route.ts';
import { circulateAnswer, confirmReadAnswer } from '../commands/circulate.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import * as contract from '../contract.ts';

const byInstance = z.strictObject({ instanceId: contract.Id });

export const circulationRoutes = (ctx: ApprovalsContext): Route[] => [
  route({
    method: 'post',
    path: '/api/approvals/instances/:instanceId/circulate',
    summary: 'Send a request I have a part in to people for reading',
    auth: 'person',
    params: byInstance,
    body: contract.CirculateRequest,
    answer: contract.ActAnswer,
    handle: ({ actor, params, body }) => circulateAnswer(ctx, actor, params.instanceId, body),
  }),
  route({
    method: 'post',
    path: '/api/approvals/instances/:instanceId/confirm-read',
    summary: 'Confirm that I read what was sent to me',
    auth: 'person',
    params: byInstance,
    body: z.strictObject({}),
    answer: contract.ActAnswer,
    handle: ({ actor, params }) => confirmReadAnswer(ctx, actor, params.instanceId),
  }),
];
