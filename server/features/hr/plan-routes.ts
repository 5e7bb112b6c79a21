import { z } from 'zod';
import { route, type Route } from '../../platform/http/route.ts';
import { acceptSource } from './commands/accept-source.ts';
import { confirmPlan } from './commands/confirm-plan.ts';
import { pauseRun, resumeRun, startRun } from './commands/control-run.ts';
import { decide } from './commands/make-plan.ts';
import * as contract from './contract.ts';
import type { HrContext } from './deps.ts';
import type { Look } from './look.ts';
import { listRuns, readPlan, readRun, unitNames } from './plan-queries.ts';
import { listChanges, listDoubts } from './queries.ts';
import { listItems } from './run-items.ts';
import type { Words } from './words.ts';

const byPlan = z.object({ planId: z.string().max(64) });
const nothing = z.strictObject({});

/** Plans: what would happen, who confirms it, how far it is. */
export function planRoutes(ctx: HrContext, look: Look, words: Words): Route[] {
  // What a change of ours is refused for is wrong in the data (D7).
  const failure = (code: string) => ({ cure: 'fixData', words: words(code) });
  return [
    route({
      method: 'get',
      path: '/api/hr/plans/:planId',
      summary: 'A plan: limits, consequences, groups',
      auth: 'person',
      params: byPlan,
      answer: contract.PlanAnswer,
      handle: ({ actor, params }) =>
        look(actor, (reads, nameOf) => readPlan(ctx, reads, actor, params.planId, nameOf)),
    }),
    route({
      method: 'get',
      path: '/api/hr/plans/:planId/changes',
      summary: 'Its changes with before and after',
      auth: 'person',
      params: byPlan,
      query: contract.ChangesQuery,
      answer: contract.ChangesAnswer,
      handle: ({ actor, params, query }) =>
        look(actor, async (reads) => listChanges(reads, params.planId, query, await unitNames(ctx, reads))),
    }),
    route({
      method: 'get',
      path: '/api/hr/plans/:planId/doubts',
      summary: 'What a human has to decide',
      auth: 'person',
      params: byPlan,
      query: contract.BatchesQuery,
      answer: contract.DoubtsAnswer,
      handle: ({ actor, params, query }) => look(actor, (reads) => listDoubts(reads, params.planId, query)),
    }),
    route({
      method: 'post',
      path: '/api/hr/plans/:planId/decide',
      summary: 'Decide doubts; answers the new plan',
      auth: 'person',
      params: byPlan,
      body: contract.DecideRequest,
      answer: contract.PlanMade,
      handle: async ({ actor, params, body }) => ({ planId: await decide(ctx, actor, params.planId, body) }),
    }),
    route({
      method: 'post',
      path: '/api/hr/plans/:planId/confirm',
      summary: 'A second person confirms exactly this plan',
      auth: 'person',
      params: byPlan,
      body: contract.ConfirmRequest,
      answer: contract.Done,
      handle: async ({ actor, params, body }) => {
        await confirmPlan(ctx, actor, params.planId, body);
        return { ok: true as const };
      },
    }),
    route({
      method: 'post',
      path: '/api/hr/plans/:planId/accept',
      summary: 'Say that the first correlation of the source is right (A7); answers the plan made anew',
      auth: 'person',
      params: byPlan,
      body: nothing,
      answer: contract.PlanMade,
      handle: async ({ actor, params }) => ({ planId: await acceptSource(ctx, actor, params.planId) }),
    }),
    route({
      method: 'get',
      path: '/api/hr/runs',
      summary: 'Plans that were carried out, the newest first',
      auth: 'person',
      query: contract.BatchesQuery,
      answer: contract.RunsAnswer,
      handle: ({ actor, query }) => look(actor, (reads, nameOf) => listRuns(reads, query, nameOf)),
    }),
    ...(
      [
        ['apply', 'Carry a plan out', startRun],
        ['pause', 'Pause the run after the change in hand', pauseRun],
        ['resume', 'Go on where the run stopped', resumeRun],
      ] as const
    ).map(([verb, summary, command]) =>
      route({
        method: 'post',
        path: `/api/hr/plans/:planId/${verb}`,
        summary,
        auth: 'person',
        params: byPlan,
        body: nothing,
        answer: contract.Done,
        handle: async ({ actor, params }) => {
          await command(ctx, actor, params.planId);
          return { ok: true as const };
        },
      }),
    ),
    route({
      method: 'get',
      path: '/api/hr/plans/:planId/run',
      summary: 'How far a run is',
      auth: 'person',
      params: byPlan,
      answer: contract.RunAnswer,
      handle: ({ actor, params }) =>
        look(actor, (reads, nameOf) => readRun(ctx, reads, params.planId, nameOf, failure)),
    }),
    route({
      method: 'get',
      path: '/api/hr/plans/:planId/items',
      summary: 'What became of each change',
      auth: 'person',
      params: byPlan,
      query: contract.ItemsQuery,
      answer: contract.ItemsAnswer,
      handle: ({ actor, params, query }) =>
        look(actor, (reads) => listItems(ctx, reads, params.planId, query, words)),
    }),
  ];
}
