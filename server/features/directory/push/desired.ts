import type { Org, OrgUnit } from '../org.ts';

/** Rank 1, 2, 3 … with gaps, larger first as 企业微信 wants it, so that an insert does not rewrite everyone (C8). */
const TOP = 4_000_000;
const GAP = 1_000;
export const orderValue = (place: number | null): number =>
  place === null ? 0 : Math.max(1, TOP - place * GAP);

/** A department as 企业微信 should show it. The root is the customer's own and never written. */
export interface DesiredDepartment {
  readonly id: number;
  readonly name: string;
  readonly parentid: number;
  readonly order: number;
}

/** A member as 企业微信 should show it. The three arrays go together by position (C7); the main post is first. */
export interface DesiredMember {
  readonly userid: string;
  readonly name: string;
  readonly position: string;
  /** '' clears; one of mobile and email is never empty (errcode 60129). */
  readonly mobile: string;
  readonly email: string;
  readonly enable: 0 | 1;
  readonly department: readonly number[];
  readonly main_department: number;
  readonly is_leader_in_dept: readonly (0 | 1)[];
  readonly order: readonly number[];
}

export interface Contact {
  readonly mobile: string | null;
  readonly email: string | null;
}

const MAX_POSITION = 128;
const cut = (text: string, max: number) => [...text].slice(0, max).join('');

export function desiredDepartment(org: Org, unit: OrgUnit): DesiredDepartment | null {
  const parent = unit.parentId === null ? null : org.unit(unit.parentId);
  if (!parent) return null;
  return {
    id: unit.departmentId,
    name: unit.name,
    parentid: parent.departmentId,
    order: orderValue(unit.sortOrder),
  };
}

/**
 * Our person as the member they should be. Null when there is nothing to show: no such person, or no post (a
 * member without a department would land in 其他（待设置部门）).
 */
export function desiredMember(org: Org, personId: string, contact: Contact): DesiredMember | null {
  const person = org.person(personId);
  const posts = org.assignmentsOf(personId);
  const [main] = posts;
  if (!person || !main) return null;
  const seats = posts.flatMap((post) => {
    const unit = org.unit(post.unitId);
    return unit ? [{ post, id: unit.departmentId }] : [];
  });
  return {
    userid: person.userid,
    name: cut(person.name, 64),
    position: cut(main.title, MAX_POSITION),
    mobile: contact.mobile ?? '',
    email: contact.email ?? '',
    enable: person.active ? 1 : 0,
    department: seats.map((seat) => seat.id),
    main_department: seats[0]?.id ?? 0,
    is_leader_in_dept: seats.map((seat) => (seat.post.isHead ? 1 : 0)),
    order: seats.map((seat) => orderValue(seat.post.place)),
  };
}
