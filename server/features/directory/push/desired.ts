import type { CalendarDate } from '../../../kernel/dates.ts';

/**
 * Rank 1, 2, 3 … with gaps, larger first as 企业微信 wants it, so that an insert does not rewrite everyone (C8). Ranks up
 * to four million keep their order below 2^32: offices like to count in thousands.
 */
const TOP = 4_000_000_000;
const GAP = 1_000;
const LARGEST = 2 ** 32 - 1;
export const orderValue = (place: number | null): number =>
  place === null ? 0 : Math.min(LARGEST, Math.max(1, TOP - place * GAP));

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

/** A post held today in a unit that exists. */
export interface MemberPost {
  readonly assignmentId: string;
  readonly unitId: string;
  readonly departmentId: number;
  readonly kind: 'main' | 'concurrent';
  readonly title: string;
  readonly isHead: boolean;
  readonly place: number | null;
  readonly sinceOn: CalendarDate;
}

/** What a person is here, as far as it is shown there; contacts in clear, for building calls only. */
export interface MemberFacts {
  readonly personId: string;
  readonly userid: string;
  readonly name: string;
  readonly state: 'active' | 'locked' | 'left';
  readonly mobile: string | null;
  readonly email: string | null;
  /** HR's order of people (S1-7.2d), for posts without a place of their own; null when HR gave none. */
  readonly sortOrder: number | null;
  readonly posts: readonly MemberPost[];
}

export interface UnitFacts {
  readonly departmentId: number;
  readonly name: string;
  readonly sortOrder: number;
}

const MAX_POSITION = 128;
const cut = (text: string, max: number) => [...text].slice(0, max).join('');

/** Null for the institution itself. */
export function desiredDepartment(unit: UnitFacts, parent: UnitFacts | undefined): DesiredDepartment | null {
  if (!parent) return null;
  return {
    id: unit.departmentId,
    name: unit.name,
    parentid: parent.departmentId,
    order: orderValue(unit.sortOrder),
  };
}

/**
 * Our person as the member they should be. Null when there is nothing to show: somebody who left, or without a post
 * (a member without a department would land in 其他（待设置部门）).
 */
export function desiredMember(facts: MemberFacts): DesiredMember | null {
  const posts = mainFirst(facts.posts);
  const [main] = posts;
  if (!main || facts.state === 'left') return null;
  return {
    userid: facts.userid,
    name: cut(facts.name, 64),
    position: cut(main.title, MAX_POSITION),
    mobile: facts.mobile ?? '',
    email: facts.email ?? '',
    enable: facts.state === 'active' ? 1 : 0,
    department: posts.map((post) => post.departmentId),
    main_department: main.departmentId,
    is_leader_in_dept: posts.map((post) => (post.isHead ? 1 : 0)),
    order: posts.map((post) => orderValue(post.place ?? facts.sortOrder)),
  };
}

const mainFirst = (posts: readonly MemberPost[]): MemberPost[] => {
  const keyOf = (post: MemberPost) => `${post.kind === 'main' ? 0 : 1} ${post.sinceOn}${post.assignmentId}`;
  return [...posts].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
};
