import type { Config } from '../config.ts';
import type { Entrance } from '../features/messaging/index.ts';
import { createCallbackCrypto } from '../wecom/callback/index.ts';

/** Where 企业微信's callbacks come in: of the app, of the contacts. */
export function entrancesOf({ wecom }: Config): Entrance[] {
  const open = (name: string, keys: { token: string; aesKey: string } | null): Entrance[] =>
    keys === null
      ? []
      : [
          {
            name,
            crypto: createCallbackCrypto({
              token: keys.token,
              encodingAesKey: keys.aesKey,
              receiveId: wecom.corpId,
            }),
          },
        ];
  return [...open('app', wecom.callback), ...open('contacts', wecom.contactsCallback)];
}
