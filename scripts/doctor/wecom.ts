import type { Config } from '../../server/config.ts';
import { systemClock } from '../../server/kernel/clock.ts';
import { HOUR_MS } from '../../server/kernel/dates.ts';
import {
  createWeCom,
  memoryQuotaStore,
  memoryTokenStore,
  WeComError,
  type WeCom,
} from '../../server/wecom/index.ts';
import { attention, fault, fine, type Finding } from './finding.ts';

const CLOCK_TIMEOUT_MS = 10_000;

/** Pages of the admin console, by the names it shows: it has no English. */
const CONSOLE = {
  app: 'admin console, 应用管理, the page of the app',
  contacts: 'admin console, 管理工具, 通讯录同步',
  approvals: 'admin console, 应用管理, 审批, 可调用接口的应用',
  corp: 'admin console, 我的企业, 企业信息, 企业ID',
} as const;

/** Can we talk to 企业微信 as the configured app? Asks, changes nothing. */
export async function checkWeCom(config: Config): Promise<Finding[]> {
  if (config.sandbox) return [fine('WeCom: the sandbox stands in for it')];
  const { wecom: settings } = config;
  const client = createWeCom({
    apiBase: settings.apiBase,
    corpId: settings.corpId,
    agentId: settings.agentId,
    secrets: {
      agent: settings.agentSecret,
      ...(settings.contactsSecret === null ? {} : { contacts: settings.contactsSecret }),
    },
    clock: systemClock,
    // A token of its own for a moment: 企业微信 hands out the same one as long as it is valid.
    tokenStore: memoryTokenStore(),
    quotaStore: memoryQuotaStore(),
    onAlarm: () => undefined,
  });
  try {
    return [
      await checkApp(client, settings.agentId),
      await checkContacts(client, settings.contactsSecret !== null),
      ...(config.nativeApprovals ? [await checkNativeApprovals(client)] : []),
      ...checkKeys(config),
      await checkClock(settings.apiBase),
    ];
  } finally {
    await client.close();
  }
}

async function checkApp(client: WeCom, agentId: number): Promise<Finding> {
  try {
    const app = await client.agent.get();
    if (app.close === 1)
      return fault(`App ${agentId} (${app.name}) is switched off`, `switch it on: ${CONSOLE.app}`);
    return fine(`App ${agentId} (${app.name}): reached, secret accepted`);
  } catch (error) {
    return refusal('App', error, { secret: 'WECOM_AGENT_SECRET', where: CONSOLE.app });
  }
}

async function checkContacts(client: WeCom, configured: boolean): Promise<Finding> {
  if (!configured)
    return attention(
      'WECOM_CONTACTS_SECRET is not set: the directory is not pushed to WeCom',
      `set it if this system shall write the directory (${CONSOLE.contacts})`,
    );
  try {
    const departments = await client.department.simpleList({ by: 'contacts' });
    return fine(`Contacts secret: accepted, ${departments.length} departments seen`);
  } catch (error) {
    return refusal('Contacts secret', error, {
      secret: 'WECOM_CONTACTS_SECRET',
      where: CONSOLE.contacts,
    });
  }
}

/** NATIVE_APPROVALS is on: is the app listed in 审批. */
async function checkNativeApprovals(client: WeCom): Promise<Finding> {
  const until = systemClock.now();
  try {
    await client.nativeApproval.numbers({ from: until - HOUR_MS, until }).next();
    return fine('Native approvals (审批): may be read');
  } catch (error) {
    return refusal('Native approvals (审批)', error, {
      secret: 'WECOM_AGENT_SECRET',
      where: CONSOLE.approvals,
    });
  }
}

interface SecretWords {
  readonly secret: string;
  readonly where: string;
}

function refusal(what: string, error: unknown, words: SecretWords): Finding {
  if (!(error instanceof WeComError)) throw error;
  return fault(
    `${what}: ${error.errcode === undefined ? error.reason : `errcode ${error.errcode}`}${error.stem ? ` (${error.stem})` : ''}`,
    cureOf(error, words),
  );
}

/** Codes of page 90313 that a new installation meets. */
function cureOf(error: WeComError, { secret, where }: SecretWords): string {
  switch (error.errcode) {
    case 40001:
    case 40091:
      return `${secret} is wrong, or of another app: copy it again (${where})`;
    case 40013:
      return `WECOM_CORP_ID is wrong: copy it again (${CONSOLE.corp})`;
    case 40056:
    case 301002:
      return 'WECOM_AGENT_ID and WECOM_AGENT_SECRET belong to different apps: take both from one page';
    case 60020:
      return `add the address ${error.ip ?? 'of this machine'} to the trusted addresses (企业可信IP) of the app (${CONSOLE.app})`;
    case 48001:
    case 48002:
    case 301055:
      return `the app may not call this API: allow it (${where})`;
    case 45009:
      return 'too many calls for now: wait a while, and look for another program that uses this secret';
    default:
      return cureOfReason(error);
  }
}

function cureOfReason({ reason, errcode, api }: WeComError): string {
  if (errcode !== undefined)
    return `look the code up: https://developer.work.weixin.qq.com/devtool/query?e=${errcode}`;
  if (reason === 'unreachable' || reason === 'timeout' || reason === 'dropped')
    return 'this machine must reach WECOM_API_BASE by HTTPS: check DNS, the firewall and the address';
  return `${api} gave no usable answer: is WECOM_API_BASE the address of WeCom?`;
}

function checkKeys({ wecom }: Config): Finding[] {
  const keys = { app: wecom.callback, contacts: wecom.contactsCallback };
  return Object.entries(keys).flatMap(([name, key]) => {
    if (key === null)
      return name === 'app'
        ? [fault('Callback of the app: no keys', 'set WECOM_CALLBACK_TOKEN and WECOM_CALLBACK_AES_KEY')]
        : [];
    // 43 characters of base64 without the last "=" are the 32 bytes of an AES-256 key.
    const bytes = Buffer.from(`${key.aesKey}=`, 'base64').length;
    if (bytes !== 32)
      return [
        fault(`Callback key of ${name}: ${bytes} bytes, not 32`, 'copy all 43 characters of EncodingAESKey'),
      ];
    return [fine(`Callback key of ${name}: 32 bytes`)];
  });
}

/** 企业微信 dates its answers: callbacks more than five minutes apart from our clock are refused. */
async function checkClock(apiBase: string): Promise<Finding> {
  const before = Date.now();
  const answer = await fetch(apiBase, {
    method: 'HEAD',
    redirect: 'manual',
    signal: AbortSignal.timeout(CLOCK_TIMEOUT_MS),
  }).catch(() => null);
  const theirs = Date.parse(answer?.headers.get('date') ?? '');
  if (Number.isNaN(theirs))
    return attention('Clock: WeCom gave no time to compare with', 'set this machine by NTP');
  // The header has whole seconds, cut off.
  const skew = Math.round((before + Date.now()) / 2 - theirs - 500);
  const seconds = (Math.abs(skew) / 1000).toFixed(1);
  if (Math.abs(skew) <= 5_000) return fine(`Clock: agrees with WeCom (${seconds} s)`);
  const words = `Clock: ${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} WeCom`;
  return Math.abs(skew) < 120_000
    ? attention(words, 'set this machine by NTP')
    : fault(words, 'set this machine by NTP: callbacks and JS-SDK signatures will be refused');
}
