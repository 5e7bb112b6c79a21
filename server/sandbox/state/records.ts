/** What the state keeps of imports and operation logs, and where callbacks go. */

export interface CallbackData {
  url: string | null;
  token: string;
  aesKey: string;
  verified: boolean | null;
}

/** An asynchronous import (pages 90979–90983). */
export interface Job {
  id: string;
  type: 'sync_user' | 'replace_user' | 'replace_party';
  createdAt: number;
  /** 1 started, 2 running, 3 finished. */
  status: 1 | 2 | 3;
  total: number;
  done: number;
  rows: JobRow[];
  /** Of the job as a whole; the rows have their own. */
  errcode: number;
  errmsg: string;
  callback: CallbackData | null;
}

export type JobRow =
  | { userid: string; errcode: number; errmsg: string }
  /** action bits: 1 created, 2 renamed, 4 moved, 8 reordered. */
  | { action: number; partyid: number; errcode: number; errmsg: string };

/** One line of the administrators' operation log (page 100179). */
export interface AdminRecord {
  seq: number;
  at: number;
  userid: string;
  operType: number;
  detailType: number;
  info: string;
  ip: string;
}

/** One line of the members' operation log (page 100178). */
export type MemberRecord = Omit<AdminRecord, 'detailType'>;
