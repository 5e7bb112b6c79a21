import { route, type Route } from '../../platform/http/route.ts';
import { sendSheet } from '../../platform/http/send-sheet.ts';
import { giveText } from './commands/give.ts';
import { remindOpen } from './commands/remind.ts';
import type { RoomContext } from './context.ts';
import * as contract from './contract.ts';
import { exportPeople } from './list-exports.ts';
import { listOwn, readOwnText } from './queries/own.ts';
import { showProof } from './queries/proof.ts';
import { listPeople, listTexts, readText } from './queries/standing.ts';

export const undertakingsRoutes = (ctx: RoomContext): Route[] => [...ownRoutes(ctx), ...standingRoutes(ctx)];

/** Whoever is signed in, about themselves. */
const ownRoutes = (ctx: RoomContext): Route[] => [
  route({
    method: 'get',
    path: '/api/undertakings/own',
    summary: 'Texts I have still to give, those of later occasions, and what I gave',
    auth: 'person',
    query: contract.OwnQuery,
    answer: contract.OwnAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listOwn(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'get',
    path: '/api/undertakings/own/:textId',
    summary: 'One text, word for word: in force, or a version I gave',
    auth: 'person',
    params: contract.ByText,
    query: contract.OwnTextQuery,
    answer: contract.OwnTextAnswer,
    handle: ({ actor, params, query }) =>
      ctx.db.read((reads) => readOwnText(ctx, reads, actor.personId, params.textId, query.version)),
  }),
  route({
    method: 'post',
    path: '/api/undertakings/own/:textId',
    summary: 'I read it to its end and give it; once per version, again changes nothing',
    auth: 'person',
    params: contract.ByText,
    body: contract.GiveRequest,
    answer: contract.GiveAnswer,
    handle: ({ actor, params, body, ctx: http }) =>
      ctx.db.write(actor, (tx) =>
        giveText(ctx, tx, actor.personId, {
          textId: params.textId,
          version: body.version,
          sha256: body.sha256,
          session: ctx.sessionOf(http),
        }),
      ),
  }),
];

/** Whoever answers for people, within their scope. */
const standingRoutes = (ctx: RoomContext): Route[] => [
  route({
    method: 'get',
    path: '/api/undertakings/texts',
    summary: 'Texts in force with how many were asked, gave them and have still to, in my scope',
    auth: 'person',
    answer: contract.TextsAnswer,
    handle: ({ actor }) => ctx.db.read((reads) => listTexts(ctx, reads, actor.personId)),
  }),
  route({
    method: 'get',
    path: '/api/undertakings/texts/:textId',
    summary: 'One text with its words and its numbers by department',
    auth: 'person',
    params: contract.ByText,
    answer: contract.TextAnswer,
    handle: ({ actor, params }) =>
      ctx.db.read((reads) => readText(ctx, reads, actor.personId, params.textId)),
  }),
  route({
    method: 'get',
    path: '/api/undertakings/texts/:textId/people',
    summary: 'Who has it open or gave it, by name',
    auth: 'person',
    params: contract.ByText,
    query: contract.PeopleQuery,
    answer: contract.PeopleAnswer,
    handle: ({ actor, params, query }) =>
      ctx.db.read((reads) => listPeople(ctx, reads, actor.personId, params.textId, query)),
  }),
  route({
    method: 'get',
    path: '/api/undertakings/texts/:textId/people/export',
    summary: 'The same list as a file (.xlsx); recorded, at most 5,000 people',
    auth: 'person',
    params: contract.ByText,
    query: contract.ExportQuery,
    handle: async ({ actor, params, query, ctx: http }) =>
      sendSheet(http, await exportPeople(ctx, actor, params.textId, query)),
  }),
  route({
    method: 'post',
    path: '/api/undertakings/texts/:textId/remind',
    summary:
      'Remind everybody who has it open, a department or my whole scope, each once a working day, 300 at a time',
    auth: 'person',
    params: contract.ByText,
    body: contract.RemindRequest,
    answer: contract.RemindAnswer,
    handle: ({ actor, params, body }) => remindOpen(ctx, actor, params.textId, body),
  }),
  route({
    method: 'get',
    path: '/api/undertakings/proofs/:textId/:personId',
    summary: 'What one person gave: words, version, hash, time; a look at somebody else’s is recorded',
    auth: 'person',
    params: contract.ByPerson,
    query: contract.ProofQuery,
    answer: contract.ProofAnswer,
    handle: ({ actor, params, query }) => showProof(ctx, actor, params, query.version),
  }),
];
