import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  actsOn,
  createWeCom,
  departmentSheet,
  memberSheet,
  memoryQuotaStore,
  memoryTokenStore,
} from '../wecom/index.ts';
import type { WeCom } from '../wecom/index.ts';
import { AGENT, CORP, openKit, withPeople } from './test-kit.ts';
import type { Kit } from './test-kit.ts';

/** The connector and the sandbox understand each other: what one writes the other reads. */

let kit: Kit;
let wecom: WeCom;
beforeEach(async () => {
  kit = await withPeople(await openKit({ jobDelayMs: 1, creator: 'wanghr' }));
  wecom = createWeCom({
    apiBase: kit.sandbox.url,
    authorizeBase: kit.sandbox.url,
    loginBase: kit.sandbox.url,
    corpId: CORP,
    agentId: AGENT,
    secrets: { agent: 'app-secret', contacts: 'contacts-secret' },
    clock: kit.clock,
    tokenStore: memoryTokenStore(),
    quotaStore: memoryQuotaStore(),
    onAlarm: () => undefined,
  });
});
afterEach(async () => {
  await wecom.close();
  await kit.close();
});

const upload = async (bytes: Buffer): Promise<string> =>
  (await wecom.media.upload({ type: 'file', filename: 'sheet.csv', bytes }, 'contacts')).mediaId;

describe('the connector on the sandbox', () => {
  it('imports members and departments, and reads what became of each row', async () => {
    const people = memberSheet([
      {
        userid: 's1',
        name: '何, "一舟"',
        mobile: '13700005566',
        department: [2, 4],
        order: [5, 0],
        enable: 0,
      },
      { userid: 'zhang', name: '张老师', mobile: '13900000002', department: [4], order: [9], enable: 1 },
      { userid: 's2', name: '重号', mobile: '13900000001', department: [2], order: [1], enable: 1 },
    ]);
    const job = await wecom.batch.syncUsers({ mediaId: await upload(people), creates: 2 });
    await kit.control.idle();
    const { state, members } = await wecom.batch.result(job);
    expect(state).toBe('finished');
    expect(members.map(({ userid, errcode, handling }) => [userid, errcode, handling])).toEqual([
      ['s1', 0, 'done'],
      ['zhang', 0, 'done'],
      ['s2', 60104, 'fixData'],
    ]);
    expect(await wecom.user.get('s1')).toMatchObject({
      name: '何, "一舟"',
      department: [2, 4],
      order: [5, 0],
      status: 2,
    });
    const tree = departmentSheet([
      { id: 2, name: '人事处', parentid: 1 },
      { id: 3, name: '信息学院', parentid: 1 },
      { id: 4, name: '软件教研室', parentid: 3, order: 7 },
    ]);
    const second = await wecom.batch.replaceDepartments({ mediaId: await upload(tree) });
    await kit.control.idle();
    const { departments } = await wecom.batch.result(second);
    expect(departments.filter(({ renamed }) => renamed).map(({ id }) => id)).toEqual([3]);
    expect(departments.filter(({ reordered }) => reordered).map(({ id }) => id)).toEqual([4]);
  });

  it('D8 C11 deletes everybody but the creator and who is not there', async () => {
    const outcome = await wecom.user.deleteMany(['zhang', 'wanghr', 'ghost', 'chen']);
    expect(outcome.done).toEqual(['zhang', 'chen']);
    expect(outcome.refused.map(({ item, error }) => [item, error.errcode])).toEqual([
      ['wanghr', 301005],
      ['ghost', 40031],
    ]);
    const left: string[] = [];
    for await (const { userid } of wecom.user.eachId()) left.push(userid);
    expect(left).toEqual(['wanghr']);
  });

  it('D11 names who changed a member by hand', async () => {
    kit.control.editMember('zhang', { operator: 'lishi', changes: { name: '张三' } });
    await wecom.user.update({ userid: 'chen', position: '教授' });
    kit.advance(2000);
    const acts = [];
    const range = { from: kit.clock.now() - 86_400_000, until: kit.clock.now() };
    for await (const act of wecom.operLog.admin(range)) acts.push(act);
    expect(actsOn(acts, { type: 'member', words: ['Zhang'] }).named).toMatchObject([{ userid: 'lishi' }]);
    expect(actsOn(acts, { type: 'member', words: ['chen'] }).named).toEqual([]);
    kit.control.addLog({ kind: 'member', userid: 'zhang', operType: 13 });
    kit.advance(2000);
    const own = [];
    for await (const act of wecom.operLog.member({ ...range, until: kit.clock.now() })) own.push(act);
    expect(own).toMatchObject([{ userid: 'zhang', operType: 13, ip: '127.0.0.*' }]);
  });

  it('web login: the address leads to the page, the code to the member', async () => {
    const url = wecom.oauth.webLoginUrl({ redirectUri: 'http://localhost:8080/api/auth/web', state: 'abc1' });
    const answer = await fetch(`${url}&sandbox_member=zhang`, { redirect: 'manual' });
    const target = new URL(answer.headers.get('location') ?? 'none:');
    expect(target.searchParams.get('state')).toBe('abc1');
    expect(await wecom.oauth.visitor(target.searchParams.get('code') ?? '')).toEqual({
      kind: 'member',
      userid: 'zhang',
      userTicket: undefined,
    });
  });
});
