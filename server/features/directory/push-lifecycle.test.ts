import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemberMirrorTable } from './tables.ts';
import { openLoaded, type LoadedStage } from './testing/stage.ts';
import { wecomError, type RecordedCall } from './testing/recording-client.ts';
import { SMALL, smallRoster, withCell } from './testing/small-roster.ts';

let stage: LoadedStage;
beforeEach(async () => {
  stage = await openLoaded();
});
afterEach(() => stage.t.close());

const TODAY = '2026-11-23';
const leave = (personId: string) =>
  stage.act((d, tx) => d.endEmployment(tx, personId, { status: 'left', on: TODAY, reason: null }));
const stateOf = async (personId: string) =>
  (await stage.t.db.read((r) => stage.directory.memberPushes(r, [personId])))[0];
const isFor = (call: RecordedCall, userid: string) => call.body.userid === userid;

describe('people who leave', () => {
  it('B4 C13 one call: disabled, head of nothing, mobile free where an e-mail is left; nobody is deleted', async () => {
    const [chen, zhang] = [await stage.personOf('00215'), await stage.personOf('00731')];
    await leave(chen);
    expect(await stage.push()).toEqual([
      {
        api: 'user/update',
        body: {
          userid: 'chenzhiyuan',
          enable: 0,
          mobile: '',
          department: [2, 4],
          is_leader_in_dept: [0, 0],
        },
      },
    ]);
    await leave(zhang);
    expect(await stage.push()).toEqual([{ api: 'user/update', body: { userid: 'ZhangYutong', enable: 0 } }]);
    expect(await stage.push()).toEqual([]);
  });

  it('B4 60104 a number with a former member is freed there first, then written once more', async () => {
    const zhang = await stage.personOf('00731');
    await leave(zhang);
    await stage.push();
    const goal = await stage.newcomer({ mobile: '19900000731' });
    const { personId } = await stage.act((d, tx) => d.putPerson(tx, goal));
    let isFree = false;
    stage.wecom.fail = (call) => {
      if (isFor(call, 'ZhangYutong')) isFree = true;
      return call.api === 'user/create' && !isFree ? wecomError('fixData', 60104) : null;
    };
    const calls = await stage.push();
    expect(calls.map((call) => call.api)).toEqual(['user/create', 'user/update', 'user/create']);
    expect(calls[1]?.body).toEqual({ userid: 'ZhangYutong', mobile: '', email: 'ZhangYutong@left.invalid' });
    expect(await stateOf(personId)).toMatchObject({ state: 'written', errorCode: null });
    expect(await stateOf(zhang)).toMatchObject({ state: 'written' });
    stage.wecom.fail = null;
    expect(await stage.push()).toEqual([]);
  });

  it('B4 60104 nobody who is here loses a number; an activated former member cannot be freed from outside', async () => {
    const zhang = await stage.personOf('00731');
    await leave(zhang);
    await stage.push();
    stage.wecom.fail = (call) => (call.api === 'user/create' ? wecomError('fixData', 60104) : null);
    const goal = await stage.newcomer({ mobile: '19900000731' });
    const { personId } = await stage.act((d, tx) => d.putPerson(tx, goal));
    const calls = await stage.push();
    expect(calls.filter((call) => call.api === 'user/create')).toHaveLength(2);
    expect(await stateOf(personId)).toMatchObject({ state: 'failed', errorCode: 60104 });
    const stranger = await stage.newcomer({ staffNo: '00901', mobile: '19900000902' });
    await stage.act((d, tx) => d.putPerson(tx, stranger));
    expect((await stage.push()).map((call) => call.api)).toEqual(['user/create']);
  });

  it('B4 a number that changed hands is written in the order that works', async () => {
    const [chen, zhang] = [await stage.personOf('00215'), await stage.personOf('00731')];
    await stage.act(async (d, tx) => {
      await d.putPerson(tx, { personId: zhang, mobile: '19900000799' });
      await d.putPerson(tx, { personId: chen, mobile: '19900000731' });
    });
    const holds = new Map([['19900000731', 'ZhangYutong']]);
    stage.wecom.fail = ({ body }) => {
      const holder = holds.get(String(body.mobile));
      if (holder !== undefined && holder !== body.userid) return wecomError('fixData', 60104);
      if (body.userid === 'ZhangYutong') holds.delete('19900000731');
      return null;
    };
    await stage.push();
    stage.t.clock.advance(2_000);
    await stage.push();
    expect(await stateOf(chen)).toMatchObject({ state: 'written' });
    expect(await stateOf(zhang)).toMatchObject({ state: 'written' });
    expect(holds.size).toBe(0);
  });

  it('B7 who returns gets the same member back with one call, and everything of today', async () => {
    const chen = await stage.personOf('00215');
    await leave(chen);
    await stage.push();
    const posts = [await stage.post('D05')];
    await stage.act((d, tx) => d.rehire(tx, chen, { on: TODAY, posts }));
    expect(await stage.push()).toEqual([
      {
        api: 'user/update',
        body: {
          userid: 'chenzhiyuan',
          position: '科员',
          mobile: '19900000215',
          enable: 1,
          department: [3],
          main_department: 3,
          is_leader_in_dept: [0],
          order: [0],
        },
      },
    ]);
  });

  it('C1 in bulk those who left come after everybody else', async () => {
    const zhang = await stage.personOf('00731');
    const chen = await stage.personOf('00215');
    stage.wecom.fail = () => wecomError('stopAll', 40001);
    await leave(zhang);
    await stage.act((d, tx) => d.putPerson(tx, { personId: chen, name: '陈致远' }));
    await stage.push();
    stage.wecom.fail = null;
    await stage.t.db.run('delete from job', []);
    const people = withCell(SMALL.people, 2, 1, '王海雁').slice(2);
    await stage.act((d, tx) => d.importRoster(tx, smallRoster({ people })));
    const calls = await stage.push();
    expect(calls.at(-1)?.body).toEqual({ userid: 'ZhangYutong', enable: 0 });
    expect(calls.map((call) => call.body.userid).sort()).toEqual([
      'ZhangYutong',
      'chenzhiyuan',
      'wanghaiyan',
    ]);
  });
});

describe('deleting a member', () => {
  const ask = (personId: string) => stage.act((d, tx) => d.deleteMember(tx, personId));

  it('C13 S2-16c only who left, only when asked, once, with proof', async () => {
    const zhang = await stage.personOf('00731');
    await expect(ask(zhang)).rejects.toMatchObject({ code: 'directory.still_here' });
    await leave(zhang);
    await stage.push();
    await ask(zhang);
    expect(await stage.push()).toEqual([{ api: 'user/delete', body: { userid: 'ZhangYutong' } }]);
    await ask(zhang);
    expect(await stage.push()).toEqual([]);
    expect(await stateOf(zhang)).toMatchObject({ state: 'none' });
    const [last] = await stage.t.db.read((r) => stage.directory.historyOf(r, 'person', zhang));
    expect(last).toMatchObject({ kind: 'memberDeleted', after: { userid: 'ZhangYutong', result: 'gone' } });
  });

  it('D5 60111 what is gone already is done', async () => {
    const zhang = await stage.personOf('00731');
    await leave(zhang);
    await stage.push();
    stage.wecom.fail = () => wecomError('fixData', 60111);
    await ask(zhang);
    await stage.push();
    expect(await stateOf(zhang)).toMatchObject({ state: 'none' });
  });

  it('C11 301005 the creator stays until that office is transferred, then asking again works', async () => {
    const zhang = await stage.personOf('00731');
    await leave(zhang);
    await stage.push();
    stage.wecom.fail = () => wecomError('permanent', 301005);
    await ask(zhang);
    await stage.push();
    expect(await stateOf(zhang)).toMatchObject({ state: 'failed', errorCode: 301005, errorFields: 'delete' });
    stage.wecom.fail = null;
    stage.t.clock.advance(1_000);
    await ask(zhang);
    expect((await stage.push()).map((call) => call.api)).toEqual(['user/delete']);
  });

  it('B7 who was employed again before the job ran is not deleted; who was deleted is created again', async () => {
    const zhang = await stage.personOf('00731');
    const back = async () => {
      const posts = [await stage.post('D05')];
      await stage.act((d, tx) => d.rehire(tx, zhang, { on: TODAY, posts }));
    };
    await leave(zhang);
    await stage.push();
    await ask(zhang);
    await back();
    const calls = [...(await stage.push())];
    // Both jobs are due together; whichever finds the member claimed comes again after its pause.
    stage.t.clock.advance(2_000);
    calls.push(...(await stage.push()));
    expect(calls.map((call) => call.api)).toEqual(['user/update']);
    await leave(zhang);
    await stage.push();
    await ask(zhang);
    await stage.push();
    await back();
    expect((await stage.push()).map((call) => call.api)).toEqual(['user/create']);
  });
});

describe('direct superior', () => {
  const manager = (personId: string, managerId: string | null) =>
    stage.act((d, tx) => d.setManager(tx, personId, managerId));

  it('C15 one call with that field; nothing changed, no call; leaving takes it away', async () => {
    const [chen, zhang] = [await stage.personOf('00215'), await stage.personOf('00731')];
    await manager(zhang, chen);
    const expected = { userid: 'ZhangYutong', direct_leader: ['chenzhiyuan'] };
    expect(await stage.push()).toEqual([{ api: 'user/update', body: expected }]);
    expect(await stage.push()).toEqual([]);
    await leave(chen);
    const calls = await stage.push();
    expect(calls.filter((call) => isFor(call, 'ZhangYutong')).map((call) => call.body)).toEqual([
      { userid: 'ZhangYutong', direct_leader: [] },
    ]);
  });

  it('C15 a refused reference does not fail the person and is counted apart', async () => {
    const [chen, zhang] = [await stage.personOf('00215'), await stage.personOf('00731')];
    stage.wecom.fail = ({ body }) => (body.direct_leader ? wecomError('fixData', 60111) : null);
    await stage.act(async (d, tx) => {
      await d.setManager(tx, zhang, chen);
      await d.putPerson(tx, { personId: zhang, name: '张雨彤' });
    });
    await stage.push();
    expect(await stateOf(zhang)).toMatchObject({
      state: 'written',
      errorCode: null,
      managerErrorCode: 60111,
    });
    expect(await stage.t.db.read((r) => stage.directory.pushState(r))).toMatchObject({
      failed: [],
      managersRefused: 1,
    });
    stage.wecom.fail = null;
    await stage.act((d, tx) => d.putPerson(tx, { personId: zhang, name: '张雨桐' }));
    await stage.push();
    expect(await stateOf(zhang)).toMatchObject({ state: 'written', managerErrorCode: null });
  });

  it('C15 somebody whose superior is not there yet is written, and shown under them as soon as they are', async () => {
    const zhang = await stage.personOf('00731');
    const goal = await stage.newcomer();
    stage.wecom.fail = (call) => (call.api === 'user/create' ? wecomError('fixData', 60103) : null);
    const { personId } = await stage.act((d, tx) => d.putPerson(tx, goal));
    await manager(zhang, personId);
    expect((await stage.push()).filter((call) => isFor(call, 'ZhangYutong'))).toEqual([]);
    stage.wecom.fail = null;
    await stage.act((d, tx) => d.putPerson(tx, { personId, mobile: '19900000911' }));
    const calls = await stage.push();
    expect(calls.map((call) => [call.api, call.body.direct_leader])).toEqual([
      ['user/create', undefined],
      ['user/update', ['00900']],
    ]);
  });
});

describe('one person at a time', () => {
  it('D9 a stuck one does not hold up another', async () => {
    const [chen, zhang] = [await stage.personOf('00215'), await stage.personOf('00731')];
    stage.wecom.fail = (call) => (isFor(call, 'chenzhiyuan') ? wecomError('retryLater', -1) : null);
    await stage.act((d, tx) => d.putPerson(tx, { personId: chen, name: '陈致远' }));
    await stage.act((d, tx) => d.putPerson(tx, { personId: zhang, name: '张雨彤' }));
    await stage.push();
    expect(await stateOf(zhang)).toMatchObject({ state: 'written' });
    expect(await stateOf(chen)).toMatchObject({ state: 'waiting' });
    stage.wecom.fail = null;
    stage.t.clock.advance(30_000);
    expect(await stage.push()).toEqual([
      { api: 'user/update', body: { userid: 'chenzhiyuan', name: '陈致远' } },
    ]);
  });

  it('D5 D12 whoever else writes to a member just now is waited for; a crashed one for two minutes', async () => {
    const zhang = await stage.personOf('00731');
    const claim = { claim: 'x'.repeat(32), claimUntilAt: stage.t.clock.now() + 120_000 };
    await stage.act((_d, tx) => tx.em.getRepository(MemberMirrorTable).update({ id: zhang }, claim));
    await stage.act((d, tx) => d.putPerson(tx, { personId: zhang, name: '张雨彤' }));
    expect(await stage.push()).toEqual([]);
    stage.t.clock.advance(2_000);
    expect(await stage.push()).toEqual([]);
    stage.t.clock.advance(120_000);
    expect(await stage.push()).toHaveLength(1);
  });

  it('A4 C1 nobody is written into a department that is not there: 企业微信 would invent it', async () => {
    stage.wecom.fail = (call) => (call.api === 'department/create' ? wecomError('fixData', 60009) : null);
    const goal = await stage.newcomer();
    const { personId } = await stage.act(async (d, tx) => {
      await d.putUnit(tx, { code: 'D30', name: '图书馆' });
      const unitId = (await d.lookups.unitIdOf(tx, 'D30')) ?? '';
      return d.putPerson(tx, { ...goal, posts: [{ ...(await stage.post('D05')), unitId }] });
    });
    const calls = await stage.push();
    expect(new Set(calls.map((call) => call.api))).toEqual(new Set(['department/create']));
    expect(await stateOf(personId)).toMatchObject({ state: 'failed', errorFields: 'department' });
    stage.wecom.fail = null;
    await stage.act((d, tx) => d.rewriteMember(tx, personId, []));
    expect((await stage.push()).map((call) => call.api)).toEqual(['department/create', 'user/create']);
  });

  it('D11 put back: the named fields are written again, one call', async () => {
    const zhang = await stage.personOf('00731');
    await stage.act((d, tx) => d.rewriteMember(tx, zhang, ['name', 'position']));
    expect(await stage.push()).toEqual([
      { api: 'user/update', body: { userid: 'ZhangYutong', name: '张雨桐', position: '教师' } },
    ]);
    const unit = await stage.unitOf('D05');
    await stage.act((d, tx) => d.rewriteDepartment(tx, unit));
    expect((await stage.push()).map((call) => call.body)).toEqual([
      { id: 3, name: '人事处', parentid: 1, order: 3_999_996_000 },
    ]);
  });
});
