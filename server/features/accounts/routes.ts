import { z } from 'zod';
import { route, type Route } from '../../platform/http/route.ts';
import * as cancellations from './commands/cancellations.ts';
import type { AccountsContext } from './commands/context.ts';
import * as items from './commands/items.ts';
import { noteInstruction } from './commands/instruct.ts';
import * as locks from './commands/locks.ts';
import * as requests from './commands/requests.ts';
import * as contract from './contract.ts';
import { handoverRoutes } from './handover/routes.ts';
import { inspectionRoutes } from './inspection/routes.ts';
import * as queries from './queries.ts';

const byRequest = z.strictObject({ requestId: contract.Id });
const byItem = z.strictObject({ requestId: contract.Id, itemId: contract.Id });
const byLock = z.strictObject({ lockId: contract.Id });
const byPerson = z.strictObject({ personId: contract.Id });
const bySystem = z.strictObject({ systemCode: contract.Id });
const nothing = z.strictObject({});

export const accountsRoutes = (ctx: AccountsContext): Route[] => [
  ...requestRoutes(ctx),
  ...stepRoutes(ctx),
  ...personRoutes(ctx),
  ...lockRoutes(ctx),
  ...cancellationRoutes(ctx),
  ...handoverRoutes(ctx),
  ...inspectionRoutes(ctx),
];

const requestRoutes = (ctx: AccountsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/accounts/requests',
    summary: 'Requests of my units, or all for IT and HR',
    auth: 'person',
    query: contract.RequestsQuery,
    answer: contract.RequestsAnswer,
    handle: ({ actor, query }) =>
      ctx.db.read((reads) => queries.listRequests(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'post',
    path: '/api/accounts/requests',
    summary: 'Begin a request, and send it in at once if wanted',
    auth: 'person',
    body: contract.CreateRequest,
    answer: contract.RequestActAnswer,
    handle: ({ actor, body }) => requests.createRequest(ctx, actor, body),
  }),
  route({
    method: 'get',
    path: '/api/accounts/requests/:requestId',
    summary: 'One request with its items, its history and what I may do',
    auth: 'person',
    params: byRequest,
    answer: contract.RequestAnswer,
    handle: ({ actor, params }) =>
      ctx.db.read((reads) => queries.readRequest(ctx, reads, actor.personId, params.requestId)),
  }),
  route({
    method: 'put',
    path: '/api/accounts/requests/:requestId/form',
    summary: 'Fill the form again while it lies with the unit',
    auth: 'person',
    params: byRequest,
    body: contract.FillRequest,
    answer: contract.RequestActAnswer,
    handle: ({ actor, params, body }) => requests.fillRequest(ctx, actor, params.requestId, body.filled),
  }),
  route({
    method: 'post',
    path: '/api/accounts/requests/:requestId/submit',
    summary: 'Send in for one unit, with its letter; what is missing comes back named',
    auth: 'person',
    params: byRequest,
    body: contract.SubmitRequest,
    answer: contract.RequestActAnswer,
    handle: ({ actor, params, body }) => requests.sendRequest(ctx, actor, params.requestId, body),
  }),
  route({
    method: 'post',
    path: '/api/accounts/requests/:requestId/return',
    summary: 'Return an incomplete request with the missing items named',
    auth: 'person',
    params: byRequest,
    body: contract.ReturnRequest,
    answer: contract.RequestActAnswer,
    handle: ({ actor, params, body }) => requests.giveBack(ctx, actor, params.requestId, body),
  }),
  route({
    method: 'post',
    path: '/api/accounts/requests/:requestId/accept',
    summary: 'Accept a complete request and plan what is done in each system',
    auth: 'person',
    params: byRequest,
    body: nothing,
    answer: contract.RequestActAnswer,
    handle: ({ actor, params }) => requests.acceptRequest(ctx, actor, params.requestId),
  }),
  route({
    method: 'post',
    path: '/api/accounts/requests/:requestId/withdraw',
    summary: 'Take a request back before it is accepted',
    auth: 'person',
    params: byRequest,
    body: contract.ReasonText,
    answer: contract.RequestActAnswer,
    handle: ({ actor, params, body }) => requests.withdrawRequest(ctx, actor, params.requestId, body.reason),
  }),
];

const stepRoutes = (ctx: AccountsContext): Route[] => [
  route({
    method: 'post',
    path: '/api/accounts/requests/:requestId/execute',
    summary: 'Carry out an accepted request',
    auth: 'person',
    params: byRequest,
    body: nothing,
    answer: contract.RequestActAnswer,
    handle: ({ actor, params }) => items.executeRequest(ctx, actor, params.requestId),
  }),
  route({
    method: 'post',
    path: '/api/accounts/requests/:requestId/items/:itemId/confirm',
    summary: 'Confirm that an item was done in its system, with proof',
    auth: 'person',
    params: byItem,
    body: contract.ProofRequest,
    answer: contract.RequestActAnswer,
    handle: ({ actor, params, body }) => items.confirmItem(ctx, actor, params.requestId, params.itemId, body),
  }),
  route({
    method: 'post',
    path: '/api/accounts/requests/:requestId/items/:itemId/retry',
    summary: 'Try an item again that its connector refused',
    auth: 'person',
    params: byItem,
    body: nothing,
    answer: contract.RequestActAnswer,
    handle: ({ actor, params }) => items.retryItem(ctx, actor, params.requestId, params.itemId),
  }),
  route({
    method: 'get',
    path: '/api/accounts/exchange/:systemCode',
    summary: 'Rows waiting to be carried out in one system, for its exchange file',
    auth: 'person',
    params: bySystem,
    answer: contract.ExchangeAnswer,
    handle: ({ actor, params }) =>
      ctx.db.read((reads) => queries.exchangeRows(ctx, reads, actor.personId, params.systemCode)),
  }),
  route({
    method: 'post',
    path: '/api/accounts/exchange/confirm',
    summary: 'Confirm rows of an exchange file together',
    auth: 'person',
    body: contract.ConfirmRowsRequest,
    answer: contract.ConfirmRowsAnswer,
    handle: ({ actor, body }) => items.confirmRows(ctx, actor, body),
  }),
];

const personRoutes = (ctx: AccountsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/accounts/people/:personId',
    summary: 'The accounts of a person with their history',
    auth: 'person',
    params: byPerson,
    answer: contract.AccountsAnswer,
    handle: ({ actor, params }) =>
      ctx.db.read((reads) => queries.readAccounts(ctx, reads, actor.personId, params.personId)),
  }),
  route({
    method: 'get',
    path: '/api/accounts/late',
    summary: 'Which unit was late with what, by how many working days',
    auth: 'person',
    query: contract.LateCasesQuery,
    answer: contract.LateCasesAnswer,
    handle: ({ actor, query }) =>
      ctx.db.read((reads) => queries.listLateCases(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'post',
    path: '/api/accounts/late/instruct',
    summary: 'Note the instruction on which a circular may be issued',
    auth: 'person',
    body: contract.InstructionRequest,
    answer: contract.Done,
    handle: async ({ actor, body }) => {
      await noteInstruction(ctx, actor, body);
      return { ok: true as const };
    },
  }),
];

const lockRoutes = (ctx: AccountsContext): Route[] => [
  route({
    method: 'post',
    path: '/api/accounts/locks/:lockId/decide',
    summary: 'Decide what follows a lock: unlock, change or cancel',
    auth: 'person',
    params: byLock,
    body: contract.DecideLockRequest,
    answer: contract.RequestIdsAnswer,
    handle: async ({ actor, params, body }) => ({
      requestIds: await locks.decideLock(ctx, actor, params.lockId, body),
    }),
  }),
  route({
    method: 'post',
    path: '/api/accounts/locks/:lockId/result',
    summary: 'Note that the review has its result: a decision is owed from that day',
    auth: 'person',
    params: byLock,
    body: contract.ResultRequest,
    answer: contract.Done,
    handle: async ({ actor, params, body }) => {
      await locks.recordResult(ctx, actor, params.lockId, body.resultOn);
      return { ok: true as const };
    },
  }),
  route({
    method: 'post',
    path: '/api/accounts/requests/:requestId/reason',
    summary: 'Why somebody is locked: for named roles, with a purpose, written down',
    auth: 'person',
    params: byRequest,
    body: contract.PurposeRequest,
    answer: contract.LockReasonAnswer,
    handle: ({ actor, params, body }) => locks.readReason(ctx, actor, params.requestId, body.purpose),
  }),
];

const cancellationRoutes = (ctx: AccountsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/accounts/cancellations/:requestId',
    summary: 'How far a cancellation is and what stands before deletion',
    auth: 'person',
    params: byRequest,
    answer: contract.CancellationAnswer,
    handle: ({ actor, params }) =>
      ctx.db.read((reads) => queries.readCancellation(ctx, reads, actor.personId, params.requestId)),
  }),
  route({
    method: 'post',
    path: '/api/accounts/cancellations/:requestId/backup',
    summary: 'I have backed up my data; or the unit states that it cannot be had',
    auth: 'person',
    params: byRequest,
    body: contract.BackupRequest,
    answer: contract.Done,
    handle: async ({ actor, params, body }) => {
      await cancellations.confirmBackup(ctx, actor, params.requestId, body.statement);
      return { ok: true as const };
    },
  }),
  route({
    method: 'post',
    path: '/api/accounts/cancellations/:requestId/delete',
    summary: 'Delete after grace, by a second person',
    auth: 'person',
    params: byRequest,
    body: nothing,
    answer: contract.RequestActAnswer,
    handle: ({ actor, params }) => cancellations.deleteCancelled(ctx, actor, params.requestId),
  }),
  route({
    method: 'post',
    path: '/api/accounts/cancellations/:requestId/recall',
    summary: 'Take a cancellation back before deletion: everything as it was',
    auth: 'person',
    params: byRequest,
    body: contract.ReasonText,
    answer: contract.RequestActAnswer,
    handle: ({ actor, params, body }) =>
      cancellations.recallCancellation(ctx, actor, params.requestId, body.reason),
  }),
];
