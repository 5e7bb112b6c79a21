import type { Middleware } from 'koa';
import type { ScimDeps } from './context.ts';
import { scimEntrance } from './entrance.ts';
import type { Route } from '../../../platform/http/route.ts';
import { scimRoutes } from './routes.ts';

export type { Refusal, ScimDeps } from './context.ts';
export { acceptSource, addSource, issueKey, type KnownSource, listSources, revokeKey } from './keys.ts';
export { scimDoneToday } from './permit.ts';
export { scimTables } from './tables.ts';

/**
 * SCIM 2.0 (RFC 7643, 7644) below /scim/v2, for identity systems that push: people as Users, units as Groups. Their
 * requests pass the directory's door like everything else; what takes something from people is limited by the day.
 */
export const createScim = (
  deps: ScimDeps,
): { readonly entrance: Middleware; readonly routes: readonly Route[] } => ({
  entrance: scimEntrance(deps),
  routes: scimRoutes(deps),
});
