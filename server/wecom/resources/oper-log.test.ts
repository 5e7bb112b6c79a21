import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../kernel/dates.ts';
import { failure, SECRET, startFake } from '../testing/fake-wecom.ts';
import type { Fake } from '../testing/fake-wecom.ts';
import type { AdminAct, MemberAct, OperLogRange } from './oper-log.ts';

let fake: Fake;
beforeEach(async () => {
  fake = await startFake();
});
afterEach(() => fake.close());

const ADMIN = 'security/admin_oper_log/list';
const MEMBER = 'security/member_oper_log/list';
const now = (): number => fake.clock.now();
async function all<T>(acts: AsyncGenerator<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const act of acts) found.push(act);
  return found;
}
const admin = (range: Partial<OperLogRange>): Promise<AdminAct[]> =>
  all(fake.wecom.operLog.admin({ from: now() - DAY_MS, until: now(), ...range }));
const bodies = (): Record<string, number | string>[] =>
  fake.server.received
    .filter(({ api }) => api.startsWith('security/'))
    .map(({ body }) => JSON.parse(body) as Record<string, number | string>);
const record = (time: number, more: object = {}) => ({
  time,
  userid: 'wanghr',
  oper_type: 3,
  detail_type: 15,
  detail_info: '修改成员：张老师(zhang)；职务',
  ip: '203.0.113.9',
  ...more,
});

describe('H10 the operation logs', () => {
  it('asks in windows of seven days with the app’s secret, until has_more is false', async () => {
    fake.server.on(ADMIN, () => ({ errcode: 0, has_more: false, next_cursor: '', record_list: [] }));
    expect(await admin({ from: now() - 20 * DAY_MS })).toEqual([]);
    const asked = bodies();
    expect(asked).toHaveLength(3);
    for (const { start_time: from, end_time: until } of asked) {
      expect(Number(until) - Number(from)).toBeLessThanOrEqual(7 * 86_400);
    }
    expect(asked[1]?.['start_time']).toBe(asked[0]?.['end_time']);
    expect(asked.at(-1)?.['end_time']).toBe(now() / 1000);
    const token = fake.server.received.find(({ api }) => api === 'gettoken');
    expect(token?.query.get('corpsecret')).toBe(SECRET);
  });

  it('a short or empty page is not the last; the cursor goes along', async () => {
    const time = now() / 1000 - 60;
    const pages: Record<string, object> = {
      none: { has_more: true, next_cursor: 'c1', record_list: [] },
      c1: { has_more: true, next_cursor: 'c2', record_list: [record(time)] },
      c2: { has_more: false, record_list: [record(time + 1, { detail_info: { op: 1 }, userid: null })] },
    };
    fake.server.on(ADMIN, ({ body }) => ({
      errcode: 0,
      ...pages[(JSON.parse(body) as { cursor?: string }).cursor ?? 'none'],
    }));
    expect(await admin({})).toEqual([
      {
        at: time * 1000,
        userid: 'wanghr',
        operType: 3,
        detailType: 15,
        info: '修改成员：张老师(zhang)；职务',
        ip: '203.0.113.9',
      },
      expect.objectContaining({ userid: '', info: '{"op":1}' }),
    ]);
  });

  it('gives each record to one of two ranges that touch, whether or not ends belong to a window', async () => {
    const middle = now() - DAY_MS / 2 + 300;
    const times = [-2, -1, 0, 1, 2].map((at) => Math.floor(middle / 1000) + at);
    fake.server.on(MEMBER, ({ body }) => {
      const { start_time: from, end_time: until } = JSON.parse(body) as Record<string, number>;
      const inside = times.filter((time) => time >= (from ?? 0) && time <= (until ?? 0));
      return { errcode: 0, has_more: false, record_list: inside.map((time) => record(time)) };
    });
    const range = (from: number, until: number): Promise<MemberAct[]> =>
      all(fake.wecom.operLog.member({ from, until, userid: 'wanghr', operType: 4 }));
    const both = [...(await range(now() - DAY_MS, middle)), ...(await range(middle, now()))];
    expect(both.map(({ at }) => at / 1000)).toEqual(times);
    expect(bodies()[0]).toMatchObject({ oper_type: 4, userid: 'wanghr', limit: 400 });
  });

  it.each<[string, Partial<OperLogRange>]>([
    ['older than 180 days', { from: Date.parse('2026-05-01T00:00:00Z') }],
    ['in the future', { until: Date.parse('2026-12-01T00:00:00Z') }],
    ['of nothing', { until: 1, from: Date.parse('2026-11-20T00:00:00Z') }],
  ])('refuses a range %s instead of shortening it', async (_what, range) => {
    expect(await failure(admin(range))).toMatchObject({ handling: 'fixData', reason: 'input' });
    expect(fake.server.received).toHaveLength(0);
  });

  it('a cursor that does not move ends in an error, not in a loop', async () => {
    fake.server.on(ADMIN, () => ({ errcode: 0, has_more: true, next_cursor: 'c', record_list: [] }));
    expect(await failure(admin({}))).toMatchObject({ reason: 'bad_answer' });
    expect(fake.server.count(ADMIN)).toBe(2);
  });

  it('600 a minute', async () => {
    fake.server.on(ADMIN, () => ({ errcode: 0, has_more: false, record_list: [] }));
    const codes = await Promise.all(Array.from({ length: 620 }, () => admin({}).then(() => 'ok', String)));
    expect(codes.filter((code) => code === 'ok')).toHaveLength(600);
    expect(fake.server.count(ADMIN)).toBe(600);
  });
});
