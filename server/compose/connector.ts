import { createQuotaStore } from '../connector/quota-store.ts';
import { createTokenStore } from '../connector/token-store.ts';
import { createWeCom } from '../wecom/index.ts';
import type { Platform } from './platform.ts';

export type Connector = ReturnType<typeof openConnector>;

/** The client of 企业微信; what it needs of a database is ours. */
export function openConnector({ config, clock, log, db, vault, metrics, onAlarm }: Platform) {
  return createWeCom({
    apiBase: config.wecom.apiBase,
    authorizeBase: config.wecom.authorizeBase,
    loginBase: config.wecom.loginBase,
    corpId: config.wecom.corpId,
    agentId: config.wecom.agentId,
    secrets: {
      agent: config.wecom.agentSecret,
      ...(config.wecom.contactsSecret === null ? {} : { contacts: config.wecom.contactsSecret }),
    },
    clock,
    tokenStore: createTokenStore(db, vault),
    quotaStore: createQuotaStore(db),
    quotas: { accountCeiling: config.wecom.seats },
    onAlarm: ({ secret, state, error }) => {
      if (state === 'stopped') onAlarm('wecom_stopped');
      log.error({ secret, state, errcode: error.errcode, ip: error.ip }, 'wecom credential alarm');
    },
    onCall: ({ api, errcode, outcome, ms }) =>
      metrics.wecom.observe({ api, errcode: String(errcode ?? outcome) }, ms / 1000),
    log,
  });
}
