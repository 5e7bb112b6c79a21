import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { ConsoleFindingsAnswer } from '../../server/features/access/console-log/contract.ts';
import { DAY_MS, HOUR_MS } from '../../server/kernel/dates.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';

const BASE = '/api/access/console-log';
/** detail_type of page 100179. */
const SIGNED_IN = 23;
const ADMIN_ADDED = 5;

let s: Started;
let admin: Client;
beforeEach(async () => {
  s = await startApp();
  admin = await s.signIn(demoCast.superAdmin.userid);
});
afterEach(() => s.close());

const atConsole = (userid: string, detailType: number, info = '') =>
  s.sandbox.control.addLog({ kind: 'admin', userid, operType: 2, detailType, info, ip: '10.0.0.9' });
/** The night's reading, and a new session: yesterday's has ended. */
async function night(): Promise<void> {
  await s.advance(DAY_MS);
  admin = await s.signIn(demoCast.superAdmin.userid);
}
const open = (query = '') => admin.get<ConsoleFindingsAnswer>(`${BASE}${query}`);
const told = (userid: string) =>
  s.sandbox.control
    .appMessages(userid)
    .map((message) => JSON.stringify(message))
    .filter((text) => text.includes('管理后台有'));

describe('what the administrators’ log of 企业微信 shows (issue 3, part 9)', () => {
  it('S2-9d who acts at the console without a right is found in the night, told, and settled by another', async () => {
    const { colleague, superAdmin } = demoCast;
    atConsole(superAdmin.userid, SIGNED_IN);
    atConsole(colleague.userid, SIGNED_IN);
    atConsole(colleague.userid.toUpperCase(), SIGNED_IN);
    atConsole('ghost-admin', SIGNED_IN);
    atConsole(superAdmin.userid, ADMIN_ADDED, '新增分级管理员：某某');
    await night();
    const { items, total, refused } = await open();
    expect(items.map(({ kind, operator, times }) => [kind, operator.person?.name ?? null, times])).toEqual(
      expect.arrayContaining([
        ['unregistered', colleague.name, 2],
        ['stranger', null, 1],
        ['rightsChanged', superAdmin.name, 1],
      ]),
    );
    expect([total, refused]).toEqual([3, null]);
    expect(told(superAdmin.userid)).toHaveLength(1);

    const about = items.find(({ kind }) => kind === 'unregistered');
    await admin.post(`${BASE}/${about?.findingId}/settle`, { note: '已登记为分级管理员' });
    const again = await admin.send('POST', `${BASE}/${about?.findingId}/settle`, { note: '再来一次' });
    expect(again.status).toBe(409);
    expect((await open()).total).toBe(2);
    expect((await open('?state=settled')).items).toMatchObject([
      { settled: { byName: superAdmin.name, note: '已登记为分级管理员' }, can: { settle: false } },
    ]);
    // Their own change of administrators is not theirs to settle (H3).
    const own = items.find(({ kind }) => kind === 'rightsChanged');
    expect(own?.can.settle).toBe(false);
    expect((await admin.send('POST', `${BASE}/${own?.findingId}/settle`, { note: '没问题' })).status).toBe(
      403,
    );
  });

  it('nothing is read twice, and acts after settling open a new finding', async () => {
    const { colleague } = demoCast;
    atConsole(colleague.userid, SIGNED_IN);
    await night();
    const [first] = (await open()).items;
    await admin.post(`${BASE}/${first?.findingId}/settle`, { note: '已提醒' });
    await night();
    expect((await open()).total).toBe(0);
    atConsole(colleague.userid, SIGNED_IN);
    await night();
    expect((await open()).items).toMatchObject([{ kind: 'unregistered', times: 1 }]);
  });

  it('S2-9 a log that may not be read says so, and is read from there when it may', async () => {
    s.sandbox.control.adminCorp({ operator: demoCast.superAdmin.userid, operLog: false });
    await s.advance(HOUR_MS);
    atConsole('ghost-admin', SIGNED_IN);
    await night();
    expect(await open()).toMatchObject({ total: 0, refused: 48002 });
    s.sandbox.control.adminCorp({ operator: demoCast.superAdmin.userid, operLog: true });
    await night();
    expect(await open()).toMatchObject({ items: [{ kind: 'stranger' }], refused: null });
  });
});
