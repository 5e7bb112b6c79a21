import { route, type Route } from '../../platform/http/route.ts';
import { sendSheet } from '../../platform/http/send-sheet.ts';
import { act } from './commands/act.ts';
import type { RepairsContext } from './commands/context.ts';
import { addPlace, addRecurring, changePlace, endRecurring, setWorker } from './commands/keep.ts';
import { reportFault } from './commands/report.ts';
import * as contract from './contract.ts';
import { exportFigures, readFigures } from './figures/reports.ts';
import {
  listCategories,
  listPlaces,
  listRecurring,
  listWorkers,
  readCode,
  searchPlaces,
} from './reads/kept.ts';
import { listCandidates, listOwn, listTickets, readTicket, sendPhoto } from './reads/tickets.ts';

const ok = { ok: true } as const;

export const repairRoutes = (ctx: RepairsContext): Route[] => [
  ...reporting(ctx),
  ...tickets(ctx),
  ...keeping(ctx),
  ...figures(ctx),
];

/** Whoever is signed in. */
const reporting = (ctx: RepairsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/repairs/categories',
    summary: 'What can be reported, and how soon each is taken over',
    auth: 'person',
    answer: contract.CategoriesAnswer,
    handle: async () => listCategories(ctx),
  }),
  route({
    method: 'get',
    path: '/api/repairs/codes/:code',
    summary: 'The room or thing a scanned code means, with what is open there',
    auth: 'person',
    params: contract.ByCode,
    answer: contract.CodeAnswer,
    handle: ({ params }) => ctx.db.read((reads) => readCode(ctx, reads, params.code)),
  }),
  route({
    method: 'get',
    path: '/api/repairs/places/search',
    summary: 'Places by name, building or asset number; at most 20',
    auth: 'person',
    query: contract.PlaceSearchQuery,
    answer: contract.PlaceSearchAnswer,
    handle: ({ query }) => ctx.db.read((reads) => searchPlaces(reads, query.q)),
  }),
  route({
    method: 'post',
    path: '/api/repairs/tickets',
    summary: 'Report something; the same key again is the same ticket',
    auth: 'person',
    body: contract.ReportRequest,
    answer: contract.ReportAnswer,
    handle: ({ actor, body }) => reportFault(ctx, actor, body),
  }),
  route({
    method: 'get',
    path: '/api/repairs/own',
    summary: 'What I reported, what lies with me to mend, what I mended; newest first',
    auth: 'person',
    query: contract.OwnQuery,
    answer: contract.OwnAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listOwn(ctx, reads, actor.personId, query)),
  }),
];

const tickets = (ctx: RepairsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/repairs/tickets',
    summary: 'Tickets in my reach, filtered; newest first',
    auth: 'person',
    query: contract.ListQuery,
    answer: contract.ListAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listTickets(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'get',
    path: '/api/repairs/tickets/:ticketId',
    summary: 'One ticket with everything that happened to it and what I may do',
    auth: 'person',
    params: contract.ByTicket,
    answer: contract.TicketAnswer,
    handle: ({ actor, params }) =>
      ctx.db.read((reads) => readTicket(ctx, reads, actor.personId, params.ticketId)),
  }),
  route({
    method: 'get',
    path: '/api/repairs/tickets/:ticketId/candidates',
    summary: 'To whom it can be given, with what each has in hand',
    auth: 'person',
    params: contract.ByTicket,
    answer: contract.CandidatesAnswer,
    handle: ({ actor, params }) =>
      ctx.db.read((reads) => listCandidates(ctx, reads, actor.personId, params.ticketId)),
  }),
  route({
    method: 'get',
    path: '/api/repairs/tickets/:ticketId/files/:fileId',
    summary: 'A photo of a ticket, for whoever sees the ticket',
    auth: 'person',
    params: contract.ByFile,
    handle: ({ actor, params, ctx: http }) => sendPhoto(ctx, actor, http, params),
  }),
  route({
    method: 'post',
    path: '/api/repairs/tickets/:ticketId/act',
    summary:
      'Dispatch, give back, accept, hold, resume, finish, confirm with a rating, ask for rework, cancel',
    auth: 'person',
    params: contract.ByTicket,
    body: contract.ActRequest,
    answer: contract.ActAnswer,
    handle: async ({ actor, params, body }) => ({ state: await act(ctx, actor, params.ticketId, body) }),
  }),
];

/** Whoever dispatches for the whole institution. */
const keeping = (ctx: RepairsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/repairs/places',
    summary: 'Rooms and things with a code on them',
    auth: 'person',
    query: contract.PlacesQuery,
    answer: contract.PlacesAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listPlaces(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'post',
    path: '/api/repairs/places',
    summary: 'Add a room or a thing; it gets a code of its own',
    auth: 'person',
    body: contract.PlaceRequest,
    answer: contract.PlaceAnswer,
    handle: ({ actor, body }) => addPlace(ctx, actor, body),
  }),
  route({
    method: 'put',
    path: '/api/repairs/places/:placeId',
    summary: 'Change it, or take no more reports for it; the code stays',
    auth: 'person',
    params: contract.ByPlace,
    body: contract.ChangePlaceRequest,
    answer: contract.Done,
    handle: async ({ actor, params, body }) => {
      await changePlace(ctx, actor, params.placeId, body);
      return ok;
    },
  }),
  route({
    method: 'get',
    path: '/api/repairs/workers',
    summary: 'Who mends what where, with what each has in hand',
    auth: 'person',
    answer: contract.WorkersAnswer,
    handle: ({ actor }) => ctx.db.read((reads) => listWorkers(ctx, reads, actor.personId)),
  }),
  route({
    method: 'put',
    path: '/api/repairs/workers',
    summary: 'Say what somebody mends and where; nothing: no more',
    auth: 'person',
    body: contract.WorkerRequest,
    answer: contract.Done,
    handle: async ({ actor, body }) => {
      await setWorker(ctx, actor, body);
      return ok;
    },
  }),
  route({
    method: 'get',
    path: '/api/repairs/recurring',
    summary: 'Orders that come again and again',
    auth: 'person',
    query: contract.RecurringQuery,
    answer: contract.RecurringAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listRecurring(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'post',
    path: '/api/repairs/recurring',
    summary: 'Have something ordered every week, month, quarter or year',
    auth: 'person',
    body: contract.RecurringRequest,
    answer: contract.MadeAnswer,
    handle: async ({ actor, body }) => ({ recurringId: await addRecurring(ctx, actor, body) }),
  }),
  route({
    method: 'post',
    path: '/api/repairs/recurring/:recurringId/end',
    summary: 'Order it no more',
    auth: 'person',
    params: contract.ByRecurring,
    body: contract.VersionRequest,
    answer: contract.Done,
    handle: async ({ actor, params, body }) => {
      await endRecurring(ctx, actor, params.recurringId, body.version);
      return ok;
    },
  }),
];

const figures = (ctx: RepairsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/repairs/figures',
    summary: 'A week, month or term in figures: by category, unit, person, delay and rating',
    auth: 'person',
    query: contract.FiguresQuery,
    answer: contract.FiguresAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => readFigures(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'get',
    path: '/api/repairs/figures/export',
    summary: 'The same report as a file (.xlsx); recorded',
    auth: 'person',
    query: contract.FiguresQuery,
    handle: async ({ actor, query, ctx: http }) => sendSheet(http, await exportFigures(ctx, actor, query)),
  }),
];
