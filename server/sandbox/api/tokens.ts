import { WRONG_SECRET } from '../limits.ts';
import { opaque } from '../state/ids.ts';
import type { World } from '../world.ts';
import { get } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';

const LIFE_MS = 7200_000;
/** With less left than this a repeated gettoken hands out a new one. The old one lives on to its end. */
const NEAR_EXPIRY_MS = 300_000;

export const tokenRoutes: ApiRoute[] = [get('gettoken', 'none', getToken)];

/** Page 91039. The secret is looked at before the corp id (probe of 2026-09-11). */
function getToken(call: ApiCall): Record<string, unknown> {
  const { world, query, now } = call;
  const { corpid = '', corpsecret = '' } = query;
  if (corpsecret === '') throw fail(41004);
  if (corpid === '') throw fail(41002);
  if (corpid !== world.settings.corp.corpId) throw fail(40013);
  const kind = kindOf(world, corpsecret);
  if (kind === null) {
    if (!world.limits.take(`secret:${call.ip}`, WRONG_SECRET)) throw fail(45009);
    throw fail(40001);
  }
  if (kind === 'app' && world.data.app.closed) throw fail(40001);
  const { token, expiresAt } = currentToken(world, kind);
  const expiresIn = Math.floor((expiresAt - now) / 1000);
  call.note(`${kind === 'app' ? '应用' : '通讯录同步'}令牌，${expiresIn} 秒`);
  return { access_token: token, expires_in: expiresIn };
}

function kindOf(world: World, secret: string): 'app' | 'contacts' | null {
  if (secret === world.settings.app.secret) return 'app';
  return secret === world.settings.contacts.secret ? 'contacts' : null;
}

function currentToken(world: World, kind: 'app' | 'contacts'): { token: string; expiresAt: number } {
  const now = world.now();
  const { tokens } = world.data;
  for (const [token, entry] of tokens) {
    if (entry.expiresAt < now - LIFE_MS) tokens.delete(token);
    else if (entry.kind === kind && !entry.revoked && entry.expiresAt - now > NEAR_EXPIRY_MS) {
      return { token, expiresAt: Math.min(entry.expiresAt, now + LIFE_MS) };
    }
  }
  const token = opaque(120);
  const expiresAt = now + LIFE_MS;
  tokens.set(token, { kind, expiresAt, revoked: false });
  return { token, expiresAt };
}

export function revokeTokens(world: Pick<World, 'data'>): void {
  for (const token of world.data.tokens.values()) token.revoked = true;
}
