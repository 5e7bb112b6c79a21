import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { DesiredDepartment, DesiredMember } from './desired.ts';

/**
 * In bulk: people first, then leader flags, direct superiors, order values, last those who left (rule C1). `whole` is
 * for one person at a time: one call with everything that changed, and one for the direct superior (C15).
 */
export type Pass = 'people' | 'leaders' | 'managers' | 'order' | 'leavers' | 'whole';

/** Fields last written, as the mirror keeps them; null when the member was never written. */
export type Written = Readonly<Record<string, unknown>> | null;

export interface MemberCall {
  readonly kind: 'create' | 'update';
  readonly body: { readonly userid: string } & Readonly<Record<string, unknown>>;
  /** What the mirror says afterwards. */
  readonly written: Readonly<Record<string, unknown>>;
}

/** Absent fields stay unchanged in 企业微信; arrays are replaced as a whole (C9), so the three go together (C7). */
const SEATS = ['department', 'main_department', 'is_leader_in_dept', 'order'] as const;
const PLAIN = ['name', 'position', 'mobile', 'email', 'enable'] as const;
type Field = (typeof SEATS)[number] | (typeof PLAIN)[number];
/** What the mirror keeps per member; `manager` is the person's id, so that a changed userid costs no call. */
export type MemberField = Field | 'manager';

const same = (a: unknown, b: unknown) => canonicalJson(a ?? null) === canonicalJson(b ?? null);

/**
 * The one call that brings a member nearer to what it should be, or null when nothing differs.
 * @param hide how a personal value is kept in the mirror (a fingerprint)
 */
export function memberCall(
  desired: DesiredMember,
  written: Written,
  pass: Pass,
  hide: (value: string) => string,
): MemberCall | null {
  const kept = mirrored(desired, hide);
  if (written === null) return pass === 'people' || pass === 'whole' ? creation(desired, kept, pass) : null;
  const fields = changedFields(kept, written, pass);
  const renamed = !same(written.userid, desired.userid) && (pass === 'people' || pass === 'whole');
  if (fields.length === 0 && !renamed) return null;
  const key = typeof written.userid === 'string' ? written.userid : desired.userid;
  return {
    kind: 'update',
    body: { userid: key, ...(renamed && { new_userid: desired.userid }), ...pick(desired, fields) },
    written: { ...written, ...pick(kept, fields), ...(renamed && { userid: desired.userid }) },
  };
}

/** Direct superior as kept in the mirror. */
export interface DesiredManager {
  readonly personId: string | null;
  /** Spelled as 企业微信 has it. */
  readonly userid: string;
}

/** The call for the direct superior, at most one (page 90195): a reference of its own (C15). */
export function managerCall(manager: DesiredManager, written: Written): MemberCall | null {
  if (written === null || same(written.manager, manager.personId)) return null;
  return {
    kind: 'update',
    body: {
      userid: String(written.userid),
      direct_leader: manager.personId === null ? [] : [manager.userid],
    },
    written: { ...written, manager: manager.personId },
  };
}

/**
 * What is left of a member whose employment ended: disabled, head of nothing, and the mobile free for whoever has it
 * next (B4). Departments stay until the member is deleted. A member without e-mail keeps the mobile: 企业微信 takes
 * nobody with neither (60129).
 */
export function leaverCall(written: Written): MemberCall | null {
  if (written === null) return null;
  const flags = Array.isArray(written.is_leader_in_dept) ? written.is_leader_in_dept : [];
  const hasEmail = typeof written.email === 'string' && written.email !== '';
  const change = {
    ...(written.enable !== 0 && { enable: 0 }),
    ...(hasEmail && written.mobile !== '' && { mobile: '' }),
    ...(flags.includes(1) && { department: written.department, is_leader_in_dept: flags.map(() => 0) }),
  };
  if (Object.keys(change).length === 0) return null;
  return {
    kind: 'update',
    body: { userid: String(written.userid), ...change },
    written: { ...written, ...change },
  };
}

/** The mobile away from a former member, with an address that leads nowhere (RFC 2606) where none is left. */
export function freeingCall(written: Written, hide: (value: string) => string): MemberCall | null {
  if (written === null) return null;
  const userid = String(written.userid);
  const email = `${userid.slice(0, 40)}@left.invalid`;
  const hasEmail = typeof written.email === 'string' && written.email !== '';
  const body = { userid, mobile: '', ...(!hasEmail && { email }) };
  const kept = { ...written, mobile: '', ...(!hasEmail && { email: hide(email) }) };
  return { kind: 'update', body, written: kept };
}

/** The same member when 企业微信 already knows the userid: everything, as an update. */
export function overwriting(desired: DesiredMember, hide: (value: string) => string): MemberCall {
  const { userid, ...rest } = desired;
  return { kind: 'update', body: { userid, ...rest }, written: { ...mirrored(desired, hide) } };
}

function creation(desired: DesiredMember, kept: Kept, pass: Pass): MemberCall {
  const { userid, mobile, email, is_leader_in_dept, order, ...rest } = desired;
  const body = {
    userid,
    ...rest,
    ...(mobile !== '' && { mobile }),
    ...(email !== '' && { email }),
    // People are invited by the institution, not by a text message from 企业微信 in the middle of the night.
    to_invite: false,
  };
  if (pass === 'whole')
    return { kind: 'create', body: { ...body, is_leader_in_dept, order }, written: { ...kept } };
  const zeros = desired.department.map(() => 0);
  return { kind: 'create', body, written: { ...kept, is_leader_in_dept: zeros, order: zeros } };
}

function changedFields(kept: Kept, written: Readonly<Record<string, unknown>>, pass: Pass): Field[] {
  const differs = (field: Field) => !same(kept[field], written[field]);
  if (pass === 'leaders') return differs('is_leader_in_dept') ? ['department', 'is_leader_in_dept'] : [];
  if (pass === 'managers' || pass === 'leavers') return [];
  if (pass === 'order') return differs('order') ? ['department', 'order'] : [];
  const plain = PLAIN.filter(differs);
  if (differs('department')) return [...plain, ...SEATS];
  const main: Field[] = differs('main_department') ? ['department', 'main_department'] : [];
  const flags: Field[] =
    pass === 'whole' ? SEATS.filter((f) => f === 'is_leader_in_dept' || f === 'order').filter(differs) : [];
  const seats: Field[] = flags.length > 0 ? ['department', ...flags] : [];
  return [...new Set<Field>([...plain, ...main, ...seats])];
}

type Kept = DesiredMember;

/** What the mirror may hold: the personal values as fingerprints (rule H6). */
function mirrored(desired: DesiredMember, hide: (value: string) => string): Kept {
  const hidden = (value: string) => (value === '' ? '' : hide(value));
  return { ...desired, mobile: hidden(desired.mobile), email: hidden(desired.email) };
}

function pick(from: DesiredMember, fields: readonly Field[]): Partial<Record<Field, unknown>> {
  return Object.fromEntries(fields.map((field) => [field, from[field]]));
}

export interface DepartmentCall {
  readonly kind: 'create' | 'update';
  readonly body: {
    readonly id: number;
    readonly name?: string;
    readonly parentid?: number;
    readonly order?: number;
  };
}

/** One call with only what differs, or null (C2: a rename is an update by id, members untouched). */
export function departmentCall(desired: DesiredDepartment, written: Written): DepartmentCall | null {
  if (written === null) return { kind: 'create', body: desired };
  const { id } = desired;
  const body = {
    id,
    ...(!same(desired.name, written.name) && { name: desired.name }),
    ...(!same(desired.parentid, written.parentid) && { parentid: desired.parentid }),
    ...(!same(desired.order, written.order) && { order: desired.order }),
  };
  return Object.keys(body).length === 1 ? null : { kind: 'update', body };
}
