import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { readErrmsg } from '../errmsg.ts';
import { classOf } from '../error-codes.ts';
import type { Handling } from '../error-codes.ts';
import { WeComError } from '../errors.ts';
import { bytes, checked, listOf, webUrl } from '../fields.ts';

/**
 * 异步导入 (pages 90979–90983). Upload a sheet (`media.upload` by the contacts secret), start, then ask `result` or
 * wait for batch_job_result. One job at a time per corp (302008, RetryLater); only the last five results are kept.
 */
const startShape = z.strictObject({
  mediaId: z.string().min(1),
  /** Messages and mails to the people in the file; ours default to no. */
  invite: z.boolean().optional(),
  /** Where batch_job_result goes; without it nobody is told. */
  callback: z
    .strictObject({
      url: webUrl(1024),
      token: z.string().regex(/^[A-Za-z0-9]{1,32}$/),
      aesKey: z.string().regex(/^[A-Za-z0-9]{43}$/),
    })
    .optional(),
});
export type ImportStart = z.input<typeof startShape>;

export interface MemberRow {
  readonly userid: string;
  readonly errcode: number;
  /** D7: what to do about this row. */
  readonly handling: 'done' | Handling;
  readonly stem: string;
}

export interface DepartmentRow {
  readonly id: number;
  /** What was to be done; was done when `handling` is `done`. */
  readonly created: boolean;
  readonly renamed: boolean;
  readonly moved: boolean;
  readonly reordered: boolean;
  readonly errcode: number;
  readonly handling: 'done' | Handling;
  readonly stem: string;
}

export interface ImportResult {
  readonly state: 'started' | 'running' | 'finished';
  /** sync_user, replace_user or replace_party. */
  readonly type: string;
  readonly total: number;
  /** 0–100. */
  readonly percentage: number;
  /** Empty until finished. */
  readonly members: readonly MemberRow[];
  readonly departments: readonly DepartmentRow[];
}

const rowShape = z.looseObject({
  userid: z.string().nullish(),
  partyid: z.number().nullish(),
  action: z.number().nullish(),
  errcode: z.number(),
  errmsg: z.string().nullish(),
});
type Row = z.output<typeof rowShape>;

const resultShape = z.looseObject({
  status: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  type: z.string(),
  total: z.number().nullish(),
  percentage: z.number().nullish(),
  result: listOf(rowShape),
});

const STATES = { 1: 'started', 2: 'running', 3: 'finished' } as const;
const jobShape = z.looseObject({ jobid: z.string().min(1) });

export type BatchResource = ReturnType<typeof batchResource>;

export function batchResource({ call, limits }: Caller) {
  async function start(api: string, request: ImportStart, accounts: number): Promise<string> {
    const { mediaId, invite, callback } = checked(api, startShape, request);
    const body = {
      media_id: mediaId,
      ...(api !== 'batch/replaceparty' && { to_invite: invite ?? false }),
      ...(callback && {
        callback: { url: callback.url, token: callback.token, encodingaeskey: callback.aesKey },
      }),
    };
    const demands = accounts > 0 ? limits.demands.accounts(accounts) : [];
    try {
      return (await call({ api, by: 'contacts', body, demands }, jobShape)).jobid;
    } catch (error) {
      // A refused job creates nobody, and 302008 is asked again and again.
      if (error instanceof WeComError && error.reason === 'errcode') limits.giveBack(demands);
      throw error;
    }
  }

  return {
    /**
     * Adds and updates, deletes nobody. `creates`: rows that are new, counted against the month (C10). Answers the
     * job's id. A column that is not in the file is not touched.
     */
    syncUsers: (request: ImportStart & { readonly creates: number }): Promise<string> => {
      const { creates, ...rest } = request;
      return start('batch/syncuser', rest, creates);
    },

    /** D13: deletes whoever is not in the file. Never without D3; 企业微信's own guard answers 45026 by `result`. */
    replaceUsersDeletingOthers: (request: ImportStart & { readonly creates: number }): Promise<string> => {
      const { creates, ...rest } = request;
      return start('batch/replaceuser', rest, creates);
    },

    /** Departments that are not in the file go as soon as they are empty, perhaps only after a later member import. */
    replaceDepartments: (request: Omit<ImportStart, 'invite'>): Promise<string> =>
      start('batch/replaceparty', request, 0),

    /**
     * Throws FixData for a job that failed as a whole (302003, 302004, 302006, 302007, 45026), RetryLater for 302005:
     * some rows may be done, so read before trying again. 40088 unknown, 40089 its result is no longer kept.
     */
    result: async (jobId: string): Promise<ImportResult> => {
      const api = 'batch/getresult';
      const query = { jobid: checked(api, bytes(1, 64), jobId, 'jobId') };
      const answer = await call({ api, by: 'contacts', query, isRead: true }, resultShape);
      const { status, type, total, percentage, result } = answer;
      return {
        state: STATES[status],
        type,
        total: total ?? result.length,
        percentage: percentage ?? (status === 3 ? 100 : 0),
        members: result.flatMap(memberRow),
        departments: result.flatMap(departmentRow),
      };
    },
  };
}

function handlingOf(errcode: number): 'done' | Handling {
  if (errcode === 0) return 'done';
  const found = classOf(errcode);
  return found === 'token' ? 'retryLater' : found;
}

function memberRow({ userid, errcode, errmsg }: Row): MemberRow[] {
  if (!userid) return [];
  return [{ userid, errcode, handling: handlingOf(errcode), stem: readErrmsg(errmsg).stem }];
}

/** `action` adds up 1 created, 2 renamed, 4 moved, 8 reordered. */
function departmentRow({ partyid, action, errcode, errmsg }: Row): DepartmentRow[] {
  if (partyid === undefined || partyid === null) return [];
  const did = (bit: number): boolean => ((action ?? 0) & bit) !== 0;
  return [
    {
      id: partyid,
      created: did(1),
      renamed: did(2),
      moved: did(4),
      reordered: did(8),
      errcode,
      handling: handlingOf(errcode),
      stem: readErrmsg(errmsg).stem,
    },
  ];
}
