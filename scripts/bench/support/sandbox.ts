import type { OffsetClock } from '../../../server/kernel/clock.ts';
import { createSandbox, type Sandbox } from '../../../server/sandbox/index.ts';
import { benchEnv } from './product.ts';

/** Nobody is refused for want of an account. */
const SEATS = 20_000;

export interface BenchSandbox {
  readonly sandbox: Sandbox;
  /** What a product at `url` needs in its environment to use it. */
  readonly env: Readonly<Record<string, string>>;
}

/** The local 企业微信 without rate limits, knowing the product at `url`: started, empty. */
export async function startBenchSandbox(url: string, clock: OffsetClock): Promise<BenchSandbox> {
  const callback = { token: benchEnv.WECOM_CALLBACK_TOKEN, aesKey: benchEnv.WECOM_CALLBACK_AES_KEY };
  const sandbox = createSandbox({
    port: 0,
    corp: { corpId: benchEnv.WECOM_CORP_ID, name: '海州职业技术学院' },
    app: {
      agentId: Number(benchEnv.WECOM_AGENT_ID),
      secret: benchEnv.WECOM_AGENT_SECRET,
      name: '办公助手',
      callback: { ...callback, url: `${url}/wecom/callback/app` },
      homeUrl: `${url}/`,
      trustedDomain: new URL(url).host,
    },
    contacts: { secret: benchEnv.WECOM_CONTACTS_SECRET },
    clock,
    rateLimits: false,
    seats: SEATS,
    retries: { count: 3, delaysMs: [500, 1000, 2000], timeoutMs: 5000 },
  });
  await sandbox.start();
  const api = sandbox.url.replace('localhost', '127.0.0.1');
  return {
    sandbox,
    env: { WECOM_API_BASE: api, WECOM_AUTHORIZE_BASE: api, WECOM_SEATS: String(SEATS), PUBLIC_URL: url },
  };
}
