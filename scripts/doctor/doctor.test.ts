import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { newPlace } from '../../test/support/test-db.ts';
import { checkCalendar } from './calendar.ts';
import { checkDatabase, serverOf } from './database.ts';
import { print, type Finding } from './finding.ts';
import { startS3Server } from '../../server/platform/files/testing/s3-server.ts';
import { checkFileStore } from './file-store.ts';
import { checkDataDir, checkNode } from './machine.ts';
import { checkWeCom } from './wecom.ts';

type Answer = Readonly<Record<string, unknown>>;
const TOKEN = { errcode: 0, errmsg: 'ok', access_token: 'T'.repeat(64), expires_in: 7200 };
const APP = { errcode: 0, errmsg: 'ok', agentid: 1_000_002, name: '办公助手', close: 0 };
const TREE = { errcode: 0, errmsg: 'ok', department_id: [{ id: 1, parentid: 0, order: 1 }] };
const root = mkdtempSync(join(tmpdir(), 'steward-doctor-'));

/** 企业微信, answering what the test says and dating its answers `skewMs` from now. */
let answers: Record<string, Answer> = {};
let skewMs = 0;
let server: Server;
let apiBase = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    const api = new URL(request.url ?? '/', 'http://x').pathname.replace('/cgi-bin/', '');
    response.setHeader('Date', new Date(Date.now() - skewMs).toUTCString());
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(answers[api] ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  apiBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  answers = {};
  skewMs = 0;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(root, { recursive: true, force: true });
});

const tenant = (env: Record<string, string> = {}) =>
  readConfig({
    DATA_DIR: root,
    WECOM_API_BASE: apiBase,
    WECOM_CORP_ID: 'ww1',
    WECOM_AGENT_ID: '1000002',
    WECOM_AGENT_SECRET: 'agent-secret',
    WECOM_CONTACTS_SECRET: 'contacts-secret',
    WECOM_CALLBACK_TOKEN: 'T1',
    WECOM_CALLBACK_AES_KEY: 'a'.repeat(43),
    SESSION_KEYS: 'k'.repeat(32),
    VAULT_KEYS: 'v'.repeat(32),
    PUBLIC_URL: 'https://x.example',
    ...env,
  });
const faults = (findings: readonly Finding[]) => findings.filter(({ state }) => state === 'fault');
const health = (extra: Record<string, Answer> = {}) => {
  answers = { gettoken: TOKEN, 'agent/get': APP, 'department/simplelist': TREE, ...extra };
  return checkWeCom(tenant());
};

describe('doctor: 企业微信', () => {
  it('finds nothing wrong with a tenant that answers', async () => {
    const findings = await health();
    expect(findings.map(({ state }) => state)).toEqual(findings.map(() => 'fine'));
    expect(findings.map(print).join('\n')).toContain('32 bytes');
  });

  it.each([
    [40001, 'invalid credential', 'WECOM_AGENT_SECRET is wrong'],
    [40013, 'invalid corpid', 'WECOM_CORP_ID is wrong'],
    [99_999, 'something new', 'e=99999'],
  ])('names errcode %i and its cure', async (errcode, errmsg, cure) => {
    const [app] = faults(await health({ gettoken: { errcode, errmsg } }));
    expect(app?.text).toContain(`errcode ${errcode}`);
    expect(app?.cure).toContain(cure);
  });

  it('names the address to trust with 60020', async () => {
    const errmsg =
      'not allow to access from your ip, hint: [1], from ip: 203.0.113.7, more info at https://x';
    const [app] = faults(await health({ 'agent/get': { errcode: 60_020, errmsg } }));
    expect(app?.cure).toContain('203.0.113.7');
    expect(app?.cure).toContain('企业可信IP');
  });

  it('asks for 企业微信’s own approvals only where they are read, and says where the app must be listed', async () => {
    expect((await health()).map(print).join('\n')).not.toContain('审批');
    answers = {
      gettoken: TOKEN,
      'agent/get': APP,
      'department/simplelist': TREE,
      'oa/getapprovalinfo': { errcode: 301_055, errmsg: 'no right' },
    };
    const [found] = faults(await checkWeCom(tenant({ NATIVE_APPROVALS: 'on' })));
    expect(found?.cure).toContain('可调用接口的应用');
    answers['oa/getapprovalinfo'] = { errcode: 0, errmsg: 'ok', sp_no_list: [] };
    expect(faults(await checkWeCom(tenant({ NATIVE_APPROVALS: 'on' })))).toEqual([]);
  });

  it('tells a switched-off app and a clock that is wrong', async () => {
    skewMs = 240_000;
    const found = faults(await health({ 'agent/get': { ...APP, close: 1 } }));
    expect(found.map(({ text }) => text)).toEqual([
      expect.stringContaining('switched off'),
      expect.stringMatching(/^Clock: 2[34]\d\.\d s ahead/),
    ]);
  });

  it('tells when nobody answers, and prints no secret', async () => {
    const findings = await checkWeCom(tenant({ WECOM_API_BASE: 'http://127.0.0.1:1' }));
    expect(faults(findings)[0]?.cure).toContain('firewall');
    expect(findings.map(print).join('\n')).not.toMatch(/-secret/);
  });

  it('asks nobody while the sandbox is on', async () => {
    expect(await checkWeCom(tenant({ SANDBOX: 'on' }))).toHaveLength(1);
  });
});

describe('doctor: machine, database, calendar', () => {
  it('knows which Node is too old, and which ends', () => {
    expect(
      [checkNode('20.18.0'), checkNode('20.20.2'), checkNode('24.1.0')].map(({ state }) => state),
    ).toEqual(['fault', 'attention', 'fine']);
  });

  it('needs a data folder it can write to', async () => {
    expect((await checkDataDir(join(root, 'new'))).state).not.toBe('fault');
    writeFileSync(join(root, 'file'), '');
    expect(await checkDataDir(join(root, 'file/below'))).toMatchObject({ state: 'fault' });
  });

  it('reaches the file store with the given keys, and says what to check when it cannot', async () => {
    const s3 = await startS3Server();
    expect((await checkFileStore(s3.settings)).state).toBe('fine');
    expect((await checkFileStore({ ...s3.settings, secretKey: 'wrong' })).text).toContain('with 403');
    await s3.close();
  });

  it('does not make the embedded database by looking', async () => {
    const config = tenant({ DATABASE_URL: `sqlite:${join(root, 'none.db')}` });
    expect((await checkDatabase(config)).map(({ state }) => state)).toEqual(['fine']);
    expect((await checkDatabase(config)).map(({ state }) => state)).toEqual(['fine']);
  });

  it('reports version and migrations of an empty database', async () => {
    const place = await newPlace();
    const path = place.url.replace('sqlite:', '');
    if (place.url.startsWith('sqlite:')) writeFileSync(path, '');
    const findings = await checkDatabase(tenant({ DATABASE_URL: place.url }));
    await place.remove();
    expect(findings[0]?.state).toBe('fine');
    expect(findings[1]).toMatchObject({
      state: 'attention',
      text: expect.stringMatching(/Migrations: \d+ to do/),
    });
  });

  it('tells why a database cannot be reached, without its password', async () => {
    const [finding] = await checkDatabase(tenant({ DATABASE_URL: 'mysql://me:hush@127.0.0.1:1/steward' }));
    expect(finding).toMatchObject({ state: 'fault', cure: expect.stringContaining('running') });
    expect(finding?.text).not.toContain('hush');
  });

  it('reads the versions of the three servers', () => {
    expect(serverOf('10.11.6-MariaDB-0+deb12u1')).toEqual({ product: 'MariaDB', numbers: [10, 11] });
    expect(serverOf('8.0.11-TiDB-v7.5.1')).toEqual({ product: 'TiDB', numbers: [7, 5] });
    expect(serverOf('8.0.36')).toEqual({ product: 'MySQL', numbers: [8, 0] });
  });

  it('G4: wants the notice of this year, and looks out for the next', () => {
    const days = { off: [{ date: '2026-10-01', name: '国庆节' }], work: [] };
    const notices = [{ title: '通知', number: null, url: 'https://www.gov.cn/' }];
    mkdirSync(join(root, 'holidays'));
    writeFileSync(join(root, 'holidays/2026.json'), JSON.stringify({ year: 2026, notices, ...days }));
    const states = (at: string) =>
      checkCalendar(join(root, 'holidays'), Date.parse(at)).map(({ state }) => state);
    expect(states('2026-11-23T10:00:00+08:00')).toEqual(['fine', 'attention']);
    expect(states('2027-01-01T00:00:00+08:00')).toEqual(['fault', 'attention']);
    expect(checkCalendar(join(root, 'nowhere'), 0)[0]).toMatchObject({ state: 'fault' });
  });
});
