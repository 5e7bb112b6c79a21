import { route, type Route } from '../../platform/http/route.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import { PeoplePage, PeopleQuery, UnitsPage, UnitsQuery } from './contract.ts';
import type { OrgLoader } from './load-org.ts';
import { findPeople, unitsBelow } from './queries.ts';

export function directoryRoutes(db: Db, loadOrg: OrgLoader): Route[] {
  const org = async () => (await db.read(loadOrg)).org;
  return [
    route({
      method: 'get',
      path: '/api/directory/people',
      summary: 'Find people by name, pinyin, initials or staff number.',
      auth: 'person',
      query: PeopleQuery,
      answer: PeoplePage,
      handle: async ({ query }) => findPeople(await org(), query),
    }),
    route({
      method: 'get',
      path: '/api/directory/units',
      summary: 'The units below one unit, with head counts.',
      auth: 'person',
      query: UnitsQuery,
      answer: UnitsPage,
      handle: async ({ query }) => unitsBelow(await org(), query.parentId),
    }),
  ];
}
