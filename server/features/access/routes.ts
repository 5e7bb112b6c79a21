import { badRequest, AppError } from '../../kernel/errors.ts';
import { route, type Route } from '../../platform/http/route.ts';
import type { Sessions } from '../../platform/http/session.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import { CallbackQuery, LoginQuery, Me, Signature, SignatureQuery, SignedOut } from './contract.ts';
import type { RightsLoader } from './load-rights.ts';
import type { createMeQuery } from './me.ts';
import { localPath } from './return-path.ts';
import type { createSignIn } from './sign-in.ts';

interface Signed {
  readonly timestamp: number;
  readonly nonceStr: string;
  readonly signature: string;
}

/** The part of the 企业微信 client that makes JS-SDK signatures. */
export interface JsapiClient {
  sign(kind: 'corp' | 'agent', url: string): Promise<Signed>;
}

export interface AccessRouteDeps {
  readonly db: Db;
  readonly sessions: Sessions;
  readonly rights: RightsLoader;
  readonly signIn: ReturnType<typeof createSignIn>;
  readonly me: ReturnType<typeof createMeQuery>;
  readonly jsapi: JsapiClient;
  readonly corpId: string;
  readonly agentId: number;
  readonly publicUrl: string;
}

export function accessRoutes(deps: AccessRouteDeps): Route[] {
  const { db, sessions, rights, signIn, me, jsapi, corpId, agentId } = deps;
  const origin = new URL(deps.publicUrl).origin;
  return [
    route({
      method: 'get',
      path: '/api/auth/login',
      summary: 'Send the browser to 企业微信 to sign in.',
      auth: 'none',
      query: LoginQuery,
      handle: async ({ actor, query, ctx }) => {
        if (actor && query.switch === '0') {
          ctx.set('Cache-Control', 'no-store');
          return ctx.redirect(localPath(query.return));
        }
        // Whoever switches and fails must not be left looking at the other one's pages.
        if (actor) sessions.clear(ctx);
        return signIn.begin(ctx, query.return);
      },
    }),
    route({
      method: 'get',
      path: '/api/auth/callback',
      summary: '企业微信 sends the browser back here with a code.',
      auth: 'none',
      query: CallbackQuery,
      handle: ({ query, ctx, request }) => signIn.finish(ctx, query, request),
    }),
    route({
      method: 'post',
      path: '/api/auth/logout',
      summary: 'End this session.',
      auth: 'none',
      answer: SignedOut,
      handle: async ({ ctx }) => {
        sessions.clear(ctx);
        return { ok: true as const };
      },
    }),
    route({
      method: 'get',
      path: '/api/me',
      summary: 'The person signed in, their posts and roles.',
      auth: 'person',
      answer: Me,
      handle: async ({ actor, ctx }) => {
        const session = sessions.read(ctx);
        if (!session) throw new AppError('http.not_signed_in', { status: 401 });
        return db.read(async (reads) => {
          const { org } = await rights(reads);
          return me(reads, org, actor.personId, sessions.csrfToken(session));
        });
      },
    }),
    route({
      method: 'get',
      path: '/api/wecom/signature',
      summary: 'Signatures of one of our pages for the JS-SDK.',
      auth: 'person',
      query: SignatureQuery,
      answer: Signature,
      handle: async ({ query: { url } }) => {
        if (!URL.canParse(url) || new URL(url).origin !== origin) throw badRequest('access.foreign_url');
        const [config, agentConfig] = await Promise.all([jsapi.sign('corp', url), jsapi.sign('agent', url)]);
        return { corpId, agentId, config, agentConfig };
      },
    }),
  ];
}
