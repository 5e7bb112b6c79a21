import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../kernel/dates.ts';
import { CONTACTS_SECRET, failure, startFake } from '../testing/fake-wecom.ts';
import type { Fake } from '../testing/fake-wecom.ts';

let fake: Fake;
beforeEach(async () => {
  fake = await startFake({ quotas: { accountCeiling: 100 } });
});
afterEach(() => fake.close());

const body = (): unknown => JSON.parse(fake.server.received.at(-1)?.body ?? '{}');
const started = () => fake.server.on('batch/syncuser', () => ({ errcode: 0, errmsg: 'ok', jobid: 'J1' }));

describe('asynchronous imports', () => {
  it('starts with the contacts secret and invites nobody unasked', async () => {
    started();
    expect(await fake.wecom.batch.syncUsers({ mediaId: 'M', creates: 0 })).toBe('J1');
    expect(body()).toEqual({ media_id: 'M', to_invite: false });
    const token = fake.server.received.find(({ api }) => api === 'gettoken');
    expect(token?.query.get('corpsecret')).toBe(CONTACTS_SECRET);
    const callback = { url: 'https://oa.example.test/cb', token: 'T1', aesKey: 'a'.repeat(43) };
    fake.server.on('batch/replaceparty', () => ({ errcode: 0, jobid: 'J2' }));
    await fake.wecom.batch.replaceDepartments({ mediaId: 'M', callback });
    expect(body()).toEqual({
      media_id: 'M',
      callback: { url: callback.url, token: 'T1', encodingaeskey: 'a'.repeat(43) },
    });
  });

  it('the file goes up with the contacts secret', async () => {
    fake.server.on('media/upload', () => ({ errcode: 0, media_id: 'M', created_at: '1' }));
    const file = { type: 'file', filename: 'people.csv', bytes: Buffer.from('姓名,帐号') } as const;
    await fake.wecom.media.upload(file, 'contacts');
    const token = fake.server.received.find(({ api }) => api === 'gettoken');
    expect(token?.query.get('corpsecret')).toBe(CONTACTS_SECRET);
    expect(fake.server.received.at(-1)?.body).toContain('Content-Type: text/csv');
  });

  it('D7 each row of the result says what to do, without numbers of people', async () => {
    fake.server.on('batch/getresult', () => ({
      errcode: 0,
      status: 3,
      type: 'sync_user',
      total: 3,
      percentage: 100,
      result: [
        { userid: 'a', errcode: 0, errmsg: 'ok' },
        { userid: 'b', errcode: 60104, errmsg: 'mobile existed 13900001234' },
        { userid: 'c', errcode: 999_999, errmsg: 'who knows' },
      ],
    }));
    expect(await fake.wecom.batch.result('J1')).toEqual({
      state: 'finished',
      type: 'sync_user',
      total: 3,
      percentage: 100,
      departments: [],
      members: [
        { userid: 'a', errcode: 0, handling: 'done', stem: 'ok' },
        { userid: 'b', errcode: 60104, handling: 'fixData', stem: 'mobile existed …' },
        { userid: 'c', errcode: 999_999, handling: 'permanent', stem: 'who knows' },
      ],
    });
  });

  it('takes the action of a department apart', async () => {
    const row = { action: 6, partyid: 12, errcode: 60008, errmsg: 'department existed' };
    fake.server.on('batch/getresult', () => ({
      errcode: 0,
      status: 2,
      type: 'replace_party',
      result: [row],
    }));
    const { state, percentage, departments } = await fake.wecom.batch.result('J1');
    expect([state, percentage]).toEqual(['running', 0]);
    expect(departments).toMatchObject([
      { id: 12, created: false, renamed: true, moved: true, reordered: false, handling: 'fixData' },
    ]);
  });

  it.each([
    [302008, 'retryLater'],
    [302005, 'retryLater'],
    [45026, 'fixData'],
    [302003, 'fixData'],
    [40089, 'fixData'],
    [48002, 'fixPermission'],
  ])('%i is %s', async (errcode, handling) => {
    fake.server.on('batch/getresult', () => ({ errcode, errmsg: 'x' }));
    expect(await failure(fake.wecom.batch.result('J1'))).toMatchObject({ errcode, handling });
  });

  it('an unknown status is a bad answer, not a finished job', async () => {
    fake.server.on('batch/getresult', () => ({ errcode: 0, status: 4, type: 'sync_user' }));
    expect(await failure(fake.wecom.batch.result('J1'))).toMatchObject({ reason: 'bad_answer' });
  });

  it('without a contacts secret nothing is asked', async () => {
    const poor = fake.another({ secrets: { agent: 'only-agent' } });
    const refused = await failure(poor.batch.syncUsers({ mediaId: 'M', creates: 0 }));
    expect(refused).toMatchObject({ handling: 'fixPermission' });
    expect(fake.server.received).toHaveLength(0);
  });
});

describe('C10 three times the seats a month', () => {
  const create = (at: number) =>
    fake.wecom.user.create({ userid: `u${at}`, name: '人', mobile: '13900001234', to_invite: false });

  it('counts imports and single accounts together, and waits instead of meeting the 30 days’ block', async () => {
    started();
    await fake.wecom.batch.syncUsers({ mediaId: 'M', creates: 299 });
    await create(1);
    const over = await failure(create(2));
    expect(over).toMatchObject({ handling: 'retryLater', reason: 'quota' });
    expect(fake.server.count('user/create')).toBe(1);
    fake.clock.advance(30 * DAY_MS);
    expect(await failure(create(3))).toMatchObject({ reason: 'quota' });
    fake.clock.advance(3 * DAY_MS);
    await create(4);
  });

  it('who was refused does not count, a job that had to wait neither', async () => {
    fake.server.on('batch/syncuser', () => ({ errcode: 302008, errmsg: 'running' }));
    fake.server.on('user/create', () => ({ errcode: 60104, errmsg: 'mobile existed' }));
    for (let at = 0; at < 3; at += 1) {
      await failure(fake.wecom.batch.syncUsers({ mediaId: 'M', creates: 200 }));
      await failure(create(at));
    }
    started();
    expect(await fake.wecom.batch.syncUsers({ mediaId: 'M', creates: 300 })).toBe('J1');
  });

  it('more than a month holds is a fault of the plan', async () => {
    const over = await failure(fake.wecom.batch.syncUsers({ mediaId: 'M', creates: 301 }));
    expect(over).toMatchObject({ handling: 'fixData', reason: 'input' });
  });
});

describe('D8 deleting many', () => {
  it('in calls of 200; the creator and who is gone already are told, the others are deleted', async () => {
    const bad: Record<string, number> = { u7: 301005, u230: 40031 };
    const deleted: string[] = [];
    fake.server.on('user/batchdelete', ({ body: given }) => {
      const { useridlist } = JSON.parse(given) as { useridlist: string[] };
      const first = useridlist.find((id) => bad[id] !== undefined);
      if (first !== undefined) return { errcode: bad[first], errmsg: 'no' };
      deleted.push(...useridlist);
      return { errcode: 0, errmsg: 'deleted' };
    });
    const ids = Array.from({ length: 250 }, (_, at) => `u${at}`);
    const outcome = await fake.wecom.user.deleteMany([...ids, 'U1']);
    expect(deleted).toHaveLength(248);
    expect(outcome.refused.map(({ item, error }) => [item, error.errcode])).toEqual([
      ['u7', 301005],
      ['u230', 40031],
    ]);
    expect(outcome.left).toEqual([]);
  });
});

describe('everybody’s ids', () => {
  it('each page once, and an end when the cursor does not move', async () => {
    const pages: Record<string, object> = {
      '': { next_cursor: 'c2', dept_user: [{ userid: 'a', department: 1 }] },
      c2: { next_cursor: '', dept_user: [{ userid: 'b', department: 2 }] },
    };
    fake.server.on('user/list_id', ({ body: given }) => ({
      errcode: 0,
      ...pages[(JSON.parse(given) as { cursor: string }).cursor],
    }));
    const read = async (): Promise<string[]> => {
      const seen: string[] = [];
      for await (const { userid } of fake.wecom.user.eachId()) seen.push(userid);
      return seen;
    };
    expect(await read()).toEqual(['a', 'b']);
    pages['c2'] = { next_cursor: 'c2', dept_user: [] };
    expect(await failure(read())).toMatchObject({ reason: 'bad_answer' });
  });
});

describe('web login', () => {
  it('has the parameters of the paper, at the real page or at the configured one', () => {
    const request = { redirectUri: 'https://oa.example.test/api/auth/web?a=1', state: 'abc123' };
    expect(fake.wecom.oauth.webLoginUrl(request)).toBe(
      'https://login.work.weixin.qq.com/wwlogin/sso/login?login_type=CorpApp&appid=wwcorp&agentid=1000002' +
        '&redirect_uri=https%3A%2F%2Foa.example.test%2Fapi%2Fauth%2Fweb%3Fa%3D1&state=abc123&lang=zh',
    );
    const own = fake.another({ loginBase: 'http://localhost:8081' });
    expect(own.oauth.webLoginUrl({ ...request, lang: 'en' })).toMatch(
      /^http:\/\/localhost:8081\/wwlogin\/sso\/login\?.*lang=en$/,
    );
    expect(() => fake.wecom.oauth.webLoginUrl({ ...request, state: 'a-b' })).toThrow(/state/);
    expect(() => fake.wecom.oauth.webLoginUrl({ ...request, redirectUri: 'javascript:1' })).toThrow(
      /redirectUri/,
    );
  });
});
