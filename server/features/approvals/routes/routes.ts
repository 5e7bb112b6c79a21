import { z } from 'zod';
import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import * as acts from '../commands/act.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import { forecastRequest, submitRequest } from '../commands/submit.ts';
import { revealNumber } from '../commands/reveal.ts';
import * as contract from '../contract.ts';
import { retiredKeys } from '../design/states.ts';
import { askChoices, chosenBefore } from '../form/choice.ts';
import { detailOf } from '../reads/detail.ts';
import { stepsAhead } from '../engine/lanes.ts';
import { mustSeeFile } from '../field-rights.ts';
import { forecast } from '../views/forecast.ts';
import type { InstanceState } from '../model/state.ts';
import type { PersonSnapshot } from '../model/people.ts';
import { isActive, snapshot } from '../model/org.ts';
import { openTaskOf, mustBeAllowed } from '../policy.ts';
import { listItems, type ListContext } from '../reads/boxes.ts';
import { loadInstance } from '../store/requests.ts';
import { returnRoutes } from './returns.ts';
import { templateAnswer } from '../views/template.ts';
import { batchRoutes } from '../batch/routes.ts';
import { printRoutes } from '../print/routes.ts';
import { circulationRoutes } from './circulation.ts';
import { askingRoutes } from './asking.ts';
import type { PathStep } from '../contract.ts';
import type { Template } from '../template/template.ts';

const byInstance = z.strictObject({ instanceId: contract.Id });
const byTask = z.strictObject({ taskId: contract.Id });
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

function actRoutes(ctx: ApprovalsContext): Route[] {
  return [
    ...returnRoutes(ctx),
    route({
      method: 'post',
      path: '/api/approvals/tasks/:taskId/approve',
      summary: 'Approve',
      auth: 'person',
      params: byTask,
      body: contract.ApproveRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) =>
        acts.actOnTaskAnswer(
          ctx,
          actor,
          params.taskId,
          { type: 'approve', comment: body.comment, signature: body.signature },
          body.edits,
        ),
    }),
    route({
      method: 'post',
      path: '/api/approvals/tasks/:taskId/reject',
      summary: 'Reject, with a reason the applicant reads',
      auth: 'person',
      params: byTask,
      body: contract.RejectRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) =>
        acts.actOnTaskAnswer(ctx, actor, params.taskId, { type: 'reject', comment: body.comment }),
    }),
    route({
      method: 'post',
      path: '/api/approvals/tasks/:taskId/transfer',
      summary: 'Hand the task to somebody else',
      auth: 'person',
      params: byTask,
      body: contract.TransferRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) =>
        acts.actOnTaskAnswer(ctx, actor, params.taskId, { type: 'transfer', ...body }),
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/withdraw',
      summary: 'Take a running request back',
      auth: 'person',
      params: byInstance,
      body: contract.WithdrawRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) => acts.withdrawRequest(ctx, actor, params.instanceId, body.reason),
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/remind',
      summary: 'Remind whoever holds it',
      auth: 'person',
      params: byInstance,
      body: z.strictObject({}),
      answer: contract.RemindAnswer,
      handle: ({ actor, params }) => acts.remindHolders(ctx, actor, params.instanceId),
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/comment',
      summary: 'Comment, and tell those named in it',
      auth: 'person',
      params: byInstance,
      body: contract.CommentRequest,
      answer: contract.ActAnswer,
      handle: ({ actor, params, body }) => acts.commentOnRequest(ctx, actor, params.instanceId, body),
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/read',
      summary: 'Note that I have seen it',
      auth: 'person',
      params: byInstance,
      body: z.strictObject({}),
      answer: contract.ReadAnswer,
      handle: async ({ actor, params }) => {
        await acts.actOnInstance(ctx, actor, params.instanceId, { type: 'markRead' });
        return { ok: true as const };
      },
    }),
    route({
      method: 'post',
      path: '/api/approvals/instances/:instanceId/assign',
      summary: 'Name approvers for seats nobody could be found for (R18)',
      auth: 'person',
      params: byInstance,
      body: contract.AssignRequest,
      answer: contract.ReadAnswer,
      handle: async ({ actor, params, body }) => {
        await acts.actOnInstance(ctx, actor, params.instanceId, { type: 'assignSeats', ...body });
        return { ok: true as const };
      },
    }),
  ];
}

/**
 * One request as its page shows it to this viewer.
 * @param asParty false: the caller has checked that they answer for its unit
 * @throws notFound `approvals.not_visible`
 */
export async function readDetail(
  ctx: ApprovalsContext,
  reads: Reads,
  viewer: PersonActor,
  instanceId: string,
  asParty = true,
) {
  const row = await loadInstance(reads, instanceId);
  const { state } = row;
  if (asParty) mustBeAllowed(state, viewer, 'see');
  const [template, org, files, due] = await Promise.all([
    ctx.templates.version(reads, row.templateKey, row.templateVersion),
    ctx.orgOf(reads),
    ctx.files.attached(reads, instanceId),
    dueOf(reads, state, viewer.personId),
  ]);
  const answer = detailOf({
    state,
    template,
    viewer,
    now: reads.now,
    calendar: ctx.calendar(),
    files,
    due,
    ahead: state.status === 'running' ? foreseen(ctx, reads, template, state, org) : [],
    personName: (id) => org.person(id)?.name ?? null,
    personBrief: (id) => briefOf(snapshot(org, id)),
    isActive: (id) => isActive(org, id),
  });
  for (const addedTo of ctx.facts.get(state.templateKey) ?? [])
    for (const { isFinal, ...fact } of await addedTo(reads, state)) {
      answer.facts.push(fact);
      if (isFinal === true) answer.can.revoke = false;
    }
  return answer;
}

const briefOf = (found: PersonSnapshot | null): contract.PersonBrief | null =>
  found && { personId: found.personId, name: found.name, unitName: found.unitName, title: found.title };

/** The viewer's own deadline if they hold a task, else the nearest one. */
async function dueOf(reads: Reads, state: InstanceState, personId: string) {
  const mine = openTaskOf(state, personId);
  const [row] = await reads.em.query<{ dueAt: number | null; provisional: number }[]>(
    mine
      ? 'select dueAt, provisional from approval_task where id = ?'
      : `select dueAt, provisional from approval_task where instanceId = ? and status = 'pending' and dueAt is not null
         order by dueAt limit 1`,
    [mine ? mine.taskId : state.instanceId],
  );
  return { dueAt: row?.dueAt ?? null, provisional: Boolean(row?.provisional) };
}

/** Steps that have not opened yet, as the directory would fill them today (R24). */
function foreseen(
  ctx: ApprovalsContext,
  reads: Reads,
  template: Template,
  state: InstanceState,
  org: Awaited<ReturnType<ApprovalsContext['orgOf']>>,
): PathStep[] {
  const { answer } = forecast(
    template,
    {
      personId: state.applicant.personId,
      assignmentId: state.applicant.assignmentId ?? '',
      form: state.form,
      chosen: state.chosen,
    },
    {
      org,
      calendar: ctx.calendar(),
      today: dateOf(reads.now),
      absences: [],
      balances: {},
      // Linked when it was handed in; what became of them since changes no path.
      request: () => ({ templateKey: null, words: '' }),
      choices: chosenBefore(template, state.form, state.values),
    },
  );
  const ahead = stepsAhead(template, state);
  return answer.path.filter((step) => ahead.has(step.stepKey));
}
