import { sendSheet } from '../../../platform/http/send-sheet.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { CorrectionsContext } from '../commands/context.ts';
import { exportMissing } from '../list-exports.ts';
import { ownersFor } from '../policy.ts';
import { askMissing, mustKeepRecords, ownFile, putOwnPhoto, readOwnPhoto } from './commands.ts';
import * as contract from './contract.ts';
import { acceptPhotos, rejectPhoto } from './decisions.ts';
import { listMissing } from './missing.ts';
import { openOne, openPage, sendPicture } from './review.ts';
import { photoOf } from './store.ts';

export const photoRoutes = (ctx: CorrectionsContext): Route[] => [
  ...ownRoutes(ctx),
  ...missingRoutes(ctx),
  ...reviewRoutes(ctx),
];

const ownRoutes = (ctx: CorrectionsContext): Route[] => [
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
      const fileId = await ctx.db.read((reads) => ownFile(reads, actor.personId));
      await ctx.files.send(http, fileId, photoOf(actor.personId));
      http.set('Cache-Control', 'no-store');
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
];

const missingRoutes = (ctx: CorrectionsContext): Route[] => [
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

const reviewRoutes = (ctx: CorrectionsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/photos/review',
    summary: 'Photos of my scope to look at, newest first; each page that is opened is recorded',
    auth: 'person',
    query: contract.ReviewQuery,
    answer: contract.ReviewAnswer,
    handle: ({ actor, query }) => openPage(ctx, actor, query),
  }),
  route({
    method: 'post',
    path: '/api/photos/review/accept',
    summary: 'These photos will do; a result for each',
    auth: 'person',
    body: contract.AcceptRequest,
    answer: contract.AcceptAnswer,
    handle: async ({ actor, body }) => {
      await ctx.db.read(async (reads) => mustKeepRecords(ownersFor(await ctx.orgOf(reads), actor.personId)));
      return acceptPhotos(ctx, actor, body);
    },
  }),
  route({
    method: 'get',
    path: '/api/photos/review/:personId',
    summary: 'The photo of one person with what was decided about theirs; recorded',
    auth: 'person',
    params: contract.ByPerson,
    answer: contract.OneAnswer,
    handle: ({ actor, params }) => openOne(ctx, actor, params.personId),
  }),
  route({
    method: 'get',
    path: '/api/photos/review/:personId/picture',
    summary: 'A picture of a page or of a person that I opened some minutes ago',
    auth: 'person',
    params: contract.ByPerson,
    query: contract.PictureQuery,
    handle: ({ actor, params, query, ctx: http }) => sendPicture(ctx, actor, http, { ...params, ...query }),
  }),
  route({
    method: 'post',
    path: '/api/photos/review/:personId/reject',
    summary: 'This photo will not do: say why; the person is asked for another one',
    auth: 'person',
    params: contract.ByPerson,
    body: contract.RejectRequest,
    answer: contract.RejectAnswer,
    handle: ({ actor, params, body }) => rejectPhoto(ctx, actor, params.personId, body),
  }),
];
