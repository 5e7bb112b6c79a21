/** Routes of deciding, taking back, reminding, commenting and filling empty seats. */
import { z } from 'zod';
import { route, type Route } from '../../../platform/http/route.ts';
import * as acts from '../commands/act.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import * as contract from '../contract.ts';
import { returnRoutes } from './returns.ts';

const byInstance = z.strictObject({ instanceId: contract.Id });
const byTask = z.strictObject({ taskId: contract.Id });

export function actRoutes(ctx: ApprovalsContext): Route[] {
  return [
    ...returnRoutes(ctx),
    route({
      method: 'post',
      path: '/api/approvals/tasks/:taskId/approve',
      summary: 'Approve',
      auth: 'person',
      params: byTask,
      body: contract.ApproveRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) =>
        acts.actOnTaskAnswer(
          ctx,
          actor,
          params.taskId,
          { type: 'approve', comment: body.comment, signature: body.signature },
          body.edits,
        ),
    }),
    route({
      method: 'post',
      path: '/api/approvals/tasks/:taskId/reject',
      summary: 'Reject, with a reason the applicant reads',
      auth: 'person',
      params: byTask,
      body: contract.RejectRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) =>
        acts.actOnTaskAnswer(ctx, actor, params.taskId, { type: 'reject', comment: body.comment }),
    }),
    route({
      method: 'post',
      path: '/api/approvals/tasks/:taskId/transfer',
      summary: 'Hand the task to somebody else',
      auth: 'person',
      params: byTask,
      body: contract.TransferRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) =>
        acts.actOnTaskAnswer(ctx, actor, params.taskId, { type: 'transfer', ...body }),
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/withdraw',
      summary: 'Take a running request back',
      auth: 'person',
      params: byInstance,
      body: contract.WithdrawRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) => acts.withdrawRequest(ctx, actor, params.instanceId, body.reason),
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/remind',
      summary: 'Remind whoever holds it',
      auth: 'person',
      params: byInstance,
      body: z.strictObject({}),
      answer: contract.RemindAnswer,
      handle: ({ actor, params }) => acts.remindHolders(ctx, actor, params.instanceId),
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/comment',
      summary: 'Comment, and tell those named in it',
      auth: 'person',
      params: byInstance,
      body: contract.CommentRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) => acts.commentOnRequest(ctx, actor, params.instanceId, body),
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/read',
      summary: 'Note that I have seen it',
      auth: 'person',
      params: byInstance,
      body: z.strictObject({}),
      answer: contract.ReadAnswer,
      handle: async ({ actor, params }) => {
        await acts.actOnInstance(ctx, actor, params.instanceId, { type: 'markRead' });
        return { ok: true as const };
      },
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/assign',
      summary: 'Name approvers for seats nobody could be found for (R18)',
      auth: 'person',
      params: byInstance,
      body: contract.AssignRequest,
      answer: contract.ReadAnswer,
      handle: async ({ actor, params, body }) => {
        await acts.actOnInstance(ctx, actor, params.instanceId, { type: 'assignSeats', ...body });
        return { ok: true as const };
      },
    }),
  ];
}
