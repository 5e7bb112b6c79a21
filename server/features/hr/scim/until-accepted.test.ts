import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditEntryTable } from '../../../platform/audit/index.ts';
import { aMaintainer, SEED } from '../../directory/testing/open-directory.ts';
import { acceptSource, addSource, issueKey } from './index.ts';
import { ENTERPRISE, UNIT } from './schema.ts';
import { aUser, openScim, patchOf, type ScimStage } from './testing/open-scim.ts';

const given = new Set<string>();
let s: ScimStage;
let authorization: string;
beforeEach(async () => {
  given.clear();
  s = await openScim({ holdsGiven: async (_reads, personId) => given.has(personId) });
  const key = await s.t.db.write(SEED, async (tx) => {
    await addSource(tx, 'new', '新门户');
    return issueKey(tx, 'new');
  });
  authorization = `Bearer ${key}`;
});
afterEach(async () => {
  expect(s.errors).toEqual([]);
  await s.close();
});

const send = (method: string, path: string, body?: object) => s.send(method, path, body, { authorization });
const replace = (path: string, value: unknown) => patchOf({ op: 'replace', path, value });
const accept = () => s.t.db.write(aMaintainer(), (tx) => acceptSource(tx, 'new'));
const REFUSED = { status: '403', detail: expect.stringContaining('HR has not accepted') as string };

describe('A7 a system nobody accepted yet', () => {
  it.each<[string, string, unknown]>([
    ['the account', 'userName', 'mallory'],
    ['the staff number', `${ENTERPRISE}:employeeNumber`, '00999'],
    ['the category', 'userType', 'external'],
    ['the main post', `${ENTERPRISE}:department`, '人事处'],
    ['the title', 'title', '校长'],
    ['the mobile, a way into 企业微信', 'phoneNumbers[type eq "mobile"].value', '19911112222'],
    ['the address, another', 'emails', [{ value: 'mallory@x.example', type: 'work' }]],
    ['the superior, who decides', `${ENTERPRISE}:manager`, 'boss'],
  ])('does not change %s of anybody', async (_, path, value) => {
    const id = await s.personOf('00731');
    const said = value === 'boss' ? { value: await s.personOf('00163') } : value;
    // A number that was never said may be added, not replaced.
    const body = patchOf({ op: 'add', path, value: said });
    const before = (await s.get(`/Users/${id}`)).body;
    const { status, body: answer } = await send('PATCH', `/Users/${id}`, body);
    expect([status, answer]).toMatchObject([403, REFUSED]);
    expect((await s.get(`/Users/${id}`)).body).toEqual(before);
    await accept();
    expect((await send('PATCH', `/Users/${id}`, body)).status).toBe(200);
  });

  it('lets nobody in; somebody who is inactive may be made, and stays so until HR accepts', async () => {
    const refused = await send('POST', '/Users', aUser());
    expect([refused.status, refused.body]).toMatchObject([403, REFUSED]);
    expect((await s.get('/Users')).body.totalResults).toBe(3);
    const made = await send('POST', '/Users', aUser({ active: false }));
    expect([made.status, made.body.active]).toEqual([201, false]);
    const path = `/Users/${made.body.id}`;
    expect((await send('PATCH', path, replace('active', true))).status).toBe(403);
    expect((await s.get(path)).body.active).toBe(false);
    await accept();
    expect((await send('PATCH', path, replace('active', true))).body.active).toBe(true);
  });

  it('puts nobody into a unit and moves none; an empty one it may make', async () => {
    const [unit, value] = [await s.unitOf('D20'), await s.personOf('00163')];
    const code = (more: object) => ({ displayName: '实训中心', externalId: 'D77', ...more });
    for (const [method, path, body] of [
      ['POST', '/Groups', code({ members: [{ value }] })],
      ['PATCH', `/Groups/${unit}`, patchOf({ op: 'add', path: 'members', value: [{ value }] })],
      ['PATCH', `/Groups/${await s.unitOf('D2001')}`, replace(`${UNIT}:parent.value`, await s.unitOf('D05'))],
    ] as const)
      expect([path, (await send(method, path, body)).status]).toEqual([path, 403]);
    expect((await s.get('/Groups')).body.totalResults).toBe(4);
    expect((await s.get(`/Groups/${unit}`)).body.members).toHaveLength(1);
    expect((await send('POST', '/Groups', code({}))).status).toBe(201);
  });

  it('may read, link and correct names, and what was refused is noted and told once a day', async () => {
    const id = await s.personOf('00731');
    const good = { displayName: '张雨彤', externalId: 'portal-7' };
    expect((await send('PATCH', `/Users/${id}`, patchOf({ op: 'replace', value: good }))).body).toMatchObject(
      good,
    );
    for (const userName of ['one', 'two']) await send('PATCH', `/Users/${id}`, replace('userName', userName));
    await send('POST', '/Users', aUser());
    expect(s.told).toEqual([{ source: 'new', sourceName: '新门户', why: 'scim.not_accepted' }]);
    const noted = await s.t.db.read((reads) =>
      reads.em.getRepository(AuditEntryTable).findBy({ result: 'scim.not_accepted' }),
    );
    expect(noted.map(({ action, targetId }) => [action, targetId]).sort()).toEqual([
      ['scim.change', id],
      ['scim.create', 'new'],
    ]);
  });
});

describe('H3 who holds a given role', () => {
  it('is renamed by no identity system, accepted or not', async () => {
    const id = await s.personOf('00731');
    await accept();
    const { userName = '' } = (await s.get(`/Users/${id}`)).body;
    given.add(id);
    const body = patchOf({ op: 'replace', value: { userName: 'mallory', displayName: '别人' } });
    const { status, body: answer } = await send('PATCH', `/Users/${id}`, body);
    expect([status, answer.detail]).toEqual([403, expect.stringContaining('Ask HR')]);
    expect((await s.get(`/Users/${id}`)).body).toMatchObject({ userName, displayName: '张雨桐' });
    expect(s.told).toEqual([{ source: 'new', sourceName: '新门户', why: 'scim.holds_role' }]);
    // The same account, written otherwise (B1).
    const same = replace('userName', userName.toUpperCase());
    expect((await send('PATCH', `/Users/${id}`, same)).status).toBe(200);
    given.delete(id);
    expect((await send('PATCH', `/Users/${id}`, body)).body.userName).toBe('mallory');
  });
});
