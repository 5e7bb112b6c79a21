/** Routes of 加签, 征求意见 and 办理. */
import { z } from 'zod';
import { route, type Route } from '../../../platform/http/route.ts';
import { actOnTaskAnswer } from '../commands/act.ts';
import * as asking from '../commands/asking.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import { editFormAnswer } from '../commands/edit-form.ts';
import * as contract from '../contract.ts';

const byTask = z.strictObject({ taskId: contract.Id });
const byConsult = z.strictObject({ consultId: contract.Id });

export function askingRoutes(ctx: ApprovalsContext): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/approvals/tasks/:taskId/handle',
      summary: 'Say what came of a task that is to be carried out',
      auth: 'person',
      params: byTask,
      body: contract.HandleRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) =>
        actOnTaskAnswer(
          ctx,
          actor,
          params.taskId,
          { type: 'handle', result: body.result, comment: body.comment },
          body.edits,
        ),
    }),
    route({
      method: 'post',
      path: '/api/approvals/tasks/:taskId/edit',
      summary: 'Change fields of the form that my step may change (R40)',
      auth: 'person',
      params: byTask,
      body: contract.EditRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) => editFormAnswer(ctx, actor, params.taskId, body.edits),
    }),
    route({
      method: 'post',
      path: '/api/approvals/tasks/:taskId/add',
      summary: 'Have more people asked at this step, before, after or alongside me (R8, R9, R10)',
      auth: 'person',
      params: byTask,
      body: contract.AddApproversRequest,
      answer: contract.AddApproversAnswer,
      handle: ({ actor, params, body }) => asking.addApproversAnswer(ctx, actor, params.taskId, body),
    }),
    route({
      method: 'post',
      path: '/api/approvals/tasks/:taskId/remove',
      summary: 'Take back the task of somebody I added, while it is undecided',
      auth: 'person',
      params: byTask,
      body: z.strictObject({}),
      answer: contract.ActAnswer,
      handle: ({ actor, params }) => asking.removeApproverAnswer(ctx, actor, params.taskId),
    }),
    route({
      method: 'post',
      path: '/api/approvals/tasks/:taskId/consult',
      summary: 'Ask somebody for an opinion; the decision stays with me (R30)',
      auth: 'person',
      params: byTask,
      body: contract.ConsultRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) => asking.consultAnswer(ctx, actor, params.taskId, body),
    }),
    route({
      method: 'post',
      path: '/api/approvals/consults/:consultId/answer',
      summary: 'Answer what I was asked for',
      auth: 'person',
      params: byConsult,
      body: contract.AnswerConsultRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) => asking.answerConsult(ctx, actor, params.consultId, body.text),
    }),
  ];
}
