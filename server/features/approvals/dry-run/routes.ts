import { z } from 'zod';
import type { Db } from '../../../platform/db/unit-of-work.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import { Id } from '../contract.ts';
import { DryRunAnswer, DryRunListAnswer, PersonWalkAnswer } from './contract.ts';
import { listDryRuns, mustMayDryRun, readDryRun, readPersonWalk, type DryRunContext } from './queries.ts';

export const dryRunRoutes = (db: Db, ctx: DryRunContext): Route[] => [
  route({
    method: 'get',
    path: '/api/approvals/dry-run',
    summary: 'Every template walked by everybody in the directory: which stop for whom',
    auth: 'person',
    answer: DryRunListAnswer,
    handle: ({ actor }) => {
      mustMayDryRun(actor.roles);
      return db.read((reads) => listDryRuns(ctx, reads));
    },
  }),
  route({
    method: 'get',
    path: '/api/approvals/dry-run/:templateKey',
    summary: 'Where one template stops, for whom, in which of its branches',
    auth: 'person',
    params: z.strictObject({ templateKey: Id }),
    answer: DryRunAnswer,
    handle: ({ actor, params }) => {
      mustMayDryRun(actor.roles);
      return db.read((reads) => readDryRun(ctx, reads, params.templateKey));
    },
  }),
  route({
    method: 'get',
    path: '/api/approvals/dry-run/:templateKey/people/:personId',
    summary: 'How one person’s request would go through each branch of a template, as the directory is now',
    auth: 'person',
    params: z.strictObject({ templateKey: Id, personId: Id }),
    answer: PersonWalkAnswer,
    handle: ({ actor, params }) => {
      mustMayDryRun(actor.roles);
      return db.read((reads) => readPersonWalk(ctx, reads, params));
    },
  }),
];
