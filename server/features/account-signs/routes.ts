import { route, type Route } from '../../platform/http/route.ts';
import { answerCheck, settleCheck } from './act.ts';
import type { SignsContext } from './context.ts';
import * as contract from './contract.ts';
import { countChecks, listChecks, openCheck } from './queries.ts';

export const signsRoutes = (ctx: SignsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/account-signs',
    summary: 'Checks whether accounts are used by their owners; for security administrators',
    auth: 'person',
    query: contract.ListQuery,
    answer: contract.ListAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listChecks(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'get',
    path: '/api/account-signs/counts',
    summary: 'How many checks there are, and whether the log could be read; no names',
    auth: 'person',
    answer: contract.CountsAnswer,
    handle: ({ actor }) => ctx.db.read((reads) => countChecks(ctx, reads, actor.personId)),
  }),
  route({
    method: 'get',
    path: '/api/account-signs/:checkId',
    summary: 'One check with its signs and history; the look is recorded',
    auth: 'person',
    params: contract.ByCheck,
    answer: contract.CheckAnswer,
    handle: ({ actor, params }) => openCheck(ctx, actor, params.checkId),
  }),
  route({
    method: 'post',
    path: '/api/account-signs/:checkId/answer',
    summary: 'Is the account used by its owner; whoever is asked says',
    auth: 'person',
    params: contract.ByCheck,
    body: contract.AnswerRequest,
    answer: contract.ActAnswer,
    handle: ({ actor, params, body }) => answerCheck(ctx, actor, params.checkId, body),
  }),
  route({
    method: 'post',
    path: '/api/account-signs/:checkId/settle',
    summary: 'What was reported is dealt with; the security administrator says how',
    auth: 'person',
    params: contract.ByCheck,
    body: contract.SettleRequest,
    answer: contract.ActAnswer,
    handle: ({ actor, params, body }) => settleCheck(ctx, actor, params.checkId, body),
  }),
];
