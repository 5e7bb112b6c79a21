import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import type { Client } from '../support/client.ts';
import { applyForLeave, detail, ONE_DAY } from '../support/story.ts';
import { canBrowse, type Product, startProduct } from './product.ts';
import { clientAs, expectSound, openAs, openTab, PHONE, type Tab } from './tabs.ts';

const LEAVER = demoCast.colleague.name;
const SUCCESSOR = demoCast.twoPosts.name;

const pick = (page: Page, words: string): Promise<void> =>
  page.locator('.choice-pill', { hasText: new RegExp(`^${words}$`) }).click();

describe.runIf(canBrowse)('approvals of somebody who leaves are handed over', () => {
  let product: Product;
  let phone: Tab;
  let requestId = '';
  let instanceId = '';
  beforeAll(async () => {
    product = await startProduct();
    phone = await openTab(PHONE);
    const admin = await clientAs(product, 'superAdmin');
    for (const systemCode of ['wecom', 'oa', 'attendance'])
      await admin.post('/api/accounts/stock', { systemCode });
  });
  afterAll(async () => {
    await phone?.close();
    await product?.stop();
  });

  const open = (who: CastKey, path: string): Promise<Page> => openAs(product, phone, who, path);
  const holds = (page: Page, name: string): Promise<void> => expectSound(page, `leaver-${name}`);
  const quiet = (): void => expect(phone.complaints).toEqual([]);
  async function personId(client: Client, who: CastKey): Promise<string> {
    const q = encodeURIComponent(demoCast[who].staffNo);
    const found = await client.get<{ items: { personId: string }[] }>(`/api/directory/people?q=${q}`);
    return found.items[0]?.personId ?? '';
  }

  it('somebody holds a request to decide, and HR accepts that they leave', async () => {
    const head = await clientAs(product, 'unitHead');
    const leaverId = await personId(head, 'colleague');
    ({ instanceId } = await applyForLeave(await clientAs(product, 'applicant'), ONE_DAY));
    const { myTask } = await detail(head, instanceId);
    const handed = { toPersonId: leaverId, comment: '请代为审核' };
    await head.post(`/api/approvals/tasks/${myTask?.taskId ?? ''}/transfer`, handed);

    const page = await open('unitHead', '/accounts');
    await page.getByRole('link', { name: '报一个人' }).click();
    await pick(page, '离开');
    await page.locator('#field-person').click();
    await page.getByPlaceholder('姓名、拼音或工号').fill(demoCast.colleague.staffNo);
    await page.getByRole('dialog').getByText(LEAVER).first().click();
    await page.getByText('企业微信 正常').waitFor();
    await page.getByLabel('离职日期').fill('2026-11-20');
    await pick(page, '辞职');
    await page.getByLabel('单位的函：文号').fill('信工函〔2026〕15 号');
    await page.getByRole('button', { name: '报送', exact: true }).click();
    await page.getByRole('heading', { name: '经过' }).waitFor();
    requestId = page.url().split('/').at(-1) ?? '';
    const hr = await clientAs(product, 'hrMaintainer');
    await hr.post(`/api/accounts/requests/${requestId}/accept`);
  });

  it('R22 the sheet lists what they hold; the unit names who takes it, tries it and hands it over', async () => {
    const page = await open('unitHead', `/accounts/cancellations/${requestId}`);
    await page.getByText('看交接单').click();
    await page.getByRole('heading', { name: LEAVER, exact: true }).waitFor();
    await page.getByRole('heading', { name: /待办审批/ }).waitFor();
    await holds(page, 'sheet');
    await page
      .getByRole('button', { name: /选接手人/ })
      .first()
      .click();
    await page.getByPlaceholder('姓名、拼音或工号').fill(demoCast.twoPosts.staffNo);
    await page.getByRole('dialog').getByText(SUCCESSOR).first().click();
    await page.getByText('接手人都选好了').waitFor();
    await page.getByRole('button', { name: '试一遍' }).click();
    await page.getByRole('button', { name: '现在交接' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /交接 \d+ 件/ })
      .click();
    await page.getByText('已交接').first().waitFor();
    await holds(page, 'handed');
    quiet();
  });

  it('R25 the successor decides, and the history keeps who held it and for how long', async () => {
    const page = await open('twoPosts', '/todo');
    await page
      .getByRole('link', { name: /张雨桐|年假/ })
      .first()
      .click();
    await page.getByRole('button', { name: '同意', exact: true }).first().waitFor();
    await holds(page, 'decide');
    const successor = await clientAs(product, 'twoPosts');
    const { myTask } = await detail(successor, instanceId);
    await successor.post(`/api/approvals/tasks/${myTask?.taskId ?? ''}/approve`, {});
    await page.goto(`${product.h5}/approvals/${instanceId}`);
    await page.getByText(SUCCESSOR).first().waitFor();
    const { timeline, state } = await detail(successor, instanceId);
    expect(state.code).toBe('approved');
    const names = timeline.map(({ name }) => name);
    for (const name of [demoCast.unitHead.name, LEAVER, SUCCESSOR]) expect(names).toContain(name);
    await holds(page, 'history');
    quiet();
  });
});
