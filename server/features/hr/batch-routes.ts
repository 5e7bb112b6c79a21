import type { Context } from 'koa';
import { z } from 'zod';
import { readUpload } from '../../platform/files/index.ts';
import { route, type Route } from '../../platform/http/route.ts';
import { readBatchAnswer, listFaults, readRows } from './batch-queries.ts';
import { fixCell } from './commands/fix-cell.ts';
import { planBatch } from './commands/make-plan.ts';
import { markSheet } from './commands/mark-sheet.ts';
import { uploadBatch } from './commands/upload-batch.ts';
import * as contract from './contract.ts';
import type { HrContext } from './deps.ts';
import type { Look } from './look.ts';
import { mustMaintain } from './policy.ts';
import { listBatches } from './queries.ts';
import { templateSheet } from './sheet/index.ts';
import type { Words } from './words.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const byBatch = z.object({ batchId: z.string().max(64) });

/** Statements of HR: upload, read, correct, plan. */
export function batchRoutes(ctx: HrContext, look: Look, words: Words): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/hr/template',
      summary: 'The sheet to fill in (.xlsx)',
      auth: 'person',
      handle: async ({ actor, ctx: http }) => {
        mustMaintain(actor);
        sendSheet(http, '人事数据模板.xlsx', await templateSheet());
      },
    }),
    route({
      method: 'get',
      path: '/api/hr/batches',
      summary: 'Statements of HR, the newest first',
      auth: 'person',
      query: contract.BatchesQuery,
      answer: contract.BatchesAnswer,
      handle: ({ actor, query }) => look(actor, (reads, nameOf) => listBatches(reads, query, nameOf)),
    }),
    route({
      method: 'post',
      path: '/api/hr/batches',
      summary: 'Upload a sheet (multipart field `file`, .xlsx or .csv, at most 20 MB)',
      auth: 'person',
      rawBody: true,
      answer: z.object({ batchId: z.string() }),
      handle: async ({ actor, ctx: http }) => {
        mustMaintain(actor);
        const { bytes, originalFilename } = await readUpload(http);
        const fileName = originalFilename ?? '';
        return { batchId: await uploadBatch(ctx, actor, { bytes, fileName }) };
      },
    }),
    route({
      method: 'get',
      path: '/api/hr/batches/:batchId',
      summary: 'One statement: what was recognised in it',
      auth: 'person',
      params: byBatch,
      answer: contract.BatchAnswer,
      handle: ({ actor, params }) =>
        look(actor, (reads, nameOf) =>
          readBatchAnswer(reads, actor, params.batchId, nameOf, ({ code, data }) => words(code, data)),
        ),
    }),
    route({
      method: 'get',
      path: '/api/hr/batches/:batchId/faults',
      summary: 'What is wrong in it, in the order of the sheet',
      auth: 'person',
      params: byBatch,
      query: contract.FaultsQuery,
      answer: contract.FaultsAnswer,
      handle: ({ actor, params, query }) =>
        look(actor, (reads) => listFaults(ctx, reads, params.batchId, query)),
    }),
    route({
      method: 'get',
      path: '/api/hr/batches/:batchId/rows',
      summary: 'Lines of a sheet, personal cells masked',
      auth: 'person',
      params: byBatch,
      query: contract.RowsQuery,
      answer: contract.RowsAnswer,
      handle: ({ actor, params, query }) =>
        look(actor, (reads) => readRows(ctx, reads, params.batchId, query)),
    }),
    route({
      method: 'get',
      path: '/api/hr/batches/:batchId/marked',
      summary: 'Your uploaded sheet with its faults marked (.xlsx)',
      auth: 'person',
      params: byBatch,
      handle: async ({ actor, params, ctx: http }) => {
        const { name, bytes } = await markSheet(ctx, actor, params.batchId);
        sendSheet(http, name, bytes);
      },
    }),
    route({
      method: 'post',
      path: '/api/hr/batches/:batchId/fixes',
      summary: 'Correct a cell, or all cells with the same fault and value',
      auth: 'person',
      params: byBatch,
      body: contract.FixRequest,
      answer: contract.FixAnswer,
      handle: ({ actor, params, body }) => fixCell(ctx, actor, params.batchId, body),
    }),
    route({
      method: 'post',
      path: '/api/hr/batches/:batchId/plan',
      summary: 'Work out what would happen; nothing is written',
      auth: 'person',
      params: byBatch,
      body: contract.PlanRequest,
      answer: contract.PlanMade,
      handle: async ({ actor, params, body }) => ({
        planId: await planBatch(ctx, actor, params.batchId, body),
      }),
    }),
  ];
}

function sendSheet(http: Context, name: string, bytes: Buffer): void {
  http.type = XLSX;
  http.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  http.set('Cache-Control', 'no-store');
  http.body = bytes;
}
