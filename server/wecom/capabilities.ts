import { FixPermission } from './errors.ts';

/**
 * What each kind of secret may call (90193, 96079, 96067). Since 2022 they hardly overlap: the app's secret reads
 * details in its visible range and sends; the contacts secret (通讯录同步) writes the directory and reads ids only.
 * Refusing here costs no call and names the setting to look at.
 */
export type SecretKind = 'agent' | 'contacts';

type Rule = readonly [kinds: readonly SecretKind[], errcode: number];

const CONTACTS: Rule = [['contacts'], 48002];
const AGENT: Rule = [['agent'], 48002];
/** Closed to 通讯录同步 from every address that was not in use before 2022-08-15. */
const AGENT_READ: Rule = [['agent'], 48009];
const BOTH: Rule = [['agent', 'contacts'], 48002];

export const CAPABILITIES: Readonly<Record<string, Rule>> = {
  'user/create': CONTACTS,
  'user/update': CONTACTS,
  'user/delete': CONTACTS,
  'user/batchdelete': CONTACTS,
  'user/list_id': CONTACTS,
  'user/get': AGENT_READ,
  'user/simplelist': AGENT_READ,
  'user/list': AGENT_READ,
  'user/getuserid': BOTH,
  'batch/syncuser': CONTACTS,
  'batch/replaceuser': CONTACTS,
  'batch/replaceparty': CONTACTS,
  'batch/getresult': CONTACTS,
  /** Also needs 管理后台 → 使用分析 → API → 可调用接口的应用. */
  'security/admin_oper_log/list': AGENT,
  'security/member_oper_log/list': AGENT,
  'department/create': CONTACTS,
  'department/update': CONTACTS,
  'department/delete': CONTACTS,
  'department/list': AGENT_READ,
  'department/get': AGENT_READ,
  'department/simplelist': BOTH,
  'tag/create': BOTH,
  'tag/update': BOTH,
  'tag/delete': BOTH,
  'tag/get': BOTH,
  'tag/addtagusers': BOTH,
  'tag/deltagusers': BOTH,
  'tag/list': BOTH,
  'message/send': AGENT,
  'message/recall': AGENT,
  'message/update_template_card': AGENT,
  'appchat/create': AGENT,
  'appchat/update': AGENT,
  'appchat/get': AGENT,
  'appchat/send': AGENT,
  'auth/getuserinfo': AGENT,
  'auth/getuserdetail': AGENT,
  get_jsapi_ticket: AGENT,
  'ticket/get': AGENT,
  'agent/get': AGENT,
  'agent/set': AGENT,
  'agent/list': AGENT,
  'agent/set_workbench_template': AGENT,
  'agent/get_workbench_template': AGENT,
  'agent/set_workbench_data': AGENT,
  'agent/batch_set_workbench_data': AGENT,
  'agent/get_workbench_data': AGENT,
  'menu/create': AGENT,
  'menu/get': AGENT,
  'menu/delete': AGENT,
  'media/upload': BOTH,
  'media/get': BOTH,
  /** Also needs 应用管理 → 日程 and → 会议室 → 可调用接口的应用. */
  'oa/calendar/add': AGENT,
  'oa/schedule/add': AGENT,
  'oa/schedule/update': AGENT,
  'oa/schedule/del': AGENT,
  'oa/schedule/get_by_calendar': AGENT,
  'oa/meetingroom/book_by_schedule': AGENT,
  'oa/meetingroom/list': AGENT,
  'oa/meetingroom/get_booking_info': AGENT,
  'oa/meetingroom/cancel_book': AGENT,
  /** Also needs 应用管理 → 审批 → 可调用接口的应用. */
  'oa/getapprovalinfo': AGENT,
  'oa/getapprovaldetail': AGENT,
  getcallbackip: BOTH,
  get_api_domain_ip: BOTH,
};

export interface CapabilitySettings {
  /** True where the contacts secret may still read (old addresses, old private deployments). */
  readonly contactsMayRead?: boolean | undefined;
}

/** Throws FixPermission, with the code that 企业微信 would give. */
export function requireCapability(api: string, by: SecretKind, settings: CapabilitySettings = {}): void {
  const rule = CAPABILITIES[api];
  if (rule === undefined || rule[0].includes(by)) return;
  if (settings.contactsMayRead === true && rule[1] === 48009) return;
  throw new FixPermission({ api, reason: 'capability', errcode: rule[1], stem: `not for the ${by} secret` });
}
