/** 传阅 on the phone: sent to somebody with a word, opened, confirmed, and seen by who sent it; a comment names people. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import { applyForLeave, ONE_DAY } from '../support/story.ts';
import { canBrowse, type Product, startProduct } from './product.ts';
import { clientAs, expectSound, openAs, openTab, PHONE, type Tab } from './tabs.ts';

const READER = demoCast.colleague.name;
const SENDER = demoCast.unitHead.name;

describe.runIf(canBrowse)('a request that is circulated', () => {
  let product: Product;
  let phone: Tab;
  let path = '';
  beforeAll(async () => {
    product = await startProduct();
    phone = await openTab(PHONE);
    const { instanceId } = await applyForLeave(await clientAs(product, 'applicant'), ONE_DAY);
    path = `/approvals/${instanceId}`;
  });
  afterAll(async () => {
    await phone?.close();
    await product?.stop();
  });

  const open = (who: CastKey): Promise<Page> => openAs(product, phone, who, path);
  const quiet = () => expect(phone.complaints.splice(0)).toEqual([]);

  it('who decides sends it to a colleague from the rarer acts', async () => {
    const page = await open('unitHead');
    await page.getByRole('button', { name: '更多' }).click();
    await page.getByText('请人阅读，不审批').waitFor();
    await expectSound(page, 'circulate-more');
    await page.getByRole('button', { name: /^传阅.*不审批/s }).click();
    await page.getByRole('heading', { name: '选择传阅给谁' }).waitFor();
    await page.getByRole('searchbox').fill(READER);
    await page.getByRole('checkbox', { name: new RegExp(READER) }).check({ force: true });
    await page.getByRole('button', { name: '确定（1）' }).click();
    await page.getByRole('heading', { name: `传阅给${READER}` }).waitFor();
    await page.getByRole('textbox', { name: '附言' }).fill('下周的课请你先了解一下。');
    await expectSound(page, 'circulate-words');
    await page.getByRole('button', { name: '发出传阅' }).click();
    await page.getByRole('region', { name: '传阅' }).getByText('未打开').waitFor();
    await expectSound(page, 'circulate-sent');
    quiet();
  });

  it('the colleague reads it, confirms, and answers with a comment that names people', async () => {
    const page = await open('colleague');
    await page.getByRole('region', { name: `${SENDER}请你阅读这份申请` }).waitFor();
    await expectSound(page, 'circulate-read');
    await page.getByRole('button', { name: '确认已读' }).click();
    await page.getByRole('region', { name: '传阅' }).getByText(/确认$/).waitFor();
    expect(await page.getByRole('button', { name: '确认已读' }).count()).toBe(0);

    await page.getByRole('button', { name: '评论' }).click();
    await page.getByRole('button', { name: `@${SENDER}` }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('我来代课，没有问题。');
    await expectSound(page, 'circulate-comment');
    await page.getByRole('dialog').getByRole('button', { name: '发表评论' }).click();
    await page.getByText(`@${SENDER}`).waitFor();
    await expectSound(page, 'circulate-said');
    quiet();
  });
});
