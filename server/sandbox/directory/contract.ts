import { z } from 'zod';

/**
 * The part of the control contract about a directory that others change: by hand in the admin console, on a member's
 * own phone, by asynchronous imports. Answers and failures as in ../contract.ts.
 *
 * | method, path | request | answer |
 * |---|---|---|
 * | POST   /sandbox/admin/members/:userid | {@link memberEdit} | `MemberDetail`: changed by hand, with event and log |
 * | POST   /sandbox/admin/departments/:id | {@link departmentEdit} | `DepartmentView`, likewise |
 * | POST   /sandbox/admin/corp | {@link adminCorpRequest} | {@link CorpView} |
 * | GET    /sandbox/admin/log?kind=admin&#124;member&limit= | – | `{ records: LogRecord[] }` newest first |
 * | POST   /sandbox/admin/log | {@link logRequest} | {@link LogRecord}: an entry of your own making |
 * | POST   /sandbox/members/:userid/mobile | `{ mobile }` | `MemberDetail`: the member changes the own number |
 * | GET    /sandbox/jobs | – | `{ jobs: JobView[] }` newest first |
 */

/** Who sits at the console; a userid, also one that is no member. */
const operator = z.string().min(1).default('admin');

/** Fields of user/update in 企业微信's spelling, e.g. `{ name, position, department, enable: 0 }`. */
export const memberEdit = z.object({ operator, changes: z.record(z.string(), z.unknown()) });
export type MemberEdit = z.input<typeof memberEdit>;

/** Fields of department/update: `name`, `parentid`, `order`. */
export const departmentEdit = z.object({
  operator,
  changes: z.object({
    name: z.string().optional(),
    name_en: z.string().optional(),
    parentid: z.number().int().optional(),
    order: z.number().int().optional(),
  }),
});
export type DepartmentEdit = z.input<typeof departmentEdit>;

export const adminCorpRequest = z.object({
  operator,
  /** userid that the API cannot delete (301005); null = nobody among the members. */
  creator: z.string().nullable().optional(),
  /** Addresses that may call with the 通讯录同步 secret; empty = not checked. */
  contactsTrustedIps: z.array(z.string()).optional(),
  /** Names of extended attributes; extattr with others is ignored. */
  extattrs: z.array(z.string()).optional(),
  /** Whether the app may read the operation logs. */
  operLog: z.boolean().optional(),
  /** May the app use 日程 and 会议室. */
  schedules: z.boolean().optional(),
  /** May the app read 审批, and is it told of changes there. */
  nativeApprovals: z.boolean().optional(),
  nativeEvents: z.boolean().optional(),
});
export type AdminCorpRequest = z.input<typeof adminCorpRequest>;

export interface CorpView {
  creator: string | null;
  contactsTrustedIps: string[];
  extattrs: string[];
  operLog: boolean;
  schedules: boolean;
  nativeApprovals: boolean;
  nativeEvents: boolean;
}

export const logRequest = z.object({
  kind: z.enum(['admin', 'member']),
  userid: z.string(),
  operType: z.number().int(),
  /** Only for `admin`. */
  detailType: z.number().int().default(0),
  info: z.string().default(''),
  ip: z.string().default('127.0.0.1'),
  /** Epoch milliseconds; absent = now. */
  at: z.number().int().optional(),
});
export type LogRequest = z.input<typeof logRequest>;

export interface LogRecord {
  kind: 'admin' | 'member';
  at: number;
  userid: string;
  operType: number;
  /** null in the members' log. */
  detailType: number | null;
  info: string;
  ip: string;
}

export interface JobView {
  id: string;
  type: 'sync_user' | 'replace_user' | 'replace_party';
  createdAt: number;
  status: 'started' | 'running' | 'finished';
  total: number;
  done: number;
  /** Of the job as a whole; 0 = ended well or not yet. */
  errcode: number;
  /** Rows that were refused, with userid or department id. */
  failed: { id: string; errcode: number; errmsg: string }[];
}
