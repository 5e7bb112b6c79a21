import type { Context } from 'koa';
import { z } from 'zod';
import type { PersonActor } from '../../kernel/actor.ts';
import { notFound } from '../../kernel/errors.ts';
import { readUpload } from '../../platform/files/index.ts';
import { route, type Route } from '../../platform/http/route.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { readBatchAnswer, listFaults, readRows } from './batch-queries.ts';
import { loadBatch } from './batch-store.ts';
import { acceptSource } from './commands/accept-source.ts';
import { confirmPlan } from './commands/confirm-plan.ts';
import { pauseRun, resumeRun, startRun } from './commands/control-run.ts';
import { fixCell } from './commands/fix-cell.ts';
import { decide, planBatch } from './commands/make-plan.ts';
import { bytesOf } from './commands/read-batch.ts';
import { uploadBatch } from './commands/upload-batch.ts';
import * as contract from './contract.ts';
import type { HrContext } from './deps.ts';
import { mustMaintain } from './policy.ts';
import { listRuns, readPlan, readRun, unitNames } from './plan-queries.ts';
import { listBatches, listChanges, listDoubts, listItems, type NameOf } from './queries.ts';
import { markedCopy, templateSheet } from './sheet/index.ts';
import { FaultTable, type ChangeRow } from './tables.ts';
import { RESULT_WORDS } from './words.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const byBatch = z.object({ batchId: z.string().max(64) });
const byPlan = z.object({ planId: z.string().max(64) });
const nothing = z.strictObject({});

/** Error codes in words; filled in by the composition, which knows all phrases. */
export type Words = (code: string, data?: Readonly<Record<string, unknown>>) => string;

export function hrRoutes(ctx: HrContext, words: Words): Route[] {
  const { db } = ctx;
  /** Everything here is for the maintainers of the directory, reading included (S2-8). */
  const look = <T>(actor: PersonActor, work: (reads: Reads, nameOf: NameOf) => Promise<T>): Promise<T> => {
    mustMaintain(actor);
    return db.read(async (reads) => work(reads, await namesOf(ctx, reads)));
  };
  // What a change of ours is refused for is wrong in the data (D7).
  const failure = (code: string) => ({ cure: 'fixData', words: words(code) });

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
          readBatchAnswer(reads, params.batchId, nameOf, ({ code, data }) => words(code, data)),
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
      summary: 'The uploaded sheet with its faults marked (.xlsx)',
      auth: 'person',
      params: byBatch,
      handle: async ({ actor, params, ctx: http }) => {
        const { batch, faults } = await look(actor, async (reads) => ({
          batch: await loadBatch(reads, params.batchId),
          faults: await reads.em
            .getRepository(FaultTable)
            .find({ where: { batchId: params.batchId }, order: { seq: 'ASC' } }),
        }));
        if (batch.fileHash === null) throw notFound('hr.no_file');
        const marked = await markedCopy(
          await bytesOf(ctx, batch),
          batch.fileName ?? '',
          faults.map(({ columnKey, hint, otherLine, ...fault }) => ({
            ...fault,
            column: columnKey,
            ...(hint !== null && { hint }),
            ...(otherLine !== null && { otherLine }),
          })),
        );
        sendSheet(http, `标错-${batch.batchNumber}.xlsx`, marked);
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
    route({
      method: 'get',
      path: '/api/hr/plans/:planId',
      summary: 'A plan: limits, consequences, groups',
      auth: 'person',
      params: byPlan,
      answer: contract.PlanAnswer,
      handle: ({ actor, params }) =>
        look(actor, (reads, nameOf) => readPlan(ctx, reads, actor, params.planId, nameOf)),
    }),
    route({
      method: 'get',
      path: '/api/hr/plans/:planId/changes',
      summary: 'Its changes with before and after',
      auth: 'person',
      params: byPlan,
      query: contract.ChangesQuery,
      answer: contract.ChangesAnswer,
      handle: ({ actor, params, query }) =>
        look(actor, async (reads) => listChanges(reads, params.planId, query, await unitNames(ctx, reads))),
    }),
    route({
      method: 'get',
      path: '/api/hr/plans/:planId/doubts',
      summary: 'What a human has to decide',
      auth: 'person',
      params: byPlan,
      query: contract.BatchesQuery,
      answer: contract.DoubtsAnswer,
      handle: ({ actor, params, query }) => look(actor, (reads) => listDoubts(reads, params.planId, query)),
    }),
    route({
      method: 'post',
      path: '/api/hr/plans/:planId/decide',
      summary: 'Decide doubts; answers the new plan',
      auth: 'person',
      params: byPlan,
      body: contract.DecideRequest,
      answer: contract.PlanMade,
      handle: async ({ actor, params, body }) => ({ planId: await decide(ctx, actor, params.planId, body) }),
    }),
    route({
      method: 'post',
      path: '/api/hr/plans/:planId/confirm',
      summary: 'A second person confirms exactly this plan',
      auth: 'person',
      params: byPlan,
      body: contract.ConfirmRequest,
      answer: contract.Done,
      handle: async ({ actor, params, body }) => {
        await confirmPlan(ctx, actor, params.planId, body);
        return { ok: true as const };
      },
    }),
    route({
      method: 'post',
      path: '/api/hr/plans/:planId/accept',
      summary: 'Say that the first correlation of the source is right (A7); answers the plan made anew',
      auth: 'person',
      params: byPlan,
      body: nothing,
      answer: contract.PlanMade,
      handle: async ({ actor, params }) => ({ planId: await acceptSource(ctx, actor, params.planId) }),
    }),
    route({
      method: 'get',
      path: '/api/hr/runs',
      summary: 'Plans that were carried out, the newest first',
      auth: 'person',
      query: contract.BatchesQuery,
      answer: contract.RunsAnswer,
      handle: ({ actor, query }) => look(actor, (reads, nameOf) => listRuns(reads, query, nameOf)),
    }),
    ...(
      [
        ['apply', 'Carry a plan out', startRun],
        ['pause', 'Pause the run after the change in hand', pauseRun],
        ['resume', 'Go on where the run stopped', resumeRun],
      ] as const
    ).map(([verb, summary, command]) =>
      route({
        method: 'post',
        path: `/api/hr/plans/:planId/${verb}`,
        summary,
        auth: 'person',
        params: byPlan,
        body: nothing,
        answer: contract.Done,
        handle: async ({ actor, params }) => {
          await command(ctx, actor, params.planId);
          return { ok: true as const };
        },
      }),
    ),
    route({
      method: 'get',
      path: '/api/hr/plans/:planId/run',
      summary: 'How far a run is',
      auth: 'person',
      params: byPlan,
      answer: contract.RunAnswer,
      handle: ({ actor, params }) =>
        look(actor, (reads, nameOf) => readRun(reads, params.planId, nameOf, failure)),
    }),
    route({
      method: 'get',
      path: '/api/hr/plans/:planId/items',
      summary: 'What became of each change',
      auth: 'person',
      params: byPlan,
      query: contract.ItemsQuery,
      answer: contract.ItemsAnswer,
      handle: ({ actor, params, query }) =>
        look(actor, (reads) => listItems(reads, params.planId, query, (row) => itemWords(row, words))),
    }),
  ];
}

const itemWords = ({ result, errorCode }: ChangeRow, words: Words) => ({
  words: errorCode === null ? RESULT_WORDS[result] : words(errorCode),
  errcode: null,
});

async function namesOf(ctx: HrContext, reads: Reads): Promise<NameOf> {
  const org = await ctx.directory.orgOf(reads);
  return (id) => org.person(id)?.name ?? id;
}

function sendSheet(http: Context, name: string, bytes: Buffer): void {
  http.type = XLSX;
  http.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  http.set('Cache-Control', 'no-store');
  http.body = bytes;
}
