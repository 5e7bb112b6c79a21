import { z } from 'zod';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Db } from '../../../platform/db/unit-of-work.ts';
import type { OrgLoader } from '../load-org.ts';
import { putBackTag } from './compare/commands.ts';
import { listFindings } from './compare/queries.ts';
import { changeList, pushTagsAgain, putSet, removeSet } from './commands.ts';
import * as contract from './contract.ts';
import { findByStaffNo, listSets, peopleInSet, previewRule, readSet } from './queries.ts';
import { mustTypeList, mustTypeRemoval, mustTypeSet } from './typed.ts';

const params = z.strictObject({ setId: z.string().min(1).max(64) });

/** @param pushes false where nothing is written to 企业微信 */
export function tagRoutes(db: Db, loadOrg: OrgLoader, pushes: boolean): Route[] {
  return [...reading(db, loadOrg, pushes), ...changing(db, loadOrg)];
}

function reading(db: Db, loadOrg: OrgLoader, pushes: boolean): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/directory/sets',
      summary: 'Sets of people, and how far their tags in 企业微信 are',
      auth: 'person',
      query: contract.SetsQuery,
      answer: contract.SetsPage,
      handle: ({ actor, query }) =>
        db.read(async (reads) => listSets(reads, { ...(await loadOrg(reads)), pushes }, actor, query)),
    }),
    route({
      method: 'get',
      path: '/api/directory/sets/:setId/people',
      summary: 'Who is in a set now',
      auth: 'person',
      params,
      query: contract.SetPeopleQuery,
      answer: contract.SetPeoplePage,
      handle: ({ actor, params: { setId }, query }) =>
        db.read(async (reads) => peopleInSet(reads, (await loadOrg(reads)).org, actor, setId, query)),
    }),
    route({
      method: 'get',
      path: '/api/directory/sets/:setId/findings',
      summary: 'What somebody else changed of the tag in 企业微信, and what became of it',
      auth: 'person',
      params,
      query: contract.FindingsQuery,
      answer: contract.FindingsPage,
      handle: ({ actor, params: { setId }, query }) =>
        db.read(async (reads) => listFindings(reads, (await loadOrg(reads)).org, actor, setId, query)),
    }),
    route({
      method: 'get',
      path: '/api/directory/sets/:setId',
      summary: 'One set: its definition, how far its tag is, its history',
      auth: 'person',
      params,
      answer: contract.SetAnswer,
      handle: ({ actor, params: { setId } }) =>
        db.read(async (reads) => readSet(reads, { ...(await loadOrg(reads)), pushes }, actor, setId)),
    }),
    route({
      method: 'post',
      path: '/api/directory/sets/preview',
      summary: 'Whom a rule would hold now; nothing is kept',
      auth: 'person',
      body: contract.PreviewRequest,
      answer: contract.PreviewAnswer,
      handle: ({ actor, body }) =>
        db.read(async (reads) => previewRule(reads, (await loadOrg(reads)).org, actor, body)),
    }),
    route({
      method: 'post',
      path: '/api/directory/sets/find',
      summary: 'People by their staff numbers, to be put on a list',
      auth: 'person',
      body: contract.FindRequest,
      answer: contract.FindAnswer,
      handle: ({ actor, body }) =>
        db.read(async (reads) => findByStaffNo((await loadOrg(reads)).org, actor, body)),
    }),
  ];
}

function changing(db: Db, loadOrg: OrgLoader): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/directory/sets',
      summary: 'Create a set, or give one another name or definition',
      auth: 'person',
      body: contract.SetRequest,
      answer: contract.SetPut,
      handle: async ({ actor, body }) => {
        await db.read(async (reads) => mustTypeSet(reads, (await loadOrg(reads)).org, actor, body));
        return db.write(actor, (tx) => putSet(tx, body));
      },
    }),
    route({
      method: 'post',
      path: '/api/directory/sets/:setId/list',
      summary: 'Put people on a list or take them off it, or give it another name',
      auth: 'person',
      params,
      body: contract.ListRequest,
      answer: contract.Changed,
      handle: async ({ actor, params: { setId }, body }) => {
        mustTypeList(actor, body);
        return { changed: await db.write(actor, (tx) => changeList(tx, { setId, ...body })) };
      },
    }),
    route({
      method: 'post',
      path: '/api/directory/sets/:setId/again',
      summary: 'Write the tags again after what 企业微信 refused was cured',
      auth: 'person',
      params,
      body: z.strictObject({}),
      answer: z.object({ ok: z.literal(true) }),
      handle: async ({ actor, params: { setId } }) => {
        await db.write(actor, (tx) => pushTagsAgain(tx, setId));
        return { ok: true } as const;
      },
    }),
    route({
      method: 'post',
      path: '/api/directory/sets/:setId/put-back',
      summary: 'Put back what others changed of the tag and what waits for a person',
      auth: 'person',
      params,
      body: contract.PutBackRequest,
      answer: z.object({ ok: z.literal(true) }),
      handle: async ({ actor, params: { setId }, body }) => {
        await db.write(actor, (tx) => putBackTag(tx, setId, body.held));
        return { ok: true } as const;
      },
    }),
    route({
      method: 'post',
      path: '/api/directory/sets/:setId/remove',
      summary: 'Give up a set; its tag goes, the people stay',
      auth: 'person',
      params,
      body: contract.RemoveRequest,
      answer: contract.Changed,
      handle: async ({ actor, params: { setId }, body }) => {
        await db.read(async (reads) =>
          mustTypeRemoval(reads, (await loadOrg(reads)).org, actor, setId, body.phrase),
        );
        return { changed: await db.write(actor, (tx) => removeSet(tx, setId)) };
      },
    }),
  ];
}
