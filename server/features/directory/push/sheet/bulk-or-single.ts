import { MINUTE_MS } from '../../../../kernel/dates.ts';
import { isUserid, type SheetMember } from '../../../../wecom/index.ts';
import type { DesiredMember } from '../desired.ts';
import type { MemberCall } from '../difference.ts';

/**
 * Which members go to 企业微信 by one sheet (batch/syncuser, page 90980) instead of one call each: only when that is
 * fewer calls and safe. Never replaceuser: it deletes whoever is not in the file (D13).
 */

/**
 * From here on a sheet costs fewer calls than single ones whatever happens (`mostCalls`), and takes no longer: a
 * hundred single calls are over in some seconds, about when the first look at an import is due.
 */
export const MIN_ROWS = 100;
/** A sheet holds its members until its result is known, and the result comes as one answer: so no larger. */
export const MAX_ROWS = 5_000;

/** user/list_id tells so many (page 96067). */
const PER_PAGE = 10_000;

const SECOND_MS = 1_000;
/** A human's import in the console holds ours up (302008); so long it is waited for. */
const TRIES_MS = 10 * MINUTE_MS;
const TRY_FIRST_MS = 30 * SECOND_MS;
const RUN_MS = 30 * MINUTE_MS;
const LOOK_MOST_MS = MINUTE_MS;

/** When to try again to start, or null when it is enough: single calls then. `tries` 1 after the first refusal. */
export function nextTry(tries: number, sinceAt: number, now: number): number | null {
  const at = now + TRY_FIRST_MS * 2 ** (tries - 1);
  return at - sinceAt <= TRIES_MS ? at : null;
}

/** When to look at the result, at first after a second, later once a minute; null when it takes too long. */
export function nextLook(looks: number, startedAt: number, now: number): number | null {
  const at = now + Math.min(LOOK_MOST_MS, SECOND_MS * 2 ** looks);
  return at - startedAt <= RUN_MS ? at : null;
}

/** Longer than all the waiting there can be, so that a claim does not end before its sheet. */
export const HELD_MS = TRIES_MS + RUN_MS + 20 * MINUTE_MS;

const count = (next: (done: number, now: number) => number | null): number => {
  let done = 0;
  for (let now: number | null = 0; now !== null; done += 1) now = next(done, now);
  return done;
};

/** Calls of one sheet when everything goes as slowly as it is waited for. */
export function mostCalls(membersThere: number): number {
  const tries = count((done, now) => nextTry(done + 1, 0, now));
  const looks = count((done, now) => nextLook(done, 0, now));
  const pages = Math.max(1, Math.ceil(membersThere / PER_PAGE));
  return tries * (pages + 2) + looks;
}

export interface Intake {
  /** Who could go by sheet. */
  readonly rows: number;
  readonly membersThere: number;
}

export const bulkOrSingle = ({ rows, membersThere }: Intake): 'bulk' | 'single' =>
  rows >= MIN_ROWS && rows > mostCalls(membersThere) ? 'bulk' : 'single';

export interface Candidate {
  readonly desired: DesiredMember | null;
  readonly call: MemberCall | null;
  /** Departments 企业微信 does not have. */
  readonly missing: readonly string[];
}

export interface Seat {
  readonly row: SheetMember;
  /** What the mirror says once the row was taken. */
  readonly written: Readonly<Record<string, unknown>>;
}

/**
 * The row of somebody new, or null when only a single call says it safely. By column (pages 90979, 90980, 90195; the
 * headers come from third-party code, 企业微信's documentation does not give them):
 *
 * - 姓名, 帐号, 手机号, 邮箱, 所在部门: always there. An empty cell of a column that is there may clear the field, so
 *   nobody who is a member already is in a sheet: updates stay single calls. Somebody new has nothing to be cleared.
 * - 所在部门: one department only. Of several the sheet cannot say which is the main one, and lists in one cell are
 *   known by hearsay. Unknown departments would be made by 企业微信 (page 90195): not in a sheet.
 * - 职位, 排序: in the sheet. Should 企业微信 not know the column, the nightly comparison tells it and puts it back.
 * - 是否部门内领导: left out. It gives rights, so it stays with the second pass (C1), as the direct superior, which
 *   has no column (C15).
 * - 禁用: left out. Who is locked must never be let in by a column that was not understood (C13).
 * - Everything else, extattr among it, is nothing this system writes.
 */
export function seatOf({ desired, call, missing }: Candidate): Seat | null {
  if (call?.kind !== 'create' || !desired || missing.length > 0) return null;
  const { userid, name, position, mobile, email, department, order } = desired;
  if (desired.enable !== 1 || department.length !== 1 || !isUserid(userid)) return null;
  if (!isPlain(name) || name === '' || !isPlain(position) || !isReachable(mobile, email)) return null;
  const row = { userid, name, mobile, email, department, position, order: [...order] };
  return { row, written: { ...call.written, order } };
}

/** Written into a cell as it is, and read from it as it was: no quotes, no separators, no blanks at the ends. */
const isPlain = (text: string): boolean => !/[",;；\p{Cc}\p{Surrogate}]|^\s|\s$/u.test(text);

/** How a number with a country code is to be written into a cell nobody says. */
const isReachable = (mobile: string, email: string): boolean =>
  (mobile !== '' || email !== '') &&
  (mobile === '' || /^\d{5,20}$/.test(mobile)) &&
  (email === '' || (/^[\w.+%-]+@[\w.-]+$/.test(email) && email.length >= 6 && email.length <= 64));

/** A failure as the connector's errors describe it. */
export interface Refused {
  readonly handling: string;
  readonly errcode: number | null;
  readonly retryAt: number | null;
  readonly maybeSent: boolean;
}

/** Busy for everybody and soon over: an import that runs, conflicting writers, too many at once (page 90313). */
const PASSING = new Set([-1, 6000, 45033, 45035, 302008]);

/**
 * A sheet that could not be started: wait and make it again, or single calls now. Who is asked for patience until a
 * time (quota, 45009) finds other quotas with single calls, and the same words there.
 */
export function afterRefusal({ handling, errcode, retryAt, maybeSent }: Refused): 'wait' | 'single' {
  if (maybeSent) return 'wait';
  if (errcode !== null) return PASSING.has(errcode) ? 'wait' : 'single';
  return handling === 'retryLater' && retryAt === null ? 'wait' : 'single';
}

/** A result that could not be read: 302005 and all others say that there will be none (pages 90983, 90313). */
export const isReadLater = ({ handling, errcode }: Refused): boolean =>
  handling === 'retryLater' && errcode !== 302005;
