import type { World } from '../world.ts';
import { get, post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { queryAgent, requireAgent } from './execute.ts';
import { chars } from './user-fields.ts';
import { appView } from '../state/views.ts';

export const agentRoutes: ApiRoute[] = [
  get('agent/get', 'app', getAgent),
  get('agent/list', 'app', listAgents),
  post('agent/set', 'app', setAgent),
];

const logo = (world: World): string => `${world.url}/phone/logo`;

function getAgent(call: ApiCall): Record<string, unknown> {
  queryAgent(call);
  const { world } = call;
  const { app } = world.data;
  return {
    agentid: world.settings.app.agentId,
    name: app.name,
    square_logo_url: logo(world),
    description: app.description,
    allow_userinfos: { user: app.visible.userids.map((userid) => ({ userid })) },
    allow_partys: { partyid: app.visible.parties },
    allow_tags: { tagid: app.visible.tags },
    close: app.closed ? 1 : 0,
    redirect_domain: app.trustedDomain,
    report_location_flag: app.reportLocation ? 1 : 0,
    isreportenter: app.reportEnter ? 1 : 0,
    home_url: app.homeUrl,
  };
}

function listAgents(call: ApiCall): Record<string, unknown> {
  const { world } = call;
  const { name } = world.data.app;
  return { agentlist: [{ agentid: world.settings.app.agentId, name, square_logo_url: logo(world) }] };
}

/** Page 90228. All or nothing. */
function setAgent(call: ApiCall): Record<string, unknown> {
  const { world, body } = call;
  requireAgent(call, body.int('agentid'));
  const changes: Partial<typeof world.data.app> = {};
  const name = body.str('name');
  if (name !== undefined) {
    if (chars(name) < 1 || chars(name) > 32) throw fail(45022);
    changes.name = name;
  }
  const description = body.str('description');
  if (description !== undefined) {
    if (chars(description) < 4 || chars(description) > 120) throw fail(45004);
    changes.description = description;
  }
  const location = body.int('report_location_flag');
  if (location !== undefined) {
    if (location !== 0 && location !== 1) throw fail(40059);
    changes.reportLocation = location === 1;
  }
  const enter = body.int('isreportenter');
  if (enter !== undefined) changes.reportEnter = enter === 1;
  const home = body.str('home_url');
  if (home !== undefined) {
    if (!/^https?:\/\//.test(home)) throw fail(45034);
    changes.homeUrl = home;
  }
  const domain = body.str('redirect_domain');
  if (domain !== undefined) changes.trustedDomain = domain;
  Object.assign(world.data.app, changes);
  world.events.emit({ type: 'app', app: appView(world) });
  return {};
}
