import { route, type Route } from '../../platform/http/route.ts';
import { sendSheet } from '../../platform/http/send-sheet.ts';
import { adjustAccount, setService } from './commands/keep-accounts.ts';
import { cancelLeave, reportBack } from './commands/report-back.ts';
import type { LeaveContext } from './context.ts';
import { grantYear, peopleToGrant } from './commands/grant-year.ts';
import * as contract from './contract.ts';
import { listAccounts, readAccount } from './queries/accounts.ts';
import { listAway, readCalendar } from './queries/away.ts';
import { exportAccounts } from './export-accounts.ts';
import { readOwn } from './queries/own.ts';
import { backWords } from './words.ts';

export const leaveRoutes = (ctx: LeaveContext): Route[] => [
  ...ownRoutes(ctx),
  ...calendarRoutes(ctx),
  ...accountRoutes(ctx),
];

const ownRoutes = (ctx: LeaveContext): Route[] => [
  route({
    method: 'get',
    path: '/api/leave/own',
    summary: 'What leave I have left, and my leaves with what I can do about them',
    auth: 'person',
    query: contract.OwnQuery,
    answer: contract.OwnAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => readOwn(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'post',
    path: '/api/leave/absences/:absenceId/report-back',
    summary:
      'Back at work: from now on, or from a half day that is past; what is left of the leave goes back',
    auth: 'person',
    params: contract.ByAbsence,
    body: contract.ReportBackRequest,
    answer: contract.ActAnswer,
    handle: async ({ actor, params, body }) => {
      const done = await ctx.db.write(actor, (tx) =>
        reportBack(ctx, tx, params.absenceId, body.back ?? null),
      );
      return { words: `已销假，${backWords(done.back, done.returnedDays)}` };
    },
  }),
  route({
    method: 'post',
    path: '/api/leave/absences/:absenceId/cancel',
    summary: 'Not going after all, before it begins: all days go back',
    auth: 'person',
    params: contract.ByAbsence,
    answer: contract.ActAnswer,
    handle: async ({ actor, params }) => {
      const days = await ctx.db.write(actor, (tx) => cancelLeave(ctx, tx, params.absenceId));
      return { words: `已取消，${String(days)} 天不休了` };
    },
  }),
];

const calendarRoutes = (ctx: LeaveContext): Route[] => [
  route({
    method: 'get',
    path: '/api/leave/calendar',
    summary: 'How many are away on each day of a month, in a unit, of those I may see',
    auth: 'person',
    query: contract.CalendarQuery,
    answer: contract.CalendarAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => readCalendar(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'get',
    path: '/api/leave/away',
    summary: 'Who is away on a day, or has not reported back; which leave it is, for their heads and HR',
    auth: 'person',
    query: contract.AwayQuery,
    answer: contract.AwayAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listAway(ctx, reads, actor.personId, query)),
  }),
];

/** For who keeps the accounts. */
const accountRoutes = (ctx: LeaveContext): Route[] => [
  route({
    method: 'get',
    path: '/api/leave/accounts',
    summary: 'Balances of everybody in a year',
    auth: 'person',
    query: contract.AccountsQuery,
    answer: contract.AccountsAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listAccounts(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'get',
    path: '/api/leave/accounts/export/list',
    summary: 'The same list as a file (.xlsx); recorded, at most 5,000 people',
    auth: 'person',
    query: contract.AccountsExportQuery,
    handle: async ({ actor, query, ctx: http }) => {
      sendSheet(http, await exportAccounts(ctx, actor, query));
    },
  }),
  route({
    method: 'get',
    path: '/api/leave/grants',
    summary: 'How many have nothing booked of a type of leave in a year',
    auth: 'person',
    query: contract.GrantQuery,
    answer: contract.GrantAnswer,
    handle: ({ actor, query }) =>
      ctx.db.read(async (reads) => ({
        people: (await peopleToGrant(ctx, reads, actor.personId, query)).length,
      })),
  }),
  route({
    method: 'post',
    path: '/api/leave/grants',
    summary: 'Give them the days of that year, with a reason; at most 200 people at once, the rest again',
    auth: 'person',
    body: contract.GrantRequest,
    answer: contract.GrantedAnswer,
    handle: ({ actor, body }) => ctx.db.write(actor, (tx) => grantYear(ctx, tx, actor, body)),
  }),
  route({
    method: 'get',
    path: '/api/leave/accounts/:personId',
    summary: 'One account, line by line',
    auth: 'person',
    params: contract.ByPerson,
    query: contract.AccountQuery,
    answer: contract.AccountAnswer,
    handle: ({ actor, params, query }) =>
      ctx.db.read((reads) => readAccount(ctx, reads, actor.personId, params.personId, query)),
  }),
  route({
    method: 'post',
    path: '/api/leave/accounts/:personId/entries',
    summary: 'Give days or take them, with a reason',
    auth: 'person',
    params: contract.ByPerson,
    body: contract.AdjustRequest,
    answer: contract.OkAnswer,
    handle: async ({ actor, params, body }) => {
      await ctx.db.write(actor, (tx) => adjustAccount(ctx, tx, actor, params.personId, body));
      return { ok: true as const };
    },
  }),
  route({
    method: 'post',
    path: '/api/leave/accounts/:personId/service',
    summary:
      'Say since when somebody works, and whether they have days by service; the account follows at once',
    auth: 'person',
    params: contract.ByPerson,
    body: contract.ServiceRequest,
    answer: contract.OkAnswer,
    handle: async ({ actor, params, body }) => {
      await ctx.db.write(actor, (tx) => setService(ctx, tx, actor, params.personId, body));
      return { ok: true as const };
    },
  }),
];
