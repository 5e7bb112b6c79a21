import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { fingerprint } from '../credentials.ts';
import { cutBytes } from '../cut.ts';
import { checked, nothing } from '../fields.ts';

/** Group robot (page 99110). The key is the credential: it never shows in errors, logs or quota keys. */
export type WebhookMessage =
  | { readonly type: 'text'; readonly content: string; readonly mentioned?: readonly string[] }
  | { readonly type: 'markdown'; readonly content: string };

export type WebhookResource = ReturnType<typeof webhookResource>;

export function webhookResource({ bare, limits }: Caller) {
  return {
    /** 20 a minute per robot. A bad key or a removed robot: FixData 93000. */
    send: async (key: string, message: WebhookMessage): Promise<void> => {
      const api = 'webhook/send';
      const query = { key: checked(api, z.string().min(1), key, 'key') };
      const content = cutBytes(message.content, message.type === 'text' ? 2048 : 4096, '…');
      const mentioned =
        message.type === 'text' && message.mentioned ? { mentioned_list: message.mentioned } : {};
      const body = { msgtype: message.type, [message.type]: { content, ...mentioned } };
      return bare({ api, query, body, demands: limits.demands.webhook(fingerprint(key)) }, nothing);
    },
  };
}
