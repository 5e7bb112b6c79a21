import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { DataAnswer, OwnRecordAnswer } from '../../server/features/access/people/contract.ts';
import { newId } from '../../server/kernel/id.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import { readZip } from '../../server/platform/zip/index.ts';
import type { Client } from '../support/client.ts';
import { namedStep, publishSteps, submitOwn } from '../support/own-template.ts';
import { ink, uploadInk } from '../support/sign.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { applyForLeave, detail, ONE_DAY, userid } from '../support/story.ts';

let s: Started;
let self: Client;
let personId: string;
beforeEach(async () => {
  s = await startApp();
  self = await s.signIn(demoCast.applicant.userid);
  ({ personId } = await self.get<OwnRecordAnswer>('/api/access/own-record'));
});
afterEach(() => s.close());

type Copy = { taken: string; sections: { title: string; cut: boolean; rows: Record<string, string>[] }[] };
const own = async (format = 'json') => {
  const response = await self.raw('GET', `/api/access/own-data?format=${format}`);
  expect(response.status).toBe(200);
  return response;
};
const rowsOf = (copy: Copy, title: string) => copy.sections.find((one) => one.title === title)?.rows ?? [];
const acts = () =>
  s.app.db.read((reads) =>
    reads.em.query<{ actorId: string; content: string }[]>(
      `select actorId, after as content from audit_entry where action = 'people.dataExport' order by id`,
    ),
  );

describe('个保法 45 a copy of one’s own data', () => {
  it('holds what every room has: record, sign-ins, requests, decisions, messages, clocks, accounts', async () => {
    await s.app.db.run(
      `insert into account (id, personId, systemCode, state, sinceAt, generation, version) values (?, ?, 'oa', 'open', 0, 1, 1)`,
      [newId(), personId],
    );
    const copy = (await (await own()).json()) as Copy;
    expect(copy.sections.map(({ title }) => title)).toEqual([
      '资料',
      '岗位',
      '变动',
      '谁能看到',
      '登录',
      '谁查看过',
      '管理身份',
      '账号',
      '账号申请',
      '新人报告',
      '账号变动',
      '打开应用',
      '申请',
      '抄送和传阅',
      '写过的评论',
      '审批过的',
      '手写签名',
      '模板设计权限',
      '档案审核',
      '会议室预订',
      '假期账',
      '休假和销假',
      '年假工龄',
      '企业微信审批（提交）',
      '企业微信审批（经办）',
      '发给本人的消息',
      '时限',
      '证件照',
      '证件照被打开',
      '登录设备类型',
      '账号使用的变化',
      '账号使用核对',
      '承诺',
      '代理审批',
      '报修',
      '用印',
      '合同编号',
      '保管印章',
    ]);
    expect(copy.sections.every(({ cut }) => !cut)).toBe(true);
    const data = rowsOf(copy, '资料');
    expect(data).toContainEqual({ 项目: '姓名', 内容: demoCast.applicant.name });
    // One's own number in full.
    const mobile = data.find(({ 项目 }) => 项目 === '手机号')?.内容 ?? '';
    expect(mobile).toMatch(/^\d{11}$/);
    expect(rowsOf(copy, '登录').length).toBeGreaterThan(0);
    expect(rowsOf(copy, '账号')).toMatchObject([{ 系统: 'OA', 状态: expect.any(String) }]);
    expect(rowsOf(copy, '谁查看过')).toMatchObject([
      { 谁: demoCast.applicant.name, 看了什么: '全部个人数据', 用途: '本人索取副本' },
    ]);
    // H6: in the record with what for, without a value.
    const [act] = await acts();
    expect(act?.actorId).toBe(personId);
    expect(JSON.stringify(await acts())).not.toContain(mobile);
  });

  it('has what was sent to one for reading, and what one wrote about requests', async () => {
    const { instanceId, number } = await applyForLeave(self, ONE_DAY);
    const colleague = await s.signIn(demoCast.colleague.userid);
    const { personId: reader } = await colleague.get<OwnRecordAnswer>('/api/access/own-record');
    await self.post(`/api/approvals/instances/${instanceId}/circulate`, { personIds: [reader] });
    await self.post(`/api/approvals/instances/${instanceId}/comment`, {
      clientKey: randomUUID(),
      text: '请先看日程',
    });
    expect(rowsOf((await (await own()).json()) as Copy, '写过的评论')).toMatchObject([
      { 申请编号: number, 内容: '请先看日程' },
    ]);
    const theirs = await colleague.get<Copy>('/api/access/own-data?format=json');
    expect(rowsOf(theirs, '抄送和传阅')).toMatchObject([{ 申请编号: number, 第一次看: '' }]);
    expect(rowsOf(theirs, '写过的评论')).toEqual([]);
  });

  it('comes as a workbook that a phone can open, never cached', async () => {
    const response = await own('xlsx');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toContain('个人数据-');
    const sheets = await readSheets(Buffer.from(await response.arrayBuffer()));
    expect(sheets[0]?.name).toBe('说明');
    expect(sheets.length).toBe(39);
  });

  it('has the pictures one signed with, as a package of the sheet and the pictures', async () => {
    const signer = await s.signIn(userid.leader);
    const how = { mode: 'any', refusal: 'FIRST_ACTION' } as const;
    const step = await namedStep(s, 'sign', [userid.leader], how);
    await publishSteps(s, [Object.assign(step, { signature: true as const })]);
    const { instanceId } = await submitOwn(self);
    await s.settle();
    const { myTask } = await detail(signer, instanceId);
    const picture = ink();
    const fileId = await uploadInk(signer, picture);
    await signer.post(`/api/approvals/tasks/${myTask?.taskId}/approve`, {
      signature: { fileId, how: 'drawn' },
    });
    await s.settle();
    const take = async () => {
      const response = await signer.raw('GET', '/api/access/own-data?format=json');
      expect(response.headers.get('content-type')).toBe('application/zip');
      return readZip(Buffer.from(await response.arrayBuffer()));
    };
    const files = await take();
    const sheet = [...files.keys()].find((path) => path.endsWith('.json')) ?? '';
    const copy = JSON.parse(Buffer.from(files.get(sheet) ?? []).toString()) as Copy;
    const [row] = rowsOf(copy, '手写签名');
    expect(row).toMatchObject({
      方式: '手写',
      'SHA-256': createHash('sha256').update(picture).digest('hex'),
    });
    expect(Buffer.from(files.get(row?.图片 ?? '') ?? [])).toEqual(picture);
    // Nobody else's: the applicant's copy has no picture, and is the sheet alone.
    expect(rowsOf((await (await own()).json()) as Copy, '手写签名')).toEqual([]);
    const hash = row?.['SHA-256'] ?? '';
    await rm(join(s.config.dataDir, 'files', hash.slice(0, 2), hash));
    const without = await take();
    expect(without.get(row?.图片 ?? '')).toBeUndefined();
    expect(Buffer.from(without.get('没有放进来的文件.txt') ?? []).toString()).toContain('现在读不到');
  });

  it('H6 whoever manages the record takes it saying what for, and the person sees who did', async () => {
    const hr = await s.signIn(demoCast.hrMaintainer.userid);
    const path = `/api/access/people/${personId}/data`;
    expect((await hr.send('POST', path, { format: 'json', purpose: ' ' })).status).toBe(400);
    const file = await hr.post<DataAnswer>(path, { format: 'json', purpose: '本人书面申请' });
    const copy = JSON.parse(Buffer.from(file.base64, 'base64').toString()) as Copy;
    expect(copy.taken).toContain(`${demoCast.hrMaintainer.name}导出，用途：本人书面申请`);
    const { looks } = await self.get<OwnRecordAnswer>('/api/access/own-record');
    expect(looks[0]).toMatchObject({
      by: demoCast.hrMaintainer.name,
      what: '全部个人数据',
      purpose: '本人书面申请',
    });
  });

  it('H1 nobody takes a copy of a colleague, and nothing is recorded of the attempt to have one', async () => {
    const other = await s.signIn(demoCast.colleague.userid);
    const response = await other.send('POST', `/api/access/people/${personId}/data`, {
      format: 'json',
      purpose: '好奇看看',
    });
    expect([403, 404]).toContain(response.status);
    expect(await acts()).toEqual([]);
  });

  it('H5 why an account was locked is in no copy; of others’ requests only number and decision', async () => {
    await s.app.db.run(
      `insert into account_request (id, requestNumber, kind, personId, personName, status, eventOn, originType, state,
         eventCount, createdAt, version) values (?, 'ZH-1', 'lock', ?, 'x', 'done', '2026-11-20', 'unit', '{}', 0, 0, 1)`,
      [newId(), personId],
    );
    const copy = (await (await own()).json()) as Copy;
    expect(rowsOf(copy, '账号申请')).toEqual([]);
    for (const row of rowsOf(copy, '审批过的'))
      expect(Object.keys(row)).toEqual(['申请编号', '结果', '收到', '办理']);
  });
});
