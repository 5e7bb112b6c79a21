import { sendSheet } from '../../../platform/http/send-sheet.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { CorrectionsContext } from '../commands/context.ts';
import { exportMissing } from '../list-exports.ts';
import { ownersFor } from '../policy.ts';
import { askMissing, mustKeepRecords, ownFile, putOwnPhoto, readOwnPhoto } from './commands.ts';
import * as contract from './contract.ts';
import { listMissing } from './missing.ts';

export const photoRoutes = (ctx: CorrectionsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/photos/own',
    summary: 'Have I a photo, and was I asked for one',
    auth: 'person',
    answer: contract.OwnPhotoAnswer,
    handle: ({ actor }) => ctx.db.read((reads) => readOwnPhoto(ctx, reads, actor.personId)),
  }),
  route({
    method: 'get',
    path: '/api/photos/own/picture',
    summary: 'My own photo',
    auth: 'person',
    handle: async ({ actor, ctx: http }) => {
      const { fileId, owner } = await ctx.db.read((reads) => ownFile(reads, actor.personId));
      await ctx.files.send(http, fileId, owner);
      // The next one lies at the same address.
      http.set('Cache-Control', 'private, no-cache');
    },
  }),
  route({
    method: 'post',
    path: '/api/photos/own',
    summary: 'Put an uploaded file in place as my own photo',
    auth: 'person',
    body: contract.PutPhotoRequest,
    answer: contract.PutPhotoAnswer,
    handle: ({ actor, body }) => putOwnPhoto(ctx, actor, body.fileId),
  }),
  route({
    method: 'get',
    path: '/api/photos/missing',
    summary: 'Who in my scope has no photo, with counts by department',
    auth: 'person',
    query: contract.MissingQuery,
    answer: contract.MissingAnswer,
    handle: ({ actor, query }) =>
      ctx.db.read(async (reads) => {
        mustKeepRecords(ownersFor(await ctx.orgOf(reads), actor.personId));
        return listMissing(ctx, reads, actor.personId, query);
      }),
  }),
  route({
    method: 'get',
    path: '/api/photos/missing/export',
    summary: 'The same list as a file (.xlsx); recorded, at most 5,000 people',
    auth: 'person',
    query: contract.MissingExportQuery,
    handle: async ({ actor, query, ctx: http }) => {
      await ctx.db.read(async (reads) => mustKeepRecords(ownersFor(await ctx.orgOf(reads), actor.personId)));
      sendSheet(http, await exportMissing(ctx, actor, query));
    },
  }),
  route({
    method: 'post',
    path: '/api/photos/ask',
    summary: 'Ask everybody without a photo for one, a department or my whole scope, 300 at a time',
    auth: 'person',
    body: contract.AskRequest,
    answer: contract.AskAnswer,
    handle: ({ actor, body }) => askMissing(ctx, actor, body),
  }),
];
