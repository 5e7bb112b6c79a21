import type { Context } from 'koa';
import { z } from 'zod';
import { badRequest } from '../../../kernel/errors.ts';
import { readBody } from '../../../platform/http/read-body.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import { fetchNow } from './commands/fetch-source.ts';
import { changeSource, createSource, enableSource, renewPushKey } from './commands/save-source.ts';
import { testSource } from './commands/test-source.ts';
import * as contract from './contract.ts';
import type { SourcesContext } from './deps.ts';
import { mustManage, mustSee } from './policy.ts';
import { feedOfKey, receivePush } from './push/receive.ts';
import { listFetches, listSources, readPushStatus, readSourceAnswer } from './queries.ts';

const bySource = z.object({ sourceId: z.string().max(64) });
const done = { ok: true } as const;
const BODY_WITHIN_MS = 30_000;

export function sourceRoutes(ctx: SourcesContext): Route[] {
  return [...managing(ctx), ...pushing(ctx)];
}

function managing(ctx: SourcesContext): Route[] {
  const { db } = ctx;
  return [
    route({
      method: 'get',
      path: '/api/hr/sources',
      summary: 'Sources of HR with the state of their last fetch',
      auth: 'person',
      query: contract.SourcesQuery,
      answer: contract.SourcesAnswer,
      handle: ({ actor, query }) => {
        mustSee(actor);
        return db.read((reads) => listSources(ctx, reads, actor, query));
      },
    }),
    route({
      method: 'post',
      path: '/api/hr/sources',
      summary: 'Set a source up; the key of one that pushes is answered once',
      auth: 'person',
      body: contract.SourceDraft,
      answer: contract.SourceMade,
      handle: ({ actor, body }) => createSource(ctx, actor, body),
    }),
    route({
      method: 'post',
      path: '/api/hr/sources/test',
      summary: 'Try a source: its first rows, masked; nothing is kept',
      auth: 'person',
      body: contract.TestRequest,
      answer: contract.TestAnswer,
      handle: ({ actor, body }) => testSource(ctx, actor, body),
    }),
    route({
      method: 'get',
      path: '/api/hr/sources/:sourceId',
      summary: 'What was set up, without what is secret',
      auth: 'person',
      params: bySource,
      answer: contract.SourceAnswer,
      handle: ({ actor, params }) => {
        mustManage(actor);
        return db.read((reads) => readSourceAnswer(ctx, reads, params.sourceId));
      },
    }),
    route({
      method: 'post',
      path: '/api/hr/sources/:sourceId',
      summary: 'Change a source',
      auth: 'person',
      params: bySource,
      body: contract.ChangeRequest,
      answer: contract.Done,
      handle: async ({ actor, params, body }) => {
        await changeSource(ctx, actor, params.sourceId, body);
        return done;
      },
    }),
    route({
      method: 'post',
      path: '/api/hr/sources/:sourceId/enabled',
      summary: 'Switch a source off or on',
      auth: 'person',
      params: bySource,
      body: contract.EnableRequest,
      answer: contract.Done,
      handle: async ({ actor, params, body }) => {
        await enableSource(ctx, actor, params.sourceId, body.enabled);
        return done;
      },
    }),
    route({
      method: 'post',
      path: '/api/hr/sources/:sourceId/key',
      summary: 'A new key for a source that pushes; the old one opens nothing any more',
      auth: 'person',
      params: bySource,
      answer: contract.KeyMade,
      handle: async ({ actor, params }) => ({ pushKey: await renewPushKey(ctx, actor, params.sourceId) }),
    }),
    route({
      method: 'post',
      path: '/api/hr/sources/:sourceId/fetch',
      summary: 'Fetch now',
      auth: 'person',
      params: bySource,
      answer: contract.FetchStarted,
      handle: async ({ actor, params }) => ({ fetchId: await fetchNow(ctx, actor, params.sourceId) }),
    }),
    route({
      method: 'get',
      path: '/api/hr/sources/:sourceId/fetches',
      summary: 'Fetches of a source, the newest first',
      auth: 'person',
      params: bySource,
      query: contract.SourcesQuery,
      answer: contract.FetchesAnswer,
      handle: ({ actor, params, query }) => {
        mustSee(actor);
        return db.read((reads) => listFetches(ctx, reads, params.sourceId, query));
      },
    }),
  ];
}

/** For programs: no session, a key in `Authorization: Bearer`, looked at before anything of the body is read. */
function pushing(ctx: SourcesContext): Route[] {
  const feedOf = (http: Context) => ctx.db.read((reads) => feedOfKey(reads, http.get('authorization')));
  return [
    route({
      method: 'post',
      path: '/api/hr/push',
      summary: 'Push a statement of HR in parts and finish it (JSON of at most 2 MB, key as bearer token)',
      auth: 'none',
      rawBody: true,
      answer: contract.PushAnswer,
      handle: async ({ ctx: http }) => {
        const feed = await feedOf(http);
        return receivePush(ctx, feed, await pushRequest(http));
      },
    }),
    route({
      method: 'get',
      path: '/api/hr/push/:batchId',
      summary: 'What became of a pushed statement',
      auth: 'none',
      params: z.object({ batchId: z.string().max(64) }),
      answer: contract.PushStatus,
      handle: async ({ ctx: http, params }) => {
        const feed = await feedOf(http);
        return ctx.db.read((reads) => readPushStatus(ctx, reads, feed, params.batchId));
      },
    }),
  ];
}

/** @throws badRequest `hr.push_malformed` naming the fields */
async function pushRequest(http: Context): Promise<contract.PushRequest> {
  const bytes = await readBody(http.req, contract.SOURCE_LIMITS.partBytes, BODY_WITHIN_MS);
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw badRequest('hr.push_malformed', { fields: 'JSON' });
  }
  const parsed = contract.PushRequest.safeParse(json);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, 10).map(({ path }) => path.join('.') || 'body');
  throw badRequest('hr.push_malformed', { fields: [...new Set(fields)].join('、') });
}
