import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { namedStep, publishFields } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { tapApprove, userid } from '../support/story.ts';
import { canBrowse } from './product.ts';
import { expectSound, openAs, openTab, PC, PHONE, type Tab } from './tabs.ts';

const FIELDS = [
  { key: 'note', label: '说明', type: 'explanation', text: '出差前三天提交；金额以发票为准。' },
  {
    key: 'needs',
    label: '需要的服务',
    type: 'multi',
    options: [
      { value: 'car', label: '派车' },
      { value: 'room', label: '住宿' },
      { value: 'food', label: '用餐' },
    ],
  },
  { key: 'tel', label: '联系电话', type: 'phone', required: true },
  { key: 'id', label: '证件号码', type: 'idNumber', required: true },
  { key: 'sum', label: '预算', type: 'money', required: true, max: 50_000 },
  { key: 'leave', label: '出发时间', type: 'dateTime', required: true },
  { key: 'on', label: '出差日期', type: 'dateRange', counting: 'workday', required: true },
  { key: 'host', label: '承办部门', type: 'unit', required: true },
  { key: 'photos', label: '现场照片', type: 'image' },
  {
    key: 'items',
    label: '费用明细',
    type: 'table',
    required: true,
    columns: [
      { key: 'what', label: '项目', type: 'text' },
      { key: 'count', label: '数量', type: 'number', unit: '人' },
      { key: 'price', label: '金额', type: 'money' },
      {
        key: 'by',
        label: '方式',
        type: 'select',
        required: false,
        options: [
          { value: 'train', label: '火车' },
          { value: 'bus', label: '汽车' },
        ],
      },
    ],
  },
  { key: 'total', label: '合计', type: 'formula', as: 'money', expression: 'items.price + sum' },
  { key: 'basis', label: '关联申请', type: 'request' },
  { key: 'at', label: '地点', type: 'location', required: true },
];

describe.runIf(canBrowse)('a form with every control, on the phone', () => {
  let s: Started;
  let phone: Tab;
  let pc: Tab;
  beforeAll(async () => {
    s = await startApp();
    const step = await namedStep(s, 'head', [userid.unitHead], { mode: 'any', refusal: 'FIRST_ACTION' });
    await publishFields(s, [{ key: 'what', label: '内容', type: 'text' }], [step]);
    const applicant = await s.signIn(userid.applicant);
    const { posts, version } = await applicant.get<{ posts: { assignmentId: string }[]; version: number }>(
      '/api/approvals/templates/own',
    );
    await applicant.post('/api/approvals/instances', {
      templateKey: 'own',
      version,
      assignmentId: posts[0]?.assignmentId ?? '',
      form: { what: '早先的' },
      clientKey: '6f8f5f1e-7f0e-4a39-9b53-0d3a5a2f5d11',
    });
    await s.settle();
    await tapApprove(s, userid.unitHead, '事项');
    await s.settle();
    await publishFields(s, FIELDS, [step]);
    [phone, pc] = await Promise.all([openTab(PHONE), openTab(PC)]);
  });
  afterAll(async () => {
    for (const tab of [phone, pc]) await tab?.close();
    await s?.close();
  });

  it('is filled by keyboard and thumb, keeps its draft but no number of a person, and is sent', async () => {
    const page = await openAs({ h5: s.url }, phone, 'applicant', '/apply/own');
    await page.getByText('出差前三天提交；金额以发票为准。').waitFor();
    await page.getByRole('checkbox', { name: '用餐' }).check({ force: true });
    await page.getByRole('checkbox', { name: '派车' }).check({ force: true });
    await page.getByLabel(/联系电话/).fill('1380013800');
    await page.getByText('联系电话要填 11 位手机号，或带区号的固定电话。').waitFor();
    await page.getByLabel(/联系电话/).fill('13800138000');
    await page.getByLabel(/证件号码/).fill('11010519491231002X');
    await page.getByLabel(/预算/).fill('12,345.60');
    await page.getByText('壹万贰仟叁佰肆拾伍元陆角整').waitFor();

    const units = page.getByRole('button', { name: /承办部门/ });
    await units.click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /信息工程学院/ })
      .first()
      .click();
    await page.getByRole('button', { name: '不选信息工程学院' }).or(units).first().waitFor();

    const table = page.getByRole('group', { name: '费用明细' });
    await table.getByRole('button', { name: '添加一行' }).click();
    await table.getByLabel('项目').fill('车票');
    await table.getByLabel('数量').fill('2');
    await table.getByLabel('金额').fill('1000.5');
    await table.getByLabel(/方式/).selectOption('train');
    await table.getByText('数量合计 2 人，金额合计 1,000.50 元').waitFor();
    await page.getByText('13,346.10 元').waitFor();

    await page.getByRole('button', { name: '关联申请' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /事项/ }).click();
    await page.getByLabel(/地点/).fill('咸宁市体育馆');
    // The whole form in one picture.
    await page.setViewportSize({ width: 375, height: 2100 });
    await expectSound(page, 'form-controls');

    // Touch has the calendar sheet; the draft is opened again with a mouse, which has the browser's own fields.
    await page.reload();
    await page.getByText('接着上次的写').waitFor();
    await page.getByLabel(/地点/).waitFor();
    expect(await page.getByLabel(/地点/).inputValue()).toBe('咸宁市体育馆');
    expect(await page.getByLabel(/预算/).inputValue()).toBe('12345.6');
    expect(await page.getByRole('checkbox', { name: '派车' }).isChecked()).toBe(true);
    expect(await table.getByLabel('项目').inputValue()).toBe('车票');
    expect(await page.getByLabel(/证件号码/).inputValue()).toBe('');
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('19491231');
    expect(phone.complaints).toEqual([]);
  });

  it('is sent from a desk, and its page shows everything, numbers masked until asked for', async () => {
    const page = await openAs({ h5: s.url }, pc, 'applicant', '/apply/own');
    await page.getByLabel(/联系电话/).fill('13800138000');
    await page.getByLabel(/证件号码/).fill('11010519491231002X');
    await page.getByLabel(/预算/).fill('12345.6');
    await page.getByLabel('出发时间', { exact: true }).fill('2026-11-26');
    await page.getByLabel('出发时间的时间').fill('08:30');
    await page.getByLabel('出差日期开始').fill('2026-11-26');
    await page.getByLabel('出差日期结束').fill('2026-12-01');
    await page.getByText('共 4 个工作日').waitFor();
    await page.getByRole('button', { name: /承办部门/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /信息工程学院/ })
      .first()
      .click();
    await page.getByRole('checkbox', { name: '派车' }).check({ force: true });
    const table = page.getByRole('group', { name: '费用明细' });
    for (const [n, what] of ['车票', '住宿费'].entries()) {
      await table.getByRole('button', { name: '添加一行' }).click();
      const row = table.getByRole('group', { name: `第 ${n + 1} 行` });
      await row.getByLabel('项目').fill(what);
      await row.getByLabel('数量').fill('2');
      if (n === 0) await row.getByLabel('金额').fill('1000.5');
    }
    await page.getByRole('button', { name: '关联申请' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /事项/ }).click();
    await page.getByLabel(/地点/).fill('咸宁市体育馆');
    // A row that was begun is pointed to.
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('费用明细第 2 行还没填完').waitFor();
    await table.getByRole('button', { name: '删除第 2 行' }).click();
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('已提交').waitFor();
    await s.settle();

    const [, instanceId = ''] = /approvals\/([^/]+)\/submitted/.exec(page.url()) ?? [];
    const head = await openAs({ h5: s.url }, phone, 'unitHead', `/approvals/${instanceId}`);
    await head.getByText('110***********002X').waitFor();
    await head.getByText('壹万贰仟叁佰肆拾伍元陆角整').waitFor();
    await head.getByText('派车', { exact: true }).waitFor();
    await head.getByRole('button', { name: '显示完整的证件号码' }).click();
    await head.getByText('11010519491231002X').waitFor();
    await expectSound(head, 'form-controls-detail');
    expect(phone.complaints).toEqual([]);
    expect(pc.complaints).toEqual([]);
  });
});
