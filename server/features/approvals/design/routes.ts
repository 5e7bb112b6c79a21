import { route, type Route } from '../../../platform/http/route.ts';
import { DryRunAnswer } from '../dry-run/contract.ts';
import { discardDraft, rebaseDraft, repair, saveDraft } from './commands/change-draft.ts';
import { askReview, publishDraft } from './commands/publish-draft.ts';
import { restoreTemplate, retireTemplate } from './commands/retire.ts';
import { endDesignRight, grantDesign } from './commands/rights.ts';
import { startDraft } from './commands/start-draft.ts';
import type { DesignContext } from './context.ts';
import * as contract from './contract.ts';
import { listDesigns, readAround } from './queries/list-designs.ts';
import { listRights } from './queries/list-rights.ts';
import { dryRunOfDraft, exportYaml, previewDraft, readDifference } from './queries/look-ahead.ts';
import { readDesign } from './queries/read-design.ts';

const ROOT = '/api/approvals/design';
const ONE = `${ROOT}/templates/:templateKey` as const;
/** A draft of 200 KB, and its envelope. */
const DRAFT_LIMIT = 256 * 1024;

export const designRoutes = (ctx: DesignContext): Route[] => [
  ...reading(ctx),
  ...changing(ctx),
  ...ahead(ctx),
  ...rights(ctx),
];

const reading = (ctx: DesignContext): Route[] => [
  route({
    method: 'get',
    path: `${ROOT}/templates`,
    summary: 'Templates I may design or look at, with their drafts',
    auth: 'person',
    query: contract.ListQuery,
    answer: contract.DesignListAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listDesigns(ctx, reads, actor, query.after)),
  }),
  route({
    method: 'get',
    path: `${ROOT}/around`,
    summary: 'Roles, units and sources a designer chooses from',
    auth: 'person',
    answer: contract.AroundAnswer,
    handle: ({ actor }) => ctx.db.read((reads) => readAround(ctx, reads, actor)),
  }),
  route({
    method: 'get',
    path: ONE,
    summary: 'One template as the designer shows it: its draft or what is in force',
    auth: 'person',
    params: contract.ByKey,
    answer: contract.DesignAnswer,
    handle: ({ actor, params }) => ctx.db.read((reads) => readDesign(ctx, reads, actor, params.templateKey)),
  }),
];

const changing = (ctx: DesignContext): Route[] => [
  route({
    method: 'post',
    path: `${ROOT}/templates`,
    summary: 'Begin a draft: from what is in force, a version, a file, YAML, or anew',
    auth: 'person',
    bodyLimit: DRAFT_LIMIT,
    body: contract.StartRequest,
    answer: contract.StartAnswer,
    handle: ({ actor, body }) => startDraft(ctx, actor, body),
  }),
  route({
    method: 'put',
    path: `${ONE}/draft`,
    summary: 'Save a draft, faults and all; answers what is wrong with it',
    auth: 'person',
    bodyLimit: DRAFT_LIMIT,
    params: contract.ByKey,
    body: contract.SaveRequest,
    answer: contract.DraftState,
    handle: ({ actor, params, body }) => saveDraft(ctx, actor, params.templateKey, body),
  }),
  route({
    method: 'post',
    path: `${ONE}/repair`,
    summary: 'Repair one fault the way the checker offers',
    auth: 'person',
    params: contract.ByKey,
    body: contract.RepairRequest,
    answer: contract.DraftState,
    handle: ({ actor, params, body }) => repair(ctx, actor, params.templateKey, body),
  }),
  route({
    method: 'post',
    path: `${ONE}/rebase`,
    summary: 'Go on from what came into force since the draft was begun, having compared',
    auth: 'person',
    params: contract.ByKey,
    body: contract.RebaseRequest,
    answer: contract.DraftState,
    handle: ({ actor, params, body }) => rebaseDraft(ctx, actor, params.templateKey, body),
  }),
  route({
    method: 'post',
    path: `${ONE}/discard`,
    summary: 'Throw a draft away; what is in force stays',
    auth: 'person',
    params: contract.ByKey,
    body: contract.SeenRequest,
    answer: contract.Ok,
    handle: ({ actor, params, body }) => discardDraft(ctx, actor, params.templateKey, body.version),
  }),
  route({
    method: 'post',
    path: `${ONE}/review`,
    summary: 'Ask a second person to check and publish a sensitive template',
    auth: 'person',
    params: contract.ByKey,
    body: contract.SeenRequest,
    answer: contract.Ok,
    handle: ({ actor, params, body }) => askReview(ctx, actor, params.templateKey, body.version),
  }),
  route({
    method: 'post',
    path: `${ONE}/publish`,
    summary: 'Put a draft without faults in force as the next version (R41)',
    auth: 'person',
    params: contract.ByKey,
    body: contract.SeenRequest,
    answer: contract.PublishAnswer,
    handle: ({ actor, params, body }) => publishDraft(ctx, actor, params.templateKey, body.version),
  }),
  route({
    method: 'post',
    path: `${ONE}/retire`,
    summary: 'Nobody applies any more; requests under way go on (R41)',
    auth: 'person',
    params: contract.ByKey,
    body: contract.RetireRequest,
    answer: contract.Ok,
    handle: ({ actor, params, body }) => retireTemplate(ctx, actor, params.templateKey, body.reason),
  }),
  route({
    method: 'post',
    path: `${ONE}/restore`,
    summary: 'A retired template can be applied for again',
    auth: 'person',
    params: contract.ByKey,
    answer: contract.Ok,
    handle: ({ actor, params }) => restoreTemplate(ctx, actor, params.templateKey),
  }),
];

const ahead = (ctx: DesignContext): Route[] => [
  route({
    method: 'get',
    path: `${ONE}/difference`,
    summary: 'What changed between two versions, the draft or the offered file',
    auth: 'person',
    params: contract.ByKey,
    query: contract.DifferenceQuery,
    answer: contract.DifferenceAnswer,
    handle: ({ actor, params, query }) =>
      ctx.db.read((reads) => readDifference(ctx, reads, actor, params.templateKey, query)),
  }),
  route({
    method: 'get',
    path: `${ONE}/dry-run`,
    summary: 'The draft walked by everybody in the directory',
    auth: 'person',
    params: contract.ByKey,
    answer: DryRunAnswer,
    handle: ({ actor, params }) =>
      ctx.db.read((reads) => dryRunOfDraft(ctx, reads, actor, params.templateKey)),
  }),
  route({
    method: 'post',
    path: `${ONE}/preview`,
    summary: 'The path this form would take for this person (R24: a forecast)',
    auth: 'person',
    params: contract.ByKey,
    body: contract.PreviewRequest,
    answer: contract.PreviewAnswer,
    handle: ({ actor, params, body }) =>
      ctx.db.read((reads) => previewDraft(ctx, reads, actor, params.templateKey, body)),
  }),
  route({
    method: 'get',
    path: `${ONE}/yaml`,
    summary: 'A version, or the draft, as a YAML file',
    auth: 'person',
    params: contract.ByKey,
    query: contract.YamlQuery,
    handle: async ({ actor, params, query, ctx: http }) => {
      const { name, text } = await ctx.db.read((reads) =>
        exportYaml(ctx, reads, actor, params.templateKey, query.version),
      );
      http.type = 'application/yaml; charset=utf-8';
      http.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
      http.set('Cache-Control', 'no-store');
      http.body = text;
    },
  }),
];

const rights = (ctx: DesignContext): Route[] => [
  route({
    method: 'get',
    path: `${ROOT}/rights`,
    summary: 'Who may design what, by which request',
    auth: 'person',
    query: contract.ListQuery,
    answer: contract.RightsAnswer,
    handle: ({ actor, query }) => ctx.db.read((reads) => listRights(ctx, reads, actor, query.after)),
  }),
  route({
    method: 'post',
    path: `${ROOT}/rights`,
    summary: 'Let somebody design a group or a template, by an approved request with its flow (S2-10b)',
    auth: 'person',
    body: contract.GrantRequest,
    answer: contract.GrantAnswer,
    handle: ({ actor, body }) => grantDesign(ctx, actor, body),
  }),
  route({
    method: 'post',
    path: `${ROOT}/rights/:rightId/end`,
    summary: 'Take the right back',
    auth: 'person',
    params: contract.ByRight,
    answer: contract.Ok,
    handle: ({ actor, params }) => endDesignRight(ctx, actor, params.rightId),
  }),
];
