/** Rights as they are held: roles given, parts of the institution delegated. */
import type { Category } from './category.ts';

/** What an administrator may do with what lies in the scope; each includes those before it. */
export const DUTIES = ['view', 'handle', 'manage'] as const;
export type Duty = (typeof DUTIES)[number];

export const DUTY_NAMES: Readonly<Record<Duty, string>> = { view: '查看', handle: '办理', manage: '管理' };

export interface HeldRole {
  readonly role: string;
  readonly scopeUnitId: string | null;
}

export interface Grant extends HeldRole {
  readonly grantId: string;
  readonly personId: string;
  readonly sinceAt: number;
  readonly untilAt: number | null;
}

/** A part of the institution given to one person to administer for a time (S2-9d). */
export interface Delegation {
  readonly delegationId: string;
  readonly personId: string;
  /** The creator or super administrator who gave it. */
  readonly grantedBy: string;
  readonly duty: Duty;
  readonly unitId: string;
  readonly modules: readonly string[];
  readonly categories: readonly Category[];
  readonly sinceAt: number;
  /** First instant it no longer holds. */
  readonly untilAt: number;
  /** When somebody ended it, or its end was noted. */
  readonly endedAt: number | null;
}

/** Half-open: a grant holds from `sinceAt` until just before `untilAt`. */
export const isInForce = (grant: Pick<Grant, 'sinceAt' | 'untilAt'>, now: number): boolean =>
  grant.sinceAt <= now && (grant.untilAt === null || now < grant.untilAt);

/** Half-open, and over at once when somebody ended it. */
export const isDelegationInForce = (
  one: Pick<Delegation, 'sinceAt' | 'untilAt' | 'endedAt'>,
  now: number,
): boolean => one.endedAt === null && isInForce(one, now);
