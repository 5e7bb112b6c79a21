import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { children, child } from '../callbacks/xml.ts';
import type { NativeHandIn } from '../contract.ts';
import { openKit, withPeople, type Kit } from '../test-kit.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await withPeople(await openKit({ nativeWindowMost: 150 }));
});
afterEach(async () => await kit.close());

const DAY = 86_400;
const seconds = (): number => Math.floor(kit.clock.now() / 1000);
const FORM: NativeHandIn = {
  title: '补卡申请',
  recordType: 2,
  nodes: [{ mode: 'all', userids: ['wanghr', 'Chen'] }],
  fields: [{ title: '缺卡原因', text: '手机没电' }],
};
const range = (more: object = {}) => ({
  starttime: String(seconds() - DAY),
  endtime: seconds() + DAY,
  new_cursor: '',
  size: 100,
  ...more,
});
const list = (more: object = {}) => kit.call('oa/getapprovalinfo', { body: range(more) });
const detail = (sp_no: string) => kit.call('oa/getapprovaldetail', { body: { sp_no } });

describe('oa/getapprovalinfo (page 91816)', () => {
  it.each([
    ['no beginning', { starttime: '' }, 301025],
    ['an end before it', { endtime: 1 }, 301025],
    ['more than 31 days', { starttime: 1_764_000_000, endtime: 1_764_000_000 + 31 * DAY + 1 }, 301025],
    ['no size', { size: undefined }, 301025],
    ['more than a hundred', { size: 101 }, 301025],
    ['a cursor of its own', { new_cursor: 'next' }, 301025],
    ['another filter', { filters: [{ key: 'title', value: '补卡' }] }, 301025],
    ['a filter twice', { filters: ['1', '2'].map((value) => ({ key: 'sp_status', value })) }, 301025],
    ['forms of somebody who left', { filters: [{ key: 'creator', value: 'ghost' }] }, 301055],
  ])('%s is refused', async (_, more, errcode) => {
    expect((await list(more)).errcode).toBe(errcode);
  });

  it('gives pages by a cursor, and shorter ones where applicants are out of the visible range', async () => {
    for (let count = 0; count < 6; count += 1)
      kit.control.seedNative(count % 2 === 0 ? 'zhang' : 'wanghr', FORM);
    kit.control.adminApp({ visible: { parties: [4] } });
    const first = await list({ size: 3 });
    expect(first.json['sp_no_list']).toEqual(['202611230001', '202611230003']);
    const second = await list({ size: 3, new_cursor: first.json['new_next_cursor'] });
    expect(second.json).toMatchObject({ sp_no_list: ['202611230005'] });
    expect(second.json).not.toHaveProperty('new_next_cursor');
    expect((await detail('202611230002')).errcode).toBe(301055);
  });

  it('narrows by filters, and wants a shorter time where a window holds too much', async () => {
    const other = kit.control.seedNative('zhang', { ...FORM, templateId: 'C4other' });
    kit.control.seedNative('zhang', FORM);
    const filtered = await list({ filters: [{ key: 'template_id', value: 'C4other' }] });
    expect(filtered.json['sp_no_list']).toEqual([other]);
    for (let count = 0; count < 150; count += 1) kit.control.seedNative('zhang', FORM);
    expect((await list()).errcode).toBe(301112);
  });

  it('needs the app to be listed, by the app’s secret, 600 times a minute', async () => {
    expect((await kit.call('oa/getapprovalinfo', { as: 'contacts', body: range() })).errcode).toBe(48002);
    kit.control.adminCorp({ nativeApprovals: false });
    expect((await list()).errcode).toBe(301055);
    kit.control.adminCorp({ nativeApprovals: true });
    const calls = await Promise.all(Array.from({ length: 601 }, () => list()));
    expect(calls.filter(({ errcode }) => errcode === 45009)).toHaveLength(1);
  });
});

describe('a form on its way (pages 91983, 91815)', () => {
  it('is decided by all, tells every change, and names any and all both ways round', async () => {
    const { number } = await kit.control.handInNative('zhang', FORM);
    expect(kit.control.nativeBoxes('chen').waiting).toMatchObject([{ number, applicantName: '张老师' }]);
    await kit.control.actNative('Chen', number, { act: 'agree', words: '情况属实 <b>]]></b>' });
    await expect(kit.control.actNative('Chen', number, { act: 'agree' })).rejects.toMatchObject({
      status: 409,
    });
    const { info } = (await detail(number)).json as { info: Record<string, unknown> };
    expect(info).toMatchObject({
      sp_status: 1,
      applyer: { userid: 'zhang', partyid: '4' },
      sp_record: [{ sp_status: 1, approverattr: 2 }],
      process_list: {
        node_list: [
          {
            node_type: 1,
            apv_rel: 1,
            sub_node_list: [
              { sp_yj: 1, sptime: 0 },
              { userid: 'Chen', sp_yj: 2 },
            ],
          },
        ],
      },
      apply_data: { contents: [{ control: 'Text', value: { text: '手机没电' } }] },
    });
    await kit.control.actNative('wanghr', number, { act: 'agree' });
    expect((await detail(number)).json).toMatchObject({ info: { sp_status: 2 } });
    await kit.control.idle();
    expect(kit.app.received.map(({ event }) => event)).toEqual(Array(3).fill('sys_approval_change'));
    const [, second] = kit.app.received;
    expect([second?.field('FromUserName'), second?.field('AgentID')]).toEqual(['sys', '3010040']);
    const told = child(second?.node ?? {}, 'ApprovalInfo') ?? {};
    expect(told).toMatchObject({ SpNoStr: number, StatuChangeEvent: '2', SpStatus: '1' });
    expect(children(child(told, 'SpRecord') ?? {}, 'Details')).toHaveLength(2);
  });

  it('goes one after the other, is handed on, rejected, withdrawn, revoked; each by whose turn it is', async () => {
    const nodes: NativeHandIn['nodes'] = [{ mode: 'sequential', userids: ['wanghr', 'chen'] }];
    const first = await kit.control.handInNative('zhang', { ...FORM, nodes });
    expect(first.holders).toEqual(['wanghr']);
    const handed = await kit.control.actNative('wanghr', first.number, { act: 'handOn', to: 'zhang' });
    expect(handed.holders).toEqual(['zhang']);
    expect(await kit.control.actNative('zhang', first.number, { act: 'agree' })).toMatchObject({
      holders: ['Chen'],
      status: 1,
    });
    expect(await kit.control.actNative('chen', first.number, { act: 'reject' })).toMatchObject({
      holders: [],
      status: 3,
    });
    const legacy = await kit.control.handInNative('zhang', { ...FORM, legacy: true });
    await expect(kit.control.actNative('chen', legacy.number, { act: 'withdraw' })).rejects.toThrow();
    await kit.control.actNative('zhang', legacy.number, { act: 'withdraw' });
    expect((await detail(legacy.number)).json).toMatchObject({ info: { sp_status: 4 } });
    expect((await detail(legacy.number)).json['info']).not.toHaveProperty('process_list');
    const passed = await kit.control.handInNative('zhang', {
      ...FORM,
      nodes: [
        { kind: 'handle', userids: ['chen'] },
        { kind: 'copy', userids: ['wanghr'] },
      ],
    });
    await kit.control.actNative('chen', passed.number, { act: 'agree' });
    expect(await kit.control.actNative('zhang', passed.number, { act: 'revoke' })).toMatchObject({
      status: 6,
    });
  });

  it('tells nothing while the switch of events is off', async () => {
    kit.control.adminCorp({ nativeEvents: false });
    await kit.control.handInNative('zhang', FORM);
    await kit.control.idle();
    expect(kit.app.received).toEqual([]);
  });
});

it('a form that is handed in goes to whoever leads the department, or the nearest above it, and never to oneself', async () => {
  expect(kit.control.nativeBoxes('zhang').head).toBeNull();
  const leads = { userid: 'Chen', department: [3, 4], is_leader_in_dept: [1, 0] };
  expect((await kit.call('user/update', { as: 'contacts', body: leads })).errcode).toBe(0);
  expect(kit.control.nativeBoxes('zhang').head).toEqual({ userid: 'Chen', name: '陈主任' });
  expect(kit.control.nativeBoxes('chen').head).toBeNull();
});
