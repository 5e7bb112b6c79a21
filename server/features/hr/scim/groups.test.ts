import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GROUP, UNIT } from './schema.ts';
import { openScim, patchOf, type ScimStage } from './testing/open-scim.ts';

let s: ScimStage;
beforeEach(async () => {
  s = await openScim();
});
afterEach(async () => {
  expect(s.errors).toEqual([]);
  await s.close();
});

const aGroup = (more: object = {}) => ({
  schemas: [GROUP],
  displayName: '实训中心',
  externalId: 'D77',
  ...more,
});
const create = async (group: object = aGroup()): Promise<string> =>
  String((await s.send('POST', '/Groups', group)).body.id);
const path = (one: string) => encodeURIComponent(one);
const names = (list: readonly { display: string }[] = []) => list.map(({ display }) => display).sort();

describe('a Group is a unit', () => {
  it('made with its code, its place and its members, and pushed to 企业微信', async () => {
    await s.push();
    const parent = await s.unitOf('D20');
    const members = [{ value: await s.personOf('00163') }];
    const { status, headers, body } = await s.send(
      'POST',
      '/Groups',
      aGroup({ members, [UNIT]: { parent: { value: parent } } }),
    );
    expect(status).toBe(201);
    expect(headers.get('etag')).toBe(body.meta?.version);
    expect(body).toMatchObject({
      displayName: '实训中心',
      members: [{ ...members[0], display: '王海燕', type: 'User' }],
      [UNIT]: { code: 'D77', parent: { value: parent, display: '信息工程学院' } },
    });
    expect((await s.push()).map(({ api }) => api).sort()).toEqual(['department/create', 'user/update']);
  });

  it('C4 a name its siblings have, a known code and a known externalId are refused', async () => {
    await create();
    for (const more of [
      { externalId: 'x', displayName: '实训中心' },
      { displayName: '别的' },
      { externalId: undefined, displayName: '别的', [UNIT]: { code: 'D77' } },
    ]) {
      const { status, body } = await s.send('POST', '/Groups', aGroup(more));
      expect([status, body.scimType]).toEqual([409, 'uniqueness']);
    }
  });

  it('A4 below an unknown unit it is nowhere, not at the top', async () => {
    const { status } = await s.send(
      'POST',
      '/Groups',
      aGroup({ [UNIT]: { parent: { value: 'f'.repeat(32) } } }),
    );
    expect([status, (await s.get('/Groups')).body.totalResults]).toEqual([400, 4]);
  });

  it('C2 renamed and moved by its id, the members untouched; its code stays', async () => {
    const id = await s.unitOf('D2001');
    const move = { op: 'replace', path: `${UNIT}:parent.value`, value: await s.unitOf('D05') };
    const { status } = await s.send(
      'PATCH',
      `/Groups/${id}`,
      patchOf({ op: 'replace', path: 'displayName', value: '软件室' }, move),
    );
    expect(status).toBe(204);
    const { body } = await s.get(`/Groups/${id}`);
    expect(body).toMatchObject({
      displayName: '软件室',
      [UNIT]: { code: 'D2001', parent: { display: '人事处' } },
    });
    expect(body.members).toHaveLength(2);
    const code = await s.send(
      'PATCH',
      `/Groups/${id}`,
      patchOf({ op: 'replace', path: `${UNIT}:code`, value: 'X' }),
    );
    expect([code.status, code.body.scimType]).toEqual([400, 'mutability']);
    const loop = await s.send('PATCH', `/Groups/${await s.unitOf('D05')}`, patchOf({ ...move, value: id }));
    expect(loop.status).toBe(400);
  });
});

describe('members are posts', () => {
  it('C12 adding gives a concurrent post, removing ends it, the main post stays', async () => {
    const [unit, person] = [await s.unitOf('D20'), await s.personOf('00163')];
    const add = patchOf({ op: 'add', path: 'members', value: [{ value: person }] });
    expect((await s.send('PATCH', `/Groups/${unit}`, add)).status).toBe(204);
    expect((await s.send('PATCH', `/Groups/${unit}`, add)).status).toBe(204);
    expect(names((await s.get(`/Users/${person}`)).body.groups)).toEqual(['人事处', '信息工程学院'].sort());
    const remove = patchOf({ op: 'remove', path: `members[value eq "${person}"]` });
    expect((await s.send('PATCH', `/Groups/${unit}`, remove)).status).toBe(204);
    expect(names((await s.get(`/Users/${person}`)).body.groups)).toEqual(['人事处']);
  });

  it('the main post ends by moving the person, not by leaving the group', async () => {
    const [unit, person] = [await s.unitOf('D05'), await s.personOf('00163')];
    for (const operation of [
      { op: 'remove', path: 'members' },
      { op: 'remove', path: `members[value eq "${person}"]` },
      { op: 'replace', path: 'members', value: [] },
    ]) {
      const { status, body } = await s.send('PATCH', `/Groups/${unit}`, patchOf(operation));
      expect([status, body.scimType]).toEqual([400, 'mutability']);
    }
    expect((await s.get(`/Groups/${unit}`)).body.members).toHaveLength(1);
  });

  it('PUT without members leaves them; with members they are exactly those', async () => {
    const [unit, one, two] = [await s.unitOf('D20'), await s.personOf('00163'), await s.personOf('00215')];
    await s.send('PUT', `/Groups/${unit}`, { displayName: '信息学院' });
    expect(names((await s.get(`/Groups/${unit}`)).body.members)).toEqual(['陈志远']);
    await s.send('PUT', `/Groups/${unit}`, {
      displayName: '信息学院',
      members: [{ value: one }, { value: two }],
    });
    await s.send('PUT', `/Groups/${unit}`, { displayName: '信息学院', members: [{ value: two }] });
    expect(names((await s.get(`/Groups/${unit}`)).body.members)).toEqual(['陈志远']);
  });

  it('unknown people, units as members and too many at once are refused as a whole', async () => {
    const unit = await s.unitOf('D20');
    const add = (value: object[]) =>
      s.send('PATCH', `/Groups/${unit}`, patchOf({ op: 'add', path: 'members', value }));
    const good = { value: await s.personOf('00163') };
    expect((await add([good, { value: 'f'.repeat(32) }])).status).toBe(400);
    expect((await add([{ value: await s.unitOf('D05'), type: 'Group' }])).status).toBe(400);
    const many = Array.from({ length: 201 }, (_, n) => ({ value: String(n).padStart(32, '0') }));
    expect((await add(many)).status).toBe(413);
    expect((await s.get(`/Groups/${unit}`)).body.members).toHaveLength(1);
  });

  it('can be asked for one by one, as Entra ID does, and left out', async () => {
    const [unit, person] = [await s.unitOf('D05'), await s.personOf('00163')];
    const ask = (who: string) =>
      s.get(`/Groups?excludedAttributes=members&filter=${path(`id eq "${unit}" and members eq "${who}"`)}`);
    expect((await ask(person)).body).toMatchObject({ totalResults: 1, Resources: [{ id: unit }] });
    expect((await ask(person)).body.Resources?.[0]?.members).toBeUndefined();
    expect((await ask(await s.personOf('00215'))).body.totalResults).toBe(0);
  });
});

describe('a Group is deleted', () => {
  it('C6 only when it is empty', async () => {
    expect((await s.send('DELETE', `/Groups/${await s.unitOf('D20')}`)).status).toBe(409);
    expect((await s.send('DELETE', `/Groups/${await s.unitOf('D00')}`)).status).toBe(403);
    const id = await create();
    expect((await s.send('DELETE', `/Groups/${id}`)).status).toBe(204);
    expect((await s.get(`/Groups/${id}`)).status).toBe(404);
  });

  it('and under its old code it comes back as the unit it was', async () => {
    const id = await create();
    await s.send('DELETE', `/Groups/${id}`);
    expect(await create()).toBe(id);
  });

  it('D2 not more than the limit of a day', async () => {
    const ids: string[] = [];
    for (const n of [1, 2, 3])
      ids.push(await create(aGroup({ displayName: `组${n}`, externalId: `D7${n}` })));
    const statuses: number[] = [];
    for (const id of ids) statuses.push((await s.send('DELETE', `/Groups/${id}`)).status);
    expect(statuses).toEqual([204, 204, 403]);
    expect(s.told).toHaveLength(1);
  });
});
