import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import { seedDemo } from '../../scripts/seed.ts';
import { ROSTER_COLUMNS as C, ROSTER_SHEETS } from '../../server/features/directory/index.ts';
import type { BatchAnswer, ItemsAnswer, PlanAnswer, RunAnswer } from '../../server/features/hr/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { storyRoster } from '../support/story-roster.ts';

let s: Started;
afterEach(() => s.close());

/** As the roster has them: who has one post goes by sheet, who has several by a call of their own. */
const PEOPLE = 600;
const DEPARTMENTS = 43;
const SEVERAL_POSTS = 12;
const HEADS = 50;

/** Calls that write members or departments and got this errcode, and looks at imports, by api. */
async function calls(errcode = '0'): Promise<Record<string, number>> {
  const { values } = await s.app.metrics.wecom.get();
  return Object.fromEntries(
    values
      .filter(({ metricName, labels }) => metricName?.endsWith('_count') && labels.errcode === errcode)
      .filter(({ labels }) =>
        /^(batch|media)\/|^(user|department)\/(create|update|delete)/.test(String(labels.api)),
      )
      .map(({ labels, value }) => [String(labels.api), value]),
  );
}

/** Slow machines run these too. */
const LONG_MS = 180_000;

/** The demo college of 600 into an empty 企业微信, as at the first `npm start`. */
async function firstFilling(): Promise<void> {
  s = await startApp({ empty: true });
  await seedDemo(`${s.config.dataDir}/roster.xlsx`, s.app);
  await s.settle();
}

const NEW = 130;
/** A roster with so many new people for a college that is there already. */
async function newPeople(count: number): Promise<void> {
  const { units } = await s.app.db.read((reads) => s.app.directory.known(reads));
  const unitCode =
    units.find(({ parentCode, state }) => parentCode !== null && state === 'active')?.code ?? '';
  const numbers = Array.from({ length: count }, (_, n) => String(90_000 + n));
  const sheets = storyRoster().map(({ name, rows }) => ({
    name,
    rows: rows.slice(0, 1),
  }));
  const add = (sheet: string, of: (no: string) => Readonly<Record<string, string>>) => {
    const found = sheets.find(({ name }) => name === sheet);
    const [header = []] = found?.rows ?? [];
    for (const no of numbers) found?.rows.push(header.map((column) => of(no)[column] ?? ''));
  };
  add(ROSTER_SHEETS.people, (no) => ({
    [C.staffNo]: no,
    [C.personName]: `新人${no}`,
    [C.userid]: `new${no}`,
    [C.category]: '编制内',
    [C.mobile]: `156000${no}`,
  }));
  add(ROSTER_SHEETS.posts, (no) => ({
    [C.staffNo]: no,
    [C.unitCode]: unitCode,
    [C.postKind]: '主岗',
    [C.title]: '科员',
    [C.isHead]: '否',
    [C.sinceOn]: '2025-09-01',
  }));
  const { faults } = await s.app.db.write(systemActor('test:intake'), (tx) =>
    s.app.directory.importRoster(tx, sheets),
  );
  expect(faults).toEqual([]);
  await s.settle();
}

/** Minute by minute until nothing is on its way to 企业微信. */
async function untilPushed(minutes = 20): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    if ((await backlog()).waiting === 0) return;
    await s.advance(60_000);
  }
  expect((await backlog()).waiting).toBe(0);
}
const backlog = () => s.app.db.read((reads) => s.app.directory.pushBacklog(reads));
const pushed = () => s.app.db.read((reads) => s.app.directory.pushState(reads));

/** Members that 企业微信 does not show as the directory has them. */
async function wrongMembers(): Promise<string[]> {
  const org = await s.app.db.read(s.app.directory.orgOf);
  const there = new Map(s.sandbox.control.state().members.map((one) => [one.userid.toLowerCase(), one]));
  return org.people().flatMap(({ personId, userid, name, active }) => {
    if (!active) return [];
    const posts = org.assignmentsOf(personId);
    const wanted = posts.map(({ unitId }) => org.unit(unitId)?.departmentId).sort();
    const found = there.has(userid.toLowerCase()) ? s.sandbox.control.member(userid) : null;
    const isSame =
      found?.name === name && JSON.stringify([...found.departments].sort()) === JSON.stringify(wanted);
    return isSame ? [] : [userid];
  });
}

describe('the first filling of a college of 600', () => {
  it(
    'S3-1 C10 one sheet: 109 calls instead of 737, and everybody as in the roster',
    async () => {
      await firstFilling();
      await untilPushed();
      const { 'batch/getresult': looks = 0, ...made } = await calls();
      expect(made).toEqual({
        'department/create': DEPARTMENTS,
        'media/upload': 1,
        'batch/syncuser': 1,
        'user/create': SEVERAL_POSTS,
        // Second pass: leader flags. No order, no superior of the roster's needs a call of its own.
        'user/update': HEADS,
      });
      // At least one look; more only where the machine is slow.
      expect(looks).toBeGreaterThanOrEqual(1);
      expect(await pushed()).toMatchObject({ people: PEOPLE, written: PEOPLE, failed: [] });
      expect(await wrongMembers()).toEqual([]);
      expect(s.sandbox.control.jobs()).toMatchObject([{ type: 'sync_user', total: PEOPLE - SEVERAL_POSTS }]);
    },
    LONG_MS,
  );
});

describe('many new people at once', () => {
  let before: Record<string, number>;
  let people: number;
  beforeEach(async () => {
    s = await startApp();
    before = await calls();
    ({ people } = await pushed());
  });
  const made = async (api: string, errcode = '0') => {
    const after = (await calls(errcode))[api] ?? 0;
    return errcode === '0' ? after - (before[api] ?? 0) : after;
  };

  it(
    'D9 a refused row is tried by itself, told with its errcode, and holds nobody up',
    async () => {
      const userids = ['new90007'];
      s.sandbox.control.addFault({
        kind: 'errcode',
        apis: ['batch/row', 'user/create'],
        userids,
        errcode: 60104,
      });
      await newPeople(NEW);
      await untilPushed();
      const { written, failed } = await pushed();
      expect([written, failed.map(({ errorCode }) => errorCode)]).toEqual([people + NEW - 1, [60104]]);
      expect(await wrongMembers()).toEqual(userids);
      s.sandbox.control.removeFaults();
      // The next push tries again.
      await newPeople(NEW + 1);
      await untilPushed();
      expect(await pushed()).toMatchObject({ written: people + NEW + 1, failed: [] });
      expect(await wrongMembers()).toEqual([]);
      expect([await made('batch/syncuser'), await made('user/create')]).toEqual([1, 2]);
    },
    LONG_MS,
  );

  it(
    'D5 an import that breaks off half-way: who is there is recognised, nobody is lost',
    async () => {
      s.sandbox.control.addFault({ kind: 'job_fails', errcode: 302005, afterRows: 70, calls: 1 });
      await newPeople(NEW);
      await untilPushed();
      expect(await made('user/create', '60102')).toBeGreaterThanOrEqual(70);
      expect(await pushed()).toMatchObject({ written: people + NEW, failed: [] });
      expect(await wrongMembers()).toEqual([]);
      expect(s.sandbox.control.state().members).toHaveLength(people + NEW);
    },
    LONG_MS,
  );

  it(
    '302008 a human imports at the same time: ours waits for it, and says so',
    async () => {
      s.sandbox.control.addFault({ kind: 'errcode', apis: ['batch/syncuser'], errcode: 302008, calls: 2 });
      await newPeople(NEW);
      expect((await backlog()).waiting).toBeGreaterThanOrEqual(NEW);
      expect((await pushed()).written).toBe(people);
      await untilPushed();
      expect([await made('batch/syncuser'), await made('user/create')]).toEqual([1, 0]);
      expect(await made('batch/syncuser', '302008')).toBe(2);
      expect(await wrongMembers()).toEqual([]);
    },
    LONG_MS,
  );
});

describe('a big intake of HR', () => {
  const HEAD = '工号,姓名,手机号,部门编码,职务,人员类别,状态';

  it(
    'S3-1 D6 its newcomers go by one sheet; the page tells the truth until they are there',
    async () => {
      s = await startApp();
      const hr = await s.signIn(demoCast.hrMaintainer.userid);
      const { units } = await s.app.db.read((reads) => s.app.directory.known(reads));
      const unitCode =
        units.find(({ parentCode, state }) => parentCode !== null && state === 'active')?.code ?? '';
      const rows = Array.from(
        { length: NEW },
        (_, n) => `9${1000 + n},新人${n},1560000${1000 + n},${unitCode},科员,院内,在职`,
      );
      const response = await hr.upload(
        '/api/hr/batches',
        '新人.csv',
        Buffer.from([HEAD, ...rows].join('\r\n')),
      );
      const { batchId } = (await response.json()) as { batchId: string };
      await s.settle();
      expect(await hr.get<BatchAnswer>(`/api/hr/batches/${batchId}`)).toMatchObject({ state: 'ready' });
      const { planId } = await hr.post<{ planId: string }>(`/api/hr/batches/${batchId}/plan`, {
        complete: false,
      });
      const plan = await hr.get<PlanAnswer>(`/api/hr/plans/${planId}`);
      expect(plan.guard.verdict).toBe('free');
      // The import takes its time: what is asked for meanwhile must not say that they are there.
      const before = await calls();
      s.sandbox.control.addFault({ kind: 'errcode', apis: ['batch/getresult'], errcode: -1 });
      await hr.post(`/api/hr/plans/${planId}/apply`);
      await s.settle();
      const readRun = () => hr.get<RunAnswer>(`/api/hr/plans/${planId}/run`);
      const items = () => hr.get<ItemsAnswer>(`/api/hr/plans/${planId}/items?limit=50`);
      const states = async () => new Set((await items()).items.map((item) => item.wecom));
      expect(await readRun()).toMatchObject({ state: 'success', wecom: { failed: 0 } });
      expect((await readRun()).wecom.waiting).toBeGreaterThanOrEqual(NEW);
      expect(await states()).toEqual(new Set(['waiting']));
      s.sandbox.control.removeFaults();
      await untilPushed();
      expect((await readRun()).wecom).toEqual({ waiting: 0, failed: 0 });
      expect(await states()).toEqual(new Set(['written']));
      const after = await calls();
      const made = (api: string) => (after[api] ?? 0) - (before[api] ?? 0);
      expect(['media/upload', 'batch/syncuser', 'user/create', 'user/update'].map(made)).toEqual([
        1, 1, 0, 0,
      ]);
      expect(await wrongMembers()).toEqual([]);
    },
    LONG_MS,
  );
});
