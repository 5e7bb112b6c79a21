import type { Route } from '../../platform/http/route.ts';
import { batchRoutes } from './batch-routes.ts';
import { byHandRoutes } from './by-hand/routes.ts';
import type { HrContext } from './deps.ts';
import { createLook } from './look.ts';
import { planRoutes } from './plan-routes.ts';
import type { Words } from './words.ts';

export function hrRoutes(ctx: HrContext, words: Words): Route[] {
  const look = createLook(ctx);
  return [...batchRoutes(ctx, look, words), ...planRoutes(ctx, look, words), ...byHandRoutes(ctx, look)];
}
