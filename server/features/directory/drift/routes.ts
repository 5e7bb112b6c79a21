import { z } from 'zod';
import { mustBeTyped } from '../../../kernel/typed-phrase.ts';
import { sendSheet } from '../../../platform/http/send-sheet.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import { actOnDifferences, compareNow, setPolicy } from './commands.ts';
import * as contract from './contract.ts';
import type { DriftContext } from './deps.ts';
import { exportDifferences } from './export.ts';
import { linkStranger } from './link-stranger.ts';
import { listDifferences } from './list.ts';
import { policyAnswer, summary } from './queries.ts';

const byDifference = z.object({ differenceId: z.string().max(64) });
const nothing = z.strictObject({});
const Ok = z.object({ ok: z.literal(true) });
const DONE = { ok: true } as const;

/** What is typed where it is done to more than 50. */
const actWords: Readonly<Record<z.infer<typeof contract.ActRequest>['act'], string>> = {
  putBack: '放回',
  take: '转人事',
  ignore: '不管',
  reopen: '重新列出',
};

/** Error codes in words; filled in by the composition, which knows all phrases. */
export type Words = (code: string) => string;

export function driftRoutes(ctx: DriftContext, words: Words): Route[] {
  const { db } = ctx;
  return [
    route({
      method: 'get',
      path: '/api/directory/drift',
      summary: 'What 企业微信 shows otherwise than the directory, the newest first.',
      auth: 'person',
      query: contract.DifferencesQuery,
      answer: contract.DifferencesPage,
      handle: ({ actor, query }) => db.read((reads) => listDifferences(ctx, reads, actor, query)),
    }),
    route({
      method: 'get',
      path: '/api/directory/drift/summary',
      summary: 'How many differences there are, and how far the last comparison got.',
      auth: 'person',
      answer: contract.SummaryAnswer,
      handle: ({ actor }) => db.read((reads) => summary(ctx, reads, actor)),
    }),
    route({
      method: 'get',
      path: '/api/directory/drift/export',
      summary: 'The same list as a file (.xlsx); recorded, at most 5,000 rows.',
      auth: 'person',
      query: contract.ExportQuery,
      handle: async ({ actor, query, ctx: http }) => {
        sendSheet(http, await db.write(actor, (tx) => exportDifferences(ctx, tx, query)));
      },
    }),
    route({
      method: 'post',
      path: '/api/directory/drift/acts',
      summary: 'Put back, ask HR, ignore, or take one of these back, for up to 200 differences.',
      auth: 'person',
      body: contract.ActRequest,
      answer: contract.ActAnswer,
      handle: async ({ actor, body }) => {
        const ids = [...new Set(body.differenceIds)];
        mustBeTyped(ids.length, `${actWords[body.act]}${ids.length}条`, body.phrase);
        const result = await db.write(actor, (tx) =>
          actOnDifferences(ctx, tx, ids, body.act, body.reason ?? null),
        );
        return {
          done: result.done,
          refused: result.refused.map(({ differenceId, code }) => ({ differenceId, words: words(code) })),
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/directory/drift/:differenceId/link',
      summary: 'A stranger is this person, who has no member in 企业微信.',
      auth: 'person',
      params: byDifference,
      body: contract.LinkRequest,
      answer: Ok,
      handle: async ({ actor, params, body }) => {
        await db.write(actor, (tx) => linkStranger(ctx, tx, params.differenceId, body.personId));
        return DONE;
      },
    }),
    route({
      method: 'post',
      path: '/api/directory/drift/compare',
      summary: 'Compare everything now; at most every ten minutes.',
      auth: 'person',
      body: nothing,
      answer: Ok,
      handle: async ({ actor }) => {
        await db.write(actor, (tx) => compareNow(ctx, tx));
        return DONE;
      },
    }),
    route({
      method: 'get',
      path: '/api/directory/drift/policy',
      summary: 'What is done about a difference of each field.',
      auth: 'person',
      answer: contract.PolicyAnswer,
      handle: ({ actor }) => db.read((reads) => policyAnswer(ctx, reads, actor)),
    }),
    route({
      method: 'post',
      path: '/api/directory/drift/policy',
      summary: 'Change the rule of one field.',
      auth: 'person',
      body: contract.PolicyRequest,
      answer: Ok,
      handle: async ({ actor, body: { field, ...policy } }) => {
        await db.write(actor, (tx) => setPolicy(ctx, tx, field, policy));
        return DONE;
      },
    }),
  ];
}
