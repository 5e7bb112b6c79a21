import { route, type Route } from '../../platform/http/route.ts';
import { startImport } from './commands/import.ts';
import type { NativeContext } from './context.ts';
import * as contract from './contract.ts';
import { readCase } from './reads/case.ts';
import { listImports } from './reads/imports.ts';
import { listCases, listOwn } from './reads/list.ts';

export const nativeRoutes = (ctx: NativeContext): Route[] => [
  route({
    method: 'get',
    path: '/api/native-approvals/own',
    summary: '企业微信审批 that waits for me, or where I took part; newest first',
    auth: 'person',
    query: contract.OwnQuery,
    answer: contract.OwnAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listOwn(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'get',
    path: '/api/native-approvals/cases',
    summary: 'Forms of 企业微信审批 in my reach, filtered, with who holds them; newest first',
    auth: 'person',
    query: contract.ListQuery,
    answer: contract.ListAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listCases(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'get',
    path: '/api/native-approvals/cases/:caseId',
    summary: 'One form with its steps; what was written only for whoever took part',
    auth: 'person',
    params: contract.ByCase,
    answer: contract.CaseAnswer,
    handle: ({ actor, params }) =>
      ctx.db.read((reads) => readCase(ctx, reads, actor.personId, params.caseId)),
  }),
  route({
    method: 'get',
    path: '/api/native-approvals/imports',
    summary: 'Imports of 企业微信审批 with how far they are, newest first',
    auth: 'person',
    query: contract.ImportsQuery,
    answer: contract.ImportsAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listImports(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'post',
    path: '/api/native-approvals/imports',
    summary: 'Have the forms of a span of days read; one at a time',
    auth: 'person',
    body: contract.ImportRequest,
    answer: contract.StartedAnswer,
    handle: async ({ actor, body }) => ({ importId: await startImport(ctx, actor, body) }),
  }),
];
