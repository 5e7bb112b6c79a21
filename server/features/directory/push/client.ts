import { RunAgain } from '../../../platform/jobs/index.ts';
import type { AdminAct, ImportResult, MediaFile, MemberRow } from '../../../wecom/index.ts';
import type { TagRead } from '../tags/compare/compare-tag.ts';

/** The part of the 企业微信 client this room uses; the connector fits it. */
export interface DirectoryClient {
  readonly department: {
    create(body: DepartmentBody & { readonly name: string; readonly parentid: number }): Promise<unknown>;
    update(body: DepartmentBody): Promise<unknown>;
    delete(id: number): Promise<unknown>;
  };
  readonly user: {
    create(body: MemberBody): Promise<unknown>;
    update(body: MemberBody): Promise<unknown>;
    delete(userid: string): Promise<unknown>;
    /** The whole corp, each member once per department (page 96067). */
    eachId?(): AsyncIterable<{ readonly userid: string }>;
  };
  readonly tag: TagClient;
  /** What administrators did at the console; without it nobody is named. */
  readonly operLog?: AdminLog;
  /** Asynchronous imports; without them everybody is written by a call of their own. */
  readonly batch?: ImportClient;
  readonly media?: {
    upload(file: MediaFile, by: 'contacts'): Promise<{ readonly mediaId: string }>;
  };
}

/** The part of the 企业微信 client that imports use (pages 90980, 90983); the connector fits it. */
export interface ImportClient {
  syncUsers(request: { readonly mediaId: string; readonly creates: number }): Promise<string>;
  result(jobId: string): Promise<Pick<ImportResult, 'state'> & { readonly members: readonly RowResult[] }>;
}

export type RowResult = Pick<MemberRow, 'userid' | 'errcode'>;

/** The part of the 企业微信 client that tags use (pages 90210–90216); the connector fits it. */
export interface TagClient {
  create(tag: { readonly tagname: string }): Promise<number>;
  update(tag: { readonly tagid: number; readonly tagname: string }): Promise<unknown>;
  delete(tagId: number): Promise<unknown>;
  addUsers(
    tagId: number,
    members: { userlist: string[] },
  ): Promise<{ readonly invalidUsers: readonly string[] }>;
  removeUsers(tagId: number, members: { userlist?: string[]; partylist?: number[] }): Promise<unknown>;
  /** Everybody in it, as the contacts secret sees the whole directory. */
  get(tagId: number): Promise<TagRead>;
  list(): Promise<readonly { readonly tagid: number; readonly tagname: string }[]>;
}

/** The part of the 企业微信 client that reads the administrators' log (page 100179). */
export interface AdminLog {
  admin(range: { from: number; until: number }): AsyncIterable<AdminAct>;
}

export interface DepartmentBody {
  readonly id: number;
  readonly name?: string;
  readonly parentid?: number;
  readonly order?: number;
}

export type MemberBody = { readonly userid: string } & Readonly<Record<string, unknown>>;

/** A failure as the connector's errors describe it (rule D7). */
export interface Failure {
  readonly handling: string;
  readonly errcode: number | null;
  readonly retryAt: number | null;
  /** 企业微信 may have done it all the same. */
  readonly maybeSent: boolean;
}

export function failureOf(error: unknown): Failure | null {
  const { handling, errcode, retryAt, maybeSent } = (error ?? {}) as Record<string, unknown>;
  if (typeof handling !== 'string') return null;
  return {
    handling,
    errcode: typeof errcode === 'number' ? errcode : null,
    retryAt: typeof retryAt === 'number' ? retryAt : null,
    maybeSent: maybeSent === true,
  };
}

/** Nothing of this credential works until a person acts: no fault of the record that met it (D7). */
export const isForEverybody = (error: unknown): boolean =>
  ['stopAll', 'fixPermission'].includes(failureOf(error)?.handling ?? '');

/** `ok`, or the errcode of a refusal that only concerns this one record; anything else ends the run. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly errcode: number | null };

const PAUSE_MS = 30_000;
/** Refusals that say something about this record, not about us or the service. */
const OF_THE_RECORD = new Set(['fixData', 'permanent']);
/** This one lies outside what the contacts secret may touch, this tag is another's: the others may be ours (D9). */
const NOT_OURS = new Set([60011, 81011]);
/** userid exists; department id or name exists: a creation that was made before, perhaps by us (D5). */
const EXISTS = new Set([60102, 60008]);
/** No such department; no such member: a deletion that took effect before, perhaps ours (D5). */
const GONE = new Set([60003, 60111]);
/** The mobile belongs to another member (B4). */
export const MOBILE_TAKEN = 60104;
/** The name is taken by a sibling, or the id by another department. */
export const NAME_TAKEN = 60008;

/** No answer to this call, or "busy": it may be this one record only, or the whole service (-1, timeouts). */
export class Unanswered extends RunAgain {}

/**
 * Make a call; when what is to be created is there already, overwrite it instead (D5: repeating a step that took
 * effect is recognised).
 * @throws RunAgain when 企业微信 asks for patience until a time, Unanswered when it says no time; the error itself
 * when nothing can be written at all
 */
export async function attempt(
  now: number,
  call: () => Promise<unknown>,
  whenExists?: (() => Promise<unknown>) | undefined,
): Promise<Outcome> {
  try {
    await call();
    return { ok: true };
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    if (whenExists && failure.errcode !== null && EXISTS.has(failure.errcode))
      return attempt(now, whenExists);
    if (OF_THE_RECORD.has(failure.handling) || NOT_OURS.has(failure.errcode ?? 0))
      return { ok: false, errcode: failure.errcode };
    if (failure.handling !== 'retryLater') throw error;
    const reason = `wecom busy (${failure.errcode ?? 'no answer'})`;
    if (failure.retryAt === null) throw new Unanswered(now + PAUSE_MS, reason);
    throw new RunAgain(failure.retryAt, reason);
  }
}

/** As `attempt`; what is gone already is done. */
export async function attemptRemoval(now: number, call: () => Promise<unknown>): Promise<Outcome> {
  const outcome = await attempt(now, call);
  return !outcome.ok && outcome.errcode !== null && GONE.has(outcome.errcode) ? { ok: true } : outcome;
}

/** Run `work` over the items, at most `width` at once. The first failure stops new work and is thrown at the end. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const worker = async () => {
    for (const item of waiting) {
      await work(item).catch((error: unknown) => failures.push(error));
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  if (failures.length > 0) throw failures[0];
}
