import { fold } from '../state/directory.ts';
import { get, post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { resolve } from './recipients.ts';

const empty = { emptyOnError: { ip_list: [] } };

export const networkRoutes: ApiRoute[] = [
  get('getcallbackip', 'both', () => ({ ip_list: ['127.0.0.1'] }), empty),
  get('get_api_domain_ip', 'both', () => ({ ip_list: ['127.0.0.1'] }), empty),
  post('batch/invite', 'both', invite),
];

/** Page 90975: partial failure still invites the rest. */
function invite(call: ApiCall): Record<string, unknown> {
  const { world, body } = call;
  const users = body.strings('user') ?? [];
  const parties = (body.ints('party') ?? []).map(String);
  const tags = (body.ints('tag') ?? []).map(String);
  if (users.length + parties.length + tags.length === 0) throw fail(82001);
  if (users.length > 1000) throw fail(40032);
  if (parties.length > 100) throw fail(82002);
  if (tags.length > 100) throw fail(82003);
  const { members, departments } = world.data;
  if (call.caller === 'app') {
    const found = resolve(world, users, parties, tags);
    return lists(found.invalidUsers, found.invalidParties, found.invalidTags);
  }
  return lists(
    users.filter((userid) => !members.has(fold(userid))),
    parties.filter((id) => !departments.has(Number(id))),
    tags.filter((id) => !world.data.tags.has(Number(id))),
  );
}

const lists = (users: string[], parties: string[], tags: string[]): Record<string, unknown> => ({
  invaliduser: users,
  invalidparty: parties.map(Number),
  invalidtag: tags.map(Number),
});
