import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import type { ItemsAnswer, SubmitAnswer, TemplateAnswer } from '../../server/features/approvals/contract.ts';
import { canBrowse, type Product, startProduct } from './product.ts';
import { clientAs, expectSound, openAs, openTab, PC, type Tab } from './tabs.ts';

const KEY = 'carUse';
const DESIGN = `/console/templates/design/${KEY}`;

describe.runIf(canBrowse)('R41 a template changed in the designer while cases run', () => {
  let product: Product;
  let pc: Tab;
  let first = '';
  let second = '';
  beforeAll(async () => {
    product = await startProduct();
    pc = await openTab(PC);
  });
  afterAll(async () => {
    await pc?.close();
    await product?.stop();
  });
  const open = (who: CastKey, path: string): Promise<Page> => openAs(product, pc, who, path);

  async function submit(form: Readonly<Record<string, unknown>>): Promise<string> {
    const teacher = await clientAs(product, 'applicant');
    const { version, posts } = await teacher.get<TemplateAnswer>(`/api/approvals/templates/${KEY}`);
    const body = {
      templateKey: KEY,
      version,
      assignmentId: posts[0]?.assignmentId ?? '',
      form,
      clientKey: randomUUID(),
    };
    return (await teacher.post<SubmitAnswer>('/api/approvals/instances', body)).instanceId;
  }
  /** Agrees as this holder of the request. */
  async function agree(who: CastKey, instanceId: string): Promise<void> {
    const client = await clientAs(product, who);
    const { items } = await client.get<ItemsAnswer>('/api/approvals/items?box=todo');
    const task = items.find((one) => one.instanceId === instanceId);
    if (!task?.taskId) throw new Error(`${who} holds nothing of it`);
    await client.post(`/api/approvals/tasks/${task.taskId}/approve`, { comment: '' });
  }
  async function stateOf(instanceId: string): Promise<string> {
    const teacher = await clientAs(product, 'applicant');
    const { state } = await teacher.get<{ state: { code: string } }>(
      `/api/approvals/instances/${instanceId}`,
    );
    return state.code;
  }

  it('a new template begins as a draft and is published; somebody applies', async () => {
    const page = await open('superAdmin', '/console/templates/design');
    await page.getByRole('row', { name: /差旅/ }).waitFor();
    await expectSound(page, 'designer-list');
    await page.getByRole('button', { name: '新建模板…' }).click();
    await page.getByLabel('名称').fill('公务用车');
    await page.getByLabel(/编号/).fill(KEY);
    await page.getByLabel('分组').fill('行政审批');
    await page.getByLabel(/单号前缀/).fill('YC');
    await page.getByRole('button', { name: '建草稿' }).click();
    await page.getByRole('heading', { name: '公务用车', level: 1 }).waitFor();
    await page.getByRole('button', { name: '发布', exact: true }).click();
    await page.getByRole('button', { name: '改成新一版' }).waitFor();
    first = await submit({ reason: '送学生参加比赛' });
  });

  it('the draft takes a field and a step; a fault is told and repaired', async () => {
    const page = await open('superAdmin', DESIGN);
    await page.getByText('在办 1 件照第 1 版走完').waitFor();
    await page.getByRole('button', { name: '改成新一版' }).click();
    await page.getByText('第 2 版 草稿').waitFor();

    await page.getByRole('button', { name: '加一项' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('类型').selectOption('number');
    await drawer.getByLabel('名称').fill('公里数');
    await drawer.getByLabel('必填').selectOption('yes');
    await drawer.getByLabel('最小').fill('500');
    await drawer.getByLabel('最大').fill('1');
    await expectSound(page, 'designer-field');
    await drawer.getByRole('button', { name: '完成' }).click();

    await page.getByRole('button', { name: '在这里加一步' }).last().click();
    await page.getByRole('button', { name: '条件分支' }).click();
    await drawer.getByLabel('名称').fill('远近');
    await drawer.getByRole('button', { name: '完成' }).click();
    await page.getByRole('button', { name: /分支“条件一”/ }).click();
    await drawer.getByLabel('名称').fill('远途');
    await drawer.getByRole('button', { name: '加一个条件' }).click();
    await drawer.getByLabel('栏目', { exact: true }).selectOption({ label: '公里数' });
    await drawer.getByLabel('值').fill('100');
    await drawer.getByLabel('值').press('Tab');
    await drawer.getByRole('button', { name: '加一组条件' }).click();
    await drawer.getByRole('group', { name: '第 2 组' }).waitFor();
    await expectSound(page, 'designer-conditions');
    await drawer.getByRole('button', { name: '删掉第 2 组' }).click();
    await drawer.getByRole('group', { name: '第 2 组' }).waitFor({ state: 'hidden' });
    await drawer.getByRole('button', { name: '完成' }).click();

    await page.getByText('1 处错，要改').waitFor();
    await page.getByRole('button', { name: '发布（还有 1 处错）' }).waitFor();
    await page.getByRole('button', { name: /公里数 数字/ }).click();
    await expectSound(page, 'designer-fault');
    await page.getByRole('button', { name: '照此改：两个数对调' }).click();
    await page.getByText('没有错，可以发布').waitFor();
    await expectSound(page, 'designer');
  });

  it('the steps of the branches are given to the right people, by the keyboard too', async () => {
    const page = pc.page;
    const drawer = page.getByRole('dialog');
    const inFlow = page.getByRole('region', { name: '流程' });
    await inFlow
      .getByRole('button', { name: /新步骤/ })
      .first()
      .click();
    await drawer.getByLabel('名称').first().fill('人事处');
    await drawer.getByRole('group', { name: '由谁' }).getByLabel('规则').selectOption('headOfUnit');
    await drawer.getByLabel('单位').selectOption({ label: '人事处' });
    await drawer.getByRole('button', { name: '完成' }).click();
    await inFlow.getByRole('button', { name: /新步骤/ }).press('Delete');
    await inFlow.getByRole('button', { name: /人事处 人事处负责人/ }).waitFor();
    const rows = page.getByRole('region', { name: '表单' }).getByRole('listitem');
    await rows.nth(1).getByRole('button').first().press('Alt+ArrowUp');
    await expect.poll(() => rows.first().innerText()).toContain('公里数');

    await page.getByRole('combobox', { name: '以谁的身份预览' }).fill(demoCast.applicant.name);
    await page.getByRole('option', { name: new RegExp(demoCast.applicant.name) }).click();
    const phone = page.getByRole('complementary', { name: '手机上的样子' });
    await phone.getByLabel('公里数').fill('120');
    await phone.getByLabel('公里数').press('Tab');
    await phone.getByText(/部门负责人（.+） → 人事处（.+）/).waitFor();
    await page.getByText(/自动保存/).waitFor();
    await expectSound(page, 'designer-preview');
    await page.setViewportSize({ width: 1024, height: 768 });
    await expectSound(page, 'designer-preview');
    await page.setViewportSize(PC);
  });

  it('it is compared and walked by everybody, then published; each case follows its own version', async () => {
    const page = pc.page;
    await page.getByRole('button', { name: '与第 1 版比较' }).click();
    await page.getByRole('row', { name: /栏目 公里数/ }).waitFor();
    await expectSound(page, 'designer-difference');
    await page.getByRole('button', { name: '关闭', exact: true }).click();
    await page.getByRole('button', { name: '全员试走' }).click();
    await page.getByRole('heading', { name: /全员试走 · 公务用车/ }).waitFor();
    await page.getByText('600').first().waitFor();
    await expectSound(page, 'designer-dry-run');
    await page.getByRole('link', { name: '回到设计' }).click();
    await page.getByText('没有错，可以发布').waitFor();
    await page.getByRole('button', { name: '发布', exact: true }).click();
    await page.getByRole('button', { name: '改成新一版' }).waitFor();

    await agree('unitHead', first);
    expect(await stateOf(first)).toBe('approved');
    second = await submit({ reason: '去外地开会', field1: 120 });
    await agree('unitHead', second);
    expect(await stateOf(second)).toBe('running');
    await agree('hrHead', second);
    expect(await stateOf(second)).toBe('approved');
  });

  it('S2-10 the auditor looks and changes nothing; somebody else does not even look', async () => {
    const page = await openAs(product, pc, { userid: 'guqingyuan' }, DESIGN);
    await page.getByRole('heading', { name: '公务用车', level: 1 }).waitFor();
    expect(await page.getByRole('button', { name: '改成新一版' }).count()).toBe(0);
    await open('librarian', DESIGN);
    await page.getByText('您没有设计审批模板的权限').waitFor();
    expect(pc.complaints).toEqual([]);
  });
});
