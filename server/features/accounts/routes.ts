import { z } from 'zod';
import type { PersonActor } from '../../kernel/actor.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { sendSheet } from '../../platform/http/send-sheet.ts';
import { route, type Route } from '../../platform/http/route.ts';
import { circularRoutes } from './circular/routes.ts';
import * as cancellations from './commands/cancellations.ts';
import type { AccountsContext } from './commands/context.ts';
import { sendRequestFile } from './commands/files.ts';
import * as items from './commands/items.ts';
import { noteInstruction } from './commands/instruct.ts';
import { lookAtAccountHistory, lookAtAccounts, takeExchangeRows } from './commands/look.ts';
import * as locks from './commands/locks.ts';
import * as requests from './commands/requests.ts';
import { takeStock } from './commands/stock.ts';
import * as contract from './contract.ts';
import { handoverRoutes } from './handover/routes.ts';
import { inspectionRoutes } from './inspection/routes.ts';
import { exportLateCases, exportRequests } from './list-exports.ts';
import { listLateCases } from './late/lists.ts';
import { listLocks } from './lock-lists.ts';
import * as queries from './queries.ts';
import { listRequests } from './request-lists.ts';
import { newcomerRoutes } from './newcomers/routes.ts';
import { systemRoutes } from './systems/routes.ts';

const byRequest = z.strictObject({ requestId: contract.Id });
const byItem = z.strictObject({ requestId: contract.Id, itemId: contract.Id });
const byFile = z.strictObject({ requestId: contract.Id, fileId: contract.Id });
const byLock = z.strictObject({ lockId: contract.Id });
const byPerson = z.strictObject({ personId: contract.Id });
const bySystem = z.strictObject({ systemCode: contract.Id });
const nothing = z.strictObject({});

export const accountsRoutes = (ctx: AccountsContext): Route[] => [
  ...listRoutes(ctx),
  ...requestRoutes(ctx),
  ...itemRoutes(ctx),
  ...lockRoutes(ctx),
  ...cancellationRoutes(ctx),
  ...handoverRoutes(ctx),
  ...inspectionRoutes(ctx),
  ...circularRoutes(ctx),
  ...newcomerRoutes(ctx),
  ...systemRoutes(ctx),
];

/** Read in one go, as whoever asks. */
const lookIn =
  ({ db }: AccountsContext) =>
  <T>({ personId }: PersonActor, query: (reads: Reads, personId: string) => Promise<T>): Promise<T> =>
    db.read((reads) => query(reads, personId));

/** One act on one request: what it needs besides, and the command that does it. */
const actOn =
  (ctx: AccountsContext) =>
  <Body extends z.ZodType>(
    path: string,
    summary: string,
    body: Body,
    command: (
      ctx: AccountsContext,
      actor: PersonActor,
      requestId: string,
      body: z.output<Body>,
    ) => Promise<contract.RequestActAnswer>,
  ): Route =>
    route({
      method: 'post',
      path: `/api/accounts/${path}`,
      summary,
      auth: 'person',
      params: byRequest,
      body,
      answer: contract.RequestActAnswer,
      handle: (input) => command(ctx, input.actor, input.params.requestId, input.body as z.output<Body>),
    });

const done = async (work: Promise<unknown>): Promise<{ ok: true }> => {
  await work;
  return { ok: true };
};

function listRoutes(ctx: AccountsContext): Route[] {
  const look = lookIn(ctx);
  return [
    route({
      method: 'get',
      path: '/api/accounts/requests',
      summary: 'Requests: what waits for me, what went through my hands, all I may see; with counts of each',
      auth: 'person',
      query: contract.RequestsQuery,
      answer: contract.RequestsAnswer,
      handle: ({ actor, query }) => look(actor, (reads, me) => listRequests(ctx, reads, me, query)),
    }),
    route({
      method: 'get',
      path: '/api/accounts/export/requests',
      summary: 'The same list as a file (.xlsx); recorded, at most 5,000 rows',
      auth: 'person',
      query: contract.RequestsExportQuery,
      handle: async ({ actor, query, ctx: http }) => sendSheet(http, await exportRequests(ctx, actor, query)),
    }),
    route({
      method: 'get',
      path: '/api/accounts/people/:personId',
      summary: 'The accounts of a person in every system',
      auth: 'person',
      params: byPerson,
      answer: contract.AccountsAnswer,
      handle: ({ actor, params }) => lookAtAccounts(ctx, actor, params.personId),
    }),
    route({
      method: 'get',
      path: '/api/accounts/people/:personId/history',
      summary: 'What became of the accounts of a person, newest first',
      auth: 'person',
      params: byPerson,
      query: contract.AccountHistoryQuery,
      answer: contract.AccountHistoryAnswer,
      handle: ({ actor, params, query }) => lookAtAccountHistory(ctx, actor, params.personId, query),
    }),
    route({
      method: 'post',
      path: '/api/accounts/stock',
      summary: 'Register the accounts of one system that were there before this book was kept',
      auth: 'person',
      body: contract.StockRequest,
      answer: contract.StockAnswer,
      handle: async ({ actor, body }) => ({ registered: await takeStock(ctx, actor, body.systemCode) }),
    }),
    route({
      method: 'get',
      path: '/api/accounts/late',
      summary: 'Which unit was late with what, by how many working days',
      auth: 'person',
      query: contract.LateCasesQuery,
      answer: contract.LateCasesAnswer,
      handle: ({ actor, query }) => look(actor, (reads, me) => listLateCases(ctx, reads, me, query)),
    }),
    route({
      method: 'get',
      path: '/api/accounts/late/export',
      summary: 'The same list as a file (.xlsx); recorded, at most 5,000 rows',
      auth: 'person',
      query: contract.LateExportQuery,
      handle: async ({ actor, query, ctx: http }) =>
        sendSheet(http, await exportLateCases(ctx, actor, query)),
    }),
    route({
      method: 'post',
      path: '/api/accounts/late/instruct',
      summary: 'Note the instruction on which a circular may be issued',
      auth: 'person',
      body: contract.InstructionRequest,
      answer: contract.Done,
      handle: ({ actor, body }) => done(noteInstruction(ctx, actor, body)),
    }),
  ];
}

function requestRoutes(ctx: AccountsContext): Route[] {
  const look = lookIn(ctx);
  const act = actOn(ctx);
  return [
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
        look(actor, (reads, me) => queries.readRequest(ctx, reads, me, params.requestId)),
    }),
    route({
      method: 'get',
      path: '/api/accounts/requests/:requestId/files/:fileId',
      summary: 'A letter of a request, for named roles when it is a lock; a proof, for IT and HR',
      auth: 'person',
      params: byFile,
      handle: ({ actor, params, ctx: http }) => sendRequestFile(ctx, actor, http, params),
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
    act(
      'requests/:requestId/submit',
      'Send in for one unit, with its letter; what is missing comes back named',
      contract.SubmitRequest,
      requests.sendRequest,
    ),
    act(
      'requests/:requestId/return',
      'Return an incomplete request with the missing items named',
      contract.ReturnRequest,
      requests.giveBack,
    ),
    act(
      'requests/:requestId/accept',
      'Accept a complete request and plan what is done in each system',
      nothing,
      requests.acceptRequest,
    ),
    act(
      'requests/:requestId/withdraw',
      'Take a request back before it is accepted',
      contract.ReasonText,
      (_, actor, requestId, { reason }) => requests.withdrawRequest(ctx, actor, requestId, reason),
    ),
    act('requests/:requestId/execute', 'Carry out an accepted request', nothing, items.executeRequest),
  ];
}

const itemRoutes = (ctx: AccountsContext): Route[] => [
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
    query: contract.ExchangeQuery,
    answer: contract.ExchangeAnswer,
    handle: ({ actor, params, query }) => takeExchangeRows(ctx, actor, params.systemCode, query),
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

const lockRoutes = (ctx: AccountsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/accounts/locks',
    summary: 'Locks that stand, or those whose decision is due',
    auth: 'person',
    query: contract.LocksQuery,
    answer: contract.LocksAnswer,
    handle: ({ actor, query }) => lookIn(ctx)(actor, (reads, me) => listLocks(ctx, reads, me, query)),
  }),
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
    handle: ({ actor, params, body }) => done(locks.recordResult(ctx, actor, params.lockId, body.resultOn)),
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

function cancellationRoutes(ctx: AccountsContext): Route[] {
  const act = actOn(ctx);
  return [
    route({
      method: 'get',
      path: '/api/accounts/cancellations/:requestId',
      summary: 'How far a cancellation is and what stands before deletion',
      auth: 'person',
      params: byRequest,
      answer: contract.CancellationAnswer,
      handle: ({ actor, params }) =>
        lookIn(ctx)(actor, (reads, me) => queries.readCancellation(ctx, reads, me, params.requestId)),
    }),
    route({
      method: 'post',
      path: '/api/accounts/cancellations/:requestId/backup',
      summary: 'I have backed up my data; or the unit states that it cannot be had',
      auth: 'person',
      params: byRequest,
      body: contract.BackupRequest,
      answer: contract.Done,
      handle: ({ actor, params, body }) =>
        done(cancellations.confirmBackup(ctx, actor, params.requestId, body.statement)),
    }),
    act(
      'cancellations/:requestId/delete',
      'Delete after grace, by a second person',
      nothing,
      cancellations.deleteCancelled,
    ),
    act(
      'cancellations/:requestId/recall',
      'Take a cancellation back before deletion: everything as it was',
      contract.ReasonText,
      (_, actor, requestId, { reason }) => cancellations.recallCancellation(ctx, actor, requestId, reason),
    ),
  ];
}
