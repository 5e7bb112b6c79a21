import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import { Client } from '../support/client.ts';
import { applyForLeave, ONE_DAY } from '../support/story.ts';
import { axeFaults } from './axe.ts';
import {
  canBrowse,
  complaintsOf,
  type Look,
  openBrowser,
  picture,
  type Product,
  startProduct,
} from './product.ts';

const PHONE = { width: 375, height: 667, touch: true } as const;
const PC = { width: 1280, height: 800 } as const;
const LOOKS: readonly (Look & { name: string })[] = [
  { name: '375 px', ...PHONE },
  { name: '375 px, dark', ...PHONE, dark: true },
  { name: '375 px, large font', ...PHONE, font: 150 },
  { name: '1280 px', ...PC },
  { name: '1280 px, dark', ...PC, dark: true },
];

/** Through the real OAuth pages; the member is named in the address as a script may. */
async function signIn(page: Page, product: Product, userid: string, path: string): Promise<void> {
  await page.goto(`${product.h5}/api/auth/login?switch=1&return=${encodeURIComponent(path)}`);
  const authorize = page.url().replace('#wechat_redirect', '');
  await page.goto(`${authorize}&sandbox_member=${userid}`);
}

/** The page is wider than the window: something would have to be scrolled sideways. */
const sideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth + 1');

describe.runIf(canBrowse)('the H5', () => {
  let product: Product;
  let instanceId: string;
  beforeAll(async () => {
    product = await startProduct();
    const applicant = new Client(product.h5);
    await applicant.signIn(demoCast.applicant.userid);
    await applyForLeave(applicant, ONE_DAY);
    ({ instanceId } = await applyForLeave(applicant, { from: '2026-12-07', to: '2026-12-10' }));
  });
  afterAll(async () => {
    await product?.stop();
  });

  async function withPage(
    look: Look,
    work: (page: Page, context: BrowserContext) => Promise<void>,
  ): Promise<void> {
    const context = await openBrowser(look);
    try {
      const page = await context.newPage();
      if (look.font) {
        await page.addInitScript(`document.addEventListener('DOMContentLoaded', () => {
          document.documentElement.style.fontSize = '${look.font}%';
        })`);
      }
      await work(page, context);
    } finally {
      await context.close();
    }
  }

  it.each(LOOKS)(
    'every page holds at $name: no fault of axe, nothing sideways, no complaint',
    async (look) => {
      await withPage(look, async (page) => {
        const complaints = complaintsOf(page);
        const faults: Record<string, unknown> = {};
        await signIn(page, product, demoCast.unitHead.userid, '/');
        const pages = {
          home: ['/', '请假'],
          todo: ['/todo', '年假 1 个工作日'],
          detail: [`/approvals/${instanceId}`, '审批进度'],
          apply: ['/apply/leave', '事由'],
          me: ['/me', '退出登录'],
          leave: ['/leave', '我的休假'],
          away: ['/leave/calendar', '没有人休假'],
          undertakings: ['/undertakings', '承诺过的'],
          undertaking: ['/undertakings/group-owner', '我已阅读并遵守'],
        } as const;
        for (const [name, [path, words]] of Object.entries(pages)) {
          await page.goto(`${product.h5}${path}`);
          await page.getByText(words).first().waitFor();
          await page.waitForTimeout(300);
          await picture(
            page,
            `h5-${name}-${look.width}${look.dark ? '-dark' : ''}${look.font ? '-large' : ''}`,
          );
          const found = [...(await axeFaults(page)), ...((await sideways(page)) ? ['sideways'] : [])];
          if (found.length > 0) faults[name] = found;
        }
        expect(faults).toEqual({});
        expect(complaints).toEqual([]);
      });
    },
  );

  it('decides in the H5, with a refusal that needs its reason', async () => {
    await withPage(PHONE, async (page) => {
      await signIn(page, product, demoCast.unitHead.userid, `/approvals/${instanceId}`);
      await page.getByRole('button', { name: '拒绝', exact: true }).click();
      const sheet = page.getByRole('dialog');
      await sheet.getByText('时间有冲突').click();
      await picture(page, 'h5-reject-375');
      await sheet.getByRole('button', { name: /拒绝并通知/ }).click();
      await page.getByText('已拒绝').first().waitFor();
    });
  });

  it('says what is wrong when the network goes, and keeps what was shown', async () => {
    await withPage(PHONE, async (page, context) => {
      await signIn(page, product, demoCast.unitHead.userid, '/todo');
      await page.getByText('年假 1 个工作日').first().waitFor();
      await context.setOffline(true);
      await page.evaluate("window.dispatchEvent(new Event('offline'))");
      await page.getByText(/没有网络/).waitFor();
      expect(await page.getByText('年假 1 个工作日').count()).toBeGreaterThan(0);
      await picture(page, 'h5-offline-375');
    });
  });

  it('answers a request one may not see like one that does not exist', async () => {
    await withPage(PHONE, async (page) => {
      await signIn(page, product, demoCast.colleague.userid, `/approvals/${instanceId}`);
      await page.getByText('这份申请你看不到').waitFor();
      await page.goto(`${product.h5}/approvals/${randomUUID().replaceAll('-', '')}`);
      await page.getByText('这份申请你看不到').waitFor();
      await picture(page, 'h5-no-permission-375');
    });
  });

  it('can be used with the keyboard alone on a PC', async () => {
    await withPage(PC, async (page) => {
      await signIn(page, product, demoCast.unitHead.userid, '/todo');
      await page.getByText('年假 1 个工作日').first().waitFor();
      await page
        .getByRole('link', { name: /年假 1 个工作日/ })
        .first()
        .focus();
      await page.keyboard.press('Enter');
      await page.getByText('审批进度').waitFor();
      await page.getByRole('button', { name: '同意', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('已通过').first().waitFor();
    });
  });
});
