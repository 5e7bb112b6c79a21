import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJobs } from '../../platform/jobs/index.ts';
import { createPersonal } from './commands/protect-personal.ts';
import { directoryJobs } from './jobs.ts';
import { createOrgLoader } from './load-org.ts';
import type { DirectoryClient } from './push/client.ts';
import { holdTogether } from './push/hold-members.ts';
import { pushMembers } from './push/push-members.ts';
import { vault } from './testing/open-directory.ts';
import { openLoaded, type LoadedStage } from './testing/stage.ts';
import { wecomError } from './testing/recording-client.ts';

let stage: LoadedStage;
beforeEach(async () => {
  stage = await openLoaded();
});
afterEach(() => stage.t.close());

const stateOf = async (personId: string) =>
  (await stage.t.db.read((r) => stage.directory.memberPushes(r, [personId])))[0];
const hire = async (count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const number = String(100 + at);
    const goal = await stage.newcomer({ staffNo: `1${number}`, mobile: `19911110${number}` });
    ids.push((await stage.act((d, tx) => d.putPerson(tx, goal))).personId);
  }
  return ids;
};
const apis = (calls: readonly { api: string }[]) => calls.map((call) => call.api);

describe('two pushes at once', () => {
  it('D12 nobody is written after the claim has run out: the next push has them', async () => {
    const ids = await hire(12);
    const before = stage.wecom.calls.length;
    const { db, clock } = stage.t;
    // 企业微信 takes two minutes for the first answers.
    let isFirst = true;
    stage.wecom.fail = () => {
      if (isFirst) clock.advance(121_000);
      isFirst = false;
      return null;
    };
    const deps = { db, wecom: stage.wecom, vault, personal: createPersonal(vault) };
    const left = await pushMembers(deps, ids, 'whole', clock.now());
    const calls = stage.wecom.calls.slice(before);
    expect(left.length).toBeGreaterThanOrEqual(4);
    expect(calls).toHaveLength(12 - left.length);
    const written = new Set(calls.map((call) => call.body.userid));
    const again = await pushMembers(deps, ids, 'whole', clock.now());
    expect(again).toEqual([]);
    const rest = stage.wecom.calls.slice(before + calls.length);
    expect(rest.filter((call) => written.has(call.body.userid)).every((c) => c.api === 'user/create')).toBe(
      true,
    );
  });

  it('D12 of two jobs of one member that ask together one has it, and other members are not in their way', async () => {
    const [first = '', second = ''] = await hire(2);
    const { db } = stage.t;
    const holding = holdTogether({ db, wecom: stage.wecom, vault, personal: createPersonal(vault) });
    const all = await holding.due([first, second]);
    const factsOf = (personId: string) => all.filter((due) => due.facts.personId === personId);
    const ask = (personId: string) => holding.claim(factsOf(personId).map(({ facts }) => facts));
    // The first asks alone; the three that ask meanwhile share one unit of work.
    const claims = await Promise.all([ask(first), ask(second), ask(second), ask(first)]);
    expect(claims.map(({ personIds }) => [...personIds])).toEqual([[first], [second], [], []]);
    const [one, two] = claims;
    if (!one || !two) throw new Error('claims');
    await Promise.all([holding.release(one.claim, [first], []), holding.release(two.claim, [second], [])]);
    const after = await Promise.all([ask(second), ask(first)]);
    expect(after.map(({ personIds }) => personIds.size)).toEqual([1, 1]);
  });

  it('D12 two instances: an older name of a department never arrives after a newer one', async () => {
    const names: string[] = [];
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    let answer: () => void = () => undefined;
    const slow: DirectoryClient = {
      ...stage.wecom,
      department: {
        ...stage.wecom.department,
        async update({ name }) {
          arrive();
          await new Promise<void>((resolve) => (answer = resolve));
          names.push(name ?? '');
        },
      },
    };
    const quick: DirectoryClient = {
      ...stage.wecom,
      department: { ...stage.wecom.department, update: async ({ name }) => void names.push(name ?? '') },
    };
    const { db, clock } = stage.t;
    const log = { warn: () => undefined, error: () => undefined };
    const parts = { db, vault, personal: createPersonal(vault), loadOrg: createOrgLoader() };
    const instance = (wecom: DirectoryClient) =>
      createJobs({ db, clock, log, definitions: directoryJobs({ ...parts, wecom }, true).definitions });
    await stage.act((d, tx) => d.putUnit(tx, { code: 'D05', name: '人事处一' }));
    const first = instance(slow).runDue();
    await arrived;
    await stage.act((d, tx) => d.putUnit(tx, { code: 'D05', name: '人事处二' }));
    const second = instance(quick);
    await second.runDue();
    answer();
    await first;
    clock.advance(2_000);
    await second.runDue();
    expect(names.at(-1)).toBe('人事处二');
  });
});

describe('what 企业微信 refuses or does not answer', () => {
  it('D9 60011 a member or department outside the range of the secret is marked; the others go on', async () => {
    stage.wecom.fail = ({ body }) =>
      body.userid === 'chenzhiyuan' || body.id === 3 ? wecomError('fixPermission', 60011) : null;
    await stage.act(async (d, tx) => {
      await d.putUnit(tx, { code: 'D05', name: '人事部' });
      await d.putUnit(tx, { code: 'D20', name: '信息学院' });
    });
    const [chen, zhang] = [await stage.personOf('00215'), await stage.personOf('00731')];
    await stage.act(async (d, tx) => {
      await d.putPerson(tx, { personId: chen, name: '陈志强' });
      await d.putPerson(tx, { personId: zhang, name: '张雨桐二' });
    });
    const calls = await stage.push();
    expect(calls.map(({ body }) => body.name)).toEqual(
      expect.arrayContaining(['信息学院', '陈志强', '张雨桐二']),
    );
    expect(await stateOf(chen)).toMatchObject({ state: 'failed', errorCode: 60011 });
    expect(await stateOf(zhang)).toMatchObject({ state: 'written' });
  });

  it('D9 one member without an answer waits alone in bulk, several end the run until later', async () => {
    const deaf = new Set(['chenzhiyuan']);
    stage.wecom.fail = ({ body }) => (deaf.has(String(body.userid)) ? wecomError('retryLater', -1) : null);
    const ids = await hire(6);
    const { db, clock } = stage.t;
    const deps = { db, wecom: stage.wecom, vault, personal: createPersonal(vault) };
    const chen = await stage.personOf('00215');
    await stage.act((d, tx) => d.putPerson(tx, { personId: chen, name: '陈志强' }));
    const left = await pushMembers(deps, [chen, ...ids], 'people', clock.now());
    expect(left).toEqual([{ personId: chen, at: clock.now() + 30_000 }]);
    expect((await stateOf(ids[5] ?? ''))?.state).toBe('written');
    const more = await hire(12);
    stage.wecom.fail = () => wecomError('retryLater', -1);
    await expect(pushMembers(deps, more, 'people', clock.now())).rejects.toMatchObject({ name: 'RunAgain' });
    expect(await stateOf(more[11] ?? '')).toMatchObject({ state: 'waiting' });
  });
});

describe('people changed by one act', () => {
  it('D9 share a job: a refused one is marked, one without an answer waits alone, the others are done', async () => {
    const ids = await hire(5);
    await stage.push();
    await stage.act(async (d, tx) => {
      for (const personId of ids) await d.putPerson(tx, { personId, name: '李新名' });
    });
    const waiting = () => stage.t.db.read(async (r) => (await stage.directory.pushBacklog(r)).waiting);
    const jobs = () =>
      stage.t.db.read(async (r) => {
        const rows = await r.em.query<{ name: string }[]>(`select name from job where state = 'ready'`);
        return rows.map(({ name }) => name);
      });
    expect([await jobs(), await waiting()]).toEqual([['directory.pushPeople'], 5]);
    stage.wecom.fail = ({ body }) => {
      if (body.userid === '1101') return wecomError('fixData', 40066);
      return body.userid === '1102' ? wecomError('retryLater', -1) : null;
    };
    await stage.push();
    const states = await Promise.all(ids.map(async (id) => (await stateOf(id))?.state));
    expect(states).toEqual(['written', 'failed', 'waiting', 'written', 'written']);
    expect([await jobs(), await waiting()]).toEqual([['directory.pushPerson'], 1]);
    stage.wecom.fail = null;
    stage.t.clock.advance(30_000);
    expect(await stage.push()).toEqual([{ api: 'user/update', body: { userid: '1102', name: '李新名' } }]);
    expect(await waiting()).toBe(0);
  });

  it('C15, D9 a run that 企业微信 ends early shows people under the superior it made before', async () => {
    const [zhang, ids] = [await stage.personOf('00731'), await hire(5)];
    await stage.push();
    stage.wecom.fail = ({ api }) => (api === 'user/create' ? wecomError('fixData', 60103) : null);
    const goal = await stage.newcomer();
    const { personId } = await stage.act((d, tx) => d.putPerson(tx, goal));
    await stage.act((d, tx) => d.setManager(tx, zhang, personId));
    await stage.push();
    stage.wecom.fail = ({ api, body }) =>
      api === 'user/update' && String(body.userid).startsWith('1') ? wecomError('retryLater', -1) : null;
    await stage.act(async (d, tx) => {
      await d.putPerson(tx, { personId, mobile: '19900000911' });
      for (const id of ids) await d.putPerson(tx, { personId: id, name: '李新名' });
    });
    const calls = await stage.push();
    expect(calls.filter(({ body }) => body.direct_leader)).toEqual([
      { api: 'user/update', body: { userid: 'ZhangYutong', direct_leader: ['00900'] } },
    ]);
  });
});

describe('nothing can be written at all', () => {
  it('D7 60020 for an hour: one job tells it, the others wait and run after the cure', async () => {
    stage.wecom.fail = () => wecomError('stopAll', 60020);
    const ids = await hire(6);
    await stage.push();
    const two = [await stage.personOf('00215'), await stage.personOf('00731')];
    await stage.act(async (d, tx) => {
      for (const personId of two) await d.putPerson(tx, { personId, name: '李新名' });
    });
    const states = () =>
      stage.t.db.read((r) =>
        r.em.query<{ state: string; n: number | string }[]>(
          `select state, count(*) as n from job where name in ('directory.pushPerson', 'directory.pushPeople') group by state order by state`,
        ),
      );
    for (let minute = 0; minute < 60; minute += 1) {
      await stage.push();
      stage.t.clock.advance(60_000);
    }
    expect((await states()).map(({ state, n }) => [state, Number(n)])).toEqual([
      ['failed', 1],
      ['ready', 6],
    ]);
    stage.wecom.fail = null;
    stage.t.clock.advance(600_000);
    expect(apis(await stage.push()).sort()).toEqual([
      ...Array(5).fill('user/create'),
      'user/update',
      'user/update',
    ]);
    const pushed = await stage.t.db.read((r) => stage.directory.memberPushes(r, ids));
    expect(pushed.filter(({ state }) => state === 'written')).toHaveLength(5);
  });
});

describe('departments that are not ours', () => {
  it('D5, C6 a department that could not be made, its number being taken, is not deleted with its unit', async () => {
    stage.wecom.fail = ({ api }) => (api === 'department/create' ? wecomError('fixData', 60008) : null);
    const { unitId } = await stage.act((d, tx) => d.putUnit(tx, { code: 'D30', name: '图书馆' }));
    await stage.push();
    await stage.act((d, tx) => d.dissolveUnit(tx, unitId));
    expect(apis(await stage.push())).toEqual([]);
    stage.wecom.fail = null;
    const made = await stage.act((d, tx) => d.putUnit(tx, { code: 'D31', name: '档案馆' }));
    await stage.push();
    await stage.act((d, tx) => d.dissolveUnit(tx, made.unitId));
    expect(apis(await stage.push())).toEqual(['department/delete']);
  });
});

describe('S1-7.2d order', () => {
  it('S1-7.2d HR’s order of people reaches 企业微信 where a post has no place of its own; one call', async () => {
    const goal = await stage.newcomer({ sortOrder: 12_345 });
    const { personId } = await stage.act((d, tx) => d.putPerson(tx, goal));
    expect((await stage.push())[0]?.body).toMatchObject({ order: [3_987_655_000] });
    await stage.act((d, tx) => d.putPerson(tx, { personId, sortOrder: 7 }));
    expect(await stage.push()).toEqual([
      { api: 'user/update', body: { userid: '00900', department: [3], order: [3_999_993_000] } },
    ]);
    const after = await stage.newcomer({ staffNo: '00899', mobile: '19900000899' });
    const before = await stage.newcomer({ staffNo: '00901', mobile: '19900000901', sortOrder: 3 });
    await stage.act((d, tx) => d.putPerson(tx, after));
    await stage.act((d, tx) => d.putPerson(tx, before));
    const org = await stage.t.db.read((r) => stage.directory.orgOf(r));
    const members = org
      .membersOf(await stage.unitOf('D05'))
      .map((post) => org.person(post.personId)?.staffNo);
    expect(members).toEqual(['00163', '00901', '00900', '00899']);
  });
});
