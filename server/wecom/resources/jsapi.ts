import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Caller } from '../caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/id.ts';
import { createTokenManager } from '../token.ts';
import type { TokenStore } from '../token-store.ts';

/** JS-SDK tickets and signatures (pages 90506, 90514). */
export type JsapiIdentity = 'corp' | 'agent';

export interface JsapiSignature {
  /** Capital S in JavaScript, although the signed string says `noncestr`. */
  readonly nonceStr: string;
  /** Seconds. */
  readonly timestamp: number;
  readonly signature: string;
}

export interface SignedString {
  readonly ticket: string;
  readonly nonceStr: string;
  readonly timestamp: number;
  /** The page's full URL as the browser reports it; `#` and what follows is left out. */
  readonly url: string;
}

/** Pure: this order, lower-case names, nothing URL-encoded; lower-case hex SHA-1. */
export function jsapiSignature({ ticket, nonceStr, timestamp, url }: SignedString): string {
  const page = url.split('#')[0] ?? '';
  const text = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${page}`;
  return createHash('sha1').update(text, 'utf8').digest('hex');
}

const ticketShape = z.looseObject({ ticket: z.string().min(1).max(2048), expires_in: z.number().positive() });

export interface JsapiDeps {
  readonly store: TokenStore;
  readonly clock: Clock;
  readonly holder: string;
  readonly corpId: string;
  readonly agentId: number;
}

export type JsapiResource = ReturnType<typeof jsapiResource>;

export function jsapiResource({ call, limits }: Caller, deps: JsapiDeps) {
  const tickets = {
    /** For ww.config (企业身份): 100 an hour per app, 400 per corp. Takes no type (91040). */
    corp: manager('corp', 'get_jsapi_ticket', () =>
      call(
        { api: 'get_jsapi_ticket', by: 'agent', demands: limits.demands.corpTicket(), isRead: true },
        ticketShape,
      ),
    ),
    /** For ww.agentConfig (应用身份); never shared between apps (42012). */
    agent: manager('agent', 'ticket/get', () =>
      call(
        {
          api: 'ticket/get',
          by: 'agent',
          query: { type: 'agent_config' },
          demands: limits.demands.agentTicket(),
          isRead: true,
        },
        ticketShape,
      ),
    ),
  };

  function manager(kind: JsapiIdentity, api: string, ask: () => Promise<z.output<typeof ticketShape>>) {
    const fetch = async () => {
      const answer = await ask();
      return { token: answer.ticket, expiresInMs: answer.expires_in * 1000 };
    };
    const key = `ticket:${deps.corpId}:${deps.agentId}:${kind}`;
    return createTokenManager({ source: { key, api, fetch }, ...deps });
  }

  return {
    /** Shared by all instances, like the tokens. Never hand it to a browser. */
    ticket: (kind: JsapiIdentity): Promise<string> => tickets[kind].get(),

    /** What getConfigSignature (corp) or getAgentConfigSignature (agent) of @wecom/jssdk wants for this page. */
    async sign(kind: JsapiIdentity, url: string): Promise<JsapiSignature> {
      const ticket = await tickets[kind].get();
      const nonceStr = newId();
      const timestamp = Math.floor(deps.clock.now() / 1000);
      return { nonceStr, timestamp, signature: jsapiSignature({ ticket, nonceStr, timestamp, url }) };
    },
  };
}
