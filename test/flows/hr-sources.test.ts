import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '../../server/kernel/actor.ts';
import { keepRows, someRows } from '../../server/features/hr/batch-store.ts';
import { planBatch } from '../../server/features/hr/commands/make-plan.ts';
import { loadPlan } from '../../server/features/hr/plan-store.ts';
import { BatchTable, type BatchRow } from '../../server/features/hr/tables.ts';
import type {
  FetchBrief,
  FetchesAnswer,
  PushStatus,
  SourceAnswer,
  SourceDraft,
  SourcesAnswer,
  TestAnswer,
} from '../../server/features/hr/sources/contract.ts';
import { completeOf } from '../../server/features/hr/sources/index.ts';
import { openBatch } from '../../server/features/hr/open-batch.ts';
import { FetchTable, PushPartTable } from '../../server/features/hr/sources/tables.ts';
import { httpDraft, peopleList, person } from '../../server/features/hr/sources/testing/drafts.ts';
import {
  json,
  openPagedServer,
  pagesOf,
  type PagedServer,
} from '../../server/features/hr/sources/testing/paged-server.ts';
import {
  actorOf,
  EVERYBODY,
  openStage,
  type Stage,
  type Who,
} from '../../server/features/hr/sources/testing/stage.ts';

let s: Stage;
let server: PagedServer;
beforeEach(async () => {
  s = await openStage();
  server = await openPagedServer(pagesOf(() => college));
});
afterEach(async () => {
  await server.close();
  await s.close();
});

// The small roster as its HR system tells it, and a newcomer.
const college = [
  person('00163', '王海燕', { depts: ['D05'] }),
  person('00215', '陈志远', { depts: ['D20', 'D2001'] }),
  person('00731', '张雨桐'),
  person('00990', '丁若兰'),
];

const MINUTE = 60_000;
const create = (draft: SourceDraft) =>
  s.ok<{ sourceId: string; pushKey: string | null }>('it', 'POST', '/sources', draft);
const setUp = async (more: Parameters<typeof httpDraft>[1] = {}) =>
  (await create(httpDraft(server.origin, more))).sourceId;
const fetchesOf = async (sourceId: string): Promise<FetchBrief[]> =>
  (await s.ok<FetchesAnswer>('hr', 'GET', `/sources/${sourceId}/fetches`)).items;
const fetchNow = async (sourceId: string): Promise<FetchBrief> => {
  await s.ok('hr', 'POST', `/sources/${sourceId}/fetch`, {});
  await s.jobs.runDue();
  const [last] = await fetchesOf(sourceId);
  if (!last) throw new Error('no fetch');
  return last;
};
const batches = (): Promise<BatchRow[]> =>
  s.t.db.read((reads) => reads.em.getRepository(BatchTable).find({ order: { id: 'ASC' } }));
/** As if a run of this source had been carried out whole. */
const accepted = (sourceId: string, people: number, cutOffAt: number) =>
  s.t.db.write(systemActor('test'), (tx) =>
    tx.em.query(
      'insert into hr_source (id, lastGoodPeople, lastSuccessAt, lastCutOffAt, acceptedAt, acceptedBy) values (?, ?, ?, ?, ?, ?)',
      [sourceId, people, tx.now, cutOffAt, tx.now, 'test'],
    ),
  );

describe('a source that is fetched', () => {
  it('A1 S1-7.2b becomes a batch like a sheet: rows kept sealed, faults, plan', async () => {
    const sourceId = await setUp();
    const fetch = await fetchNow(sourceId);
    expect(fetch).toMatchObject({ state: 'done', complete: true, rows: { units: 0, people: 4 }, notes: [] });
    const [batch] = await batches();
    expect(batch).toMatchObject({
      id: fetch.batch?.batchId,
      state: 'ready',
      sourceKind: 'http',
      sourceKey: sourceId,
      sourceName: '人事系统接口',
      peopleRows: 4,
      faultCount: 0,
      missingColumns: [],
      createdBy: 'hr',
    });
    expect(batch?.fileHash).toMatch(/^[0-9a-f]{64}$/);
    const rows = await s.t.db.read((reads) =>
      someRows(reads, s.hr.cells, batch?.id ?? '', { kind: 'people', from: 1, limit: 10 }),
    );
    expect(rows.map(({ cells }) => cells.unitCodes)).toEqual(['D05', 'D20；D2001', 'D2001', 'D2001']);
    const stored = await s.t.db.read((reads) => reads.em.query('select cellsSealed from hr_row'));
    expect(JSON.stringify(stored)).not.toContain('丁若兰');
    const planId = await planBatch(s.hr, actorOf('hr'), batch?.id ?? '', { complete: true });
    const plan = await s.t.db.read((reads) => loadPlan(reads, planId));
    expect(plan.counts).toMatchObject({ hire: 1 });
    expect(plan.sourceKey).toBe(sourceId);
  });

  it('A3 the same content again makes no second batch', async () => {
    const sourceId = await setUp();
    const first = await fetchNow(sourceId);
    s.t.clock.advance(MINUTE);
    const second = await fetchNow(sourceId);
    expect(second).toMatchObject({ state: 'unchanged', batch: first.batch });
    server.answer = pagesOf(() => college.slice(0, 3));
    s.t.clock.advance(MINUTE);
    expect(await fetchNow(sourceId)).toMatchObject({ state: 'done', rows: { people: 3 } });
    expect(await batches()).toHaveLength(2);
  });

  it('A4 a bad record is a fault of its row and never stops the others', async () => {
    server.answer = pagesOf(() => [...college, person('00991', '新人', { depts: ['NOWHERE'], zt: '77' })]);
    const { batch } = await fetchNow(await setUp());
    const [row] = await batches();
    expect(row?.id).toBe(batch?.batchId);
    expect(row?.faultCount).toBe(2);
  });

  it('D12 a fetch whose job is given up has failed, is told, and keeps no other away', async () => {
    const sourceId = await setUp();
    const stored = 'update hr_feed set connectionSealed = ? where id = ?';
    const { sealed } = await s.t.db.read(async (reads) => {
      const [row] = await reads.em.query<{ sealed: string }[]>(
        'select connectionSealed as sealed from hr_feed where id = ?',
        [sourceId],
      );
      return { sealed: row?.sealed ?? '' };
    });
    // As when a key of the installation was lost: no trouble of the source, so nobody foresaw it.
    await s.t.db.run(stored, ['nonsense', sourceId]);
    expect(await fetchNow(sourceId)).toMatchObject({ state: 'running' });
    for (let n = 0; n < 4; n += 1) {
      s.t.clock.advance(15 * MINUTE);
      await s.jobs.runDue();
    }
    const [given] = await fetchesOf(sourceId);
    expect(given).toMatchObject({ state: 'failed', batch: null });
    expect(given?.notes).toEqual(['这次获取在服务器上出错，试了五次没有成功。请运维看日志。']);
    await s.t.db.run(stored, [sealed, sourceId]);
    expect(await fetchNow(sourceId)).toMatchObject({ state: 'done' });
  });

  it('A1 half a source leaves no batch and tells somebody; told off when it works again', async () => {
    const sourceId = await setUp();
    server.answer = (_url, _request, response) =>
      json(response, { data: { list: college.slice(0, 1), total: 4 } }, 200);
    const list = peopleList({ paging: { by: 'none' } });
    await s.ok('it', 'POST', `/sources/${sourceId}`, {
      version: 1,
      draft: httpDraft(server.origin, { secret: null, lists: { units: null, people: list } }),
    });
    const failed = await fetchNow(sourceId);
    expect(failed).toMatchObject({ state: 'failed', batch: null, complete: false });
    expect(failed.notes).toEqual(['来源说有 4 行，读到 1 行。没有用这一次的。']);
    expect(await batches()).toEqual([]);
    expect(s.told).toMatchObject([{ sourceId, name: '人事系统接口', words: failed.notes[0] }]);
    expect(s.settled).toEqual([]);
    server.answer = pagesOf(() => college);
    s.t.clock.advance(MINUTE);
    expect(await fetchNow(sourceId)).toMatchObject({ state: 'done' });
    expect(s.settled).toEqual([sourceId]);
  });

  it('what may pass is tried three times, ten minutes apart, before anybody is told', async () => {
    const sourceId = await setUp();
    server.answer = (_url, _request, response) => json(response, {}, 503);
    expect(await fetchNow(sourceId)).toMatchObject({ state: 'waiting' });
    expect(await s.codeOf('hr', 'POST', `/sources/${sourceId}/fetch`, {})).toBe('409 hr.source_under_way');
    for (const state of ['waiting', 'failed']) {
      expect(s.told).toEqual([]);
      s.t.clock.advance(10 * MINUTE);
      await s.jobs.runDue();
      expect(await fetchesOf(sourceId)).toMatchObject([{ state }]);
    }
    expect(s.told).toHaveLength(1);
    server.answer = pagesOf(() => college);
    expect(await fetchNow(sourceId)).toMatchObject({ state: 'done' });
  });

  it('A2 far fewer people than were accepted: kept to look at, said at once, and no plan gets through', async () => {
    const sourceId = await setUp();
    await accepted(sourceId, 40, 0);
    const fetch = await fetchNow(sourceId);
    const words = '来源有 4 人，不到上次采用的 40 人的 90%。先查来源是否缺人；照此生成的计划会被拦下。';
    expect(fetch).toMatchObject({ state: 'suspicious', notes: [words] });
    expect(s.told).toMatchObject([{ words }]);
    const [batch] = await batches();
    expect(batch?.warnings).toEqual([words]);
    const planId = await planBatch(s.hr, actorOf('hr'), batch?.id ?? '', { complete: true });
    expect(await s.t.db.read((reads) => loadPlan(reads, planId))).toMatchObject({
      state: 'stopped',
      guard: { verdict: 'suspicious' },
    });
    s.t.clock.advance(MINUTE);
    expect(await fetchNow(sourceId)).toMatchObject({ state: 'suspicious', batch: fetch.batch });
  });

  it('A2 no rows, or older than what is in use: nothing is kept', async () => {
    const sourceId = await setUp();
    server.answer = pagesOf(() => []);
    expect(await fetchNow(sourceId)).toMatchObject({ state: 'failed', batch: null });
    await accepted(sourceId, 4, s.t.clock.now() + MINUTE);
    server.answer = pagesOf(() => college);
    const older = await fetchNow(sourceId);
    expect(older.notes[0]).toContain('旧');
    expect(await batches()).toEqual([]);
  });

  it('A1 one that does not count never says complete, and its batch says so', async () => {
    const list = peopleList({ total: '' });
    const sourceId = await setUp({ lists: { units: null, people: list } });
    const { complete, batch } = await fetchNow(sourceId);
    expect(complete).toBe(false);
    expect((await batches())[0]?.warnings).toEqual(['来源没有证明自己是完整的：不在其中的人一概不动。']);
    const of = (batchId: string) => s.t.db.read((reads) => completeOf(reads, batchId));
    expect(await of(batch?.batchId ?? '')).toBe(false);
    expect(await of('a-sheet')).toBe(null);
    const plan = (full: boolean) => planBatch(s.hr, actorOf('hr'), batch?.batchId ?? '', { complete: full });
    await expect(plan(true)).rejects.toMatchObject({ code: 'hr.source_incomplete' });
    expect(await plan(false)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('cut off in the middle it goes on with the batch it had opened', async () => {
    const sourceId = await setUp();
    await s.ok('hr', 'POST', `/sources/${sourceId}/fetch`, {});
    // The process died when the batch was open and half its rows were there.
    const batchId = await s.t.db.write(systemActor('test'), async (tx) => {
      const id = await openBatch(tx, {
        sourceKind: 'http',
        sourceName: '人事系统接口',
        sourceKey: sourceId,
        peopleRows: 9,
        progressMille: 500,
        createdBy: 'hr',
      });
      await keepRows(tx, s.hr.cells, id, [{ kind: 'people', line: 2, cells: { staffNo: 'stale' } }]);
      await tx.em.query('update hr_fetch set batchId = ?, state = ?', [id, 'running']);
      return id;
    });
    await s.jobs.runDue();
    expect(await fetchesOf(sourceId)).toMatchObject([{ state: 'done', batch: { batchId } }]);
    const rows = await s.t.db.read((reads) =>
      someRows(reads, s.hr.cells, batchId, { kind: 'people', from: 1, limit: 10 }),
    );
    expect(rows.map(({ cells }) => cells.staffNo)).toEqual(college.map(({ no }) => no));
    expect(await batches()).toHaveLength(1);
  });
});

describe('the schedule of a source', () => {
  // MONDAY 10:20 in the stage.
  const tickAt = async (time: string) => {
    s.t.clock.set(Date.parse(`${time}+08:00`));
    await s.jobs.tick();
    await s.jobs.runDue();
  };

  it('fetches once a day at its hour; what was missed comes the next minute, once', async () => {
    const sourceId = await setUp({ hour: 2 });
    await tickAt('2026-11-23T10:21:00');
    expect(await fetchesOf(sourceId)).toEqual([]);
    await tickAt('2026-11-24T02:00:00');
    await tickAt('2026-11-24T02:01:00');
    expect(await fetchesOf(sourceId)).toMatchObject([{ trigger: 'schedule', state: 'done' }]);
    // Down over two nights.
    await tickAt('2026-11-26T09:30:00');
    await tickAt('2026-11-26T09:31:00');
    expect((await fetchesOf(sourceId)).map(({ state }) => state)).toEqual(['unchanged', 'done']);
    const { items } = await s.ok<SourcesAnswer>('hr', 'GET', '/sources');
    expect(items[0]?.nextAt).toBe(Date.parse('2026-11-27T02:00:00+08:00'));
  });

  it('rests while the source is off, and does not catch up what was then', async () => {
    const sourceId = await setUp({ hour: 2 });
    await s.ok('it', 'POST', `/sources/${sourceId}/enabled`, { enabled: false });
    await tickAt('2026-11-24T02:00:00');
    await s.ok('it', 'POST', `/sources/${sourceId}/enabled`, { enabled: true });
    await tickAt('2026-11-24T02:05:00');
    expect(await fetchesOf(sourceId)).toEqual([]);
    await s.ok('hr', 'POST', `/sources/${sourceId}/fetch`, {});
    await s.ok('it', 'POST', `/sources/${sourceId}/enabled`, { enabled: false });
    await s.jobs.runDue();
    // What waited is given up, and nobody is told what somebody just did.
    expect(await fetchesOf(sourceId)).toMatchObject([{ state: 'failed', notes: ['这个来源停用了。'] }]);
    expect([s.told, server.asked]).toEqual([[], []]);
    expect(await s.codeOf('hr', 'POST', `/sources/${sourceId}/fetch`, {})).toBe('409 hr.source_off');
  });
});

describe('setting a source up', () => {
  it('H4 the connection is the system administrator’s, the fetching the maintainers’', async () => {
    const sourceId = await setUp();
    const draft = httpDraft(server.origin);
    const acts: [method: 'GET' | 'POST', path: string, body: object | undefined, who: Who[]][] = [
      ['GET', '/sources', undefined, ['it', 'hr', 'chief']],
      ['GET', `/sources/${sourceId}`, undefined, ['it', 'chief']],
      ['GET', `/sources/${sourceId}/fetches`, undefined, ['it', 'hr', 'chief']],
      ['POST', '/sources', { kind: 'push', name: '推送', empties: 'notProvided' }, ['it', 'chief']],
      ['POST', '/sources/test', { sourceId: null, draft }, ['it', 'chief']],
      ['POST', `/sources/${sourceId}/enabled`, { enabled: true }, ['it', 'chief']],
    ];
    for (const [method, path, body, may] of acts) {
      const got: Who[] = [];
      for (const who of EVERYBODY) if ((await s.call(who, method, path, body)).status === 200) got.push(who);
      expect(got.sort(), path).toEqual([...may].sort());
      expect((await s.call(null, method, path, body)).status).toBe(401);
    }
    expect(await s.codeOf('it', 'POST', `/sources/${sourceId}/fetch`, {})).toBe('403 hr.not_maintainer');
    expect(await s.codeOf('hr', 'POST', `/sources/${sourceId}`, { version: 1, draft })).toBe(
      '403 hr.not_source_manager',
    );
    expect(await s.codeOf('hr', 'POST', `/sources/${sourceId}/key`, {})).toBe('403 hr.not_source_manager');
    const [seen] = (await s.ok<SourcesAnswer>('hr', 'GET', '/sources')).items;
    expect(seen).toMatchObject({ where: null, can: { fetch: true, change: false } });
    expect((await s.ok<SourcesAnswer>('it', 'GET', '/sources')).items[0]).toMatchObject({
      where: server.origin,
      can: { fetch: false, change: true },
    });
  });

  it('H6 a secret is never shown again, and lies sealed', async () => {
    const sourceId = await setUp();
    const answer = await s.ok<SourceAnswer>('it', 'GET', `/sources/${sourceId}`);
    expect(answer).toMatchObject({ hasSecret: true, version: 1, settings: { hour: 2 } });
    const written = await s.t.db.read(async (reads) => [
      await reads.em.query('select * from hr_feed'),
      await reads.em.query('select * from audit_entry'),
    ]);
    expect(JSON.stringify([answer, written])).not.toContain('a-token');
  });

  it('does not send a stored secret to another place', async () => {
    const sourceId = await setUp();
    const other = await openPagedServer(pagesOf(() => college));
    try {
      const draft = httpDraft(other.origin, { secret: null });
      expect(await s.codeOf('it', 'POST', '/sources/test', { sourceId, draft })).toBe(
        '422 hr.source_secret_again',
      );
      expect(await s.codeOf('it', 'POST', `/sources/${sourceId}`, { version: 1, draft })).toBe(
        '422 hr.source_secret_again',
      );
      expect(other.asked).toEqual([]);
    } finally {
      await other.close();
    }
    const here = httpDraft(server.origin, { secret: null, name: '新名字' });
    await s.ok('it', 'POST', `/sources/${sourceId}`, { version: 1, draft: here });
    expect(await s.codeOf('it', 'POST', `/sources/${sourceId}`, { version: 1, draft: here })).toBe(
      '409 hr.source_changed_by_other',
    );
    expect(await fetchNow(sourceId)).toMatchObject({ state: 'done' });
  });

  it('is tried with its first rows masked; nothing is kept', async () => {
    const { lists, warnings } = await s.ok<TestAnswer>('it', 'POST', '/sources/test', {
      sourceId: null,
      draft: httpDraft(server.origin),
    });
    expect(warnings).toEqual([]);
    expect(lists).toMatchObject([{ kind: 'people', total: 4, unused: [] }]);
    expect(lists[0]?.rows[0]).toEqual({
      staffNo: '00163',
      name: '王**',
      mobile: '199****0163',
      unitCodes: 'D05',
      category: '院内',
      status: '在职',
    });
    expect(await batches()).toEqual([]);
    const gone = httpDraft('http://127.0.0.1:1');
    expect(await s.codeOf('it', 'POST', '/sources/test', { sourceId: null, draft: gone })).toBe(
      '422 hr.source_unreachable',
    );
    const inside = httpDraft('http://10.0.0.1');
    expect(await s.codeOf('it', 'POST', '/sources/test', { sourceId: null, draft: inside })).toBe(
      '422 hr.source_private_address',
    );
  });

  it('refuses a mapping that cannot work', async () => {
    const people = (columns: { column: string; from: string }[]) =>
      httpDraft(server.origin, { lists: { units: null, people: peopleList({ columns }) } });
    expect(await s.codeOf('it', 'POST', '/sources', people([{ column: 'staffNo', from: 'no' }]))).toBe(
      '422 hr.source_columns_missing',
    );
    expect(await s.codeOf('it', 'POST', '/sources', people([{ column: 'shoeSize', from: 'no' }]))).toBe(
      '400 hr.source_bad_column',
    );
    const twice = [
      { column: 'staffNo', from: 'no' },
      { column: 'staffNo', from: 'xm' },
    ];
    expect(await s.codeOf('it', 'POST', '/sources', people(twice))).toBe('400 http.bad_request');
    const host = httpDraft(server.origin, {
      connection: { origin: server.origin, auth: 'header', authName: 'Host' },
    });
    expect(await s.codeOf('it', 'POST', '/sources', host)).toBe('400 hr.source_auth_name');
  });
});

describe('a source that pushes', () => {
  const row = (staffNo: string, name: string, more: object = {}) => ({
    工号: staffNo,
    姓名: name,
    手机号: `199${staffNo.padStart(8, '0')}`,
    unitCodes: ['D2001'],
    人员类别: '院内',
    状态: '在职',
    ...more,
  });
  const keyOf = async () =>
    (await create({ kind: 'push', name: '人事系统推送', empties: 'notProvided' })).pushKey ?? '';
  const finish = (more: object = {}) => ({
    parts: 2,
    units: 0,
    people: 3,
    complete: true,
    cutOffAt: '2026-11-23T08:00:00+08:00',
    ...more,
  });
  const one = {
    batchId: 'b-1',
    part: { number: 1, people: [row('00215', '陈志远'), row('00731', '张雨桐')] },
  };
  const two = { batchId: 'b-1', part: { number: 2, people: [row('00990', '丁若兰')] } };

  it('takes parts and a finish, and makes one batch of them', async () => {
    const key = await keyOf();
    expect(await s.push(key, one)).toEqual({
      status: 200,
      body: { batchId: 'b-1', part: 1, finished: false },
    });
    await s.push(key, two);
    expect(await s.pushStatus<PushStatus>(key, 'b-1')).toMatchObject({
      state: 'open',
      received: { parts: 2, units: 0, people: 3 },
    });
    expect(await batches()).toEqual([]);
    expect(await s.push(key, { batchId: 'b-1', finish: finish() })).toEqual({
      status: 200,
      body: { batchId: 'b-1', part: null, finished: true },
    });
    await s.jobs.runDue();
    const [batch] = await batches();
    expect(batch).toMatchObject({
      state: 'ready',
      sourceKind: 'push',
      peopleRows: 3,
      faultCount: 0,
      cutOffAt: Date.parse('2026-11-23T08:00:00+08:00'),
    });
    expect(await s.pushStatus<PushStatus>(key, 'b-1')).toMatchObject({
      state: 'taken',
      batchNumber: batch?.batchNumber,
      faults: 0,
    });
    expect(await s.t.db.read((reads) => completeOf(reads, batch?.id ?? ''))).toBe(true);
    const parts = await s.t.db.read((reads) => reads.em.getRepository(PushPartTable).find());
    expect(parts.map(({ rowsSealed }) => rowsSealed)).toEqual([null, null]);
  });

  it('is idempotent by the caller’s id: the same is answered the same, before and after; other content is 409', async () => {
    const key = await keyOf();
    const whole = {
      ...two,
      batchId: 'b-2',
      part: { ...two.part, number: 1 },
      finish: finish({ parts: 1, people: 1 }),
    };
    const answers = [await s.push(key, whole), await s.push(key, whole)];
    await s.jobs.runDue();
    answers.push(await s.push(key, whole), await s.push(key, { batchId: 'b-2', finish: whole.finish }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers[2]).toEqual(answers[0]);
    await s.jobs.runDue();
    expect(await batches()).toHaveLength(1);
    const codes = [];
    for (const other of [
      { ...whole, part: { number: 1, people: [row('00990', '另一个人')] } },
      { ...whole, part: { number: 2, people: [row('00991', '新人')] } },
      { batchId: 'b-2', finish: { ...whole.finish, complete: false } },
    ]) {
      const { status, body } = await s.push(key, other);
      codes.push(`${status} ${String(body.code)}`);
    }
    expect(codes).toEqual(['409 hr.push_part_differs', '409 hr.push_finished', '409 hr.push_finish_differs']);
  });

  it('two calls with the same part at the same moment keep it once', async () => {
    const key = await keyOf();
    const all = await Promise.all([s.push(key, one), s.push(key, one), s.push(key, two), s.push(key, one)]);
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await s.pushStatus<PushStatus>(key, 'b-1')).toMatchObject({ received: { parts: 2, people: 3 } });
  });

  it('A1 is not taken when the counts differ, nor when it is malformed, too large or from the future', async () => {
    const key = await keyOf();
    await s.push(key, one);
    const codeOf = async (body: object | string) => {
      const answer = await s.push(key, body);
      return `${answer.status} ${String(answer.body.code)}`;
    };
    expect(await codeOf({ batchId: 'b-1', finish: finish() })).toBe('422 hr.push_counts_differ');
    expect(
      await codeOf({
        batchId: 'b-1',
        finish: finish({ parts: 1, people: 2, cutOffAt: '2026-11-24T08:00:00+08:00' }),
      }),
    ).toBe('400 hr.push_future');
    expect(await codeOf('{"batchId":')).toBe('400 hr.push_malformed');
    expect(await codeOf({ batchId: 'b-1' })).toBe('400 hr.push_malformed');
    expect(await codeOf({ batchId: 'b-1', part: { number: 2, people: [{ 工号: { x: 1 } }] } })).toBe(
      '400 hr.push_malformed',
    );
    const many = Array.from({ length: 2_001 }, () => ({}));
    expect(await codeOf({ batchId: 'b-1', part: { number: 2, people: many } })).toBe('400 hr.push_malformed');
    expect(await codeOf(JSON.stringify({ x: 'x'.repeat(2_100_000) }))).toBe('413 http.too_large');
    for (const n of [2, 3, 4, 5]) expect(await codeOf({ ...one, batchId: `b-${n}` })).toBe('200 undefined');
    expect(await codeOf({ ...one, batchId: 'b-6' })).toBe('422 hr.push_too_many_open');
    await s.jobs.runDue();
    expect(await batches()).toEqual([]);
  });

  it('A5 reports names nobody knows and reads the others; null is what the source was set up to mean', async () => {
    const { pushKey } = await create({ kind: 'push', name: '推送', empties: 'clear' });
    await s.push(pushKey ?? '', {
      batchId: 'b-1',
      part: { number: 1, people: [row('00731', '张雨桐', { 手机号: null, 鞋码: 42 })] },
      finish: finish({ parts: 1, people: 1, complete: false }),
    });
    await s.jobs.runDue();
    const [batch] = await batches();
    expect(batch?.columns.filter(({ column }) => column === null)).toMatchObject([{ header: '鞋码' }]);
    const [first] = await s.t.db.read((reads) =>
      someRows(reads, s.hr.cells, batch?.id ?? '', { kind: 'people', from: 1, limit: 1 }),
    );
    expect(first?.cells).toMatchObject({ mobile: '[清空]', unitCodes: 'D2001' });
    expect(batch?.warnings).toEqual(['来源没有证明自己是完整的：不在其中的人一概不动。']);
  });

  it('a key opens its own source only: not another, not after a new one, not while it is off', async () => {
    const { sourceId, pushKey } = await create({ kind: 'push', name: '甲', empties: 'notProvided' });
    const key = pushKey ?? '';
    const statusOf = async (with_: string) => (await s.push(with_, one)).status;
    expect(await statusOf(key)).toBe(200);
    expect(await statusOf('')).toBe(401);
    expect(await statusOf(`hrk_${'A'.repeat(43)}`)).toBe(401);
    const other = await keyOf();
    expect(await s.pushStatus<{ code: string }>(other, 'b-1')).toMatchObject({ code: 'hr.push_unknown' });
    const { pushKey: renewed } = await s.ok<{ pushKey: string }>(
      'it',
      'POST',
      `/sources/${sourceId}/key`,
      {},
    );
    expect([await statusOf(key), await statusOf(renewed)]).toEqual([401, 200]);
    await s.ok('it', 'POST', `/sources/${sourceId}/enabled`, { enabled: false });
    expect(await statusOf(renewed)).toBe(401);
    const stored = await s.t.db.read((reads) => reads.em.query('select * from hr_feed'));
    expect(JSON.stringify(stored)).not.toContain(renewed);
  });

  it('what was begun and never finished is forgotten when its time is over', async () => {
    const key = await keyOf();
    await s.push(key, one);
    const old = s.keepings.find(({ kind }) => kind === 'hr.openPushes');
    await old?.ending?.remove(s.t.clock.now() + 1, 100);
    expect(await s.pushStatus<{ code: string }>(key, 'b-1')).toMatchObject({ code: 'hr.push_unknown' });
    expect(await s.t.db.read((reads) => reads.em.getRepository(PushPartTable).count())).toBe(0);
  });

  it('one that cannot be used says why to its caller, and to somebody here', async () => {
    const { sourceId, pushKey } = await create({ kind: 'push', name: '甲', empties: 'notProvided' });
    await accepted(sourceId, 3, Date.parse('2026-11-23T09:00:00+08:00'));
    await s.push(pushKey ?? '', { ...one, finish: finish({ parts: 1, people: 2 }) });
    await s.jobs.runDue();
    const status = await s.pushStatus<PushStatus>(pushKey ?? '', 'b-1');
    expect(status).toMatchObject({ state: 'failed', batchNumber: null, faults: null });
    expect(s.told).toMatchObject([{ sourceId, words: status.notes[0] }]);
    const fetches = await s.t.db.read((reads) => reads.em.getRepository(FetchTable).find());
    expect(fetches).toMatchObject([{ state: 'failed', startedBy: 'push' }]);
  });
});
