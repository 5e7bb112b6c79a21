import type { z } from 'zod';
import type { PersonActor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { sendSheet } from '../../platform/http/send-sheet.ts';
import { route, type Route } from '../../platform/http/route.ts';
import { act } from './commands/answer.ts';
import type { CorrectionsContext } from './commands/context.ts';
import { raiseCorrection } from './commands/raise.ts';
import { revealWanted, sendProof } from './commands/see.ts';
import * as contract from './contract.ts';
import type { Command } from './engine.ts';
import { exportCorrections } from './list-exports.ts';
import { ownersFor } from './policy.ts';
import { photoRoutes } from './photos/routes.ts';
import * as queries from './queries.ts';

export const correctionsRoutes = (ctx: CorrectionsContext): Route[] => [
  ...ownRoutes(ctx),
  ...ownerRoutes(ctx),
  ...oneRoutes(ctx),
  ...photoRoutes(ctx),
];

/** Whoever is signed in, about themselves. */
function ownRoutes(ctx: CorrectionsContext): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/corrections/fields',
      summary: 'What I may have corrected in my own record, who owns it, and what it says now (masked)',
      auth: 'person',
      answer: contract.FieldsAnswer,
      handle: ({ actor }) => ctx.db.read((reads) => queries.listFields(ctx, reads, actor.personId)),
    }),
    route({
      method: 'get',
      path: '/api/corrections/own',
      summary: 'My own corrections with state and deadline',
      auth: 'person',
      query: contract.OwnQuery,
      answer: contract.OwnAnswer,
      handle: ({ actor, query }) =>
        ctx.db.read((reads) => queries.listOwn(ctx, reads, actor.personId, query)),
    }),
    route({
      method: 'post',
      path: '/api/corrections',
      summary: 'My own record is wrong: what it should be and why',
      auth: 'person',
      body: contract.RaiseRequest,
      answer: contract.RaiseAnswer,
      handle: async ({ actor, body }) => ({ correctionId: await raiseCorrection(ctx, actor, body) }),
    }),
  ];
}

function ownerRoutes(ctx: CorrectionsContext): Route[] {
  const enter = async (reads: Reads, { personId }: PersonActor): Promise<string> => {
    if (ownersFor(await ctx.orgOf(reads), personId).length === 0) throw forbidden('corrections.not_an_owner');
    return personId;
  };
  return [
    route({
      method: 'get',
      path: '/api/corrections',
      summary: 'Corrections I may answer, within my scope',
      auth: 'person',
      query: contract.ListQuery,
      answer: contract.ListAnswer,
      handle: ({ actor, query }) =>
        ctx.db.read(async (reads) => queries.listForOwner(ctx, reads, await enter(reads, actor), query)),
    }),
    route({
      method: 'get',
      path: '/api/corrections/export/list',
      summary: 'The same list as a file (.xlsx); recorded, at most 5,000 rows',
      auth: 'person',
      query: contract.ListExportQuery,
      handle: async ({ actor, query, ctx: http }) => {
        await ctx.db.read((reads) => enter(reads, actor));
        sendSheet(http, await exportCorrections(ctx, actor, query));
      },
    }),
  ];
}

function oneRoutes(ctx: CorrectionsContext): Route[] {
  const one = { auth: 'person', params: contract.ByCorrection } as const;
  const noted = (kind: Exclude<Command['kind'], 'withdraw'>, path: string, summary: string): Route =>
    route({
      method: 'post',
      path: `/api/corrections/:correctionId/${path}`,
      summary,
      ...one,
      body: contract.NoteRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }: NotedInput) =>
        act(ctx, actor, params.correctionId, { kind, note: body.note }),
    });
  return [
    route({
      method: 'get',
      path: '/api/corrections/:correctionId',
      summary: 'One correction: what is asked, what the record says now, its history and clocks',
      ...one,
      answer: contract.CorrectionAnswer,
      handle: ({ actor, params }) =>
        ctx.db.read((reads) => queries.readCorrection(ctx, reads, actor.personId, params.correctionId)),
    }),
    route({
      method: 'get',
      path: '/api/corrections/:correctionId/files/:fileId',
      summary: 'A proof of a correction; a look by somebody else is recorded',
      auth: 'person',
      params: contract.ByFile,
      handle: ({ actor, params, ctx: http }) => sendProof(ctx, actor, http, params),
    }),
    route({
      method: 'post',
      path: '/api/corrections/:correctionId/withdraw',
      summary: 'Take back my own correction while it waits',
      ...one,
      body: contract.Nothing,
      answer: contract.ActAnswer,
      handle: ({ actor, params }) => act(ctx, actor, params.correctionId, { kind: 'withdraw' }),
    }),
    noted('correct', 'correct', 'It is corrected: say where'),
    noted('refuse', 'refuse', 'It is not corrected: say why'),
    noted('sendOn', 'send-on', 'It is the other owner’s: say why; the clock begins anew, once'),
    route({
      method: 'post',
      path: '/api/corrections/:correctionId/reveal',
      summary: 'The asked value in full, saying what for; recorded',
      ...one,
      body: contract.RevealRequest,
      answer: contract.RevealAnswer,
      handle: async ({ actor, params, body }) => ({
        value: await revealWanted(ctx, actor, params.correctionId, body),
      }),
    }),
  ];
}

interface NotedInput {
  readonly actor: PersonActor;
  readonly params: z.infer<typeof contract.ByCorrection>;
  readonly body: contract.NoteRequest;
}
