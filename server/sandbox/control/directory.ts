import { adminTargets } from '../callbacks/contact-events.ts';
import { checkMobile } from '../api/user-fields.ts';
import { ApiError } from '../api/envelope.ts';
import { adminCorpRequest, departmentEdit, logRequest, memberEdit } from '../contract.ts';
import type {
  AdminCorpRequest,
  CorpView,
  DepartmentEdit,
  DepartmentView,
  JobView,
  LogRecord,
  LogRequest,
  MemberDetail,
  MemberEdit,
} from '../contract.ts';
import { recordAdminAct, recordMemberAct } from '../logs/record.ts';
import type { AdminRecord, Job, MemberRecord } from '../state/records.ts';
import { changeMember } from '../state/directory-index.ts';
import { memberOf } from '../state/directory.ts';
import { departmentView, memberDetail } from '../state/views.ts';
import type { World } from '../world.ts';
import { adminCall } from './admin.ts';
import { ControlRefusal, noMember } from './errors.ts';

/** What other people do to the directory: administrators at the console, members on their phones, imports. */

/** Like a save in the admin console: change_contact is sent, the administrators' log names the operator. */
export function editMember(world: World, userid: string, request: MemberEdit): MemberDetail {
  const { operator, changes } = memberEdit.parse(request);
  if (memberOf(world.data, userid) === undefined) throw noMember();
  const body = { ...changes, userid };
  refuse(adminCall(world, { api: 'user/update', operator, body }));
  const renamed = changes['new_userid'];
  const member = memberOf(world.data, typeof renamed === 'string' ? renamed : userid);
  if (member === undefined) throw noMember();
  return memberDetail(world, member);
}

export function editDepartment(world: World, id: number, request: DepartmentEdit): DepartmentView {
  const { operator, changes } = departmentEdit.parse(request);
  const department = world.data.departments.get(id);
  if (department === undefined) throw new ControlRefusal(404, 'no_department', '没有这个部门');
  refuse(adminCall(world, { api: 'department/update', operator, body: { ...changes, id } }));
  return departmentView(world, department);
}

function refuse(answer: Record<string, unknown>): void {
  const errcode = Number(answer['errcode'] ?? 0);
  if (errcode === 0) return;
  const words = String(answer['errmsg']).split(', hint')[0] ?? '';
  throw new ControlRefusal(409, `wecom_${errcode}`, `企业微信不接受：${errcode} ${words}`);
}

/** A member changes the own number, which nobody else can once the account is activated. */
export function changeOwnMobile(world: World, userid: string, mobile: string): MemberDetail {
  const member = memberOf(world.data, userid);
  if (member === undefined) throw noMember();
  try {
    checkMobile(world.data, member, mobile);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ControlRefusal(
      409,
      `wecom_${error.errcode}`,
      `企业微信不接受：${error.errcode} ${error.message}`,
    );
  }
  changeMember(world.data, member, { mobile });
  recordMemberAct(world, {
    userid: member.userid,
    operType: CHANGED_MOBILE,
    info: '修改手机号',
    ip: '127.0.0.1',
  });
  adminTargets(world, 'console')?.userChanged('update_user', member, ['mobile'], member.userid);
  world.directoryChanged();
  return memberDetail(world, member);
}

const CHANGED_MOBILE = 5;
const CORP_INFO = 12;
const APP_CHANGE = 8;

export function adminCorp(world: World, request: AdminCorpRequest): CorpView {
  const {
    operator,
    creator,
    contactsTrustedIps,
    extattrs,
    operLog,
    schedules,
    nativeApprovals,
    nativeEvents,
  } = adminCorpRequest.parse(request);
  const { data } = world;
  const note = (operType: number, detailType: number, info: string): void => {
    recordAdminAct(world, { userid: operator, operType, detailType, info, ip: '127.0.0.1' });
  };
  if (creator !== undefined) {
    if (creator !== null && memberOf(data, creator) === undefined) throw noMember();
    data.creator = creator?.toLowerCase() ?? null;
    note(CORP_INFO, 0, '变更企业创建人');
  }
  if (contactsTrustedIps !== undefined) {
    data.contactsTrustedIps = contactsTrustedIps;
    note(APP_CHANGE, 172, '通讯录同步：企业可信IP');
  }
  if (extattrs !== undefined) data.extattrNames = extattrs;
  if (operLog !== undefined) data.app.operLog = operLog;
  if (schedules !== undefined) data.app.schedules = schedules;
  if (nativeApprovals !== undefined) data.app.nativeApprovals = nativeApprovals;
  if (nativeEvents !== undefined) data.app.nativeEvents = nativeEvents;
  world.touch();
  return {
    creator: data.creator === null ? null : (memberOf(data, data.creator)?.userid ?? data.creator),
    contactsTrustedIps: data.contactsTrustedIps,
    extattrs: data.extattrNames,
    operLog: data.app.operLog,
    schedules: data.app.schedules,
    nativeApprovals: data.app.nativeApprovals,
    nativeEvents: data.app.nativeEvents,
  };
}

export function addLog(world: World, request: LogRequest): LogRecord {
  const { kind, userid, operType, detailType, info, ip, at } = logRequest.parse(request);
  const act = { userid, operType, info, ip, ...(at !== undefined && { at }) };
  return kind === 'admin'
    ? adminView(recordAdminAct(world, { ...act, detailType }))
    : memberView(recordMemberAct(world, act));
}

export function logs(world: World, kind: LogRecord['kind'], limit: number): LogRecord[] {
  const { adminLog, memberLog } = world.data;
  const records =
    kind === 'admin' ? adminLog.slice(-limit).map(adminView) : memberLog.slice(-limit).map(memberView);
  return records.reverse();
}

const adminView = ({ at, userid, operType, detailType, info, ip }: AdminRecord): LogRecord => ({
  kind: 'admin',
  at,
  userid,
  operType,
  detailType,
  info,
  ip,
});

const memberView = ({ at, userid, operType, info, ip }: MemberRecord): LogRecord => ({
  kind: 'member',
  at,
  userid,
  operType,
  detailType: null,
  info,
  ip,
});

const STATUS = { 1: 'started', 2: 'running', 3: 'finished' } as const;

export const jobViews = (world: World): JobView[] => world.data.jobs.map(jobView).reverse();

function jobView({ id, type, createdAt, status, total, done, errcode, rows }: Job): JobView {
  const failed = rows
    .filter((row) => row.errcode !== 0)
    .map((row) => ({
      id: 'userid' in row ? row.userid : String(row.partyid),
      errcode: row.errcode,
      errmsg: row.errmsg,
    }));
  return { id, type, createdAt, status: STATUS[status], total, done, errcode, failed };
}
