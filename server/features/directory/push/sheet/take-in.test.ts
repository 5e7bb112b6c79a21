import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enqueue } from '../../../../platform/jobs/index.ts';
import { MemberMirrorTable } from '../../tables.ts';
import { importingClient, type ImportingClient } from '../../testing/importing-client.ts';
import { openDirectoryWith, SEED, type DirectoryStage } from '../../testing/open-directory.ts';
import { wecomError, type RecordedCall } from '../../testing/recording-client.ts';
import { SMALL, smallRoster } from '../../testing/small-roster.ts';
import { MIN_ROWS } from './bulk-or-single.ts';
import { SheetMemberTable, SheetRunTable } from './tables.ts';

const MINUTE = 60_000;
const NEW = MIN_ROWS + 20;

let stage: DirectoryStage<ImportingClient>;
beforeEach(async () => {
  stage = await openDirectoryWith(importingClient());
});
afterEach(() => stage.t.close());

/* ---------- a first filling through the roster: a push of everybody ---------- */

const numbers = (count: number) => Array.from({ length: count }, (_, n) => String(10_000 + n));
const load = (count: number) =>
  stage.t.db.write(SEED, (tx) =>
    stage.directory.importRoster(
      tx,
      smallRoster({
        people: [
          ...SMALL.people,
          ...numbers(count).map((no) => [no, `员工${no}`, `u${no}`, '编制内', `199000${no}`, '']),
        ],
        posts: [
          ...SMALL.posts,
          ...numbers(count).map((no) => [no, 'D05', '主岗', '科员', '否', '', '2025-09-01', '', '']),
        ],
      }),
    ),
  );

/** Runs what is due, minute by minute; the calls by api. */
async function run(minutes: number): Promise<Record<string, number>> {
  const before = stage.wecom.calls.length;
  await stage.push();
  for (let minute = 0; minute < minutes; minute += 1) {
    stage.t.clock.advance(MINUTE);
    await stage.push();
  }
  return counted(stage.wecom.calls.slice(before));
}
const counted = (calls: readonly RecordedCall[]) => {
  const counts: Record<string, number> = {};
  for (const { api } of calls) counts[api] = (counts[api] ?? 0) + 1;
  return counts;
};
const state = () => stage.t.db.read((reads) => stage.directory.pushState(reads));
const backlog = () => stage.t.db.read((reads) => stage.directory.pushBacklog(reads));
const rowsOf = (table: typeof MemberMirrorTable) =>
  stage.t.db.read((reads) => reads.em.getRepository(table).find());
const openMembers = () => stage.t.db.read((reads) => reads.em.getRepository(SheetMemberTable).count());
const runs = () => stage.t.db.read((reads) => reads.em.getRepository(SheetRunTable).find());

/** Everybody there as they should be, nobody held, nothing left over, and a second push has nothing to write. */
async function expectWhole(count: number): Promise<void> {
  expect(await state()).toMatchObject({ people: count + 3, written: count + 3, failed: [] });
  expect(await backlog()).toEqual({ waiting: 0, failed: 0 });
  expect((await rowsOf(MemberMirrorTable)).filter(({ claim }) => claim !== null)).toEqual([]);
  expect(await openMembers()).toBe(0);
  expect((await runs()).map((one) => [one.state, one.openSlot])).toEqual([['done', null]]);
  await load(count);
  expect(await run(2)).toEqual({});
}

describe('first filling', () => {
  it('S3-1 C10 one sheet instead of a call a person; flags, superiors and several posts by single calls', async () => {
    await load(NEW);
    expect(await run(1)).toEqual({
      'department/create': 3,
      'user/list_id': 1,
      'media/upload': 1,
      'batch/syncuser': 1,
      'batch/getresult': 1,
      // Of the three of the small roster one has two posts; both heads get their flag, both have a place.
      'user/create': 1,
      'user/update': 3,
    });
    const [sheet = []] = stage.wecom.sheets;
    expect(sheet[0]).toEqual(['姓名', '帐号', '手机号', '邮箱', '所在部门', '职位', '排序']);
    expect(sheet).toHaveLength(NEW + 3);
    expect(sheet.flat()).not.toContain('chenzhiyuan');
    expect(stage.wecom.calls.find(({ api }) => api === 'batch/syncuser')?.body).toMatchObject({
      creates: NEW + 2,
    });
    await expectWhole(NEW);
  });

  it('fewer than the threshold: single calls, not even a look who is there', async () => {
    await load(MIN_ROWS - 4);
    expect(await run(1)).toEqual({ 'department/create': 3, 'user/create': MIN_ROWS - 1, 'user/update': 4 });
    expect(await runs()).toEqual([]);
  });

  it('H6 neither mirror nor sheet holds a number in clear', async () => {
    await load(NEW);
    await stage.push();
    const held = await stage.t.db.read((reads) => reads.em.getRepository(SheetMemberTable).find());
    expect(held.length).toBe(NEW + 2);
    expect(JSON.stringify([held, await rowsOf(MemberMirrorTable)])).not.toMatch(/199000\d{5}|@haizhou/);
  });

  it('D5 who is there already is never in a sheet: overwritten by a single call', async () => {
    stage.wecom.members.add('u10007');
    await load(NEW);
    expect(await run(1)).toMatchObject({ 'user/create': 2, 'user/update': 4 });
    expect(stage.wecom.sheets.flat(2)).not.toContain('u10007');
    const whole = stage.wecom.calls.find(
      ({ api, body }) => api === 'user/update' && body.userid === 'u10007',
    );
    expect(whole?.body).toMatchObject({ enable: 1, mobile: '19900010007', department: [3] });
    await expectWhole(NEW);
  });

  it('D9 refused rows and rows nothing is said of go the single way, with its result', async () => {
    stage.wecom.rowResult = (userid) => (userid === 'u10001' ? 60104 : userid === 'u10002' ? null : 0);
    stage.wecom.fail = ({ api, body }) =>
      api === 'user/create' && body.userid === 'u10001' ? wecomError('fixData', 60104) : null;
    await load(NEW);
    expect(await run(1)).toMatchObject({ 'user/create': 3 });
    const { written, failed } = await state();
    expect([written, failed.map(({ errorCode }) => errorCode)]).toEqual([NEW + 2, [60104]]);
    stage.wecom.fail = null;
    // Any later push tries again.
    await load(NEW + 1);
    await run(1);
    await expectWhole(NEW + 1);
  });
});

describe('progress while an import runs', () => {
  it('people count as waiting until their row is known, and looks become rarer', async () => {
    stage.wecom.running = 4;
    await load(NEW);
    await stage.push();
    expect((await backlog()).waiting).toBeGreaterThanOrEqual(NEW);
    const ids = (await stage.t.db.read(stage.directory.orgOf)).people().map(({ personId }) => personId);
    const pushes = await stage.t.db.read((reads) => stage.directory.memberPushes(reads, ids));
    expect(new Set(pushes.map((one) => one.state))).toEqual(new Set(['waiting']));
    const looks: number[] = [];
    for (let second = 1; second <= 40; second += 1) {
      stage.t.clock.advance(1_000);
      if (counted(await stage.push())['batch/getresult']) looks.push(second);
    }
    expect(looks).toEqual([1, 3, 7, 15, 31]);
    await expectWhole(NEW);
  });

  it('an import without an end: after half an hour single calls', async () => {
    stage.wecom.running = 1_000;
    await load(NEW);
    const calls = await run(40);
    expect(calls['batch/getresult']).toBeLessThan(40);
    // They are there by then: recognised and brought up to date.
    expect(calls).toMatchObject({ 'user/create': NEW + 3 });
    await expectWhole(NEW);
  });
});

describe('D7 an import cannot be started', () => {
  const busy = (times: number) => {
    let left = times;
    stage.wecom.fail = ({ api }) =>
      api === 'batch/syncuser' && left-- > 0 ? wecomError('retryLater', 302008) : null;
  };
  it('302008 a human’s import: waited for, then the sheet is made anew', async () => {
    busy(2);
    await load(NEW);
    await stage.push();
    // Somebody in the human's file is one of ours.
    stage.wecom.members.add('u10003');
    expect(await run(5)).toMatchObject({ 'batch/syncuser': 2, 'user/create': 2 });
    expect(stage.wecom.sheets).toHaveLength(1);
    expect(stage.wecom.sheets.flat(2)).not.toContain('u10003');
    await expectWhole(NEW);
  });

  it('302008 for ever: single calls after ten minutes at most', async () => {
    busy(1_000);
    await load(NEW);
    const calls = await run(11);
    expect(calls['batch/syncuser']).toBeLessThan(10);
    expect(calls).toMatchObject({ 'user/create': NEW + 3 });
    await expectWhole(NEW);
  });

  it('C10 the month’s accounts do not suffice for all: single calls, which use what is left', async () => {
    stage.wecom.fail = ({ api }) =>
      api === 'batch/syncuser' ? wecomError('retryLater', 0, stage.t.clock.now() + 86_400_000) : null;
    await load(NEW);
    expect(await run(1)).toMatchObject({ 'batch/syncuser': 1, 'user/create': NEW + 3 });
    await expectWhole(NEW);
  });

  it.each([
    [302005, 'retryLater'],
    [40089, 'fixData'],
  ] as const)('%i no result: single calls recognise who is there', async (errcode, handling) => {
    stage.wecom.fail = ({ api }) => (api === 'batch/getresult' ? wecomError(handling, errcode) : null);
    await load(NEW);
    expect(await run(1)).toMatchObject({ 'batch/getresult': 1, 'user/create': NEW + 3 });
    await expectWhole(NEW);
  });
});

describe('D5 cut off by kill -9', () => {
  /** Once, after the call took effect and before anything is noted. */
  const cutOffAfter = (api: string) => {
    let left = 1;
    stage.wecom.cutOff = (called) => {
      if (called === api && left-- > 0) throw new Error('killed');
    };
  };
  it.each([
    ['media/upload', 1, 2],
    ['batch/getresult', 1, 1],
  ] as const)('after %s: goes on, each person once', async (api, sheets, uploads) => {
    cutOffAfter(api);
    await load(NEW);
    expect(await run(3)).toMatchObject({ 'media/upload': uploads, 'user/create': 1 });
    expect(stage.wecom.sheets).toHaveLength(sheets);
    await expectWhole(NEW);
  });

  it('after batch/syncuser, the job’s id lost: who is there is found, adopted and brought up to date', async () => {
    cutOffAfter('batch/syncuser');
    await load(NEW);
    const calls = await run(3);
    expect(stage.wecom.sheets).toHaveLength(1);
    expect(calls).toMatchObject({ 'batch/syncuser': 1, 'user/create': NEW + 3 });
    await expectWhole(NEW);
  });

  it('after batch/syncuser that never arrived: the sheet is made again', async () => {
    let left = 1;
    stage.wecom.fail = ({ api }) => (api === 'batch/syncuser' && left-- > 0 ? new Error('killed') : null);
    await load(NEW);
    expect(await run(3)).toMatchObject({ 'batch/syncuser': 2, 'user/create': 1 });
    await expectWhole(NEW);
  });

  it('half-way through noting: what is noted stays, the rest is noted by the next look', async () => {
    await load(2 * NEW);
    await stage.push();
    stage.t.clock.advance(1_000);
    await stage.t.db.write(SEED, async (tx) => {
      await tx.em.query(
        `update wecom_member_mirror set claim = null, written = '{"userid":"u10000","name":"先写的"}', state = 'written'
         where userid = 'u10000'`,
      );
    });
    const before = stage.wecom.calls.length;
    await run(1);
    const own = stage.wecom.calls.slice(before).filter(({ body }) => body.userid === 'u10000');
    // Not ours any more: what somebody else wrote meanwhile is compared with, not overwritten by the sheet's row.
    expect(own.map(({ api }) => api)).toContain('user/update');
    await expectWhole(2 * NEW);
  });
});

describe('D12 others write meanwhile', () => {
  it('a change of somebody in the sheet waits for its end and is written then', async () => {
    await load(NEW);
    await stage.push();
    const org = await stage.t.db.read(stage.directory.orgOf);
    const [one, two] = ['u10004', 'u10005'].map((userid) => org.personByUserid(userid)?.personId ?? '');
    await stage.t.db.write(SEED, async (tx) => {
      await stage.directory.putPerson(tx, { personId: one ?? '', name: '改过' });
      await stage.directory.lockPerson(tx, two ?? '');
    });
    expect(await stage.push()).toEqual([]);
    stage.t.clock.advance(MINUTE);
    const bodies = (await stage.push()).filter(({ api }) => api === 'user/update').map(({ body }) => body);
    expect(bodies).toContainEqual({ userid: 'u10004', name: '改过' });
    expect(bodies).toContainEqual({ userid: 'u10005', enable: 0 });
  });
});

/* ---------- an intake of a personnel run: people made one by one ---------- */

describe('an intake', () => {
  const hire = async (nos: readonly string[], managerId?: string) => {
    const unitId = await stage.t.db.read((reads) => stage.directory.lookups.unitIdOf(reads, 'D05'));
    for (const no of nos)
      await stage.t.db.write(SEED, async (tx) => {
        const { personId } = await stage.directory.putPerson(tx, {
          staffNo: no,
          name: `新人${no}`,
          category: 'internal',
          mobile: `199000${no}`,
          posts: [
            {
              unitId: unitId ?? '',
              kind: 'main',
              title: '科员',
              isHead: false,
              headRank: null,
              sinceOn: '2026-11-23',
              untilOn: null,
              place: null,
            },
          ],
        });
        if (managerId) await stage.directory.setManager(tx, personId, managerId);
      });
  };
  const gather = (count: number) =>
    stage.t.db.write(SEED, (tx) => stage.directory.gatherNewcomers(tx, count));
  const here = () => stage.t.db.write(SEED, (tx) => stage.directory.newcomersAreHere(tx));
  const wang = () =>
    stage.t.db.read((reads) => stage.directory.lookups.personIdOf(reads, '00163')) as Promise<string>;

  beforeEach(async () => {
    await load(0);
    await run(1);
  });

  it('newcomers wait for one another and go in one sheet; superiors follow, one call each (C15)', async () => {
    await gather(NEW);
    await hire(numbers(NEW), await wang());
    expect(await run(2)).toEqual({});
    expect(await backlog()).toEqual({ waiting: NEW, failed: 0 });
    await here();
    expect(await run(1)).toEqual({
      'user/list_id': 1,
      'media/upload': 1,
      'batch/syncuser': 1,
      'batch/getresult': 1,
      'user/update': NEW,
    });
    expect(stage.wecom.calls.at(-1)?.body).toMatchObject({ direct_leader: ['wanghaiyan'] });
    expect(await state()).toMatchObject({ people: NEW + 3, written: NEW + 3 });
    expect(await backlog()).toEqual({ waiting: 0, failed: 0 });
  });

  it('D12 a push of everybody leaves them to their sheet, gathered or under way', async () => {
    await gather(NEW);
    await hire(numbers(NEW));
    const pushAll = (run: string) =>
      stage.t.db.write(SEED, async (tx) =>
        enqueue(tx, { name: 'directory.pushAll', key: run, payload: { run } }),
      );
    await pushAll('first');
    expect(await run(1)).toEqual({});
    await here();
    stage.wecom.running = 3;
    await stage.push();
    await pushAll('second');
    expect(await stage.push()).toEqual([]);
    expect((await backlog()).waiting).toBe(NEW);
    expect(await run(1)).toMatchObject({ 'batch/getresult': 1 });
    stage.wecom.running = 0;
    expect(await run(5)).toEqual({ 'batch/getresult': 1 });
    expect(await state()).toMatchObject({ written: NEW + 3, failed: [] });
  });

  it('more than one sheet holds: one after the other', async () => {
    await gather(NEW);
    await hire(numbers(NEW));
    await here();
    await stage.push();
    // They come while the first sheet runs: so many wait for the next one.
    await hire(Array.from({ length: NEW }, (_, n) => String(20_000 + n)));
    expect(await run(3)).toEqual({
      'user/list_id': 1,
      'media/upload': 1,
      'batch/syncuser': 1,
      'batch/getresult': 2,
    });
    expect(stage.wecom.sheets.map((sheet) => sheet.length - 1)).toEqual([NEW, NEW]);
    expect(await state()).toMatchObject({ written: 2 * NEW + 3, failed: [] });
  });

  it('D9 a few who come while a sheet runs do not wait for it', async () => {
    await gather(NEW);
    await hire(numbers(NEW));
    await here();
    stage.wecom.running = 1;
    await stage.push();
    await hire(['20000', '20001']);
    expect(await run(0)).toEqual({ 'user/create': 2 });
  });

  it('nobody says that they are all here: after ten minutes they go', async () => {
    await gather(NEW);
    await hire(numbers(NEW));
    expect(await run(12)).toMatchObject({ 'batch/syncuser': 1 });
    expect(await state()).toMatchObject({ written: NEW + 3 });
  });

  it('fewer came than were told: single calls, none of them lost', async () => {
    await gather(NEW);
    await hire(numbers(20));
    await here();
    expect(await run(1)).toEqual({ 'user/create': 20 });
    expect(await state()).toMatchObject({ written: 23 });
  });

  it('a few newcomers do not wait, nor does an update during a gathering', async () => {
    await gather(MIN_ROWS - 1);
    await hire(['10500']);
    expect(await run(0)).toEqual({ 'user/create': 1 });
    await gather(NEW);
    const personId = await wang();
    await stage.t.db.write(SEED, (tx) => stage.directory.putPerson(tx, { personId, name: '王海' }));
    expect(await run(0)).toEqual({ 'user/update': 1 });
  });

  it('a job that fails and fails gives its members to the single calls', async () => {
    await gather(NEW);
    await hire(numbers(NEW));
    await here();
    stage.wecom.fail = ({ api }) => (api === 'user/list_id' ? new Error('a fault of ours') : null);
    expect(await run(30)).toMatchObject({ 'user/list_id': 3, 'user/create': NEW });
    expect(await state()).toMatchObject({ written: NEW + 3, failed: [] });
    expect(await backlog()).toEqual({ waiting: 0, failed: 0 });
  });
});
