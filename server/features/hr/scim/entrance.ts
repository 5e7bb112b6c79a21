import type { Context, Middleware } from 'koa';
import { AppError, forbidden, notFound } from '../../../kernel/errors.ts';
import { answerJson } from './answers.ts';
import { actorNameOf, placeOf, ROOT, type ScimDeps } from './context.ts';
import { discovered, serviceProviderConfig } from './discovery.ts';
import { systemBehind } from './keys.ts';
import { answerFailure } from './problem.ts';
import { onlyMethods, onResources } from './requests.ts';
import { GROUPS, type ResourceType, USERS } from './schema.ts';
import { createTotals, type Totals } from './totals.ts';

const TYPES: Readonly<Record<string, ResourceType>> = { Users: USERS, Groups: GROUPS };

/**
 * Everything below /scim/v2: the system's key instead of a session, answers and failures as RFC 7644 has them. It is
 * an entrance because a page would else be answered for paths that no route of the API has.
 */
export function scimEntrance(deps: ScimDeps): Middleware {
  const total = createTotals(deps.directory);
  return async (ctx, next) => {
    if (ctx.path !== ROOT && !ctx.path.startsWith(`${ROOT}/`)) return next();
    ctx.state.route = `${ROOT}/*`;
    try {
      await answer(deps, total, ctx);
    } catch (thrown) {
      const error = answerFailure(ctx, thrown, deps.words);
      if (ctx.status >= 500 && ctx.status !== 501)
        deps.log.error(
          { requestId: requestIdOf(ctx), code: error.code, err: error.cause ?? error },
          'scim failed',
        );
    }
    return undefined;
  };
}

const requestIdOf = (ctx: Context): string =>
  (ctx.state as { request?: { requestId: string } }).request?.requestId ?? '';

async function answer(deps: ScimDeps, total: Totals, ctx: Context): Promise<void> {
  await deps.rates.byAddress(ctx.ip);
  const source = await systemBehind(deps.db, ctx.get('Authorization'));
  if (source === null) throw new AppError('scim.unauthorized', { status: 401 });
  await deps.rates.byPerson(actorNameOf(source));
  const [kind = '', id, ...more] = ctx.path.slice(ROOT.length + 1).split('/');
  const type = TYPES[kind];
  if (type && more.length === 0) {
    ctx.state.route = `${ROOT}/${kind}${id === undefined ? '' : '/:id'}`;
    return onResources({ deps, ctx, source, requestId: requestIdOf(ctx), type, total }, id);
  }
  if (kind === 'Me' || kind === 'Bulk' || kind === '.search')
    throw new AppError('scim.not_supported', { status: 501 });
  return discover(deps, ctx, kind, [id, ...more]);
}

function discover(
  deps: ScimDeps,
  ctx: Context,
  kind: string,
  [id, ...more]: readonly (string | undefined)[],
): void {
  const known = kind === 'ServiceProviderConfig' || kind === 'ResourceTypes' || kind === 'Schemas';
  if (!known || more.length > 0) throw notFound('scim.not_found');
  onlyMethods(ctx, 'GET');
  // RFC 7644, 4: searching them is refused.
  if (ctx.query.filter !== undefined) throw forbidden('scim.no_filter_here');
  if (kind !== 'ServiceProviderConfig') return answerJson(ctx, 200, discovered(kind, id, placeOf(deps)));
  if (id !== undefined) throw notFound('scim.not_found');
  return answerJson(ctx, 200, serviceProviderConfig(placeOf(deps)));
}
