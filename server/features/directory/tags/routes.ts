import { z } from 'zod';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Db } from '../../../platform/db/unit-of-work.ts';
import type { OrgLoader } from '../load-org.ts';
import { putSet, removeSet } from './commands.ts';
import { SetPeoplePage, SetPut, SetRequest, SetsPage, SetsQuery } from './contract.ts';
import { listSets, peopleInSet } from './queries.ts';

const params = z.strictObject({ setId: z.string().min(1).max(64) });

export function tagRoutes(db: Db, loadOrg: OrgLoader): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/directory/sets',
      summary: 'Sets of people, and how far their tags in 企业微信 are',
      auth: 'person',
      query: SetsQuery,
      answer: SetsPage,
      handle: ({ actor, query }) =>
        db.read(async (reads) => listSets(reads, (await loadOrg(reads)).org, actor, query)),
    }),
    route({
      method: 'get',
      path: '/api/directory/sets/:setId/people',
      summary: 'Who is in a set now',
      auth: 'person',
      params,
      query: SetsQuery,
      answer: SetPeoplePage,
      handle: ({ actor, params: { setId }, query }) =>
        db.read(async (reads) => peopleInSet(reads, (await loadOrg(reads)).org, actor, setId, query)),
    }),
    route({
      method: 'post',
      path: '/api/directory/sets',
      summary: 'Create a set, or give one another name or definition',
      auth: 'person',
      body: SetRequest,
      answer: SetPut,
      handle: ({ actor, body }) => db.write(actor, (tx) => putSet(tx, body)),
    }),
    route({
      method: 'post',
      path: '/api/directory/sets/:setId/remove',
      summary: 'Give up a set; its tag goes, the people stay',
      auth: 'person',
      params,
      body: z.strictObject({}),
      answer: z.object({ changed: z.boolean() }),
      handle: async ({ actor, params: { setId } }) => ({
        changed: await db.write(actor, (tx) => removeSet(tx, setId)),
      }),
    }),
  ];
}
