import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createScope, type HeldSlice } from '../../server/features/access/scope.ts';
import {
  createDirectory,
  createDrift,
  driftTables,
  directoryTables,
} from '../../server/features/directory/index.ts';
import type { DriftDeps } from '../../server/features/directory/index.ts';
import { SEED, vault } from '../../server/features/directory/testing/open-directory.ts';
import { smallRoster } from '../../server/features/directory/testing/small-roster.ts';
import type { Actor, PersonActor, Role } from '../../server/kernel/actor.ts';
import { MINUTE_MS } from '../../server/kernel/dates.ts';
import { AuditEntryTable } from '../../server/platform/audit/index.ts';
import { openHttp } from '../../server/platform/http/testing/open-http.ts';
import { createSessions } from '../../server/platform/http/session.ts';
import { createJobs, jobTables } from '../../server/platform/jobs/index.ts';
import { createSandbox } from '../../server/sandbox/index.ts';
import { createCallbackCrypto, parseEvent, readXml } from '../../server/wecom/callback/index.ts';
import { createWeCom, memoryQuotaStore, memoryTokenStore } from '../../server/wecom/index.ts';
import { openTestDb } from './test-db.ts';

const CORP = 'wwsandbox0000000001';
const AGENT = 1000002;
const KEYS = { token: 'SandboxToken01', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' };

export type DriftStage = Awaited<ReturnType<typeof openDrift>>;

/** What a person holds, for `scopeOf`: a whole institution or a unit and what lies below. */
export interface Holding {
  readonly unitId: string | null;
  readonly duty: HeldSlice['duty'];
}

/**
 * Directory and drift on a real database, over real HTTP, with the sandbox as 企业微信 and its callbacks. Rights are
 * handed in: `holds` tells what a person administers.
 */
export async function openDrift(
  options: { limits?: DriftDeps['limits']; roster?: Parameters<typeof smallRoster>[0] } = {},
) {
  const t = await openTestDb([...directoryTables, ...driftTables, ...jobTables, AuditEntryTable]);
  const events = await callbackServer();
  const sandbox = createSandbox({
    port: 0,
    corp: { corpId: CORP, name: '海州职业技术学院' },
    app: {
      agentId: AGENT,
      secret: 'app-secret',
      name: '办公助手',
      callback: { url: null, ...KEYS },
      homeUrl: 'http://127.0.0.1/',
      trustedDomain: '127.0.0.1',
    },
    contacts: { secret: 'contacts-secret', callback: { url: events.url, ...KEYS } },
    clock: { now: () => t.clock.now(), offset: 0, setOffset: () => undefined },
    retries: { delaysMs: [50], count: 3, timeoutMs: 5000 },
  });
  await sandbox.start();
  const { control } = sandbox;
  const calls: string[] = [];
  const wecom = createWeCom({
    apiBase: sandbox.url.replace('localhost', '127.0.0.1'),
    corpId: CORP,
    agentId: AGENT,
    secrets: { agent: 'app-secret', contacts: 'contacts-secret' },
    clock: t.clock,
    tokenStore: memoryTokenStore(),
    quotaStore: memoryQuotaStore(),
    onAlarm: () => undefined,
    onCall: ({ api }) => void calls.push(api),
  });
  const directory = createDirectory({ db: t.db, vault, wecom });
  const holds = new Map<string, Holding>();
  /** Who was given a role. */
  const given = new Set<string>();
  const asked: string[] = [];
  const answered: string[] = [];
  const masses: { subjects: number; total: number }[] = [];
  const drift = createDrift(
    {
      db: t.db,
      vault,
      wecom,
      pushes: true,
      directory,
      scopeOf: async (reads, actor) => createScope(slicesOf(actor, holds), await directory.orgOf(reads)),
      holdsGiven: async (_reads, personId) => given.has(personId),
      sockets: {
        askHr: async (_tx, { title }) => void asked.push(title),
        answeredHr: async (_tx, differenceId) => void answered.push(differenceId),
        tellMass: async (_tx, { subjects, total }) => void masses.push({ subjects, total }),
      },
      ...(options.limits && { limits: options.limits }),
    },
    (code) => code,
  );
  events.onContactChanged = drift.onContactChanged;
  const failures: string[] = [];
  const log = {
    warn: (fields: object) => void failures.push(JSON.stringify(fields)),
    error: (fields: object) => void failures.push(JSON.stringify(fields)),
  };
  const jobs = createJobs({
    db: t.db,
    clock: t.clock,
    log,
    definitions: [...directory.jobs, ...drift.jobs],
    schedules: drift.schedules,
  });
  const sessions = createSessions({ keys: ['k'.repeat(32)], clock: t.clock, secure: false });
  const http = await openHttp(drift.routes, {
    sessions,
    authenticate: async (ctx, request) => {
      const session = sessions.read(ctx);
      return session && { session, actor: { ...personActor(session.personId), ...request } };
    },
  });

  const settle = async () => {
    for (;;) {
      await control.idle();
      if ((await jobs.runDue()) === 0) return;
    }
  };
  const advance = async (ms: number) => {
    t.clock.advance(ms);
    await settle();
  };
  const scalar = async (sql: string, params: string[]) => {
    const [row] = await t.db.read((reads) => reads.em.query<{ id: string }[]>(sql, params));
    return row?.id ?? '';
  };

  await t.db.write(SEED, (tx) => directory.importRoster(tx, smallRoster(options.roster)));
  await settle();
  control.activate();
  control.adminCorp({ operLog: true });
  // Our own writes have settled.
  await advance(10 * MINUTE_MS);

  const request = async (as: string, method: string, path: string, body?: object) => {
    const signedIn = await http.signIn(as);
    const response = await fetch(`${http.url}${path}`, {
      method,
      headers: { ...signedIn, origin: http.url, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };

  return {
    t,
    control,
    directory,
    drift,
    holds,
    given,
    asked,
    answered,
    masses,
    failures,
    settle,
    advance,
    personOf: (staffNo: string) => scalar('select id from person where staffNo = ?', [staffNo]),
    unitOf: (code: string) => scalar('select id from unit where code = ?', [code]),
    member: (userid: string) =>
      control.state().members.find((one) => one.userid.toLowerCase() === userid.toLowerCase()),
    /** Calls to 企业微信 while `work` goes on. */
    async callsOf(work: () => Promise<unknown>): Promise<string[]> {
      const before = calls.length;
      await work();
      return calls.slice(before);
    },
    /** The scheduled comparison of the coming night. */
    async night() {
      t.clock.advance(24 * 60 * MINUTE_MS);
      await jobs.tick();
      await settle();
    },
    /** Every step of every comparison once more, as after a crash between its end and its note. */
    async repeatSteps() {
      await t.db.run(
        `update job set state = 'ready', attempts = 0 where name = 'directory.drift' and payload like '%runId%'`,
        [],
      );
      await settle();
    },
    async get<T>(as: string, path: string): Promise<T> {
      const { status, json } = await request(as, 'GET', path);
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(json)}`);
      return json as T;
    },
    request,
    async close() {
      await http.close();
      await sandbox.stop();
      await wecom.close();
      await events.close();
      await t.close();
    },
  };
}

const GIVEN: Readonly<Record<string, readonly Role[]>> = {
  keeper: ['hrMaintainer'],
  superAdmin: ['superAdmin'],
};

const personActor = (personId: string): PersonActor => ({
  kind: 'person',
  personId,
  name: '',
  roles: ['staff', ...(GIVEN[personId] ?? [])],
  via: 'console',
});

function slicesOf(actor: Actor, holds: ReadonlyMap<string, Holding>): HeldSlice[] {
  const held =
    actor.kind === 'person' ? holds.get(actor.personId) : { unitId: null, duty: 'manage' as const };
  return held ? [{ ...held, modules: ['directory'], categories: 'all', from: { role: 'hrMaintainer' } }] : [];
}

/** Where 企业微信 posts its events of the contacts assistant. */
async function callbackServer() {
  const crypto = createCallbackCrypto({
    token: KEYS.token,
    encodingAesKey: KEYS.aesKey,
    receiveId: CORP,
  });
  const server = createServer((request, response) => {
    void textOf(request).then(async (text) => {
      const encrypted = /<Encrypt><!\[CDATA\[(.*?)\]\]><\/Encrypt>/.exec(text)?.[1] ?? '';
      const event = parseEvent(readXml(crypto.decrypt(encrypted)));
      if (event.kind === 'contactChanged') await entrance.onContactChanged(event);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const entrance = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/contacts`,
    onContactChanged: (() => Promise.resolve()) as ReturnType<typeof createDrift>['onContactChanged'],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return entrance;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
