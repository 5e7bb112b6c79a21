import { get } from '../api/http.ts';
import type { Signature } from '../api/shapes.ts';
import { inWecom } from './host.ts';

type Sdk = typeof import('@wecom/jssdk');

const patienceMs = 3_000;
let loading: Promise<Sdk> | null = null;

/** The SDK wants the time as text. */
const asText = (signed: Signature['config']) => ({ ...signed, timestamp: String(signed.timestamp) });

/**
 * The only place that touches the JS-SDK. Outside 企业微信 its calls never settle, so nothing is loaded there
 * and every function has an answer of its own; inside, a call that stays silent counts as not done.
 */
function sdk(): Promise<Sdk> {
  loading ??= import('@wecom/jssdk').then(async (ww) => {
    const url = location.href.split('#')[0] ?? '';
    const signed = await get<Signature>('/api/wecom/signature', { url });
    ww.register({
      corpId: signed.corpId,
      agentId: signed.agentId,
      jsApiList: ['closeWindow', 'hideMenuItems'],
      getConfigSignature: () => asText(signed.config),
      getAgentConfigSignature: () => asText(signed.agentConfig),
    });
    return ww;
  });
  loading.catch(() => {
    loading = null;
  });
  return loading;
}

async function attempt(call: (ww: Sdk) => Promise<unknown>): Promise<boolean> {
  if (!inWecom()) return false;
  const silence = new Promise<boolean>((give) => window.setTimeout(() => give(false), patienceMs));
  const done = sdk().then(
    (ww) => call(ww).then(() => true),
    () => false,
  );
  return Promise.race([done, silence]).catch(() => false);
}

/** Requests name people and their reasons: the host's menu then offers no forwarding or copying of the link. */
export const hideForwarding = (): Promise<boolean> =>
  attempt((ww) =>
    ww.hideMenuItems({
      menuList: [
        'menuItem:share:appMessage',
        'menuItem:share:wechat',
        'menuItem:copyUrl',
        'menuItem:openWithSafari',
      ],
    }),
  );

/** False where the window is the person's own to close. */
export const closeWindow = (): Promise<boolean> => attempt((ww) => ww.closeWindow());
