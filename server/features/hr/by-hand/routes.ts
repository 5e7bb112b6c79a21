import { route, type Route } from '../../../platform/http/route.ts';
import type { HrContext } from '../deps.ts';
import type { Look } from '../look.ts';
import * as contract from './contract.ts';
import { stateUnit } from './state-unit.ts';
import { readUnitForm } from './unit-form.ts';

/** One unit by hand, on the way of every statement. */
export function byHandRoutes(ctx: HrContext, look: Look): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/hr/units',
      summary: 'One unit as the form by hand begins with it',
      auth: 'person',
      query: contract.UnitFormQuery,
      answer: contract.UnitFormAnswer,
      handle: ({ actor, query }) => look(actor, (reads) => readUnitForm(ctx, reads, query.unitId)),
    }),
    route({
      method: 'post',
      path: '/api/hr/units',
      summary: 'State one unit: answers the plan of what would change',
      auth: 'person',
      body: contract.StateUnitRequest,
      answer: contract.StateUnitAnswer,
      handle: ({ actor, body }) => stateUnit(ctx, actor, body),
    }),
  ];
}
