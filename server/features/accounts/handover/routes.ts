import { z } from 'zod';
import { route, type Route } from '../../../platform/http/route.ts';
import type { AccountsContext } from '../commands/context.ts';
import * as contract from '../contract.ts';
import { createSheet } from './begin.ts';
import * as commands from './commands.ts';
import { listSheets } from './lists.ts';
import { readSheet } from './queries.ts';
import { sign } from './sign.ts';
import { undo } from './undo.ts';

const bySheet = z.strictObject({ sheetId: contract.Id });
const nothing = z.strictObject({});

export const handoverRoutes = (ctx: AccountsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/accounts/handovers',
    summary: 'Hand-over sheets that are not finished: mine to take over, of my units, or all I may see',
    auth: 'person',
    query: contract.SheetsQuery,
    answer: contract.SheetsAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listSheets(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'post',
    path: '/api/accounts/handovers',
    summary: 'Make a hand-over sheet for a mover or for somebody locked',
    auth: 'person',
    body: z.strictObject({ personId: contract.Id }),
    answer: z.object({ sheetId: z.string() }),
    handle: async ({ actor, body }) => ({ sheetId: await createSheet(ctx, actor, body.personId) }),
  }),
  route({
    method: 'get',
    path: '/api/accounts/handovers/:sheetId',
    summary: 'A hand-over sheet: what is held, who takes it, what came of it',
    auth: 'person',
    params: bySheet,
    answer: contract.SheetAnswer,
    handle: ({ actor, params }) =>
      ctx.db.read((reads) => readSheet(ctx, reads, actor.personId, params.sheetId)),
  }),
  route({
    method: 'post',
    path: '/api/accounts/handovers/:sheetId/assign',
    summary: 'Choose a successor for one row, or for all without one',
    auth: 'person',
    params: bySheet,
    body: contract.AssignRequest,
    answer: z.object({ changed: z.number() }),
    handle: async ({ actor, params, body }) => ({
      changed: await commands.assign(ctx, actor, params.sheetId, body),
    }),
  }),
  route({
    method: 'post',
    path: '/api/accounts/handovers/:sheetId/dry-run',
    summary: 'Try it without changing anything; valid for some minutes',
    auth: 'person',
    params: bySheet,
    body: nothing,
    answer: contract.Done,
    handle: async ({ actor, params }) => {
      await commands.dryRun(ctx, actor, params.sheetId);
      return { ok: true as const };
    },
  }),
  route({
    method: 'post',
    path: '/api/accounts/handovers/:sheetId/execute',
    summary: 'Hand everything over; one row that fails does not stop the others',
    auth: 'person',
    params: bySheet,
    body: contract.ExecuteRequest,
    answer: contract.SheetActAnswer,
    handle: ({ actor, params, body }) => commands.execute(ctx, actor, params.sheetId, body.phrase),
  }),
  route({
    method: 'post',
    path: '/api/accounts/handovers/:sheetId/undo',
    summary: 'Take the whole hand-over back within its days',
    auth: 'person',
    params: bySheet,
    body: nothing,
    answer: contract.SheetActAnswer,
    handle: ({ actor, params }) => undo(ctx, actor, params.sheetId),
  }),
  route({
    method: 'post',
    path: '/api/accounts/handovers/:sheetId/sign',
    summary: 'Sign, as the unit or as a successor',
    auth: 'person',
    params: bySheet,
    body: nothing,
    answer: z.object({ closed: z.boolean() }),
    handle: async ({ actor, params }) => ({ closed: await sign(ctx, actor, params.sheetId) }),
  }),
];
