import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../kernel/clock.ts';
import type { SecretKind } from './capabilities.ts';
import { createCircuit } from './circuit.ts';
import type { Circuit, CircuitAlarm } from './circuit.ts';
import { FixPermission } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { createTokenManager } from './token.ts';
import type { TokenManager } from './token.ts';
import type { TokenStore } from './token-store.ts';

/** One secret: its token and its circuit, independent of the other secret's. */
export interface Credential {
  readonly tokens: TokenManager;
  readonly circuit: Circuit;
}

export interface Credentials {
  /** Throws FixPermission when this secret is not configured. */
  of(api: string, kind: SecretKind): Credential;
  has(kind: SecretKind): boolean;
  /** After an administrator repaired something: asks 企业微信 again at once. */
  reset(): void;
  stopped(): readonly SecretKind[];
}

export interface Secrets {
  readonly agent: string;
  readonly contacts?: string | undefined;
}

export interface CredentialsDeps {
  readonly corpId: string;
  readonly agentId: number;
  readonly secrets: Secrets;
  readonly store: TokenStore;
  readonly clock: Clock;
  readonly holder: string;
  readonly onAlarm: (alarm: CircuitAlarm & { readonly secret: SecretKind }) => void;
  readonly exchange: Exchange;
}

const tokenAnswer = z.looseObject({
  access_token: z.string().min(1).max(2048),
  expires_in: z.number().positive(),
});

export function createCredentials(deps: CredentialsDeps): Credentials {
  const { corpId, secrets } = deps;
  const all = new Map<SecretKind, Credential>();
  all.set('agent', credential('agent', secrets.agent));
  if (secrets.contacts) all.set('contacts', credential('contacts', secrets.contacts));

  function credential(kind: SecretKind, secret: string): Credential {
    const source = {
      // A changed secret gets a key of its own, so it never meets the token of the old one.
      key: `token:${corpId}:${kind === 'agent' ? deps.agentId : kind}:${fingerprint(secret)}`,
      api: 'gettoken',
      fetch: () => fetchToken(secret),
    };
    return {
      tokens: createTokenManager({ source, store: deps.store, clock: deps.clock, holder: deps.holder }),
      circuit: createCircuit(deps.clock, (alarm) => deps.onAlarm({ ...alarm, secret: kind })),
    };
  }

  async function fetchToken(secret: string): Promise<{ token: string; expiresInMs: number }> {
    const query = { corpid: corpId, corpsecret: secret };
    const answer = await deps.exchange.bare({ api: 'gettoken', query, isRead: true }, tokenAnswer);
    return { token: answer.access_token, expiresInMs: answer.expires_in * 1000 };
  }

  return {
    of(api, kind) {
      const found = all.get(kind);
      if (found) return found;
      throw new FixPermission({ api, reason: 'capability', stem: `no ${kind} secret configured` });
    },
    has: (kind) => all.has(kind),
    reset() {
      for (const { tokens, circuit } of all.values()) {
        circuit.reset();
        tokens.forget();
      }
    },
    stopped: () => [...all].filter(([, { circuit }]) => circuit.stopped).map(([kind]) => kind),
  };
}

/** Names a secret without giving it away. */
export const fingerprint = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex').slice(0, 12);
