import type { BrowserContext, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import { canBrowse, complaintsOf, openBrowser, picture, type Product, startProduct } from './product.ts';

describe.runIf(canBrowse)('the story in the sandbox phone', () => {
  let product: Product;
  let context: BrowserContext;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(async () => {
    await product?.stop();
  });

  /** Fill the leave form in the phone's H5: 11-26 afternoon to 12-01. */
  async function fillLeave(h5: FrameLocator): Promise<void> {
    await h5.getByRole('radio', { name: /年假/ }).check({ force: true });
    await h5.getByLabel('开始', { exact: true }).fill('2026-11-26');
    await h5.getByLabel('结束', { exact: true }).fill('2026-12-01');
    await h5.getByRole('radio', { name: '下午' }).first().check({ force: true });
    await h5.getByLabel(/事由/).fill('回乡处理家中事务，26 日上午课程照常。');
    await h5.getByText('共 3.5 个工作日').waitFor();
    await h5.getByText('超过 3 个工作日，需两人都同意').waitFor();
  }

  async function approveAs(page: Page, person: { userid: string; name: string }): Promise<void> {
    await page.goto(`${product.phone}/phone?member=${person.userid}&screen=chat&chat=app:1000002`);
    await page.getByRole('button', { name: '同意', exact: true }).click();
    await page.getByText('已同意').first().waitFor();
  }

  it.each([
    { name: 'at 1280 px', width: 1280, height: 800 },
    { name: 'at 375 px', width: 375, height: 667 },
  ])('from the form to the result, $name', async ({ width, height }) => {
    context = await openBrowser({ width, height });
    try {
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      await page.goto(`${product.phone}/phone?member=${demoCast.applicant.userid}`);
      await page.getByRole('button', { name: '打开请假申请' }).click();
      const h5 = page.frameLocator('iframe');
      await fillLeave(h5);
      await picture(page, `phone-apply-${width}`);
      await h5.getByRole('button', { name: '提交' }).click();
      await h5.getByText('已提交').waitFor();
      await h5.getByText('现在在陈志远处').waitFor();

      await approveAs(page, demoCast.unitHead);
      await picture(page, width === 1280 ? 'phone-story' : 'phone-story-375');
      await approveAs(page, demoCast.hrHead);
      await approveAs(page, demoCast.leader);
      await page.goto(
        `${product.phone}/phone?member=${demoCast.applicant.userid}&screen=chat&chat=app:1000002`,
      );
      await page.getByText('你的请假已通过').waitFor();
      expect(await page.getByText('你的请假已通过').count()).toBe(1);
      await picture(page, `phone-result-${width}`);
      expect(complaints).toEqual([]);
      await product.control('POST', '/reset', {});
    } finally {
      await context.close();
    }
  });

  it('taken, reported back before its end, and the balance is right, at 375 px', async () => {
    context = await openBrowser({ width: 375, height: 667 });
    try {
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      const signIn = async (to: string) => {
        await page.goto(`${product.h5}/api/auth/login?switch=1&return=${encodeURIComponent(to)}`);
        const asked = page.url().replace('#wechat_redirect', '');
        await page.goto(`${asked}&sandbox_member=${demoCast.applicant.userid}`);
      };
      const left = async () =>
        Number(/余 ([\d.]+) 天/.exec(await page.locator('.leave-balances b').first().innerText())?.[1]);
      await signIn('/leave');
      await page.getByText('假期余额').waitFor();
      const before = await left();
      await page.goto(`${product.phone}/phone?member=${demoCast.applicant.userid}`);
      await page.getByRole('button', { name: '打开请假申请' }).click();
      const h5 = page.frameLocator('iframe');
      await fillLeave(h5);
      await h5.getByRole('button', { name: '提交' }).click();
      await h5.getByText('已提交').waitFor();
      for (const who of [demoCast.unitHead, demoCast.hrHead, demoCast.leader]) await approveAs(page, who);

      // Friday afternoon: half a day of 3.5 is taken, and half of the next.
      await product.control('POST', '/clock', { set: '2026-11-27T13:30:00+08:00' });
      await signIn('/leave');
      await page.getByText('11-27 下午起在岗，少休 2.5 天').waitFor();
      expect(await left()).toBe(before - 3.5);
      await picture(page, 'leave-running-375');
      await page.getByRole('button', { name: '销假' }).click();
      await page.getByText('已销假', { exact: true }).waitFor();
      await signIn('/leave');
      await page.getByText('已销假', { exact: true }).waitFor();
      expect(await left()).toBe(before - 1);
      await picture(page, 'leave-back-375');
      expect(complaints).toEqual([]);
    } finally {
      await context.close();
    }
  });
});
