import { z } from 'zod';
import { addDays, dateOf, instantOf } from '../../../kernel/dates.ts';
import { badRequest } from '../../../kernel/errors.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { ScimDeps } from './context.ts';
import * as contract from './contract.ts';
import { acceptSource, addSource, issueKey, revokeKey } from './keys.ts';
import { readActs, readSources } from './overview.ts';

const bySource = z.object({ source: z.string().min(1).max(64) });
const done = { ok: true } as const;
const LONGEST_DAYS = 3 * 366;

/** The same commands as `npm run scim`, for whoever may not sit at the machine. */
export function scimRoutes({ db, directory, publicUrl }: ScimDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/hr/scim/sources',
      summary: 'Identity systems that push by SCIM, with their keys and what they are tied to',
      auth: 'person',
      answer: contract.ScimSources,
      handle: ({ actor }) =>
        db.read(async (reads) => readSources(reads, { org: await directory.orgOf(reads), publicUrl }, actor)),
    }),
    route({
      method: 'get',
      path: '/api/hr/scim/sources/:source/acts',
      summary: 'What an identity system did, and what it was not let do, the newest first',
      auth: 'person',
      params: bySource,
      query: contract.ActsQuery,
      answer: contract.ScimActs,
      handle: ({ actor, params, query }) =>
        db.read(async (reads) => readActs(reads, await directory.orgOf(reads), actor, params.source, query)),
    }),
    route({
      method: 'post',
      path: '/api/hr/scim/sources',
      summary: 'A new identity system; it takes nothing from anybody until it is accepted',
      auth: 'person',
      body: contract.AddSourceRequest,
      answer: contract.Done,
      handle: async ({ actor, body }) => {
        await db.write(actor, (tx) => addSource(tx, body.source, body.name));
        return done;
      },
    }),
    route({
      method: 'post',
      path: '/api/hr/scim/sources/:source/accept',
      summary: 'From now on the system may suspend and delete, within the limits of a day',
      auth: 'person',
      params: bySource,
      body: z.strictObject({}),
      answer: contract.Done,
      handle: async ({ actor, params }) => {
        await db.write(actor, (tx) => acceptSource(tx, params.source));
        return done;
      },
    }),
    route({
      method: 'post',
      path: '/api/hr/scim/sources/:source/keys',
      summary: 'Another key for an identity system, answered this once',
      auth: 'person',
      params: bySource,
      body: contract.IssueKeyRequest,
      answer: contract.KeyIssued,
      handle: async ({ actor, params, body }) => ({
        key: await db.write(actor, (tx) =>
          issueKey(tx, params.source, { expiresAt: endOf(body.lastOn, tx.now) }),
        ),
      }),
    }),
    route({
      method: 'post',
      path: '/api/hr/scim/keys/:keyId/revoke',
      summary: 'The key opens nothing any more',
      auth: 'person',
      params: z.object({ keyId: z.string().min(1).max(64) }),
      body: z.strictObject({}),
      answer: contract.Done,
      handle: async ({ actor, params }) => {
        await db.write(actor, (tx) => revokeKey(tx, params.keyId));
        return done;
      },
    }),
  ];
}

/** The first instant after the last day. @throws badRequest `scim.bad_last_day` */
function endOf(lastOn: string | null, now: number): number | null {
  if (lastOn === null) return null;
  const today = dateOf(now);
  if (lastOn <= today || lastOn > addDays(today, LONGEST_DAYS)) throw badRequest('scim.bad_last_day');
  return instantOf(addDays(lastOn, 1));
}
