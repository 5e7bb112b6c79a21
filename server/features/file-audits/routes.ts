import { wordsFor } from '../../phrases/index.ts';
import type { AppError } from '../../kernel/errors.ts';
import { route, type Route } from '../../platform/http/route.ts';
import { sendSheet } from '../../platform/http/send-sheet.ts';
import type { FileAuditsContext } from './commands/context.ts';
import {
  changePlan,
  discardPlan,
  endPlan,
  makePlan,
  remindLate,
  startPlan,
  tunePlan,
} from './commands/plans.ts';
import { checkOwn, judgeFile, judgeSome, passFile, passSome, sendBack } from './commands/review.ts';
import * as contract from './contract.ts';
import { exportResults } from './list-exports.ts';
import { listFiles, listOwn, listToReview, readFile } from './reads/files.ts';
import { listPlans, listUnits, readChoices, readPlan, readQuality } from './reads/plans.ts';

const ok = { ok: true } as const;
const inWords = ({ code, data }: AppError): string => wordsFor(code, data, 'zh');

export const fileAuditRoutes = (ctx: FileAuditsContext): Route[] => [
  ...reading(ctx),
  ...planning(ctx),
  ...reviewing(ctx),
];

function reading(ctx: FileAuditsContext): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/data-quality/staff',
      summary:
        'Accuracy and completeness of the staff domain, with date and method, for each audit that ended',
      auth: 'person',
      query: contract.QualityQuery,
      answer: contract.QualityAnswer,
      handle: ({ actor, query }) => ctx.db.read((reads) => readQuality(ctx, reads, actor.personId, query)),
    }),
    route({
      method: 'get',
      path: '/api/file-audits/own',
      summary: 'My own files in audits, newest first',
      auth: 'person',
      query: contract.OwnQuery,
      answer: contract.OwnAnswer,
      handle: ({ actor, query }) => ctx.db.read((reads) => listOwn(ctx, reads, actor.personId, query)),
    }),
    route({
      method: 'get',
      path: '/api/file-audits/to-review',
      summary: 'Files that wait for me to review',
      auth: 'person',
      query: contract.OwnQuery,
      answer: contract.OwnAnswer,
      handle: ({ actor, query }) => ctx.db.read((reads) => listToReview(ctx, reads, actor.personId, query)),
    }),
    route({
      method: 'get',
      path: '/api/file-audits/choices',
      summary: 'What a plan can name: fields, units, sets, reviewers, steps',
      auth: 'person',
      answer: contract.ChoicesAnswer,
      handle: ({ actor }) => ctx.db.read((reads) => readChoices(ctx, reads, actor.personId)),
    }),
    route({
      method: 'get',
      path: '/api/file-audits/plans',
      summary: 'Plans I have to do with, with how far they are',
      auth: 'person',
      query: contract.PlansQuery,
      answer: contract.PlansAnswer,
      handle: ({ actor, query }) => ctx.db.read((reads) => listPlans(ctx, reads, actor.personId, query)),
    }),
    route({
      method: 'get',
      path: '/api/file-audits/plans/:planId',
      summary: 'One plan: scope, fields, steps, dates, reviewers, how far it is',
      auth: 'person',
      params: contract.ByPlan,
      answer: contract.PlanAnswer,
      handle: ({ actor, params }) =>
        ctx.db.read((reads) => readPlan(ctx, reads, actor.personId, params.planId, inWords)),
    }),
    route({
      method: 'get',
      path: '/api/file-audits/plans/:planId/units',
      summary: 'How far each department is, what is past its time, what the data is worth',
      auth: 'person',
      params: contract.ByPlan,
      query: contract.UnitsQuery,
      answer: contract.UnitsAnswer,
      handle: ({ actor, params, query }) =>
        ctx.db.read((reads) => listUnits(ctx, reads, actor.personId, params.planId, query)),
    }),
    route({
      method: 'get',
      path: '/api/file-audits/plans/:planId/files',
      summary: 'Files of a plan that I may see',
      auth: 'person',
      params: contract.ByPlan,
      query: contract.FilesQuery,
      answer: contract.FilesAnswer,
      handle: ({ actor, params, query }) =>
        ctx.db.read((reads) => listFiles(ctx, reads, actor.personId, params.planId, query)),
    }),
    route({
      method: 'get',
      path: '/api/file-audits/plans/:planId/export',
      summary: 'The results as a file (.xlsx), verdicts only; recorded, at most 5,000 rows',
      auth: 'person',
      params: contract.ByPlan,
      query: contract.FilesExportQuery,
      handle: async ({ actor, params, query, ctx: http }) =>
        sendSheet(http, await exportResults(ctx, actor, params.planId, query)),
    }),
    route({
      method: 'get',
      path: '/api/file-audits/files/:fileId',
      summary: 'One file: its fields masked, what was said of each, its history and clocks',
      auth: 'person',
      params: contract.ByFile,
      answer: contract.FileAnswer,
      handle: ({ actor, params }) =>
        ctx.db.read((reads) => readFile(ctx, reads, actor.personId, params.fileId)),
    }),
  ];
}

function planning(ctx: FileAuditsContext): Route[] {
  const byPlan = { auth: 'person', params: contract.ByPlan } as const;
  return [
    route({
      method: 'post',
      path: '/api/file-audits/plans',
      summary: 'Draft a plan',
      auth: 'person',
      body: contract.PlanTerms,
      answer: contract.MakeAnswer,
      handle: async ({ actor, body }) => ({ planId: await makePlan(ctx, actor, body) }),
    }),
    route({
      method: 'put',
      path: '/api/file-audits/plans/:planId',
      summary: 'Change a draft',
      ...byPlan,
      body: contract.ChangeRequest,
      answer: contract.Done,
      handle: async ({ actor, params, body }) => {
        await changePlan(ctx, actor, params.planId, body);
        return ok;
      },
    }),
    route({
      method: 'post',
      path: '/api/file-audits/plans/:planId/discard',
      summary: 'Throw a draft away',
      ...byPlan,
      body: contract.VersionRequest,
      answer: contract.Done,
      handle: async ({ actor, params, body }) => {
        await discardPlan(ctx, actor, params.planId, body.version);
        return ok;
      },
    }),
    route({
      method: 'post',
      path: '/api/file-audits/plans/:planId/start',
      summary: 'Start it, by another person than who wrote it last; the scope is frozen',
      ...byPlan,
      body: contract.TypedRequest,
      answer: contract.Done,
      handle: async ({ actor, params, body }) => {
        await startPlan(ctx, actor, params.planId, body);
        return ok;
      },
    }),
    route({
      method: 'put',
      path: '/api/file-audits/plans/:planId/guidance',
      summary: 'Guide a plan that runs: its words and its reviewers',
      ...byPlan,
      body: contract.TuneRequest,
      answer: contract.Done,
      handle: async ({ actor, params, body }) => {
        await tunePlan(ctx, actor, params.planId, body);
        return ok;
      },
    }),
    route({
      method: 'post',
      path: '/api/file-audits/plans/:planId/remind',
      summary: 'Tell those who hold files past their time again, of one department or of all',
      ...byPlan,
      body: contract.RemindRequest,
      answer: contract.RemindAnswer,
      handle: async ({ actor, params, body }) => ({
        people: await remindLate(ctx, actor, params.planId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/file-audits/plans/:planId/end',
      summary: 'End it: what is not judged stays so, the scores are frozen',
      ...byPlan,
      body: contract.TypedRequest,
      answer: contract.Done,
      handle: async ({ actor, params, body }) => {
        await endPlan(ctx, actor, params.planId, body);
        return ok;
      },
    }),
  ];
}

function reviewing(ctx: FileAuditsContext): Route[] {
  const byFile = { auth: 'person', params: contract.ByFile, answer: contract.ActAnswer } as const;
  return [
    route({
      method: 'post',
      path: '/api/file-audits/files/:fileId/check',
      summary: 'Say of each field of my own record whether it is right; what is wrong has a correction first',
      ...byFile,
      body: contract.CheckRequest,
      handle: async ({ actor, params, body }) => ({
        stage: await checkOwn(ctx, actor, params.fileId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/file-audits/files/:fileId/pass',
      summary: 'The unit has reviewed it, with what it doubts',
      ...byFile,
      body: contract.PassRequest,
      handle: async ({ actor, params, body }) => ({
        stage: await passFile(ctx, actor, params.fileId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/file-audits/files/:fileId/judge',
      summary: 'The verdict of every field; what is wrong says why',
      ...byFile,
      body: contract.JudgeRequest,
      handle: async ({ actor, params, body }) => ({
        stage: await judgeFile(ctx, actor, params.fileId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/file-audits/files/:fileId/send-back',
      summary: 'Back to a step of before, with the reason',
      ...byFile,
      body: contract.SendBackRequest,
      handle: async ({ actor, params, body }) => ({
        stage: await sendBack(ctx, actor, params.fileId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/file-audits/pass-some',
      summary: 'Pass ticked files of my unit that nobody says a word against; what is left is told',
      auth: 'person',
      body: contract.SomeRequest,
      answer: contract.SomeAnswer,
      handle: ({ actor, body }) => passSome(ctx, actor, body.fileIds, inWords),
    }),
    route({
      method: 'post',
      path: '/api/file-audits/judge-some',
      summary:
        'Judge ticked files right where every field is there and nobody says otherwise; what is left is told',
      auth: 'person',
      body: contract.SomeRequest,
      answer: contract.SomeAnswer,
      handle: ({ actor, body }) => judgeSome(ctx, actor, body.fileIds, inWords),
    }),
  ];
}
