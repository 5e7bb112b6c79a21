/** The room's sources on a new database behind real HTTP, a small college in the directory, jobs run when asked. */
import type { PersonActor, Role } from '../../../../kernel/actor.ts';
import { createCalendar } from '../../../../kernel/workdays.ts';
import { wordsFor } from '../../../../phrases/index.ts';
import { hrSourcesPhrases } from '../../../../phrases/hr-sources.ts';
import { openHttp } from '../../../../platform/http/testing/open-http.ts';
import { createSessions } from '../../../../platform/http/session.ts';
import { createJobs } from '../../../../platform/jobs/index.ts';
import { createLog } from '../../../../platform/log.ts';
import { openDirectory, SEED, vault } from '../../../directory/testing/open-directory.ts';
import { smallRoster } from '../../../directory/testing/small-roster.ts';
import { loadHolidayYears } from '../../../supervision/index.ts';
import { createCellVault } from '../../cells.ts';
import type { HrContext } from '../../deps.ts';
import { hrKeepings } from '../../keeping.ts';
import { DEFAULT_LIMITS } from '../../plan/index.ts';
import { scimTables } from '../../scim/index.ts';
import { hrTables } from '../../tables.ts';
import { createSources, hrSourceTables, type SourceTrouble } from '../index.ts';

/** Somebody of each role that matters here, and one of none. */
export const ROLES = {
  it: ['staff', 'systemAdmin'],
  hr: ['staff', 'hrMaintainer'],
  chief: ['staff', 'superAdmin'],
  staff: ['staff'],
  head: ['staff', 'unitHead'],
  security: ['staff', 'securityAdmin'],
  audit: ['staff', 'auditAdmin'],
} as const satisfies Record<string, readonly Role[]>;
export type Who = keyof typeof ROLES;
export const EVERYBODY = Object.keys(ROLES) as Who[];

export const actorOf = (who: Who): PersonActor => ({
  kind: 'person',
  personId: who,
  name: who,
  roles: ROLES[who],
  via: 'console',
});

export type Stage = Awaited<ReturnType<typeof openStage>>;

export async function openStage() {
  const { t, directory } = await openDirectory([...hrTables, ...hrSourceTables, ...scimTables]);
  await t.db.write(SEED, (tx) => directory.importRoster(tx, smallRoster()));
  const log = createLog('silent');
  const told: SourceTrouble[] = [];
  const settled: string[] = [];
  const hr: HrContext = {
    db: t.db,
    clock: t.clock,
    log,
    vault,
    // A fetched batch has no file.
    blobs: undefined as unknown as HrContext['blobs'],
    directory,
    calendar: createCalendar(loadHolidayYears('config/holidays')),
    limits: DEFAULT_LIMITS,
    consequencesOf: async () => [],
    cells: createCellVault(vault),
  };
  const sources = createSources(hr, {
    networks: ['127.0.0.0/8'],
    troubles: {
      failed: (_tx, trouble) => void told.push(trouble),
      settled: (_tx, sourceId) => void settled.push(sourceId),
    },
    words: (code, data = {}) =>
      (hrSourcesPhrases as Record<string, { zh: string }>)[code]?.zh.replace(/\{(\w+)\}/g, (_, key: string) =>
        String(data[key] ?? ''),
      ) ?? wordsFor(code, data, 'zh'),
    askLimits: { pausesMs: [], totalMs: 5_000 },
  });
  const jobs = createJobs({
    db: t.db,
    clock: t.clock,
    log,
    definitions: sources.jobs,
    schedules: sources.schedules,
  });
  const sessions = createSessions({ keys: ['k'.repeat(32)], clock: t.clock, secure: false });
  const http = await openHttp(sources.routes, {
    sessions,
    authenticate: async (ctx) => {
      const session = sessions.read(ctx);
      return session && { session, actor: actorOf(session.personId as Who) };
    },
  });

  async function call(who: Who | null, method: 'GET' | 'POST', path: string, body?: object) {
    const signedIn = who === null ? {} : await http.signIn(who);
    const response = await fetch(`${http.url}/api/hr${path}`, {
      method,
      headers: { ...signedIn, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as never };
  }
  return {
    t,
    hr,
    keepings: hrKeepings(t.db, { remove: async () => undefined }),
    jobs,
    http,
    told,
    settled,
    call,
    /** The answer of a call that must go well. */
    async ok<T>(who: Who, method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
      const answer = await call(who, method, path, body);
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body as T;
    },
    async codeOf(who: Who | null, method: 'GET' | 'POST', path: string, body?: object): Promise<string> {
      const answer = await call(who, method, path, body);
      return `${answer.status} ${(answer.body as { code?: string }).code ?? ''}`.trim();
    },
    async push(key: string, body: object | string) {
      const response = await fetch(`${http.url}/api/hr/push`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    async pushStatus<T>(key: string, batchId: string): Promise<T> {
      const response = await fetch(`${http.url}/api/hr/push/${batchId}`, {
        headers: { authorization: `Bearer ${key}` },
      });
      return (await response.json()) as T;
    },
    async close() {
      await http.close();
      await t.close();
    },
  };
}
