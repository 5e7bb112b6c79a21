import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { createRateLimits } from '../../../../platform/http/rate-limits.ts';
import { wordsFor } from '../../../../phrases/index.ts';
import type { Phrases } from '../../../../phrases/types.ts';
import { scimPhrases } from '../../../../phrases/scim.ts';
import type { Tx } from '../../../../platform/db/unit-of-work.ts';
import { aMaintainer, openDirectory, SEED } from '../../../directory/testing/open-directory.ts';
import { smallRoster } from '../../../directory/testing/small-roster.ts';
import type { DoneToday } from '../../plan/index.ts';
import { acceptSource, addSource, createScim, issueKey, type ScimDeps, scimTables } from '../index.ts';
import { ENTERPRISE, USER } from '../schema.ts';

/** What SCIM answers hold: resources, lists and errors each have some of it. */
export interface Body extends Readonly<Record<string, unknown>> {
  readonly id?: string;
  readonly userName?: string;
  readonly meta?: { readonly version?: string };
  readonly groups?: readonly { readonly display: string }[];
  readonly members?: readonly { readonly display: string }[];
  readonly [ENTERPRISE]?: { readonly department?: string; readonly manager?: object };
  readonly attributes?: readonly { readonly name: string }[];
  readonly totalResults?: number;
  readonly Resources?: readonly Body[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty when it is not JSON. */
  readonly body: Body;
}

export type ScimStage = Awaited<ReturnType<typeof openScim>>;

/** The small roster, an identity system that HR accepted, and its requests over real HTTP. */
export async function openScim(more: Partial<ScimDeps> = {}) {
  const stage = await openDirectory([...scimTables]);
  const { t, directory } = stage;
  await t.db.write(SEED, (tx) => directory.importRoster(tx, smallRoster()));
  const told: Parameters<ScimDeps['onRefused']>[1][] = [];
  const plans: DoneToday[] = [];
  const errors: unknown[] = [];
  const log = { error: (fields: unknown) => void errors.push(fields) } as unknown as ScimDeps['log'];
  const scim = createScim({
    db: t.db,
    log,
    words: (code, data, language) => {
      const own = (scimPhrases as Phrases)[code];
      const filled = own?.[language].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''));
      return filled ?? wordsFor(code, data, language);
    },
    directory,
    rates: createRateLimits({ address: 1_000_000, person: 1_000_000 }),
    limits: [
      { scope: 'day', max: 2, maxPercent: 100 },
      { scope: 'topUnit', max: 2, maxPercent: 100 },
    ],
    plansToday: () => Promise.resolve(plans),
    holdsGiven: () => Promise.resolve(false),
    publicUrl: 'https://steward.example',
    onRefused: async (_tx, refused) => void told.push(refused),
    ...more,
  });
  const app = new Koa();
  app.use(scim.entrance);
  app.use((ctx) => {
    ctx.status = 404;
    ctx.body = 'not scim';
  });
  const server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const key = await t.db.write(SEED, async (tx) => {
    await addSource(tx, 'idp', '统一身份认证');
    return issueKey(tx, 'idp');
  });
  await t.db.write(aMaintainer(), (tx) => acceptSource(tx, 'idp'));

  async function send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const response = await fetch(`${origin}/scim/v2${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/scim+json') ?? false;
    const answered = isJson ? (JSON.parse(text) as Body) : {};
    return { status: response.status, headers: response.headers, body: answered };
  }

  const act = <T>(work: (tx: Tx) => Promise<T>) => t.db.write(SEED, work);
  return {
    ...stage,
    key,
    origin,
    told,
    plans,
    errors,
    act,
    send,
    get: (path: string, headers?: Readonly<Record<string, string>>) => send('GET', path, undefined, headers),
    personOf: async (staffNo: string) =>
      (await t.db.read((reads) => directory.lookups.personIdOf(reads, staffNo))) ?? '',
    unitOf: async (code: string) =>
      (await t.db.read((reads) => directory.lookups.unitIdOf(reads, code))) ?? '',
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await t.close();
    },
  };
}

/** Somebody new as an identity system would push them. */
export const aUser = (more: Readonly<Record<string, unknown>> = {}, extension: object = {}) => ({
  schemas: [USER, ENTERPRISE],
  externalId: 'idp-900',
  userName: 'SunYue',
  name: { formatted: '孙悦' },
  userType: 'internal',
  title: '科员',
  active: true,
  emails: [{ value: 'sunyue@haizhou.example', type: 'work', primary: true }],
  phoneNumbers: [{ value: '19900000900', type: 'mobile' }],
  [ENTERPRISE]: { employeeNumber: '00900', department: '人事处', ...extension },
  ...more,
});

export const patchOf = (...operations: readonly object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: operations,
});
