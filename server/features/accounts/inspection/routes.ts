import { z } from 'zod';
import { route, type Route } from '../../../platform/http/route.ts';
import type { AccountsContext } from '../commands/context.ts';
import * as contract from '../contract.ts';
import { runInspection } from './commands.ts';
import { importEvidence } from './evidence.ts';
import {
  listFindings,
  listInspections,
  listLetterAccounts,
  listLetters,
  readInspection,
  readLetter,
} from './queries.ts';
import { replyToLetter } from './reply.ts';

const byInspection = z.strictObject({ inspectionId: contract.Id });
const byLetter = z.strictObject({ letterId: contract.Id });
const byLetterItem = z.strictObject({ letterItemId: contract.Id });

export const inspectionRoutes = (ctx: AccountsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/accounts/inspections',
    summary: 'Inspections, the newest version of each month',
    auth: 'person',
    query: contract.InspectionsQuery,
    answer: contract.InspectionsAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listInspections(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'post',
    path: '/api/accounts/inspections',
    summary: 'Inspect one system for one month; again: a new version, no letter twice',
    auth: 'person',
    body: contract.RunInspectionRequest,
    answer: z.object({ inspectionId: z.string() }),
    handle: async ({ actor, body }) => ({ inspectionId: await runInspection(ctx, actor, body) }),
  }),
  route({
    method: 'post',
    path: '/api/accounts/inspections/evidence',
    summary: 'Bring an export of a console as evidence for a month; rows in doubt are told by row',
    auth: 'person',
    body: contract.ImportEvidenceRequest,
    bodyLimit: 4 * 1024 * 1024,
    answer: contract.ImportEvidenceAnswer,
    handle: ({ actor, body }) => importEvidence(ctx, actor, body),
  }),
  route({
    method: 'get',
    path: '/api/accounts/inspections/:inspectionId',
    summary: 'One inspection: figures, sources, letters',
    auth: 'person',
    params: byInspection,
    answer: contract.InspectionAnswer,
    handle: ({ actor, params }) =>
      ctx.db.read((reads) => readInspection(ctx, reads, actor.personId, params.inspectionId)),
  }),
  route({
    method: 'get',
    path: '/api/accounts/inspections/:inspectionId/findings',
    summary: 'The verdict per account with its evidence',
    auth: 'person',
    params: byInspection,
    query: contract.FindingsQuery,
    answer: contract.FindingsAnswer,
    handle: ({ actor, params, query }) =>
      ctx.db.read((reads) => listFindings(ctx, reads, actor.personId, params.inspectionId, query)),
  }),
  route({
    method: 'get',
    path: '/api/accounts/inspections/:inspectionId/letters',
    summary: 'The letters of its month, with how far each is answered',
    auth: 'person',
    params: byInspection,
    query: contract.LettersQuery,
    answer: contract.LettersAnswer,
    handle: ({ actor, params, query }) =>
      ctx.db.read((reads) => listLetters(ctx, reads, actor.personId, params.inspectionId, query)),
  }),
  route({
    method: 'get',
    path: '/api/accounts/letters/:letterId/accounts',
    summary: 'The accounts a letter asks about: still to be answered, or answered',
    auth: 'person',
    params: byLetter,
    query: contract.LetterAccountsQuery,
    answer: contract.LetterAccountsAnswer,
    handle: ({ actor, params, query }) =>
      ctx.db.read((reads) => listLetterAccounts(ctx, reads, actor.personId, params.letterId, query)),
  }),
  route({
    method: 'get',
    path: '/api/accounts/letters/:letterId',
    summary: 'A letter to my unit: its clock, and how many accounts are answered for',
    auth: 'person',
    params: byLetter,
    answer: contract.LetterAnswer,
    handle: ({ actor, params }) =>
      ctx.db.read((reads) => readLetter(ctx, reads, actor.personId, params.letterId)),
  }),
  route({
    method: 'post',
    path: '/api/accounts/letter-items/:letterItemId/reply',
    summary: 'Give the reason for one account; "has left" begins its cancellation',
    auth: 'person',
    params: byLetterItem,
    body: contract.ReplyRequest,
    answer: z.object({ requestId: z.string().nullable() }),
    handle: ({ actor, params, body }) => replyToLetter(ctx, actor, params.letterItemId, body),
  }),
];
