import type { Db } from '../../platform/db/unit-of-work.ts';
import { route, type Route } from '../../platform/http/route.ts';
import { KeepingAnswer, RunsAnswer, RunsQuery } from './contract.ts';
import { mustReadKeeping } from './policy.ts';
import { keepingReport, keepingRuns } from './queries.ts';
import type { Period } from './register.ts';

export const keepingRoutes = (db: Db, periods: readonly Period[]): Route[] => [
  route({
    method: 'get',
    path: '/api/keeping',
    summary: 'What is kept how long, for what and on what ground, and what was ended.',
    auth: 'person',
    answer: KeepingAnswer,
    handle: ({ actor }) => {
      mustReadKeeping(actor);
      return db.read((reads) => keepingReport(reads, periods));
    },
  }),
  route({
    method: 'get',
    path: '/api/keeping/runs',
    summary: 'What each night ended, the newest first.',
    auth: 'person',
    query: RunsQuery,
    answer: RunsAnswer,
    handle: ({ actor, query }) => {
      mustReadKeeping(actor);
      return db.read((reads) => keepingRuns(reads, periods, query));
    },
  }),
];
