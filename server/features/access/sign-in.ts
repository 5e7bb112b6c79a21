import type { Context } from 'koa';
import { z } from 'zod';
import { systemActor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import { recordAct } from '../../platform/audit/index.ts';
import type { Sessions } from '../../platform/http/session.ts';
import type { RequestInfo } from '../../platform/http/route.ts';
import type { Db, Tx } from '../../platform/db/unit-of-work.ts';
import type { OrgPerson } from '../directory/index.ts';
import type { RightsLoader } from './load-rights.ts';
import { localPath } from './return-path.ts';
import { actorFor } from './rights.ts';
import { showProblem, type SignInProblem } from './sign-in-page.ts';

/** The part of the 企业微信 client that signing in uses. */
export interface OauthClient {
  /** Inside 企业微信. */
  authorizeUrl(request: { readonly redirectUri: string; readonly state: string }): string;
  /** Any other browser: a QR code to scan with 企业微信. */
  webLoginUrl(request: { readonly redirectUri: string; readonly state: string }): string;
  /** @throws an error with `handling` (`fixData` for a used or foreign code) */
  visitor(
    code: string,
  ): Promise<{ readonly kind: 'member'; readonly userid: string } | { readonly kind: 'outsider' }>;
}

/** Somebody signed in; what their browser says of itself is not stored here. */
export interface Visit {
  readonly personId: string;
  readonly userAgent: string;
}

export interface SignInDeps {
  readonly db: Db;
  readonly sessions: Sessions;
  readonly oauth: OauthClient;
  readonly rights: RightsLoader;
  readonly publicUrl: string;
  /** In the unit of work that records the sign-in. */
  readonly onSignedIn: (tx: Tx, visit: Visit) => Promise<void>;
  /** Another place to go than wanted, or null; asked when somebody got in. Never keeps anybody out. */
  readonly leadElsewhere: (personId: string, returnTo: string) => Promise<string | null>;
  /** The sandbox phone shows the H5 in an ordinary browser, so there only the console asks for a QR code. */
  readonly sandbox: boolean;
}

const PURPOSE = 'sign-in';
const TTL_MS = 10 * 60_000;
const PREFIX = 'steward_signin_';
const COOKIE_PATH = '/api/auth';
/** Sign-ins begun in other tabs; more than this many are old ones. */
const MAX_BEGUN = 6;

const Begun = z.object({ state: z.string(), returnTo: z.string() });

/**
 * Signing in through 企业微信 (API pages 91022, 91023). The state is bound to this browser by a signed cookie of ten
 * minutes, one per begun sign-in, so that two tabs do not disturb each other and no foreign code can be slipped in.
 */
export function createSignIn(deps: SignInDeps) {
  const { db, sessions, oauth, rights, publicUrl, sandbox } = deps;
  const secure = publicUrl.startsWith('https:');
  const redirectUri = new URL('/api/auth/callback', publicUrl).href;
  const cookie = { httpOnly: true, sameSite: 'lax', secure, path: COOKIE_PATH, overwrite: true } as const;

  function begin(ctx: Context, wanted: string): void {
    const state = newId();
    const returnTo = localPath(wanted);
    const value = sessions.sign(PURPOSE, JSON.stringify({ state, returnTo }), TTL_MS);
    const begun = begunCookies(ctx);
    if (begun.length >= MAX_BEGUN) for (const name of begun) ctx.cookies.set(name, null, cookie);
    ctx.cookies.set(`${PREFIX}${state}`, value, { ...cookie, maxAge: TTL_MS });
    ctx.set('Cache-Control', 'no-store');
    const byCode = !isWeCom(ctx) && (!sandbox || isConsole(returnTo));
    ctx.redirect(
      byCode ? oauth.webLoginUrl({ redirectUri, state }) : oauth.authorizeUrl({ redirectUri, state }),
    );
  }

  /** Where the sign-in of this state wanted to go; null when this browser did not begin it or it is too old. */
  function takeBegun(ctx: Context, state: string): string | null {
    if (!/^[0-9a-f]{32}$/.test(state)) return null;
    const name = `${PREFIX}${state}`;
    const text = sessions.unsign(PURPOSE, ctx.cookies.get(name) ?? '');
    ctx.cookies.set(name, null, cookie);
    if (text === null) return null;
    const begun = Begun.parse(JSON.parse(text));
    return begun.state === state ? begun.returnTo : null;
  }

  async function finish(
    ctx: Context,
    query: { code: string; state: string },
    request: RequestInfo,
  ): Promise<void> {
    const returnTo = takeBegun(ctx, query.state);
    if (returnTo === null || query.code === '') return showProblem(ctx, 'expired', returnTo ?? '/');
    const visitor = await oauth.visitor(query.code).catch(problemOf);
    if (typeof visitor === 'string') return showProblem(ctx, visitor, returnTo);
    if (visitor.kind === 'outsider') return showProblem(ctx, 'outsider');
    const { org, epochOf } = await db.read(rights);
    const person = org.personByUserid(visitor.userid);
    const refusal = refusalOf(person);
    if (!person || refusal) {
      await note(person, refusal ?? 'unknown', request);
      return showProblem(ctx, refusal ?? 'unknown');
    }
    const actor = actorFor(org, person, { via: 'h5', ...request });
    await db.write(actor, async (tx) => {
      recordAct(tx, { action: 'access.signIn', targetType: 'person', targetId: person.personId });
      await deps.onSignedIn(tx, { personId: person.personId, userAgent: ctx.get('User-Agent') });
    });
    sessions.issue(ctx, { personId: person.personId, epoch: epochOf(person.personId) });
    ctx.set('Cache-Control', 'no-store');
    ctx.redirect((await deps.leadElsewhere(person.personId, returnTo)) ?? returnTo);
  }

  /** Refused sign-ins are kept too (H10); an unknown member by nothing but the fact. */
  function note(person: OrgPerson | null, refusal: SignInProblem, { requestId }: RequestInfo): Promise<void> {
    return db.write(systemActor('access.signIn', requestId), async (tx) =>
      recordAct(tx, {
        action: 'access.signIn',
        targetType: 'person',
        targetId: person?.personId ?? 'unknown',
        result: refusal,
      }),
    );
  }

  return { begin, finish };
}

/** Its built-in browser says `wxwork/4.1.20` (JS-SDK page 90514). */
const isWeCom = (ctx: Context): boolean => /wxwork/i.test(ctx.get('User-Agent'));
const isConsole = (path: string): boolean => /^\/console(\/|$|\?)/.test(path);

const begunCookies = (ctx: Context): string[] =>
  [...(ctx.get('Cookie').matchAll(/(?:^|;\s*)(steward_signin_[0-9a-f]{32})=/g) ?? [])].map(
    ([, name = '']) => name,
  );

function refusalOf(person: OrgPerson | null): SignInProblem | null {
  if (!person || person.state === 'left') return 'unknown';
  return person.state === 'locked' ? 'locked' : null;
}

/** A code that was used, is too old or not ours (40029) means: start again. Everything else is not the person's doing. */
function problemOf(error: unknown): SignInProblem {
  const { handling } = (error ?? {}) as { handling?: unknown };
  if (typeof handling !== 'string') throw error;
  return handling === 'fixData' ? 'expired' : 'unreachable';
}
