import { createHash } from 'node:crypto';
import { dayOf } from '../limits.ts';
import type { Member } from '../state/data.ts';
import { holderOfBizMail, holderOfEmail, holderOfMobile } from '../state/directory-index.ts';
import { fold, memberOf, membersIn, statusOf, subtreeOf } from '../state/directory.ts';
import { get, post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { checkUserid } from './user-fields.ts';

export const userReadRoutes: ApiRoute[] = [
  get('user/get', 'both', getUser, { closedToContacts: true }),
  get('user/simplelist', 'both', (call) => listUsers(call, simple), { closedToContacts: true }),
  get('user/list', 'both', (call) => listUsers(call, full), { closedToContacts: true }),
  post('user/list_id', 'contacts', listIds),
  post('user/getuserid', 'both', userByMobile),
  post('user/get_userid_by_email', 'both', userByEmail),
  post('user/convert_to_openid', 'both', toOpenid),
  post('user/convert_to_userid', 'both', toUserid),
];

/** The app sees its visible range, the contacts secret everybody. */
export function sees(call: ApiCall, member: Member): boolean {
  return call.caller !== 'app' || call.world.scope().members.has(fold(member.userid));
}

const seesDepartment = (call: ApiCall, id: number): boolean =>
  call.caller !== 'app' || call.world.scope().departments.has(id);

function getUser(call: ApiCall): Record<string, unknown> {
  const member = memberOf(call.world.data, checkUserid(call.query['userid']));
  if (member === undefined || !sees(call, member)) throw fail(60111);
  call.note(`读取成员 ${member.name}`);
  return full(call, member);
}

function listUsers(call: ApiCall, view: typeof full): Record<string, unknown> {
  const { data } = call.world;
  const id = Number(call.query['department_id'] ?? Number.NaN);
  if (!Number.isSafeInteger(id)) throw fail(60123);
  if (!data.departments.has(id)) throw fail(60003);
  if (!seesDepartment(call, id)) throw fail(60011);
  const ids = call.query['fetch_child'] === '1' ? [...subtreeOf(data, id)] : [id];
  const found = new Set(ids.flatMap((department) => membersIn(data, department)));
  const userlist = [...found].filter((member) => sees(call, member)).map((member) => view(call, member));
  call.note(`部门 ${id}，${userlist.length} 人`);
  return { userlist };
}

function simple(call: ApiCall, member: Member): Record<string, unknown> {
  const department = member.departments.filter((id) => seesDepartment(call, id));
  return { userid: member.userid, name: member.name, department };
}

function full(call: ApiCall, member: Member): Record<string, unknown> {
  const places = member.departments
    .map((id, at) => ({ id, order: member.order[at] ?? 0, leads: member.leads[at] ?? 0 }))
    .filter(({ id }) => seesDepartment(call, id));
  const leader = member.directLeader.filter((userid) => {
    const found = memberOf(call.world.data, userid);
    return found !== undefined && sees(call, found);
  });
  return {
    userid: member.userid,
    name: member.name,
    department: places.map(({ id }) => id),
    order: places.map(({ order }) => order),
    position: member.position,
    telephone: member.telephone,
    alias: member.alias,
    status: statusOf(member),
    extattr: member.extattr,
    is_leader_in_dept: places.map(({ leads }) => leads),
    direct_leader: leader,
    ...(seesDepartment(call, member.mainDepartment) && { main_department: member.mainDepartment }),
    external_position: member.externalPosition,
    ...(member.externalProfile !== null && { external_profile: member.externalProfile }),
    ...sensitive(call, member),
  };
}

/** Apps created after 2022-06-20 do not get these (page 90196). */
function sensitive(call: ApiCall, member: Member): Record<string, unknown> {
  if (!call.world.settings.sensitiveFields) return { gender: '0' };
  const { gender, mobile, email, address } = member;
  return {
    gender,
    mobile,
    email,
    biz_mail: member.bizMail,
    address,
    avatar: avatarOf(call.world.url, member),
    qr_code: `${call.world.url}/phone/qr/${encodeURIComponent(member.userid)}`,
  };
}

export const avatarOf = (url: string, member: Member): string =>
  `${url}/phone/avatar/${encodeURIComponent(member.userid)}/0`;

function listIds(call: ApiCall): Record<string, unknown> {
  const { body, world } = call;
  const limit = body.int('limit') ?? 10_000;
  if (limit < 1 || limit > 10_000) throw fail(40058, 'limit out of range. invalid Request Parameter');
  const cursor = body.text('cursor');
  const from = cursor === '' ? 0 : Number(/^c-(\d{1,9})$/.exec(cursor)?.[1] ?? Number.NaN);
  const rows = [...world.data.members.values()].flatMap((member) =>
    member.departments.map((department) => ({ userid: member.userid, department })),
  );
  if (Number.isNaN(from) || from > rows.length) throw fail(50100);
  const end = from + limit;
  return { next_cursor: end < rows.length ? `c-${end}` : '', dept_user: rows.slice(from, end) };
}

function userByMobile(call: ApiCall): Record<string, unknown> {
  const mobile = call.body.text('mobile');
  if (mobile.length < 5 || mobile.length > 32) throw fail(40058, 'mobile invalid. invalid Request Parameter');
  return found(call, 'mobile', holderOfMobile(call.world.data, mobile));
}

function userByEmail(call: ApiCall): Record<string, unknown> {
  const email = fold(call.body.text('email'));
  if (email === '') throw fail(40063, 'email missing');
  const own = call.body.int('email_type') === 2;
  return found(call, 'email', (own ? holderOfEmail : holderOfBizMail)(call.world.data, email));
}

/** Wrong guesses above 20 % of the account ceiling close the API for the rest of the day. */
function found(call: ApiCall, what: string, member: Member | undefined): Record<string, unknown> {
  const { world } = call;
  const misses = { window: 'day', max: Math.ceil(world.settings.seats * 0.2) } as const;
  const day = dayOf(call.now);
  const closed = !world.limits.take(`miss:${what}:${day}`, [misses], 0);
  if (closed) throw fail(45009);
  if (member !== undefined && sees(call, member)) return { userid: member.userid };
  world.limits.take(`miss:${what}:${day}`, [misses]);
  throw fail(46004);
}

const openidOf = (call: ApiCall, member: Member): string =>
  `o${createHash('sha256')
    .update(`${call.world.settings.corp.corpId}/${fold(member.userid)}`)
    .digest('base64url')
    .slice(0, 27)}`;

function toOpenid(call: ApiCall): Record<string, unknown> {
  const member = memberOf(call.world.data, checkUserid(call.body.str('userid')));
  if (member === undefined || !sees(call, member)) throw fail(60111);
  if (!member.activated) throw fail(43004);
  return { openid: openidOf(call, member) };
}

function toUserid(call: ApiCall): Record<string, unknown> {
  const openid = call.body.text('openid');
  const member = [...call.world.data.members.values()].find((m) => openidOf(call, m) === openid);
  if (member === undefined) throw fail(40073);
  return { userid: member.userid };
}
