import { z } from 'zod';
import { route, type Route } from '../../../platform/http/route.ts';
import { actOnTaskAnswer } from '../commands/act.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import { revokeRequest } from '../commands/revoke.ts';
import { resubmitRequest, returnedForm, terminateRequest } from '../commands/send-back.ts';
import * as contract from '../contract.ts';

const byInstance = z.strictObject({ instanceId: contract.Id });
const byTask = z.strictObject({ taskId: contract.Id });

export function returnRoutes(ctx: ApprovalsContext): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/approvals/tasks/:taskId/send-back',
      summary: 'Send it back to the applicant or to a passed step, with a reason (R12)',
      auth: 'person',
      params: byTask,
      body: contract.SendBackRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) =>
        actOnTaskAnswer(ctx, actor, params.taskId, { type: 'sendBack', ...body }),
    }),
    route({
      method: 'get',
      path: '/api/approvals/instances/:instanceId/form',
      summary: 'The form of my request that was sent back to me',
      auth: 'person',
      params: byInstance,
      answer: contract.ReturnedFormAnswer,
      handle: ({ actor, params }) =>
        ctx.db.read((reads) => returnedForm(ctx, reads, actor, params.instanceId)),
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/resubmit',
      summary: 'Hand in again what was sent back to me (R13)',
      auth: 'person',
      params: byInstance,
      body: contract.ResubmitRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) => resubmitRequest(ctx, actor, params.instanceId, body),
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/revoke',
      summary: 'Revoke my approved request as far as its effects can be taken back',
      auth: 'person',
      params: byInstance,
      body: contract.EndRequest,
      answer: contract.RevokeAnswer,
      handle: ({ actor, params, body }) => revokeRequest(ctx, actor, params.instanceId, body.reason),
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/terminate',
      summary: 'End a running request as a process administrator',
      auth: 'person',
      params: byInstance,
      body: contract.EndRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) => terminateRequest(ctx, actor, params.instanceId, body.reason),
    }),
  ];
}
