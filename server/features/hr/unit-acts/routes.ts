import { z } from 'zod';
import { route, type Route } from '../../../platform/http/route.ts';
import { Done } from '../contract.ts';
import { confirmUnitAct, proposeUnitAct, withdrawUnitAct } from './commands.ts';
import * as contract from './contract.ts';
import type { UnitActContext } from './deps.ts';
import { listUnitActItems, listUnitActs, readUnitAct } from './queries.ts';

const byAct = z.object({ actId: z.string().max(64) });
const ok = { ok: true as const };

/** Merging and dissolving a unit: one proposes, another confirms. */
export function unitActRoutes(ctx: UnitActContext): Route[] {
  const { db } = ctx;
  return [
    route({
      method: 'get',
      path: '/api/hr/unit-acts',
      summary: 'Proposals to merge or dissolve a unit',
      auth: 'person',
      query: contract.UnitActsQuery,
      answer: contract.UnitActsAnswer,
      handle: ({ actor, query }) => db.read((reads) => listUnitActs(ctx, reads, actor, query)),
    }),
    route({
      method: 'post',
      path: '/api/hr/unit-acts',
      summary: 'Propose to merge or dissolve a unit; nothing happens yet',
      auth: 'person',
      body: contract.ProposeRequest,
      answer: contract.Proposed,
      handle: async ({ actor, body }) => ({ actId: await proposeUnitAct(ctx, actor, body) }),
    }),
    route({
      method: 'get',
      path: '/api/hr/unit-acts/:actId',
      summary: 'What it would do',
      auth: 'person',
      params: byAct,
      answer: contract.UnitActAnswer,
      handle: ({ actor, params }) => db.read((reads) => readUnitAct(ctx, reads, actor, params.actId)),
    }),
    route({
      method: 'get',
      path: '/api/hr/unit-acts/:actId/items',
      summary: 'The people, units and other things of one group',
      auth: 'person',
      params: byAct,
      query: contract.UnitActItemsQuery,
      answer: contract.UnitActItemsAnswer,
      handle: ({ actor, params, query }) =>
        db.read((reads) => listUnitActItems(ctx, reads, actor, params.actId, query)),
    }),
    route({
      method: 'post',
      path: '/api/hr/unit-acts/:actId/confirm',
      summary: 'Confirm exactly this dry run as another person; it is done at once',
      auth: 'person',
      params: byAct,
      body: contract.ConfirmUnitAct,
      answer: Done,
      handle: async ({ actor, params, body }) => {
        await confirmUnitAct(ctx, actor, params.actId, body);
        return ok;
      },
    }),
    route({
      method: 'post',
      path: '/api/hr/unit-acts/:actId/withdraw',
      summary: 'Take the proposal back',
      auth: 'person',
      params: byAct,
      body: z.strictObject({}),
      answer: Done,
      handle: async ({ actor, params }) => {
        await withdrawUnitAct(ctx, actor, params.actId);
        return ok;
      },
    }),
  ];
}
