import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PersonActor } from '../../../kernel/actor.ts';
import { ManualClock } from '../../../kernel/clock.ts';
import { createLog } from '../../log.ts';
import { createMetrics, type Metrics } from '../../metrics.ts';
import { createRateLimits } from '../rate-limits.ts';
import { route, type Route } from '../route.ts';
import { createHttp, type HttpOptions } from '../server.ts';
import { createSessions } from '../session.ts';
import type { StaticFiles } from '../static-files.ts';

export interface OpenHttp {
  readonly url: string;
  readonly log: readonly string[];
  readonly metrics: Metrics;
  /** `cookie` and `x-csrf-token` of a person who has just signed in. */
  signIn(personId: string): Promise<{ cookie: string; 'x-csrf-token': string }>;
  close(): Promise<void>;
}

const noStatics: StaticFiles = { serve: () => false, scriptHashes: [], size: 0 };

/** The HTTP layer over real sockets with these routes and nothing behind it. Anybody may sign in as anybody. */
export async function openHttp(
  routes: readonly Route[],
  options: Partial<HttpOptions> & { perMinute?: { address: number; person: number } } = {},
): Promise<OpenHttp> {
  const { perMinute = { address: 10_000, person: 10_000 }, ...others } = options;
  const clock = new ManualClock('2026-11-23T10:20:00+08:00');
  const sessions =
    options.sessions ?? createSessions({ keys: ['k'.repeat(32)], clock, secure: options.secure ?? false });
  const lines: string[] = [];
  const metrics = createMetrics();
  const signIn = route({
    method: 'get',
    path: '/api/test/sign-in/:personId',
    summary: 'Sign in.',
    auth: 'none',
    handle: async ({ ctx }) => {
      const { personId = '' } = (ctx as unknown as { params: Record<string, string> }).params;
      ctx.body = sessions.csrfToken(sessions.issue(ctx, { personId, epoch: 0 }));
    },
  });
  const http = createHttp({
    routes: [...routes, signIn],
    sessions,
    authenticate: async (ctx, request) => {
      const session = sessions.read(ctx);
      return session && { session, actor: actor(session.personId, request) };
    },
    words: (code, data, language) => `${language} ${code} ${JSON.stringify(data)}`,
    log: createLog('debug', { write: (line) => void lines.push(line) }),
    metrics,
    limits: createRateLimits(perMinute),
    statics: noStatics,
    page: () => null,
    ready: async () => ({ ok: true, parts: {} }),
    trustedHops: 0,
    secure: false,
    strictAnswers: true,
    ...others,
  });
  const server = createServer(http.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    log: lines,
    metrics,
    async signIn(personId) {
      const response = await fetch(`${url}/api/test/sign-in/${personId}`);
      const cookie = response.headers
        .getSetCookie()
        .map((set) => set.split(';')[0])
        .join('; ');
      return { cookie, 'x-csrf-token': await response.text() };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const actor = (personId: string, request: { requestId: string; address: string }): PersonActor => ({
  kind: 'person',
  personId,
  name: 'Ada',
  roles: [],
  via: 'h5',
  ...request,
});
