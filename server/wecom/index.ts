/** The door of the connector to 企业微信. Callbacks and cards have doors of their own below this folder. */
export { createWeCom } from './client.ts';
export type { Alarm, WeCom, WeComLog, WeComOptions } from './client.ts';
export type { CallEvent } from './call.ts';
export type { SecretKind } from './capabilities.ts';
export type { Secrets } from './credentials.ts';
export { byteLength, charLength, cutBytes, cutChars, cutMarkup } from './cut.ts';
export { classOf } from './error-codes.ts';
export type { Handling } from './error-codes.ts';
export { BadAnswer, FixData, FixPermission, Refused, RetryLater, StopAll, WeComError } from './errors.ts';
export type { Fault, LateMember, Reason } from './errors.ts';
export { isolating } from './isolating.ts';
export type { Isolated } from './isolating.ts';
export { actsOn, isRightsAct } from './oper-types.ts';
export type { ActTarget } from './oper-types.ts';
export type { QuotaSettings } from './quota-rules.ts';
export { grant, memoryQuotaStore } from './quota-store.ts';
export type { Buckets, Lease, LeaseRequest, QuotaStore } from './quota-store.ts';
export type { AgentAnswer, AgentSettings } from './resources/agent.ts';
export type { AppchatCreate, AppchatMessage, AppchatUpdate } from './resources/appchat.ts';
export { departmentSheet, memberSheet, SHEET_WORDS } from './resources/batch-sheets.ts';
export type { SheetDepartment, SheetMember } from './resources/batch-sheets.ts';
export type { DepartmentRow, ImportResult, ImportStart, MemberRow } from './resources/batch.ts';
export type { DepartmentAnswer, DepartmentCreate, DepartmentUpdate } from './resources/department.ts';
export { jsapiSignature } from './resources/jsapi.ts';
export type { JsapiIdentity, JsapiSignature } from './resources/jsapi.ts';
export type { MediaFile, MediaType } from './resources/media.ts';
export type { MemberAnswer } from './resources/member.ts';
export { fitMember } from './resources/member-fit.ts';
export type { Fitted } from './resources/member-fit.ts';
export type { Menu } from './resources/menu.ts';
export type { Article, Message } from './resources/message-body.ts';
export type { CardUpdate, Recipients, SendOptions, Sent } from './resources/message.ts';
export type { AuthorizeRequest, MemberDetail, Visitor, WebLoginRequest } from './resources/oauth.ts';
export type {
  NativeApprovalResource,
  NativeCase,
  NativeField,
  NativeRange,
  NativeSeat,
  NativeStep,
} from './resources/native-approval.ts';
export { OPER_LOG_LIFE_MS } from './resources/oper-log.ts';
export type { AdminAct, MemberAct, OperLogRange } from './resources/oper-log.ts';
export type { ScheduleResource, ScheduleTerms } from './resources/schedule.ts';
export type { MemberCreate, MemberUpdate } from './resources/user-shapes.ts';
export type { WebhookMessage } from './resources/webhook.ts';
export type { WorkbenchData, WorkbenchTemplate } from './resources/workbench.ts';
export { memoryTokenStore } from './token-store.ts';
export type { StoredToken, TokenStore } from './token-store.ts';
export { createTransport, TRANSPORT_DEFAULTS, WireError } from './transport.ts';
export type { Transport, TransportSettings, WireAnswer, WireRequest } from './transport.ts';
export { isUserid, sameUserid, useridKey } from './userid.ts';
