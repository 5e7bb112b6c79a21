import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEntryTable } from '../../../platform/audit/index.ts';
import { createRateLimits } from '../../../platform/http/rate-limits.ts';
import { aMaintainer, SEED } from '../../directory/testing/open-directory.ts';
import { acceptSource, addSource, issueKey, listSources, revokeKey } from './index.ts';
import { ENTERPRISE, GROUP, UNIT, USER } from './schema.ts';
import { ScimKeyTable } from './tables.ts';
import { aUser, openScim, patchOf, type ScimStage } from './testing/open-scim.ts';

let s: ScimStage;
beforeAll(async () => {
  s = await openScim();
});
afterAll(async () => {
  expect(s.errors).toEqual([]);
  await s.close();
});

const users = (query: Readonly<Record<string, string>>) => s.get(`/Users?${new URLSearchParams(query)}`);
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('keys', () => {
  it.each([
    ['none', ''],
    ['another scheme', 'Basic eDp5'],
    ['one never given', `Bearer scim_${'A'.repeat(43)}`],
    ['too short', 'Bearer scim_A'],
  ])('a request with %s learns nothing', async (_, authorization) => {
    for (const path of ['/Users', '/Schemas', '/nothing']) {
      const { status, headers, body } = await s.get(path, { authorization });
      expect([status, headers.get('www-authenticate'), body.status]).toEqual([
        401,
        'Bearer realm="scim"',
        '401',
      ]);
    }
  });

  it('are stored as a hash, work side by side, end and can be taken back', async () => {
    const [two, ending] = await s.act(async (tx) => [
      await issueKey(tx, 'idp'),
      await issueKey(tx, 'idp', { expiresAt: tx.now + 1000 }),
    ]);
    for (const key of [s.key, two ?? '', ending ?? ''])
      expect((await s.get('/Users', bearer(key))).status).toBe(200);
    const rows = await s.t.db.read((reads) => reads.em.getRepository(ScimKeyTable).find());
    expect(JSON.stringify(rows)).not.toContain(String(two).slice(5));
    expect(rows.every(({ lastUsedAt }) => lastUsedAt !== null)).toBe(true);
    s.t.clock.advance(1000);
    expect((await s.get('/Users', bearer(ending ?? ''))).status).toBe(401);
    const keyId = rows.find(({ hint }) => two?.endsWith(hint))?.id ?? '';
    await s.act((tx) => revokeKey(tx, keyId));
    expect((await s.get('/Users', bearer(two ?? ''))).status).toBe(401);
    expect((await s.get('/Users')).status).toBe(200);
    const [source] = await s.t.db.read(listSources);
    expect(source).toMatchObject({ source: 'idp', name: '统一身份认证' });
    expect(source?.keys).toHaveLength(3);
    const acts = await s.t.db.read((reads) =>
      reads.em.getRepository(AuditEntryTable).findBy({ targetType: 'scimKey' }),
    );
    expect(acts.map(({ action }) => action).sort()).toEqual([
      ...Array<string>(3).fill('scim.issueKey'),
      'scim.revokeKey',
    ]);
  });

  it('H3 are given by super administrators; accepting is for who maintains the directory', async () => {
    const staff = { ...aMaintainer(), roles: ['staff'] as const };
    const superAdmin = { ...aMaintainer(), roles: ['staff', 'superAdmin'] as const };
    await expect(s.t.db.write(aMaintainer(), (tx) => issueKey(tx, 'idp'))).rejects.toMatchObject({
      code: 'scim.not_admin',
    });
    await expect(s.t.db.write(staff, (tx) => acceptSource(tx, 'idp'))).rejects.toMatchObject({
      code: 'hr.not_maintainer',
    });
    await s.t.db.write(superAdmin, (tx) => addSource(tx, 'second', '第二个系统'));
    await expect(s.t.db.write(superAdmin, (tx) => addSource(tx, 'second', 'x'))).rejects.toMatchObject({
      code: 'scim.source_known',
    });
    await expect(s.t.db.write(superAdmin, (tx) => addSource(tx, 'Not Good', 'x'))).rejects.toMatchObject({
      code: 'scim.malformed_source',
    });
  });

  it('A7 a system HR has not accepted takes nothing from anybody; a name it may correct', async () => {
    const key = await s.t.db.write(SEED, async (tx) => {
      await addSource(tx, 'third', '第三个系统');
      return issueKey(tx, 'third');
    });
    const id = await s.personOf('00731');
    const act = (body: object) => s.send('PATCH', `/Users/${id}`, body, bearer(key));
    expect((await act(patchOf({ op: 'replace', path: 'active', value: false }))).status).toBe(403);
    expect(s.told).toEqual([{ source: 'third', sourceName: '第三个系统', why: 'scim.not_accepted' }]);
    expect((await act(patchOf({ op: 'replace', path: 'displayName', value: '张雨彤' }))).status).toBe(200);
  });

  it('requests are limited', async () => {
    const small = await openScim({ rates: createRateLimits({ address: 1000, person: 2 }) });
    const statuses: number[] = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await small.get('/Users')).status);
    const { headers } = await small.get('/Users');
    await small.close();
    expect(statuses).toEqual([200, 200, 429]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('discovery', () => {
  it('tells what is supported', async () => {
    const { body } = await s.get('/ServiceProviderConfig');
    expect(body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 200 },
      etag: { supported: true },
      authenticationSchemes: [{ type: 'oauthbearertoken' }],
    });
  });
  it('describes every attribute that is answered', async () => {
    const { body } = await s.get('/Schemas');
    const byId = new Map(body.Resources?.map((one) => [one.id, one]));
    expect([...byId.keys()]).toEqual([USER, ENTERPRISE, GROUP, UNIT]);
    const described = (id: string) => byId.get(id)?.attributes?.map(({ name }) => name) ?? [];
    const common = ['schemas', 'id', 'externalId', 'meta'];
    for (const [kind, core, extension] of [
      ['Users', USER, ENTERPRISE],
      ['Groups', GROUP, UNIT],
    ] as const) {
      const all = (await s.get(`/${kind}`)).body.Resources ?? [];
      const keys = new Set(all.flatMap((one) => Object.keys(one)));
      const parts = new Set(all.flatMap((one) => Object.keys(one[extension] ?? {})));
      expect([...keys].filter((key) => ![...common, ...described(core), extension].includes(key))).toEqual(
        [],
      );
      expect([...parts].filter((key) => !described(extension).includes(key))).toEqual([]);
    }
    expect((await s.get(`/Schemas/${ENTERPRISE}`)).body.id).toBe(ENTERPRISE);
  });
  it('names both resource types with their extension', async () => {
    const { body } = await s.get('/ResourceTypes');
    expect(body.Resources).toMatchObject([
      { id: 'User', endpoint: '/Users', schemaExtensions: [{ schema: ENTERPRISE, required: true }] },
      { id: 'Group', endpoint: '/Groups', schemaExtensions: [{ schema: UNIT, required: false }] },
    ]);
    expect((await s.get('/ResourceTypes/User')).body.name).toBe('User');
    expect((await s.get('/ResourceTypes?filter=x')).status).toBe(403);
  });
});

describe('lists', () => {
  it('are paged from 1, at most 200, with the total', async () => {
    const page = (await users({ startIndex: '2', count: '1' })).body;
    expect(page).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 1 });
    const all = (await users({})).body.Resources?.map(({ id }) => id);
    expect(page.Resources?.[0]?.id).toBe(all?.[1] ?? 'a second one');
    expect((await users({ count: '0' })).body).toMatchObject({ totalResults: 3, Resources: [] });
    expect((await users({ startIndex: '-5', count: '-1' })).body).toMatchObject({
      startIndex: 1,
      itemsPerPage: 0,
    });
    expect((await users({ startIndex: '9' })).body).toMatchObject({ totalResults: 3, itemsPerPage: 0 });
    expect((await users({ count: '100000' })).body.itemsPerPage).toBe(3);
    expect((await users({ count: 'many' })).body.scimType).toBe('invalidValue');
  });
  it('H2 the total is the number of all that can be paged through, also after a change', async () => {
    const query = { filter: 'userType eq "internal"', count: '2' };
    const before = (await users(query)).body.totalResults ?? 0;
    const made = await s.send(
      'POST',
      '/Users',
      aUser({ externalId: 'h2', userName: 'h2', phoneNumbers: undefined }, { employeeNumber: 'h2' }),
    );
    expect((await users(query)).body.totalResults).toBe(before + 1);
    await s.act((tx) =>
      s.directory.endEmployment(tx, made.body.id ?? '', { status: 'left', on: '2026-11-23', reason: null }),
    );
    expect((await users(query)).body.totalResults).toBe(before);
  });
  it('are sorted where an index helps, and say so where none does', async () => {
    const order = async (query: Record<string, string>) =>
      (await users(query)).body.Resources?.map(({ userName }) => userName);
    expect(await order({ sortBy: 'userName' })).toEqual(['chenzhiyuan', 'wanghaiyan', 'ZhangYutong']);
    expect(await order({ sortBy: `${ENTERPRISE}:employeeNumber`, sortOrder: 'descending' })).toEqual([
      'ZhangYutong',
      'chenzhiyuan',
      'wanghaiyan',
    ]);
    expect((await users({ sortBy: 'title' })).body.scimType).toBe('invalidPath');
  });
  it('are asked for by POST as well', async () => {
    const body = { filter: 'userName eq "CHENZHIYUAN"', attributes: ['userName', 'emails.value'], count: 5 };
    expect((await s.send('POST', '/Users/.search', body)).body).toMatchObject({
      totalResults: 1,
      Resources: [{ userName: 'chenzhiyuan', emails: [{ value: 'chen@haizhou.example' }] }],
    });
  });
  it.each([
    ['what is not kept', 'nickName eq "x"'],
    ['what is kept sealed', 'phoneNumbers pr'],
    ['RFC figure 2: ims', 'ims[type eq "xmpp" and value co "@foo.com"]'],
    ['RFC figure 2: a part of the name we do not have', `name.familyName co "O'Malley"`],
    ['a complex attribute without a part', 'name eq "x"'],
    ['an order of truth values', 'active gt true'],
    ['a number for a text', 'userName eq 5'],
    ['no date', 'meta.created gt "yesterday"'],
    ['what has no column', 'meta.version eq "x"'],
    ['brackets where there is one value', 'name[formatted pr]'],
    ['what cannot be read', 'userName eq'],
  ])('invalidFilter for %s', async (_, filter) => {
    const { status, body } = await users({ filter });
    expect([status, body.scimType, body.status]).toEqual([400, 'invalidFilter', '400']);
  });
  it('a filter never becomes SQL', async () => {
    const filter = `userName eq "' or 1=1 --"`;
    expect((await users({ filter })).body.totalResults).toBe(0);
  });
});

describe('attributes of answers', () => {
  const one = async (query: string) => (await s.get(`/Users/${await s.personOf('00215')}?${query}`)).body;
  it('only those asked for, and what is always told', async () => {
    expect(await one(`attributes=userName,emails.type,${ENTERPRISE}:department,nothing`)).toEqual({
      schemas: [USER, ENTERPRISE],
      id: await s.personOf('00215'),
      userName: 'chenzhiyuan',
      emails: [{ type: 'work' }],
      [ENTERPRISE]: { department: '信息工程学院' },
    });
  });
  it('all but those', async () => {
    const body = await one(`excludedAttributes=id,USERNAME,name.formatted,${ENTERPRISE},groups`);
    expect(Object.keys(body).sort()).toEqual(
      ['active', 'displayName', 'emails', 'id', 'meta', 'name', 'schemas', 'title', 'userType'].sort(),
    );
    expect(body.name).toEqual({});
  });
});

describe('versions', () => {
  it('If-None-Match spares what was seen; If-Match refuses to write over what was not', async () => {
    const path = `/Users/${await s.personOf('00163')}`;
    const seen = (await s.get(path)).headers.get('etag') ?? '';
    expect((await s.get(path, { 'if-none-match': seen })).status).toBe(304);
    const patch = (value: string, tag: string) =>
      s.send('PATCH', path, patchOf({ op: 'replace', path: 'title', value }), { 'if-match': tag });
    const done = await patch('副处长', seen);
    expect(done.status).toBe(200);
    expect((await s.get(path, { 'if-none-match': seen })).status).toBe(200);
    expect((await patch('处长', seen)).status).toBe(412);
    expect((await s.send('DELETE', path, undefined, { 'if-match': seen })).status).toBe(412);
    expect((await patch('处长', `"other", ${done.headers.get('etag')}`)).status).toBe(200);
    expect((await patch('处长', '*')).status).toBe(200);
  });
  it('of two who saw the same, one writes', async () => {
    const path = `/Users/${await s.personOf('00731')}`;
    const tag = (await s.get(path)).headers.get('etag') ?? '';
    const answers = await Promise.all(
      ['甲', '乙', '丙'].map((value) =>
        s.send('PATCH', path, patchOf({ op: 'replace', path: 'title', value }), { 'if-match': tag }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });
  it('a post that changed is another version, and so is a member', async () => {
    const [user, group] = [`/Users/${await s.personOf('00163')}`, `/Groups/${await s.unitOf('D20')}`];
    const tags = async () => [
      (await s.get(user)).headers.get('etag'),
      (await s.get(group)).headers.get('etag'),
    ];
    const before = await tags();
    const value = [{ value: await s.personOf('00163') }];
    const headers = { 'if-match': before[1] ?? '' };
    expect(
      (await s.send('PATCH', group, patchOf({ op: 'add', path: 'members', value }), headers)).status,
    ).toBe(204);
    const after = await tags();
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });
});

describe('what cannot be served is told in the same form', () => {
  it.each([
    ['GET', '/nothing', 404],
    ['GET', '/Users/x', 404],
    ['GET', `/Users/${'f'.repeat(32)}`, 404],
    ['GET', '/Users/a/b', 404],
    ['DELETE', '/Users', 405],
    ['POST', `/Users/${'f'.repeat(32)}`, 405],
    ['POST', '/Bulk', 501],
    ['GET', '/Me', 501],
    ['POST', '/.search', 501],
  ])('%s %s: %i', async (method, path, expected) => {
    const { status, body } = await s.send(method, path, method === 'POST' ? {} : undefined);
    expect([status, body]).toMatchObject([
      expected,
      { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(expected) },
    ]);
  });
  it('bodies are JSON objects of bounded size', async () => {
    const post = (body: unknown, type = 'application/scim+json') =>
      s.send('POST', '/Users', body, { 'content-type': type });
    expect((await post('{"a":')).body.scimType).toBe('invalidSyntax');
    expect((await post('[]')).body.scimType).toBe('invalidSyntax');
    expect((await post('{}', 'text/plain')).status).toBe(415);
    expect((await post({ title: 'x'.repeat(1024 * 1024) })).status).toBe(413);
    expect((await post({}, 'application/json')).body.scimType).toBe('invalidValue');
  });
  it('words follow the language of the asking system', async () => {
    const detail = async (language: string) =>
      (await s.get('/nothing', { 'accept-language': language })).body.detail;
    expect([await detail('zh-CN'), await detail('en'), await detail('fr')]).toEqual([
      '没有这个资源。',
      'There is no such resource.',
      'There is no such resource.',
    ]);
  });
  it('other paths are somebody else’s', async () => {
    const response = await fetch(`${s.origin}/scim/v20/Users`);
    expect([response.status, await response.text()]).toEqual([404, 'not scim']);
  });
});
