import type { Data, Member } from '../state/data.ts';
import {
  countBelow,
  countIn,
  holderOfBizMail,
  holderOfEmail,
  holderOfMobile,
} from '../state/directory-index.ts';
import { memberOf } from '../state/directory.ts';
import { fail } from './envelope.ts';
import type { Reader } from './reader.ts';

/** Field rules of user/create and user/update (pages 90195 and 90197), each with its error code. */

const USERID = /^[A-Za-z0-9][A-Za-z0-9_\-@.]{0,63}$/;
const MOBILE = /^\+?[0-9][0-9 -]{3,30}[0-9]$/;
const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

export const chars = (text: string): number => [...text].length;
export const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

export function checkUserid(userid: string | undefined): string {
  if (userid === undefined || userid === '') throw fail(41009);
  if (!USERID.test(userid)) throw fail(40003);
  return userid;
}

/** Applies the plain fields of the request to `member`; throws before anything was changed. */
export function readProfile(data: Data, body: Reader, member: Member, creating: boolean): Partial<Member> {
  const changes: Partial<Member> = {};
  const name = body.str('name');
  if (creating || name !== undefined) changes.name = bounded(name ?? '', 1, 64, 60112);
  const alias = body.str('alias');
  if (alias !== undefined) changes.alias = bounded(alias, 0, 64, 40058, 'alias exceed max length 64');
  const position = body.str('position');
  if (position !== undefined)
    changes.position = bounded(position, 0, 128, 40058, 'position exceed max length 128');
  const address = body.str('address');
  if (address !== undefined)
    changes.address = bounded(address, 0, 128, 40058, 'address exceed max length 128');
  const external = body.str('external_position');
  if (external !== undefined)
    changes.externalPosition = bounded(external, 0, 12, 40058, 'external_position exceed max length 12');
  Object.assign(changes, readTelephone(body), readGender(body), readExtras(data, body));
  Object.assign(changes, readReach(data, body, member));
  if (creating && !filled(changes.mobile) && !filled(changes.email)) throw fail(60129);
  const enable = body.int('enable');
  if (enable !== undefined) changes.enabled = enable !== 0;
  return changes;
}

const filled = (text: string | undefined): boolean => text !== undefined && text !== '';

function bounded(text: string, min: number, max: number, errcode: number, what?: string): string {
  const length = chars(text);
  const stem = what === undefined ? undefined : `${what}. invalid Request Parameter`;
  if (length < min || length > max) throw fail(errcode, stem);
  return text;
}

function readTelephone(body: Reader): Partial<Member> {
  const telephone = body.str('telephone');
  if (telephone === undefined) return {};
  if (!/^[0-9+,-]{0,32}$/.test(telephone)) throw fail(40058, 'telephone invalid. invalid Request Parameter');
  return { telephone };
}

function readGender(body: Reader): Partial<Member> {
  const gender = body.str('gender');
  if (gender === undefined) return {};
  return gender === '1' || gender === '2' ? { gender } : { gender: '0' };
}

function readExtras(data: Data, body: Reader): Partial<Member> {
  const changes: Partial<Member> = {};
  const attrs = body.obj('extattr')?.readers('attrs');
  if (attrs !== undefined) {
    for (const attr of attrs) {
      const type = attr.int('type') ?? 0;
      if (type !== 0 && type !== 1) throw fail(60150);
      if (chars(attr.obj('text')?.text('value') ?? '') > 64)
        throw fail(40058, 'extattr.text.value exceed max length 64. invalid Request Parameter');
    }
    // A name that the admin console does not know is ignored in silence (page 100067).
    const known = attrs.filter((attr) => data.extattrNames.includes(attr.text('name')));
    changes.extattr = { attrs: known.map((attr) => attr.raw()) };
  }
  const profile = body.obj('external_profile');
  if (profile !== undefined) changes.externalProfile = { ...profile.raw() };
  return changes;
}

/** 60103 bad, 60104 another member has it. */
export function checkMobile(data: Data, member: Member, mobile: string): string {
  if (mobile === '') return mobile;
  if (!MOBILE.test(mobile)) throw fail(60103);
  const holder = holderOfMobile(data, mobile);
  if (holder !== undefined && holder !== member) throw fail(60104);
  return mobile;
}

function readReach(data: Data, body: Reader, member: Member): Partial<Member> {
  const changes: Partial<Member> = {};
  const another = (holder: Member | undefined): boolean => holder !== undefined && holder !== member;
  const mobile = body.str('mobile');
  // An activated member's number is his own business: silently ignored (page 90197).
  if (mobile !== undefined && !member.activated) {
    changes.mobile = checkMobile(data, member, mobile);
  }
  const email = body.str('email');
  if (email !== undefined) {
    if (email !== '' && (!EMAIL.test(email) || bytes(email) < 6 || bytes(email) > 64)) throw fail(60105);
    if (email !== '' && another(holderOfEmail(data, email))) throw fail(60106);
    changes.email = email;
  }
  const bizMail = body.str('biz_mail');
  if (bizMail !== undefined && bizMail !== '') {
    if (!EMAIL.test(bizMail) || bytes(bizMail) < 6 || bytes(bizMail) > 64) throw fail(60143);
    if (another(holderOfBizMail(data, bizMail))) throw fail(60145);
    changes.bizMail = bizMail;
  }
  return changes;
}

/** Departments with the lists aligned to them; undefined when the request has none of them. */
export function readPlaces(data: Data, body: Reader, member: Member): Partial<Member> {
  const given = body.ints('department');
  const departments = given ?? member.departments;
  if (departments.length > 100) throw fail(60110);
  const order = given === undefined ? undefined : body.ints('order');
  if (order !== undefined && order.length !== departments.length)
    throw fail(40058, 'order size not match department. invalid Request Parameter');
  if (order?.some((value) => value < 0 || value >= 2 ** 32) === true)
    throw fail(40058, 'order out of range. invalid Request Parameter');
  const leads = body.ints('is_leader_in_dept');
  if (leads !== undefined && leads.length !== departments.length) throw fail(60132);
  const changes: Partial<Member> = {};
  if (given !== undefined) {
    changes.departments = departments;
    changes.order = order ?? departments.map(() => 0);
    changes.leads = departments.map((id) => member.leads[member.departments.indexOf(id)] ?? 0);
  }
  if (leads !== undefined) changes.leads = leads.map((value) => (value === 0 ? 0 : 1));
  const main = body.int('main_department') ?? member.mainDepartment;
  changes.mainDepartment = departments.includes(main) ? main : (departments[0] ?? 0);
  return { ...changes, ...readLeader(data, body) };
}

function readLeader(data: Data, body: Reader): Partial<Member> {
  const leader = body.strings('direct_leader');
  if (leader === undefined) return {};
  if (leader.length > 1) throw fail(40058, 'direct_leader exceed max length 1. invalid Request Parameter');
  return {
    directLeader: leader.map((userid) => {
      const found = memberOf(data, userid);
      if (found === undefined) throw fail(60111);
      return found.userid;
    }),
  };
}

const MAX_NODES = 30_000;

/** Sub-departments and members of one department together. */
export function checkRoom(data: Data, department: number): void {
  if (countBelow(data, department) + countIn(data, department) >= MAX_NODES) throw fail(81001);
}
