import { z } from 'zod';
import { route, type Route } from '../../../platform/http/route.ts';
import type { AccountsContext } from '../commands/context.ts';
import * as contract from '../contract.ts';
import { linkByHand, readInFull, unlinkByHand } from './by-hand.ts';
import { listNewcomers, newcomerOptions, readNewcomerOf } from './queries.ts';
import { refillNewcomer, reportNewcomer } from './report.ts';

const byRequest = z.strictObject({ requestId: contract.Id });

export const newcomerRoutes = (ctx: AccountsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/accounts/newcomer-options',
    summary: 'What the form for a newcomer offers',
    auth: 'person',
    answer: contract.NewcomerOptions,
    handle: () => ctx.db.read((reads) => newcomerOptions(ctx, reads)),
  }),
  route({
    method: 'post',
    path: '/api/accounts/newcomers',
    summary: 'Report somebody who takes up duty and whom HR does not know yet; faults come back by field',
    auth: 'person',
    body: contract.ReportNewcomer,
    answer: contract.NewcomerAnswer,
    handle: ({ actor, body }) => reportNewcomer(ctx, actor, body),
  }),
  route({
    method: 'put',
    path: '/api/accounts/newcomers/:requestId',
    summary: 'Fill the report in again while it lies with the unit; a number left out stays as it was',
    auth: 'person',
    params: byRequest,
    body: contract.ReportNewcomer,
    answer: contract.NewcomerAnswer,
    handle: ({ actor, params, body }) => refillNewcomer(ctx, actor, params.requestId, body),
  }),
  route({
    method: 'get',
    path: '/api/accounts/newcomers',
    summary: 'Newcomers waiting for a number of HR, or linked, or ended; with counts',
    auth: 'person',
    query: contract.NewcomersQuery,
    answer: contract.NewcomersAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listNewcomers(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'get',
    path: '/api/accounts/newcomers/:requestId',
    summary: 'One newcomer with those of the record who may be meant; for HR',
    auth: 'person',
    params: byRequest,
    answer: contract.NewcomerDetail,
    handle: ({ actor, params }) =>
      ctx.db.read((reads) => readNewcomerOf(ctx, reads, actor.personId, params.requestId)),
  }),
  route({
    method: 'post',
    path: '/api/accounts/newcomers/:requestId/link',
    summary: 'HR says who the newcomer is, with a reason; never against an identity number',
    auth: 'person',
    params: byRequest,
    body: contract.LinkNewcomer,
    answer: contract.RequestActAnswer,
    handle: ({ actor, params, body }) => linkByHand(ctx, actor, params.requestId, body),
  }),
  route({
    method: 'post',
    path: '/api/accounts/newcomers/:requestId/unlink',
    summary: 'Take a link back before the opening begins',
    auth: 'person',
    params: byRequest,
    body: contract.UnlinkNewcomer,
    answer: contract.RequestActAnswer,
    handle: ({ actor, params, body }) => unlinkByHand(ctx, actor, params.requestId, body.reason),
  }),
  route({
    method: 'post',
    path: '/api/accounts/newcomers/:requestId/reveal',
    summary: 'The numbers in full, for HR, with a purpose, written down',
    auth: 'person',
    params: byRequest,
    body: contract.PurposeRequest,
    answer: contract.RevealedNewcomer,
    handle: ({ actor, params, body }) => readInFull(ctx, actor, params.requestId, body.purpose),
  }),
];
