/** The room's routes: lists, templates, making a request and reading it; the rest from the files beside this one. */
import { z } from 'zod';
import { dateOf } from '../../../kernel/dates.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import { forecastRequest, submitRequest } from '../commands/submit.ts';
import { revealNumber } from '../commands/reveal.ts';
import * as contract from '../contract.ts';
import { retiredKeys } from '../design/states.ts';
import { askChoices } from '../form/choice.ts';
import { readDetail } from '../reads/request.ts';
import { mustSeeFile } from '../field-rights.ts';
import { mustBeAllowed } from '../policy.ts';
import { listItems, type ListContext } from '../reads/boxes.ts';
import { loadInstance } from '../store/requests.ts';
import { templateAnswer } from '../views/template.ts';
import { batchRoutes } from '../batch/routes.ts';
import { printRoutes } from '../print/routes.ts';
import { circulationRoutes } from './circulation.ts';
import { actRoutes } from './acts.ts';
import { askingRoutes } from './asking.ts';

const byInstance = z.strictObject({ instanceId: contract.Id });
const byTemplate = z.strictObject({ templateKey: contract.Id });
const byFile = z.strictObject({ instanceId: contract.Id, fileId: contract.Id });

interface RoutesDeps {
  readonly ctx: ApprovalsContext;
  readonly list: ListContext;
  readonly sendFile: (
    ctx: Parameters<Route['handle']>[0]['ctx'],
    fileId: string,
    instanceId: string,
  ) => Promise<void>;
}

export function approvalsRoutes({ ctx, list, sendFile }: RoutesDeps): Route[] {
  const { db } = ctx;
  return [
    route({
      method: 'get',
      path: '/api/approvals/items',
      summary: 'My to-dos, what I decided, what I asked for, what I was copied on',
      auth: 'person',
      query: contract.ItemsQuery,
      answer: contract.ItemsAnswer,
      handle: ({ actor, query }) => db.read((reads) => listItems(reads, list, actor.personId, query)),
    }),
    route({
      method: 'get',
      path: '/api/approvals/templates',
      summary: 'What can be applied for',
      auth: 'person',
      answer: contract.TemplatesAnswer,
      handle: () =>
        db.read(async (reads) => {
          const retired = await retiredKeys(reads);
          const offered = (await ctx.templates.all(reads)).filter(({ key }) => !retired.has(key));
          return {
            items: offered.map(({ key, title, icon, hue, group }) => ({
              templateKey: key,
              title,
              icon,
              hue,
              group,
            })),
          };
        }),
    }),
    route({
      method: 'get',
      path: '/api/approvals/templates/:templateKey',
      summary: 'The form of a template, with my posts and balances',
      auth: 'person',
      params: byTemplate,
      answer: contract.TemplateAnswer,
      handle: ({ actor, params }) =>
        db.read(async (reads) => {
          const template = await ctx.templates.offered(reads, params.templateKey);
          return templateAnswer(
            template,
            await ctx.orgOf(reads),
            actor.personId,
            await ctx.leaves().balancesOf(reads, actor.personId),
            dateOf(reads.now),
            await askChoices(ctx.choices, reads, template, actor.personId),
          );
        }),
    }),
    route({
      method: 'post',
      path: '/api/approvals/forecast',
      summary: 'Days, rules and path of a request before it is made',
      auth: 'person',
      body: contract.ForecastRequest,
      answer: contract.ForecastAnswer,
      handle: ({ actor, body }) => db.read((reads) => forecastRequest(ctx, reads, actor, body)),
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances',
      summary: 'Make a request',
      auth: 'person',
      body: contract.SubmitRequest,
      answer: contract.SubmitAnswer,
      handle: ({ actor, body }) => submitRequest(ctx, actor, body),
    }),
    route({
      method: 'get',
      path: '/api/approvals/instances/:instanceId',
      summary: 'One request with its timeline and what I may do',
      auth: 'person',
      params: byInstance,
      answer: contract.InstanceAnswer,
      handle: ({ actor, params }) => db.read((reads) => readDetail(ctx, reads, actor, params.instanceId)),
    }),
    route({
      method: 'get',
      path: '/api/approvals/instances/:instanceId/files/:fileId',
      summary: 'An attachment of a request',
      auth: 'person',
      params: byFile,
      handle: async ({ actor, params, ctx: http }) => {
        const row = await db.read((reads) => loadInstance(reads, params.instanceId));
        mustBeAllowed(row.state, actor, 'see');
        const template = await db.read((reads) =>
          ctx.templates.version(reads, row.templateKey, row.templateVersion),
        );
        mustSeeFile(template, row.state, actor, params.fileId);
        await sendFile(http, params.fileId, params.instanceId);
      },
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/reveal',
      summary: 'A masked number of its form in full, for the applicant and whoever decides now (H6)',
      auth: 'person',
      params: byInstance,
      body: contract.RevealFieldRequest,
      answer: contract.RevealFieldAnswer,
      handle: ({ actor, params, body }) => revealNumber(ctx, actor, params.instanceId, body.field),
    }),
    ...actRoutes(ctx),
    ...askingRoutes(ctx),
    ...circulationRoutes(ctx),
    ...batchRoutes(ctx),
    ...printRoutes(ctx),
  ];
}
