import { z } from 'zod';
import { route, type Route } from '../../../platform/http/route.ts';
import type { AccountsContext } from '../commands/context.ts';
import { instructionOwner } from '../commands/files.ts';
import * as contract from '../contract.ts';
import { discardCircular, draftCircular, editCircular, issueCircular } from './commands.ts';
import { instructionFile, listCirculars, readCircular } from './queries.ts';

const byCircular = z.strictObject({ circularId: contract.Id });

export const circularRoutes = (ctx: AccountsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/accounts/circulars',
    summary: 'Circulars about late cases, newest first',
    auth: 'person',
    query: contract.CircularsQuery,
    answer: contract.CircularsAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listCirculars(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'post',
    path: '/api/accounts/circulars',
    summary: 'Draft a circular about late cases of one instruction',
    auth: 'person',
    body: contract.DraftCircularRequest,
    answer: contract.CircularIdAnswer,
    handle: async ({ actor, body }) => ({ circularId: await draftCircular(ctx, actor, body.lateCaseIds) }),
  }),
  route({
    method: 'get',
    path: '/api/accounts/circulars/:circularId',
    summary: 'One circular: a draft as it would be issued now, an issued one as it was',
    auth: 'person',
    params: byCircular,
    answer: contract.CircularAnswer,
    handle: ({ actor, params }) =>
      ctx.db.read((reads) => readCircular(ctx, reads, actor.personId, params.circularId)),
  }),
  route({
    method: 'get',
    path: '/api/accounts/circulars/:circularId/instruction',
    summary: 'The paper of the instruction it rests on',
    auth: 'person',
    params: byCircular,
    handle: async ({ actor, params, ctx: http }) => {
      const fileId = await ctx.db.read((reads) =>
        instructionFile(ctx, reads, actor.personId, params.circularId),
      );
      await ctx.sendFile(http, fileId, instructionOwner(fileId));
    },
  }),
  route({
    method: 'put',
    path: '/api/accounts/circulars/:circularId',
    summary: 'Word a draft: title, number, opening and closing; the facts are composed',
    auth: 'person',
    params: byCircular,
    body: contract.EditCircularRequest,
    answer: contract.Done,
    handle: async ({ actor, params, body }) => {
      await editCircular(ctx, actor, params.circularId, body);
      return { ok: true as const };
    },
  }),
  route({
    method: 'post',
    path: '/api/accounts/circulars/:circularId/discard',
    summary: 'Discard a draft; its cases are free again',
    auth: 'person',
    params: byCircular,
    body: contract.DiscardCircularRequest,
    answer: contract.Done,
    handle: async ({ actor, params, body }) => {
      await discardCircular(ctx, actor, params.circularId, body.version);
      return { ok: true as const };
    },
  }),
  route({
    method: 'post',
    path: '/api/accounts/circulars/:circularId/issue',
    summary: 'Issue exactly the text that was read, by a second person',
    auth: 'person',
    params: byCircular,
    body: contract.IssueCircularRequest,
    answer: contract.Done,
    handle: async ({ actor, params, body }) => {
      await issueCircular(ctx, actor, params.circularId, body);
      return { ok: true as const };
    },
  }),
];
