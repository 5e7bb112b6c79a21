import { memberOf } from '../state/directory.ts';
import { opaque } from '../state/ids.ts';
import { get, post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { avatarOf, sees } from './user-read.ts';

export const authRoutes: ApiRoute[] = [
  get('auth/getuserinfo', 'app', getUserInfo, { unmetered: true }),
  // The name before 2022; the answer uses the old spelling.
  get('user/getuserinfo', 'app', getUserInfoLegacy, { unmetered: true }),
  post('auth/getuserdetail', 'app', getUserDetail),
];

const TICKET_LIFE_MS = 1800_000;

/** Page 91023: unknown, used and expired codes all answer 40029. */
function useCode(call: ApiCall): { userid: string; scope: string } {
  const { oauth } = call.world.codes;
  const given = call.query['code'] ?? '';
  const code = oauth.get(given);
  oauth.delete(given);
  if (code === undefined || code.expiresAt <= call.now) throw fail(40029);
  return code;
}

function getUserInfo(call: ApiCall): Record<string, unknown> {
  const { userid, scope } = useCode(call);
  const member = memberOf(call.world.data, userid);
  // Deleted or disabled since the code was made: who is locked out does not come in on an old code.
  if (member === undefined || !member.enabled) throw fail(40029);
  call.note(`登录的人：${member.name}`);
  if (scope !== 'snsapi_privateinfo' || !sees(call, member)) return { userid: member.userid };
  const ticket = opaque(90);
  call.world.codes.tickets.set(ticket, { userid: member.userid, expiresAt: call.now + TICKET_LIFE_MS });
  return { userid: member.userid, user_ticket: ticket };
}

function getUserInfoLegacy(call: ApiCall): Record<string, unknown> {
  const { userid, ...rest } = getUserInfo(call);
  return { UserId: userid, DeviceId: '', ...rest };
}

/** Page 95833. What the member did not agree to is missing, "0" or the default picture. */
function getUserDetail(call: ApiCall): Record<string, unknown> {
  const { world, body } = call;
  const given = body.text('user_ticket');
  if (given === '') throw fail(84090);
  const ticket = world.codes.tickets.get(given);
  if (ticket === undefined) throw fail(84015);
  if (ticket.expiresAt <= call.now) throw fail(84014);
  const member = memberOf(world.data, ticket.userid);
  if (member === undefined || !member.enabled) throw fail(60111);
  if (member.consentAt === null)
    return { userid: member.userid, gender: '0', avatar: `${world.url}/phone/avatar` };
  return {
    userid: member.userid,
    gender: member.gender,
    avatar: avatarOf(world.url, member),
    qr_code: `${world.url}/phone/qr/${encodeURIComponent(member.userid)}`,
    mobile: member.mobile,
    email: member.email,
    biz_mail: member.bizMail,
    address: member.address,
  };
}
