import { route, type Route } from '../../platform/http/route.ts';
import { sendSheet } from '../../platform/http/send-sheet.ts';
import { act } from './commands/act.ts';
import { addRule, changeRule, voidNumber } from './commands/keep-numbers.ts';
import { addSeal, changeSeal } from './commands/keep-seals.ts';
import type { SealsContext } from './context.ts';
import * as contract from './contract.ts';
import { exportLedger, listLedger } from './reads/ledger.ts';
import { exportNumbers, listNumbers, listRules } from './reads/numbers.ts';
import { listOwn } from './reads/own.ts';
import { listSeals } from './reads/register.ts';
import { readUse, sendPhoto } from './reads/use.ts';

const ok = { ok: true } as const;

export const sealRoutes = (ctx: SealsContext): Route[] => [...uses(ctx), ...register(ctx), ...numbers(ctx)];

const uses = (ctx: SealsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/seals/own',
    summary: 'What I asked for, what waits for me as keeper, what I recorded; newest first',
    auth: 'person',
    query: contract.OwnQuery,
    answer: contract.OwnAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listOwn(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'get',
    path: '/api/seals/uses',
    summary: 'The ledger as far as I answer for it or keep its seals, filtered; newest first',
    auth: 'person',
    query: contract.LedgerQuery,
    answer: contract.LedgerAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listLedger(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'get',
    path: '/api/seals/ledger/export',
    summary: 'The same as a file (.xlsx); recorded',
    auth: 'person',
    query: contract.LedgerExportQuery,
    handle: async ({ actor, query, ctx: http }) => sendSheet(http, await exportLedger(ctx, actor, query)),
  }),
  route({
    method: 'get',
    path: '/api/seals/uses/:useId',
    summary: 'One use with everything that happened to it and what I may do',
    auth: 'person',
    params: contract.ByUse,
    answer: contract.UseAnswer,
    handle: ({ actor, params }) => ctx.db.read((reads) => readUse(ctx, reads, actor.personId, params.useId)),
  }),
  route({
    method: 'get',
    path: '/api/seals/uses/:useId/files/:fileId',
    summary: 'A photo of a stamped page, for whoever sees the use',
    auth: 'person',
    params: contract.ByFile,
    handle: ({ actor, params, ctx: http }) => sendPhoto(ctx, actor, http, params),
  }),
  route({
    method: 'post',
    path: '/api/seals/uses/:useId/act',
    summary: 'Record what was stamped, close, void, hand the seal out, take it back',
    auth: 'person',
    params: contract.ByUse,
    body: contract.ActRequest,
    answer: contract.ActAnswer,
    handle: ({ actor, params, body }) => act(ctx, actor, params.useId, body),
  }),
];

const register = (ctx: SealsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/seals/seals',
    summary: 'Seals I register, with their keepers; by code',
    auth: 'person',
    query: contract.SealsQuery,
    answer: contract.SealsAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listSeals(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'post',
    path: '/api/seals/seals',
    summary: 'Register a seal with its keepers',
    auth: 'person',
    body: contract.SealRequest,
    answer: contract.SealMade,
    handle: async ({ actor, body }) => ({ sealId: await addSeal(ctx, actor, body) }),
  }),
  route({
    method: 'put',
    path: '/api/seals/seals/:sealId',
    summary: 'Change its name, unit or keepers, or use it no more; the code stays',
    auth: 'person',
    params: contract.BySeal,
    body: contract.ChangeSealRequest,
    answer: contract.Done,
    handle: async ({ actor, params, body }) => {
      await changeSeal(ctx, actor, params.sealId, body);
      return ok;
    },
  }),
];

const numbers = (ctx: SealsContext): Route[] => [
  route({
    method: 'get',
    path: '/api/seals/numbers',
    summary: 'Contract numbers: my own, or those I answer for; newest first',
    auth: 'person',
    query: contract.NumbersQuery,
    answer: contract.NumbersAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listNumbers(ctx, reads, actor.personId, query)),
  }),
  route({
    method: 'get',
    path: '/api/seals/numbers/export',
    summary: 'Those I answer for as a file (.xlsx); recorded',
    auth: 'person',
    query: contract.NumbersExportQuery,
    handle: async ({ actor, query, ctx: http }) => sendSheet(http, await exportNumbers(ctx, actor, query)),
  }),
  route({
    method: 'post',
    path: '/api/seals/numbers/:numberId/void',
    summary: 'A number no contract will bear: kept, never given again',
    auth: 'person',
    params: contract.ByNumber,
    body: contract.VoidRequest,
    answer: contract.Done,
    handle: async ({ actor, params, body }) => {
      await voidNumber(ctx, actor, params.numberId, body);
      return ok;
    },
  }),
  route({
    method: 'get',
    path: '/api/seals/rules',
    summary: 'Rules that contract numbers are made by',
    auth: 'person',
    answer: contract.RulesAnswer,
    handle: ({ actor }) => ctx.db.read((reads) => listRules(ctx, reads, actor.personId)),
  }),
  route({
    method: 'post',
    path: '/api/seals/rules',
    summary: 'Add a rule; its pattern never changes',
    auth: 'person',
    body: contract.RuleRequest,
    answer: contract.RuleMade,
    handle: async ({ actor, body }) => ({ ruleId: await addRule(ctx, actor, body) }),
  }),
  route({
    method: 'put',
    path: '/api/seals/rules/:ruleId',
    summary: 'Rename a rule, hand it to another unit, or end it',
    auth: 'person',
    params: contract.ByRule,
    body: contract.ChangeRuleRequest,
    answer: contract.Done,
    handle: async ({ actor, params, body }) => {
      await changeRule(ctx, actor, params.ruleId, body);
      return ok;
    },
  }),
];
