import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  BatchAnswer,
  ChangesAnswer,
  DoubtsAnswer,
  FaultsAnswer,
  FixAnswer,
  ItemsAnswer,
  PlanAnswer,
  RunAnswer,
  RunsAnswer,
} from '../../server/features/hr/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { readTable } from '../../server/platform/sheets/index.ts';
import { filledCells } from '../../server/platform/sheets/testing/filled-cells.ts';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';

let s: Started;
let hr: Client;
let second: Client;
beforeEach(async () => {
  s = await startApp();
  hr = await s.signIn(demoCast.hrMaintainer.userid);
  second = await s.signIn(demoCast.superAdmin.userid);
});
afterEach(() => s.close());

const HEAD = ['工号', '姓名', '手机号', '部门编码', '职务', '人员类别', '状态', '状态日期', '离职原因'];
type Row = readonly string[];

/** The college as it is stored, as a sheet of HR: nothing would change. */
async function asStored(): Promise<Map<string, string[]>> {
  const { people } = await s.app.db.read((reads) => s.app.directory.known(reads));
  const words = { internal: '院内', external: '院外服务', entrusted: '代管' } as const;
  return new Map(
    people
      .filter(({ state }) => state === 'active')
      .map((person) => [
        person.staffNo,
        [
          person.staffNo,
          person.name,
          '',
          person.posts.map(({ unitCode }) => unitCode).join('；'),
          person.posts[0]?.title ?? '',
          words[person.category],
          '在职',
          '',
          '',
        ],
      ]),
  );
}

const csv = (rows: readonly Row[]): Buffer =>
  Buffer.from([HEAD, ...rows].map((row) => row.join(',')).join('\r\n'));

async function upload(rows: readonly Row[], name = '人员.csv', bytes = csv(rows)): Promise<BatchAnswer> {
  const response = await hr.upload('/api/hr/batches', name, bytes);
  expect(response.status).toBe(200);
  const { batchId } = (await response.json()) as { batchId: string };
  await s.settle();
  return hr.get<BatchAnswer>(`/api/hr/batches/${batchId}`);
}

async function planOf({ batchId }: { batchId: string }, complete = false): Promise<PlanAnswer> {
  const { planId } = await hr.post<{ planId: string }>(`/api/hr/batches/${batchId}/plan`, { complete });
  return readPlan(planId);
}
const readPlan = (planId: string, who = hr) => who.get<PlanAnswer>(`/api/hr/plans/${planId}`);
const changesOf = (planId: string) => hr.get<ChangesAnswer>(`/api/hr/plans/${planId}/changes`);
const run = async (planId: string, who = hr): Promise<RunAnswer> => {
  await who.post(`/api/hr/plans/${planId}/apply`);
  await s.settle();
  // A push that found another one at work comes again after a pause.
  await s.advance(10_000);
  return hr.get<RunAnswer>(`/api/hr/plans/${planId}/run`);
};
const member = (userid: string) =>
  s.sandbox.control.state().members.find((one) => one.userid.toLowerCase() === userid.toLowerCase());
/** The correlation of the first statement was seen and accepted (A7). */
const accept = () =>
  s.app.db.write(systemActor('test'), (tx) =>
    tx.em.query(`insert into hr_source (id, acceptedAt, acceptedBy) values ('file', ?, 'test')`, [tx.now]),
  );

describe('a statement of HR', () => {
  it('A3 that says what is stored changes nothing: 0 changes, 0 writes', async () => {
    const batch = await upload([...(await asStored()).values()]);
    expect(batch).toMatchObject({ state: 'ready', faults: 0, missingColumns: [] });
    const plan = await planOf(batch);
    expect(plan).toMatchObject({ state: 'empty', total: 0 });
  });

  it('S1-7.2b S1-7.2e a newcomer, a move and a new name reach 企业微信 without a second person', async () => {
    const rows = await asStored();
    const { applicant, colleague } = demoCast;
    rows.set('00990', ['00990', '丁若兰', '13800009901', 'D2001', '讲师', '院内', '在职', '', '']);
    rows.get(applicant.staffNo)?.splice(3, 1, 'D05');
    rows.get(colleague.staffNo)?.splice(1, 1, `${colleague.name}敏`);
    const plan = await planOf(await upload([...rows.values()]));
    expect(plan.guard.verdict).toBe('free');
    const { items } = await changesOf(plan.planId);
    expect(items.map(({ kind, target }) => `${kind} ${target.ref}`).sort()).toEqual(
      [`change ${colleague.staffNo}`, 'hire 00990', `move ${applicant.staffNo}`].sort(),
    );
    expect(JSON.stringify(items)).not.toContain('13800009901');
    expect(await run(plan.planId)).toMatchObject({
      state: 'success',
      total: items.length,
      wecom: { waiting: 0, failed: 0 },
    });
    const done = await hr.get<ItemsAnswer>(`/api/hr/plans/${plan.planId}/items`);
    expect(done.items.map(({ wecom }) => wecom)).toEqual(items.map(() => 'written'));
    expect(member(colleague.userid)?.name).toBe(`${colleague.name}敏`);
    expect(s.sandbox.control.state().members.some(({ name }) => name === '丁若兰')).toBe(true);
    const [unit] = (await s.app.db.read(s.app.directory.orgOf)).units().filter(({ code }) => code === 'D05');
    expect(member(applicant.userid)?.departments).toEqual([unit?.departmentId]);
    expect((await planOf(await upload([...rows.values()]))).total).toBe(0);
  });

  it('D3 a leaver needs a second person, for exactly this plan, with the phrase typed', async () => {
    await accept();
    const rows = await asStored();
    const { colleague } = demoCast;
    rows.get(colleague.staffNo)?.splice(6, 3, '离职', '2026-11-20', '个人原因');
    const plan = await planOf(await upload([...rows.values()]), true);
    expect(plan).toMatchObject({ state: 'waiting', phrase: '停用1人' });
    expect(plan.guard.verdict).toBe('needsConfirmation');
    expect(plan.can).toMatchObject({ confirm: false, apply: false });
    const path = `/api/hr/plans/${plan.planId}`;
    const sure = { hash: plan.hash, phrase: '停用 １ 人' };
    const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;
    expect(await codeOf(await hr.send('POST', `${path}/apply`, {}))).toBe('hr.plan_not_confirmed');
    expect(await codeOf(await hr.send('POST', `${path}/confirm`, sure))).toBe('hr.own_plan');
    expect((await readPlan(plan.planId, second)).can.confirm).toBe(true);
    expect(await codeOf(await second.send('POST', `${path}/confirm`, { ...sure, phrase: '停用2人' }))).toBe(
      'hr.phrase_differs',
    );
    await second.post(`${path}/confirm`, sure);
    expect(await run(plan.planId)).toMatchObject({ state: 'success' });
    expect(member(colleague.userid)?.status).toBe(2);
    await expect(s.signIn(colleague.userid)).rejects.toThrow();
  });

  it('D3 a confirmation dies when something changed since', async () => {
    await accept();
    const rows = await asStored();
    rows.get(demoCast.colleague.staffNo)?.splice(6, 2, '离职', '2026-11-20');
    const plan = await planOf(await upload([...rows.values()]), true);
    await s.app.db.write(systemActor('test'), async (tx) => {
      const [row] = await tx.em.query<{ id: string }[]>('select id from person where staffNo = ?', [
        demoCast.applicant.staffNo,
      ]);
      await s.app.directory.putPerson(tx, { personId: row?.id ?? '', name: '改了名' });
    });
    const answer = await second.send('POST', `/api/hr/plans/${plan.planId}/confirm`, {
      hash: plan.hash,
      phrase: '停用1人',
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      409,
      'hr.plan_outdated',
    ]);
    expect((await readPlan(plan.planId)).state).toBe('outdated');
  });

  it('A1 A4 who is missing from a full list is asked about, and a bad row is not a leaver', async () => {
    const rows = await asStored();
    const { colleague, applicant } = demoCast;
    rows.delete(colleague.staffNo);
    rows.get(applicant.staffNo)?.splice(3, 1, 'D9999');
    const batch = await upload([...rows.values()]);
    expect(batch.faults).toBe(1);
    const faults = await hr.get<FaultsAnswer>(`/api/hr/batches/${batch.batchId}/faults`);
    expect(faults.items).toMatchObject([{ kind: 'people', column: 'unitCodes', code: 'unknownUnit' }]);
    expect((await planOf(batch, false)).doubts).toBe(0);
    const plan = await planOf(batch, true);
    expect(plan.total).toBe(0);
    const doubts = await hr.get<DoubtsAnswer>(`/api/hr/plans/${plan.planId}/doubts`);
    expect(doubts.items.map(({ kind, target }) => [kind, target.ref])).toEqual([
      ['maybeLeft', colleague.staffNo],
    ]);
    const { planId } = await hr.post<{ planId: string }>(`/api/hr/plans/${plan.planId}/decide`, {
      decisions: [{ key: doubts.items[0]?.key, decision: 'left' }],
    });
    const decided = await readPlan(planId);
    expect(decided.groups).toMatchObject([{ kind: 'leave', count: 1 }]);
    // A7: nobody has accepted what the first statement was matched with.
    expect(decided).toMatchObject({ state: 'stopped', guard: { verdict: 'suspicious' } });
    expect((await readPlan(plan.planId)).state).toBe('outdated');
    expect((await hr.send('POST', `/api/hr/plans/${planId}/accept`, {})).status).toBe(403);
    const again = await second.post<{ planId: string }>(`/api/hr/plans/${planId}/accept`);
    const accepted = await readPlan(again.planId, second);
    expect(accepted).toMatchObject({ state: 'waiting', guard: { verdict: 'needsConfirmation' } });
    expect(accepted.can).toMatchObject({ confirm: true, accept: false });
  });

  it('a fault is corrected in the batch, not in the file, and its cell is no fault any more', async () => {
    const rows = await asStored();
    const { applicant } = demoCast;
    rows.get(applicant.staffNo)?.splice(3, 1, 'D05x');
    const batch = await upload([...rows.values()]);
    const { items } = await hr.get<FaultsAnswer>(`/api/hr/batches/${batch.batchId}/faults`);
    expect(items[0]?.nearest.map(({ value }) => value)).toContain('D05');
    const fixed = await hr.post<FixAnswer>(`/api/hr/batches/${batch.batchId}/fixes`, {
      kind: 'people',
      line: items[0]?.line,
      column: 'unitCodes',
      value: 'D05',
      same: true,
    });
    expect(fixed).toEqual({ fixed: 1, faults: 0 });
    const marked = await hr.raw('GET', `/api/hr/batches/${batch.batchId}/marked`);
    expect([marked.status, marked.headers.get('content-type')]).toEqual([
      200,
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ]);
    expect((await changesOf((await planOf(batch)).planId)).items.map(({ kind }) => kind)).toEqual(['move']);
  });

  it('the marked copy shows every fault of a long list at its cell, in a column only the stored codes tell', async () => {
    const [fine, wrong] = [300, 2_300];
    const rows = Array.from({ length: fine + wrong }, (_, n) => [
      `L${n}`,
      '单雄信',
      '',
      n < fine ? 'D05' : `X${n}`,
      '=1+1',
      '院内',
      '在职',
    ]);
    const list = [HEAD.with(3, '所在学院').slice(0, 7), ...rows].map((row) => row.join(',')).join('\n');
    const batch = await upload([], '人员.csv', Buffer.from(list));
    const atUnits = rows.flatMap((_, n) => (n < fine ? [] : [`D${n + 2}`]));
    const response = await hr.raw('GET', `/api/hr/batches/${batch.batchId}/marked`);
    const copy = Buffer.from(await response.arrayBuffer());
    const filled = await filledCells(copy, 'FDE2E0');
    expect(filled.filter((address) => address.startsWith('D'))).toEqual(atUnits);
    const table = (await readTable(copy, { fileName: 'x.xlsx' })).tables[0];
    expect(table?.rows.slice(1).map((row) => row.slice(0, 7))).toEqual(rows);
    expect(table?.rows.filter((row) => row[7]?.includes('没有这个部门'))).toHaveLength(wrong);
    expect(table?.formulaAt(1, 4)).toBeUndefined();
  });

  it('D2 D3 a mistaken sheet that would remove most people is stopped before the first write', async () => {
    await accept();
    const rows = [...(await asStored()).values()].map((row) => [
      ...row.slice(0, 6),
      '离职',
      '2026-11-20',
      '',
    ]);
    const plan = await planOf(await upload(rows), true);
    expect(plan.state).toBe('stopped');
    expect(plan.guard.reasons.length).toBeGreaterThan(0);
    for (const [path, body] of [
      ['confirm', { hash: plan.hash, phrase: plan.phrase ?? '' }],
      ['apply', {}],
    ] as const) {
      const answer = await second.send('POST', `/api/hr/plans/${plan.planId}/${path}`, body);
      expect(answer.status, path).toBeGreaterThanOrEqual(409);
    }
    await s.settle();
    expect(s.sandbox.control.state().members.filter(({ status }) => status === 2)).toEqual([]);
  });

  it('A6 a leave said for a later day waits for it, and is taken back when HR takes it back', async () => {
    await accept();
    const { colleague } = demoCast;
    const leaving = async (day: string) => {
      const rows = await asStored();
      if (day !== '') rows.get(colleague.staffNo)?.splice(6, 2, '离职', day);
      const plan = await planOf(await upload([...rows.values()]), true);
      if (plan.phrase !== null)
        await second.post(`/api/hr/plans/${plan.planId}/confirm`, { hash: plan.hash, phrase: plan.phrase });
      return run(plan.planId);
    };
    expect((await leaving('2026-11-27')).counts.planned).toBe(1);
    expect(member(colleague.userid)?.status).toBe(1);
    expect((await leaving('')).state).toBe('success');
    await s.advance(6 * 86_400_000);
    expect(member(colleague.userid)?.status).toBe(1);
    await hr.signIn(demoCast.hrMaintainer.userid);
    await second.signIn(demoCast.superAdmin.userid);
    expect((await leaving('2026-12-01')).counts.planned).toBe(1);
    await s.advance(4 * 86_400_000);
    expect(member(colleague.userid)?.status).toBe(2);
  });

  it.each([
    [
      'seconded out, then said as 挂职 from another day',
      ['借调', '2026-11-20'],
      ['挂职', '2026-11-19'],
      '借调外出',
    ],
    [
      'left, then said as retired from another day',
      ['离职', '2026-11-20', '辞职'],
      ['退休', '2026-11-18', '到龄'],
      '离职',
    ],
  ] as const)('A3 C14 %s: each once', async (_what, before, after, kind) => {
    await accept();
    const { staffNo } = demoCast.colleague;
    const rows = await asStored();
    const said = async ([status, day, reason = '']: readonly string[]) => {
      rows.get(staffNo)?.splice(6, 3, status ?? '', day ?? '', reason);
      const plan = await planOf(await upload([...rows.values()]), true);
      if (plan.total === 0) return [];
      if (plan.phrase !== null)
        await second.post(`/api/hr/plans/${plan.planId}/confirm`, { hash: plan.hash, phrase: plan.phrase });
      await run(plan.planId);
      const { items } = await hr.get<ItemsAnswer>(`/api/hr/plans/${plan.planId}/items`);
      return items.map(({ kindWords, ref, result }) => `${kindWords} ${ref} ${result}`);
    };
    expect(await said(before)).toEqual([`${kind} ${staffNo} done`]);
    expect(await said(before)).toEqual([]);
    expect(await said(after)).toEqual([`信息变更 ${staffNo} done`]);
    expect(await said(after)).toEqual([]);
  });

  it('D7 D9 who 企业微信 does not take is told with the cure; the others are written', async () => {
    const rows = await asStored();
    // Somebody was added by hand in the admin console with the number of a newcomer.
    const strange = '13800007766';
    const made = s.sandbox.control.adminCall({
      api: 'user/create',
      body: { userid: 'stranger', name: '外来', mobile: strange, department: [1] },
    });
    expect(made.errcode).toBe(0);
    for (const [staffNo, mobile] of [
      ['00991', strange],
      ['00992', '13800009921'],
    ] as const)
      rows.set(staffNo, [staffNo, `丁${staffNo}`, mobile, 'D2001', '讲师', '院内', '在职', '', '']);
    const plan = await planOf(await upload([...rows.values()]));
    expect((await run(plan.planId)).wecom).toEqual({ waiting: 0, failed: 1 });
    const { items } = await hr.get<ItemsAnswer>(`/api/hr/plans/${plan.planId}/items`);
    expect(items.map(({ wecom, errcode }) => [wecom, errcode])).toEqual([
      ['failed', 60104],
      ['written', null],
    ]);
    expect(items[0]?.words).toContain('已被企业微信里的另一个成员使用');
  });

  it('D9 one change that cannot be done any more is told with its reason and stops none of its neighbours', async () => {
    const rows = await asStored();
    const newcomer = (n: number) => ['', '丁若兰', `1380000991${n}`, 'D2001', '讲师', '院内', '在职', '', ''];
    for (let n = 1; n <= 5; n += 1) rows.set(`0099${n}`, newcomer(n).with(0, `0099${n}`));
    const plan = await planOf(await upload([...rows.values()]));
    const path = `/api/hr/plans/${plan.planId}`;
    await hr.post(`${path}/apply`);
    // After the start somebody else is given the number of the third.
    await s.app.db.write(systemActor('test'), async (tx) => {
      const { putPerson, lookups } = s.app.directory;
      const personId = (await lookups.personIdOf(tx, demoCast.colleague.staffNo)) ?? '';
      await putPerson(tx, { personId, mobile: '13800009913' });
    });
    await s.settle();
    expect(await hr.get<RunAnswer>(`${path}/run`)).toMatchObject({
      state: 'partial',
      counts: { done: 4, failed: 1, waiting: 0 },
    });
    const { items } = await hr.get<ItemsAnswer>(`${path}/items`);
    expect(items.map(({ result }) => result)).toEqual(['done', 'done', 'failed', 'done', 'done']);
    expect(items[2]?.words).toContain('手机号');
    const known = (await s.app.db.read(s.app.directory.orgOf)).people().map(({ staffNo }) => staffNo);
    expect(known).toEqual(expect.arrayContaining(['00991', '00992', '00994', '00995']));
    expect(known).not.toContain('00993');
  });

  it('D5 D6 paused, then gone on with: each change once', async () => {
    const rows = await asStored();
    for (let n = 1; n <= 5; n += 1)
      rows.set(`0099${n}`, [
        `0099${n}`,
        `丁若${n}`,
        `1380000991${n}`,
        'D2001',
        '讲师',
        '院内',
        '在职',
        '',
        '',
      ]);
    const plan = await planOf(await upload([...rows.values()]));
    const path = `/api/hr/plans/${plan.planId}`;
    await hr.post(`${path}/apply`);
    await hr.post(`${path}/pause`);
    await s.settle();
    expect(await hr.get<RunAnswer>(`${path}/run`)).toMatchObject({ state: 'paused', counts: { waiting: 5 } });
    await hr.post(`${path}/resume`);
    await s.settle();
    const items = await hr.get<ItemsAnswer>(`${path}/items`);
    expect(items.items.map(({ result }) => result)).toEqual(Array(5).fill('done'));
    expect((await hr.get<RunAnswer>(`${path}/run`)).state).toBe('success');
    const runs = await hr.get<RunsAnswer>('/api/hr/runs');
    expect(runs.items).toMatchObject([{ planId: plan.planId, state: 'success', total: 5 }]);
  });

  it.each([
    ['an empty file', '空.csv', Buffer.alloc(1, 0x20)],
    ['no sheet at all', '图.xlsx', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['a sheet without a head', '人员.csv', Buffer.from('1,2,3\r\n4,5,6\r\n')],
  ])('%s says why it cannot be read and touches nothing', async (_what, name, bytes) => {
    const batch = await upload([], name, bytes);
    expect(batch.state).toBe('unreadable');
    expect(batch.trouble).toMatch(/[\u4e00-\u9fff]/);
    expect(batch.can).toEqual({ fix: false, plan: false, complete: true, marked: false });
  });

  it('a correction after the plan was made brings another plan; the old one cannot be carried out', async () => {
    const rows = await asStored();
    rows.get(demoCast.applicant.staffNo)?.splice(4, 1, '讲师');
    const batch = await upload([...rows.values()]);
    const plan = await planOf(batch);
    expect((await hr.get<BatchAnswer>(`/api/hr/batches/${batch.batchId}`)).can.fix).toBe(true);
    const cell = { kind: 'people', line: 2, value: '教授', same: false };
    const fixes = `/api/hr/batches/${batch.batchId}/fixes`;
    expect((await hr.send('POST', fixes, { ...cell, column: 'salary' })).status).toBe(404);
    await hr.post(fixes, { ...cell, column: 'title' });
    expect((await readPlan(plan.planId)).state).toBe('outdated');
    expect((await hr.send('POST', `/api/hr/plans/${plan.planId}/apply`, {})).status).toBe(409);
    expect((await planOf(batch)).total).toBe(2);
  });

  it('D2 plans that were confirmed one by one are measured again when they start', async () => {
    await accept();
    const made: PlanAnswer[] = [];
    const both = [demoCast.colleague.staffNo, demoCast.applicant.staffNo];
    for (const staffNo of both) {
      const rows = await asStored();
      // Each cannot be read in the other's statement: neither takes the other's leave back.
      for (const other of both) rows.get(other)?.splice(3, 1, 'D9999');
      rows.set(staffNo, (await asStored()).get(staffNo) ?? []);
      rows.get(staffNo)?.splice(6, 2, '离职', '2026-12-20');
      made.push(await planOf(await upload([...rows.values()]), true));
    }
    const [first, other] = made;
    if (!first || !other) throw new Error('two plans');
    for (const { planId, hash, phrase } of made)
      await second.post(`/api/hr/plans/${planId}/confirm`, { hash, phrase });
    expect((await run(first.planId)).counts.planned).toBe(1);
    const answer = await hr.send('POST', `/api/hr/plans/${other.planId}/apply`, {});
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([422, 'hr.over_limit']);
    expect(await readPlan(other.planId)).toMatchObject({
      state: 'stopped',
      guard: { verdict: 'overLimit', reasons: [expect.stringContaining('今天累计'), expect.anything()] },
    });
  });

  it('D12 two plans started at the same moment: one is carried out, the other waits', async () => {
    const plans: PlanAnswer[] = [];
    for (const n of [1, 2]) {
      const rows = await asStored();
      rows.set(`0098${n}`, [
        `0098${n}`,
        `丁若${n}`,
        `1380000981${n}`,
        'D2001',
        '讲师',
        '院内',
        '在职',
        '',
        '',
      ]);
      plans.push(await planOf(await upload([...rows.values()])));
    }
    const answers = await Promise.all(
      plans.map(({ planId }) => hr.send('POST', `/api/hr/plans/${planId}/apply`, {})),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('H3 HR’s own record needs another person, who confirms nothing of their own either', async () => {
    const rows = await asStored();
    rows.get(demoCast.hrMaintainer.staffNo)?.splice(4, 1, '处长');
    const own = await planOf(await upload([...rows.values()]));
    expect(own.guard).toMatchObject({
      verdict: 'needsConfirmation',
      reasons: [expect.stringContaining('自己的记录')],
    });
    expect((await hr.send('POST', `/api/hr/plans/${own.planId}/apply`, {})).status).toBe(409);
    await second.post(`/api/hr/plans/${own.planId}/confirm`, { hash: own.hash, phrase: '' });
    expect((await run(own.planId)).state).toBe('success');
    const theirs = await asStored();
    theirs.get(demoCast.hrMaintainer.staffNo)?.splice(4, 1, '副处长');
    theirs.get(demoCast.superAdmin.staffNo)?.splice(4, 1, '主任');
    const plan = await planOf(await upload([...theirs.values()]));
    const answer = await second.send('POST', `/api/hr/plans/${plan.planId}/confirm`, {
      hash: plan.hash,
      phrase: '',
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'hr.own_record']);
  });

  it('H6 the sheet lies sealed in the file store, and only who brought it gets it back', async () => {
    const rows = await asStored();
    rows.get(demoCast.applicant.staffNo)?.splice(2, 2, '13800007777', 'D05x');
    const batch = await upload([...rows.values()]);
    const path = `/api/hr/batches/${batch.batchId}`;
    const [kept] = await s.app.db.read((reads) =>
      reads.em.query<{ fileKey: string }[]>('select fileKey from hr_batch where id = ?', [batch.batchId]),
    );
    const parts: Buffer[] = [];
    const { stream } = await s.app.hr.context.blobs.open(kept?.fileKey ?? '');
    for await (const part of stream) parts.push(part as Buffer);
    expect(Buffer.concat(parts).toString()).toMatch(/^v1\./);
    expect((await hr.get<BatchAnswer>(path)).can.marked).toBe(true);
    expect((await hr.raw('GET', `${path}/marked`)).status).toBe(200);
    expect((await second.get<BatchAnswer>(path)).can.marked).toBe(false);
    expect((await second.raw('GET', `${path}/marked`)).status).toBe(403);
  });

  it('C6 H3 the plan says what else moves: rights given for a unit the statement leaves out end with it', async () => {
    const { unitId, units } = await s.app.db.write(systemActor('test'), async (tx) => {
      const added = await s.app.directory.putUnit(tx, { code: 'D99', name: '临时办公室', parentCode: 'D05' });
      const org = await s.app.directory.orgOf(tx);
      return { unitId: added.unitId, units: org.units() };
    });
    const admin = await s.signIn(demoCast.superAdmin.userid);
    const personId = await s.app.db.read(
      async (reads) =>
        (await s.app.directory.orgOf(reads)).personByUserid(demoCast.colleague.userid)?.personId,
    );
    await admin.post('/api/access/grants', { personId, role: 'liaison', unitId, lastOn: null });
    const codes = new Map(units.map((unit) => [unit.unitId, unit.code]));
    const rows = units
      .filter(({ code }) => code !== 'D99')
      .map(({ code, name, parentId }) => [code, name, codes.get(parentId ?? '') ?? ''].join(','));
    const uploaded = await hr.upload(
      '/api/hr/batches',
      '部门.csv',
      Buffer.from(['部门编码,部门名称,上级编码', ...rows].join('\r\n')),
    );
    const { batchId } = (await uploaded.json()) as { batchId: string };
    await s.settle();
    const { planId } = await hr.post<PlanAnswer>(`/api/hr/batches/${batchId}/plan`, { complete: true });
    const plan = await readPlan(planId);
    expect(plan.groups).toMatchObject([{ kind: 'unitDissolve', count: 1 }]);
    expect(plan.consequences).toEqual([{ words: '项权限随撤销的部门失效', count: 1 }]);
  });

  it('S2-8 nobody but the maintainers sees or does any of it', async () => {
    const stranger = await s.signIn(demoCast.applicant.userid);
    for (const path of ['/api/hr/batches', '/api/hr/template'])
      expect((await stranger.raw('GET', path)).status).toBe(403);
    expect((await stranger.upload('/api/hr/batches', 'a.csv', csv([]))).status).toBe(403);
  });
});

describe('from the command line', () => {
  it('an empty directory is filled from two files; the same files again change nothing', async () => {
    const empty = await startApp({ empty: true });
    const actor = systemActor('cli:hr');
    const uploads = [
      ['部门.csv', '部门编码,部门名称,上级编码\r\nS,学院,\r\nA,信息部,S\r\n'],
      [
        '人员.csv',
        '工号,姓名,手机号,部门编码,人员类别,状态\r\n1,丁若兰,13800009901,A,院内,在职\r\n2,周,,A,院内,在职\r\n',
      ],
    ].map(([fileName = '', text = '']) => ({ fileName, bytes: Buffer.from(text) }));
    const plan = () => empty.app.hr.planFiles(actor, uploads, { complete: true });
    const first = await plan();
    expect(first.faults).toMatchObject([{ sheet: 'people', row: 3, column: 'mobile', code: 'noContact' }]);
    expect(first.changes.map(({ kind, ref }) => `${kind} ${ref}`)).toEqual([
      'unitCreate S',
      'unitCreate A',
      'hire 1',
    ]);
    expect(first.guard.verdict).toBe('free');
    expect(await empty.app.hr.applyAndWait(actor, first.planId, () => empty.app.jobs.runDue())).toBe(
      'success',
    );
    expect((await plan()).changes).toEqual([]);
    expect((await empty.app.hr.status(first.planId))[0]).toMatchObject({
      state: 'done',
      counts: { done: 3 },
    });
    await empty.close();
  });
});
