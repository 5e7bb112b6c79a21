import { afterEach, beforeEach, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import { acceptSource, addSource, issueKey } from '../../server/features/hr/index.ts';
import type { ScimActs, ScimSources } from '../../server/features/hr/scim/contract.ts';
import { dateOf } from '../../server/kernel/dates.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { type Started, startApp } from '../support/start-app.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** 企业微信's status of a member who may not sign in. */
const DISABLED = 2;
const DAY_MS = 24 * 3_600_000;

let s: Started;
let key: string;
beforeEach(async () => {
  s = await startApp();
  key = await s.app.db.write(systemActor('cli:scim'), async (tx) => {
    await addSource(tx, 'idp', '统一身份认证');
    await acceptSource(tx, 'idp');
    return issueKey(tx, 'idp');
  });
});
afterEach(() => s.close());

interface Answer {
  readonly status: number;
  readonly body: {
    readonly id: string;
    readonly active: boolean;
    readonly totalResults: number;
    readonly Resources: readonly { readonly id: string }[];
  };
}

async function scim(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${s.url}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/scim+json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  await s.settle();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

const member = (userid: string) =>
  s.sandbox.control.state().members.find((one) => one.userid.toLowerCase() === userid.toLowerCase());
const active = (value: boolean) => ({ Operations: [{ op: 'replace', path: 'active', value }] });
const idOf = async (userid: string) =>
  (await scim('GET', `/Users?filter=${encodeURIComponent(`userName eq "${userid}"`)}`)).body.Resources[0]
    ?.id ?? '';

it('S3-1 S3-2.5a A7 an identity system brings somebody, suspends them, gives them back and lets them go', async () => {
  const units = await s.app.db.read(async (reads) => (await s.app.directory.orgOf(reads)).units());
  const department = units.at(-1)?.code ?? '';
  const { status, body } = await scim('POST', '/Users', {
    userName: 'ScimNew',
    displayName: '新来的',
    userType: 'internal',
    phoneNumbers: [{ value: '19911110000', type: 'mobile' }],
    [ENTERPRISE]: { employeeNumber: '99001', department },
  });
  expect(status).toBe(201);
  expect(member('ScimNew')?.name).toBe('新来的');

  s.sandbox.control.activate();
  const browser = await s.signIn('ScimNew');
  expect((await scim('PATCH', `/Users/${body.id}`, active(false))).body.active).toBe(false);
  expect(member('ScimNew')?.status).toBe(DISABLED);
  await expect(browser.get('/api/me')).rejects.toThrow(/^401/);

  expect((await scim('PATCH', `/Users/${body.id}`, active(true))).body.active).toBe(true);
  expect(member('ScimNew')?.status).not.toBe(DISABLED);
  expect((await scim('DELETE', `/Users/${body.id}`)).status).toBe(204);
  expect(member('ScimNew')?.status).toBe(DISABLED);
});

it('D2 a system gone wrong is stopped within the limits of a day, and HR hears of it once', async () => {
  const { Resources } = (await scim('GET', '/Users?count=200')).body;
  const hr = await idOf(demoCast.hrMaintainer.userid);
  const statuses: number[] = [];
  for (const { id } of Resources.filter((one) => one.id !== hr))
    statuses.push((await scim('PATCH', `/Users/${id}`, active(false))).status);
  const done = statuses.filter((status) => status === 200).length;
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThanOrEqual(30);
  expect(statuses.filter((status) => status === 403)).toHaveLength(statuses.length - done);
  const disabled = () => s.sandbox.control.state().members.filter(({ status }) => status === DISABLED).length;
  expect(disabled()).toBe(done);
  const heard = await s.app.db.read((reads) =>
    reads.em.query<{ personId: string }[]>(`select personId from message where kind = 'hr.scim_refused'`),
  );
  expect(heard.map(({ personId }) => personId)).toContain(hr);
  expect(new Set(heard.map(({ personId }) => personId)).size).toBe(heard.length);
  await s.advance(DAY_MS);
  expect((await scim('PATCH', `/Users/${hr}`, active(false))).status).toBe(200);
});

it('H3 the account of somebody who holds a given role is changed by no identity system, also while they are locked', async () => {
  const rename = { Operations: [{ op: 'replace', path: 'userName', value: 'mallory' }] };
  const [holder, other] = [await idOf(demoCast.superAdmin.userid), await idOf(demoCast.contractor.userid)];
  expect((await scim('PATCH', `/Users/${holder}`, rename)).status).toBe(403);
  const locked = await idOf(demoCast.hrMaintainer.userid);
  expect((await scim('PATCH', `/Users/${locked}`, active(false))).status).toBe(200);
  expect((await scim('PATCH', `/Users/${locked}`, rename)).status).toBe(403);
  expect(await idOf('mallory')).toBe('');
  expect((await scim('PATCH', `/Users/${other}`, rename)).status).toBe(200);
  const heard = await s.app.db.read((reads) =>
    reads.em.query<{ content: string }[]>(`select content from message where kind = 'hr.scim_refused'`),
  );
  expect(JSON.stringify(heard[0]?.content)).toContain('要改管理人员的账号，没有执行');
});

it('without a key nothing is told, not even by the page', async () => {
  const response = await fetch(`${s.url}/scim/v2/Users`);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    401,
    'application/scim+json; charset=utf-8',
  ]);
});

it('A7 D3 H3 keys are given by the super administrator on the console, and a second person accepts', async () => {
  const admin = await s.signIn(demoCast.superAdmin.userid);
  const hr = await s.signIn(demoCast.hrMaintainer.userid);
  await admin.post('/api/hr/scim/sources', { source: 'portal', name: '门户' });
  const bad = await admin.send('POST', '/api/hr/scim/sources/portal/keys', { lastOn: '2020-01-01' });
  expect([bad.status, await bad.json()]).toMatchObject([400, { code: 'scim.bad_last_day' }]);
  const lastOn = dateOf(s.clock.now() + 30 * DAY_MS);
  key = (await admin.post<{ key: string }>('/api/hr/scim/sources/portal/keys', { lastOn })).key;
  expect((await scim('GET', '/Users?count=1')).status).toBe(200);

  const own = await admin.send('POST', '/api/hr/scim/sources/portal/accept', {});
  expect([own.status, await own.json()]).toMatchObject([403, { code: 'scim.own_source' }]);
  const id = await idOf(demoCast.contractor.userid);
  expect((await scim('PATCH', `/Users/${id}`, active(false))).status).toBe(403);
  const portal = async () =>
    (await hr.get<ScimSources>('/api/hr/scim/sources')).items.find(({ source }) => source === 'portal');
  expect(await portal()).toMatchObject({
    createdBy: demoCast.superAdmin.name,
    acceptedAt: null,
    today: { taken: 0, refused: 1 },
    can: { accept: true, why: null },
    keys: [{ state: 'valid', createdBy: demoCast.superAdmin.name }],
  });
  await hr.post('/api/hr/scim/sources/portal/accept', {});
  expect((await scim('PATCH', `/Users/${id}`, active(false))).status).toBe(200);
  expect((await portal())?.today).toEqual({ taken: 1, refused: 1 });
  const { items } = await hr.get<ScimActs>('/api/hr/scim/sources/portal/acts');
  expect(items.map(({ action, target, result }) => [action, target.ref, result])).toEqual([
    ['directory.suspended', demoCast.contractor.staffNo, 'ok'],
    ['scim.suspend', demoCast.contractor.staffNo, 'scim.not_accepted'],
  ]);

  const keyId = (await portal())?.keys[0]?.keyId ?? '';
  expect((await hr.send('POST', `/api/hr/scim/keys/${keyId}/revoke`, {})).status).toBe(403);
  await admin.post(`/api/hr/scim/keys/${keyId}/revoke`, {});
  expect((await scim('GET', '/Users?count=1')).status).toBe(401);
  expect((await portal())?.keys[0]?.state).toBe('revoked');
});
