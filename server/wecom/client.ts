import type { Clock } from '../kernel/clock.ts';
import { newId } from '../kernel/id.ts';
import type { CallEvent } from './call.ts';
import { createCaller } from './caller.ts';
import type { SecretKind } from './capabilities.ts';
import { createCredentials } from './credentials.ts';
import type { Secrets } from './credentials.ts';
import type { WeComError } from './errors.ts';
import { createExchange } from './exchange.ts';
import { createLimits } from './limits.ts';
import type { Limits } from './limits.ts';
import type { QuotaSettings } from './quota-rules.ts';
import type { QuotaStore } from './quota-store.ts';
import { agentResource } from './resources/agent.ts';
import { appchatResource } from './resources/appchat.ts';
import { batchResource } from './resources/batch.ts';
import { departmentResource } from './resources/department.ts';
import { jsapiResource } from './resources/jsapi.ts';
import { mediaResource } from './resources/media.ts';
import { menuResource } from './resources/menu.ts';
import { messageResource } from './resources/message.ts';
import { nativeApprovalResource } from './resources/native-approval.ts';
import { networkResource } from './resources/network.ts';
import { oauthResource } from './resources/oauth.ts';
import { operLogResource } from './resources/oper-log.ts';
import { scheduleResource } from './resources/schedule.ts';
import { tagResource } from './resources/tag.ts';
import { userResource } from './resources/user.ts';
import { webhookResource } from './resources/webhook.ts';
import { workbenchResource } from './resources/workbench.ts';
import type { TokenStore } from './token-store.ts';
import { createTransport } from './transport.ts';
import type { Transport } from './transport.ts';

/** Rings once when a credential stops working, and once when it works again. For an operator, with the cure. */
export interface Alarm {
  readonly secret: SecretKind;
  readonly state: 'stopped' | 'recovered';
  /** errcode 60020 carries `ip`, the address to add to 企业可信IP. */
  readonly error: WeComError;
}

export interface WeComLog {
  debug(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export interface WeComOptions {
  /** e.g. https://qyapi.weixin.qq.com; private deployments and the sandbox have others. */
  readonly apiBase: string;
  /** Host or whole page; default https://open.weixin.qq.com/connect/oauth2/authorize. */
  readonly authorizeBase?: string | undefined;
  /** Host or whole page; default https://login.work.weixin.qq.com/wwlogin/sso/login. */
  readonly loginBase?: string | undefined;
  readonly corpId: string;
  readonly agentId: number;
  readonly secrets: Secrets;
  readonly http?: Transport | undefined;
  readonly clock: Clock;
  readonly tokenStore: TokenStore;
  readonly quotaStore: QuotaStore;
  readonly onAlarm: (alarm: Alarm) => void;
  readonly onCall?: ((event: CallEvent) => void) | undefined;
  readonly log?: WeComLog | undefined;
  readonly quotas?: QuotaSettings | undefined;
  /** True where the contacts secret may still read details (addresses in use before 2022-08-15, old servers). */
  readonly contactsMayRead?: boolean | undefined;
}

export type WeCom = ReturnType<typeof createWeCom>;

/** The client of one app of one corp. Holds connections: call `close` at the end. */
export function createWeCom(options: WeComOptions) {
  const { corpId, agentId, clock } = options;
  const transport = options.http ?? createTransport();
  const holder = newId();
  const limits = createLimits({
    store: options.quotaStore,
    clock,
    corpId,
    agentId,
    settings: options.quotas,
  });
  const exchange = createExchange({ apiBase: options.apiBase, transport, limits, onCall: logged(options) });
  const credentials = createCredentials({
    corpId,
    agentId,
    secrets: options.secrets,
    store: options.tokenStore,
    clock,
    holder,
    exchange,
    onAlarm: options.onAlarm,
  });
  const caller = createCaller({
    exchange,
    limits,
    credentials,
    capabilities: { contactsMayRead: options.contactsMayRead },
  });
  const directorySecret: SecretKind = credentials.has('contacts') ? 'contacts' : 'agent';
  const authorizeBase = options.authorizeBase ?? 'https://open.weixin.qq.com';
  const loginBase = options.loginBase ?? 'https://login.work.weixin.qq.com';

  return {
    user: userResource(caller),
    department: departmentResource(caller, directorySecret),
    tag: tagResource(caller, directorySecret),
    batch: batchResource(caller),
    operLog: operLogResource(caller, clock),
    nativeApproval: nativeApprovalResource(caller),
    message: messageResource(caller, agentId),
    appchat: appchatResource(caller),
    webhook: webhookResource(caller),
    oauth: oauthResource(caller, { authorizeBase, loginBase, corpId, agentId }),
    jsapi: jsapiResource(caller, { store: options.tokenStore, clock, holder, corpId, agentId }),
    media: mediaResource(caller),
    agent: agentResource(caller, agentId),
    menu: menuResource(caller, agentId),
    workbench: workbenchResource(caller, agentId),
    schedule: scheduleResource(caller),
    network: networkResource(caller),
    /** Which of these members can be written to now, and the others from when on. */
    split: (request: Parameters<Limits['split']>[0]) => limits.split(request),
    /** Secrets that 企业微信 refuses at the moment. */
    stopped: () => credentials.stopped(),
    /** After an administrator repaired the setting: the next call asks again instead of waiting for the probe. */
    reset: () => credentials.reset(),
    /** Answers that did not have the documented shape, per API. */
    badAnswers: () => exchange.badAnswers(),
    close: () => transport.close(),
  };
}

/** Failures in the log by API and code: no content, no people, no secrets. */
function logged({ onCall, log }: WeComOptions): (event: CallEvent) => void {
  return (event) => {
    onCall?.(event);
    // Nobody must do anything for one failed call: callers retry or record it, metrics count it, alarms ring apart.
    if (event.outcome !== 'ok') log?.debug({ ...event, ms: Math.round(event.ms) }, 'wecom call failed');
  };
}
