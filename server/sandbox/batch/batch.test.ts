import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKit, withPeople } from '../test-kit.ts';
import type { Answer, Kit } from '../test-kit.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await withPeople(await openKit({ jobDelayMs: 1 }));
});
afterEach(async () => await kit.close());

async function upload(text: string | Uint8Array): Promise<string> {
  const form = new FormData();
  form.append('media', new Blob([text]), 'people.csv');
  const sent = await kit.call('media/upload', { as: 'contacts', query: { type: 'file' }, rawBody: form });
  return String(sent.json['media_id']);
}
const start = async (api: string, text: string, more: object = {}): Promise<Answer> =>
  kit.call(`batch/${api}`, { as: 'contacts', body: { media_id: await upload(text), ...more } });
const getResult = (jobid: unknown): Promise<Answer> =>
  kit.call('batch/getresult', { as: 'contacts', query: { jobid: String(jobid) } });
async function run(api: string, text: string): Promise<Answer> {
  const { json } = await start(api, text);
  await kit.control.idle();
  return await getResult(json['jobid']);
}
const lines = (...rows: string[]): string => `${rows.join('\n')}\n`;
const PEOPLE = '姓名,帐号,手机号,邮箱,所在部门,职位';
const member = (userid: string) => kit.control.member(userid);
const codesOf = (answer: Answer): unknown[] =>
  (answer.json['result'] as { errcode: number }[]).map(({ errcode }) => errcode);

describe('syncuser', () => {
  it('adds who is new, updates the columns given, keeps the others, tells each row', async () => {
    const answer = await run(
      'syncuser',
      lines(PEOPLE, '何一舟,s1,13700005566,,2;4,干事', '张老师,ZHANG,13900000002,,4,"讲师,兼秘书"'),
    );
    expect(answer.json).toMatchObject({
      status: 3,
      type: 'sync_user',
      total: 2,
      percentage: 100,
      result: [
        { userid: 's1', errcode: 0, errmsg: 'created' },
        { userid: 'ZHANG', errcode: 0, errmsg: 'updated' },
      ],
    });
    expect(member('s1')).toMatchObject({ name: '何一舟', departments: [2, 4], position: '干事' });
    expect(member('zhang')).toMatchObject({ position: '讲师,兼秘书', status: 1 });
    expect(member('wanghr')).toMatchObject({ position: '处长', leads: [2] });
  });

  it('reads every column of the template, with either wording, a BOM and full-width semicolons', async () => {
    const head =
      '姓名,账号,手机号,邮箱,所在部门,职务,性别,是否部门内领导,排序,别名,地址,座机,禁用,工号,禁用项说明：(0-启用;1-禁用)';
    const row = '何一舟,s1,13700005566,he@example.test,2；4,干事,男,0;1,9;3,小何,东校区,0518-1,1,2026017,';
    await run('syncuser', `\uFEFF${head}\r\n${row}\r\n`);
    expect(member('s1')).toMatchObject({
      alias: '小何',
      gender: '1',
      leads: [4],
      status: 2,
      telephone: '0518-1',
      email: 'he@example.test',
    });
    const read = await kit.call('user/get', { query: { userid: 's1' } });
    expect(read.json).toMatchObject({ order: [9, 3], extattr: { attrs: [{ name: '工号' }] } });
  });

  it('one bad row does not stop the others (per-row errcodes)', async () => {
    const answer = await run(
      'syncuser',
      lines(
        PEOPLE,
        '甲,a1,13900000001,,2,',
        '乙,_b,13700000002,,2,',
        `丙,c1,13700000003,,3;x,`,
        '丁,d1,13700000004,,2,',
      ),
    );
    expect(codesOf(answer)).toEqual([60104, 40003, 40066, 0]);
    expect(kit.control.jobs()[0]?.failed.map(({ id, errcode }) => [id, errcode])).toEqual([
      ['a1', 60104],
      ['_b', 40003],
      ['c1', 40066],
    ]);
  });

  it('A4 an unknown department id makes one under 其他（待设置部门）', async () => {
    await run('syncuser', lines(PEOPLE, '何一舟,s1,13700005566,,77,'));
    const { departments } = kit.control.state();
    const made = departments.find(({ id }) => id === 77);
    expect(departments.find(({ id }) => id === made?.parentId)?.name).toBe('其他（待设置部门）');
  });

  it('D10 is not told to the assistant that did it', async () => {
    await run('syncuser', lines(PEOPLE, '何一舟,s1,13700005566,,77,', '张老师,zhang,13900000002,,2,'));
    expect(kit.app.received).toEqual([]);
    expect(kit.control.logs('admin')).toEqual([]);
  });
});

describe('a file that is none', () => {
  it.each([
    ['no rows', `${PEOPLE}\n`],
    ['no account column', lines('姓名,手机号,所在部门', '甲,13700000001,2')],
    ['a row without department', lines(PEOPLE, '甲,a1,13700000001,,,')],
    ['a row with neither mobile nor mail', lines(PEOPLE, '甲,a1,,,2,')],
    ['a column twice', lines(`${PEOPLE},职位`, '甲,a1,13700000001,,2,x,y')],
    ['an open quote', lines(PEOPLE, '"甲,a1,13700000001,,2,x')],
  ])('40092: %s', async (_what, text) => {
    expect((await start('syncuser', text)).errcode).toBe(40092);
    expect(kit.control.jobs()).toEqual([]);
  });

  it('GBK is not UTF-8', async () => {
    const gbk = Buffer.from('d0d5c3fb2cd5cabac50a', 'hex');
    const body = { media_id: await upload(new Uint8Array(gbk)) };
    expect((await kit.call('batch/syncuser', { as: 'contacts', body })).errcode).toBe(40092);
  });

  it('names the media that is missing, unknown or a picture', async () => {
    const call = (body: object) => kit.call('batch/syncuser', { as: 'contacts', body });
    expect((await call({})).errcode).toBe(41006);
    expect((await call({ media_id: 'x' })).errcode).toBe(40007);
    const form = new FormData();
    form.append('media', new Blob(['xxxxxxxx']), 'a.png');
    const image = await kit.call('media/upload', { query: { type: 'image' }, rawBody: form });
    expect((await call({ media_id: image.json['media_id'] })).errcode).toBe(40004);
  });

  it('is for the contacts secret only', async () => {
    expect((await kit.call('batch/syncuser', { body: {} })).errcode).toBe(48002);
    expect((await kit.call('batch/getresult', { query: { jobid: 'x' } })).errcode).toBe(48002);
  });
});

describe('jobs', () => {
  const file = lines(PEOPLE, '何一舟,s1,13700005566,,2,');

  it('one at a time, seen while it runs, told at its end to the address given', async () => {
    kit.control.addFault({ kind: 'job_slow', ms: 80, calls: 1 });
    const callback = { url: kit.app.url, token: 'SandboxToken01', encodingaeskey: KEY };
    const first = await start('syncuser', file, { callback });
    expect(first.errcode).toBe(0);
    expect((await getResult(first.json['jobid'])).json).toMatchObject({ status: 1, result: [] });
    expect((await start('syncuser', file)).errcode).toBe(302008);
    expect(kit.control.jobs()[0]?.status).toBe('started');
    await kit.control.idle();
    expect((await getResult(first.json['jobid'])).json).toMatchObject({ status: 3, percentage: 100 });
    const [told] = kit.app.received;
    expect(told?.event).toBe('batch_job_result');
    expect(told?.node['BatchJob']).toEqual({
      JobId: first.json['jobid'],
      JobType: 'sync_user',
      ErrCode: '0',
      ErrMsg: 'ok',
    });
    expect(told?.xml).not.toContain('AgentID');
    expect((await start('syncuser', file)).errcode).toBe(0);
  });

  it('keeps five results', async () => {
    const ids: unknown[] = [];
    for (let at = 0; at < 6; at += 1) {
      ids.push((await start('syncuser', file)).json['jobid']);
      await kit.control.idle();
    }
    expect((await getResult(ids[0])).errcode).toBe(40089);
    expect((await getResult(ids[1])).errcode).toBe(0);
    expect((await getResult('nothing')).errcode).toBe(40088);
  });

  it('a bad callback address is refused', async () => {
    const callback = { url: 'ftp://x', token: 'a', encodingaeskey: KEY };
    expect((await start('syncuser', file, { callback })).errcode).toBe(40058);
  });

  it('a fault ends it in the middle, or refuses one member', async () => {
    const two = lines(PEOPLE, '甲,a1,13700000001,,2,', '乙,b1,13700000002,,2,');
    kit.control.addFault({ kind: 'job_fails', afterRows: 1, calls: 1, apis: ['sync_user'] });
    expect((await run('syncuser', two)).errcode).toBe(302005);
    expect(kit.control.state().members.map(({ userid }) => userid)).toContain('a1');
    expect(kit.control.state().members.map(({ userid }) => userid)).not.toContain('b1');
    kit.control.addFault({ kind: 'errcode', errcode: 60011, userids: ['B1'] });
    expect(codesOf(await run('syncuser', two))).toEqual([0, 60011]);
  });

  it('a userid twice in the file stops the whole (302003)', async () => {
    const twice = lines(PEOPLE, '甲,a1,13700000001,,2,', '甲,A1,13700000001,,2,');
    expect((await run('syncuser', twice)).errcode).toBe(302003);
    expect(kit.control.state().members).toHaveLength(3);
  });
});

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

describe('D13 replaceuser', () => {
  const keep = (count: number): string[] => people(0, count);
  const people = (from: number, until: number): string[] =>
    Array.from({ length: until - from }, (_, at) => `人${from + at},p${from + at},137${pad(from + at)},,2,`);
  const pad = (at: number): string => String(at).padStart(8, '0');
  const fill = async (count: number): Promise<void> => {
    for (const { userid } of kit.control.state().members) {
      await kit.call('user/delete', { as: 'contacts', query: { userid } });
    }
    await run('syncuser', lines(PEOPLE, ...keep(count)));
  };

  it.each([
    [300, 240, 0],
    [300, 239, 45026],
    [60, 12, 0],
    [60, 11, 45026],
  ])('%i members, %i in the file → %i', async (present, named, errcode) => {
    await fill(present);
    expect((await run('replaceuser', lines(PEOPLE, ...keep(named)))).errcode).toBe(errcode);
    expect(kit.control.state().members).toHaveLength(errcode === 0 ? named : present);
  });

  it('the file wins, but the creator stays (301005)', async () => {
    kit.control.adminCorp({ creator: 'wanghr' });
    const answer = await run('replaceuser', lines(PEOPLE, '张三,zhang,13900000002,,2,'));
    expect(answer.json['result']).toMatchObject([
      { userid: 'zhang', errcode: 0 },
      { userid: 'wanghr', errcode: 301005 },
    ]);
    expect(kit.control.state().members.map(({ name }) => name)).toEqual(['王处长', '张三']);
  });
});

describe('replaceparty', () => {
  const HEAD = '部门名称,部门ID,父部门ID,排序';

  it('renames, moves, reorders, creates; empty ones go now, others after a member import', async () => {
    await kit.call('department/create', { as: 'contacts', body: { id: 8, name: '空处', parentid: 1 } });
    const answer = await run(
      'replaceparty',
      lines(HEAD, '软件教研室,4,9,0', '新学院,9,1,50', '人事部,2,1,300'),
    );
    expect(answer.json).toMatchObject({ type: 'replace_party', total: 3, status: 3 });
    expect(new Set(answer.json['result'] as unknown[])).toEqual(
      new Set([
        { action: 1, partyid: 9, errcode: 0, errmsg: 'ok' },
        { action: 10, partyid: 2, errcode: 0, errmsg: 'ok' },
        { action: 4, partyid: 4, errcode: 0, errmsg: 'ok' },
      ]),
    );
    const ids = () => kit.control.state().departments.map(({ id }) => id);
    expect(new Set(ids())).toEqual(new Set([1, 2, 3, 4, 9]));
    expect(kit.control.state().departments.find(({ id }) => id === 4)).toMatchObject({
      parentId: 9,
      order: 10,
    });
    await run('syncuser', lines(PEOPLE, '陈主任,chen,13900000003,,9,'));
    expect(new Set(ids())).toEqual(new Set([1, 2, 4, 9]));
  });

  it.each([
    ['an id twice', ['甲,5,1,', '乙,5,1,'], 302006],
    ['C4 twins below one parent', ['甲,5,1,', '甲,6,1,'], 302007],
    ['a parent that is not in the file', ['甲,5,77,'], 302004],
    ['C3 a circle', ['甲,5,6,', '乙,6,5,'], 302004],
  ])('%s stops the whole', async (_what, rows, errcode) => {
    expect((await run('replaceparty', lines(HEAD, ...rows))).errcode).toBe(errcode);
    expect(kit.control.state().departments).toHaveLength(4);
  });

  it('a name still held by a department that waits for its end is a fault of the row', async () => {
    const answer = await run('replaceparty', lines(HEAD, '人事处,5,1,', '信息工程学院,3,1,', '坏:名,6,1,'));
    expect(answer.json['result']).toMatchObject([
      { partyid: 5, errcode: 60008 },
      { partyid: 3, errcode: 0, action: 0 },
      { partyid: 6, errcode: 60009 },
    ]);
  });

  it('C5 the sixteenth level is refused, the others are made', async () => {
    const rows = Array.from({ length: 15 }, (_, at) => `第${at}层,${100 + at},${at === 0 ? 1 : 99 + at},`);
    const answer = await run('replaceparty', lines(HEAD, ...rows));
    expect(codesOf(answer)).toEqual([...Array<number>(14).fill(0), 81002]);
  });

  it('40092 without the three columns', async () => {
    expect((await start('replaceparty', lines('部门名称,部门ID', '甲,5'))).errcode).toBe(40092);
    expect((await start('replaceparty', lines(HEAD, '甲,五,1,'))).errcode).toBe(40092);
  });
});
