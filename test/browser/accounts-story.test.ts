import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { LettersAnswer, RequestAnswer } from '../../server/features/accounts/contract.ts';
import { Client } from '../support/client.ts';
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
const LETTER = '信工函〔2026〕12 号';

/** Through the real OAuth pages; the member is named in the address as a script may. */
async function signIn(page: Page, product: Product, userid: string, path: string): Promise<void> {
  await page.goto(`${product.h5}/api/auth/login?switch=1&return=${encodeURIComponent(path)}`);
  const authorize = page.url().replace('#wechat_redirect', '');
  await page.goto(`${authorize}&sandbox_member=${userid}`);
}

describe.runIf(canBrowse)('accounts on the phone', () => {
  let product: Product;
  let requestId = '';
  let letterId = '';
  beforeAll(async () => {
    product = await startProduct();
    const admin = await clientOf(demoCast.superAdmin.userid);
    for (const systemCode of ['wecom', 'oa', 'attendance'])
      await admin.post('/api/accounts/stock', { systemCode });
  });
  afterAll(async () => {
    await product?.stop();
  });

  async function clientOf(userid: string): Promise<Client> {
    const client = new Client(product.h5);
    await client.signIn(userid);
    return client;
  }

  async function withPage(look: Look, work: (page: Page) => Promise<void>): Promise<void> {
    const context = await openBrowser(look);
    try {
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      if (look.font) {
        await page.addInitScript(`document.addEventListener('DOMContentLoaded', () => {
          document.documentElement.style.fontSize = '${look.font}%';
        })`);
      }
      await work(page);
      expect(complaints).toEqual([]);
    } finally {
      await context.close();
    }
  }

  it('S3-1b, S3-3a: a head reports a leaver; what is missing is told beside its field', async () => {
    await withPage(PHONE, async (page) => {
      await signIn(page, product, demoCast.unitHead.userid, '/me');
      await page.getByText('账号申请').click();
      await page.getByText('没有账号申请').waitFor();
      await page.getByRole('link', { name: '报一个人' }).click();
      await pick(page, '离开');
      await page.locator('#field-person').click();
      await page.getByPlaceholder('姓名、拼音或工号').fill(demoCast.colleague.staffNo);
      await page.getByRole('dialog').getByText(demoCast.colleague.name).first().click();
      await page.getByText('企业微信 正常').waitFor();
      await page.getByRole('button', { name: '报送', exact: true }).click();
      await page.getByText('还缺离职日期', { exact: true }).waitFor();
      await keepPicture(page, 'accounts-missing-375');

      // The phone closes; what was filled in is there again.
      await page.reload();
      await page.getByText('接着上次的填').waitFor();
      await page.getByLabel('离职日期').fill('2026-11-20');
      await pick(page, '辞职');
      await page.getByLabel('单位的函：文号').fill(LETTER);
      await page.getByRole('button', { name: '报送', exact: true }).click();
      await page.getByRole('heading', { name: '经过' }).waitFor();
      await keepPicture(page, 'accounts-sent-375');
      requestId = page.url().split('/').at(-1) ?? '';
    });
    const hr = await clientOf(demoCast.hrMaintainer.userid);
    const request = await hr.get<RequestAnswer>(`/api/accounts/requests/${requestId}`);
    expect(request).toMatchObject({
      kind: 'cancel',
      personName: demoCast.colleague.name,
      status: 'submitted',
      filled: { form: { leftOn: '2026-11-20', leavingReason: 'resigned' } },
    });
    expect(request.senders[0]?.letter).toEqual({ number: LETTER, fileId: null });
  });

  it('S3-3b: HR accepts, the person confirms the backup, IT carries it out with proof', async () => {
    await withPage(PHONE, async (page) => {
      await signIn(page, product, demoCast.hrMaintainer.userid, '/accounts?status=submitted');
      await page.getByRole('link', { name: new RegExp(demoCast.colleague.name) }).click();
      await page.getByRole('button', { name: '受理' }).click();
      await page.getByText('已受理，等办理').waitFor();
      expect(await page.getByRole('button', { name: '开始办理' }).count()).toBe(0);
    });
    await withPage(PHONE, async (page) => {
      await signIn(page, product, demoCast.colleague.userid, `/accounts/cancellations/${requestId}`);
      await page.getByText('微盘、邮件和文档会清除').waitFor();
      await page.getByRole('button', { name: '我已备份' }).click();
      await keepPicture(page, 'accounts-backup-375');
      await page.getByRole('button', { name: '我已备份，可以清除' }).click();
      await page.getByText('确认已备份').first().waitFor();
    });
    await withPage(PC, async (page) => {
      await signIn(page, product, demoCast.superAdmin.userid, `/accounts/requests/${requestId}`);
      await page.getByRole('button', { name: '开始办理' }).click();
      await page.getByRole('button', { name: '确认办妥：OA停用' }).click();
      await page.getByLabel('办理情况').fill('后台已停用');
      await page.getByRole('dialog').getByRole('button', { name: '确认办妥', exact: true }).click();
      await page.getByText('后台已停用').waitFor();
      await keepPicture(page, 'accounts-items-1280');
    });
  });

  it('S2-16b: the unit hands over and signs', async () => {
    await withPage(PHONE, async (page) => {
      await signIn(page, product, demoCast.unitHead.userid, `/accounts/cancellations/${requestId}`);
      await page.getByText('看交接单').click();
      await page.getByRole('heading', { name: demoCast.colleague.name, exact: true }).waitFor();
      await page.getByRole('button', { name: '试一遍' }).click();
      await page.getByRole('button', { name: '现在交接' }).click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /交接 \d+ 件|直接办完/ })
        .click();
      await page.getByRole('button', { name: '签字' }).click();
      await page.getByRole('button', { name: '确认签字' }).click();
      await page
        .getByText(/已办完|已签/)
        .first()
        .waitFor();
      await keepPicture(page, 'accounts-sheet-375');
    });
  });

  it('S3-4e: the monthly letter is answered in bulk and one by one', async () => {
    letterId = await letterOf('信息工程学院');
    await withPage(PHONE, async (page) => {
      await signIn(page, product, demoCast.unitHead.userid, `/accounts/letters/${letterId}`);
      await page.getByText('待答复').first().waitFor();
      const boxes = page.getByRole('checkbox');
      const head = page.getByRole('heading', { name: /^待答复/ });
      const left = async () => Number((await head.innerText()).replace(/\D/g, ''));
      const open = await left();
      // A letter of more than one page is read on.
      expect(await boxes.count()).toBeLessThan(open - 1);
      await page.getByRole('button', { name: '再看一些' }).click();
      await expect.poll(() => boxes.count(), { timeout: 30_000 }).toBeGreaterThanOrEqual(open - 1);
      await boxes.nth(0).check();
      await boxes.nth(1).check();
      await page.getByRole('button', { name: '答复 2 个账号' }).click();
      await pick(page, '在用，保留');
      await page.getByLabel('原因').fill('带学生在外实习');
      await keepPicture(page, 'accounts-reply-375');
      await page.getByRole('dialog').getByRole('button', { name: '答复 2 个账号' }).click();
      await page.getByText('已答复 2 个，').waitFor();
      await expect.poll(left, { timeout: 30_000 }).toBe(open - 2);
    });
  });

  /** Nobody used anything from 12-09 to 01-09, so every unit gets its letter. */
  async function letterOf(unitName: string): Promise<string> {
    await product.control('POST', '/clock', { set: '2027-01-11T10:20:00+08:00' });
    const admin = await clientOf(demoCast.superAdmin.userid);
    const month = { systemCode: 'wecom', month: '2026-12' };
    const cutOffAt = Date.parse('2027-01-11T08:00:00+08:00');
    for (const source of ['appEntry', 'session', 'operLog', 'consoleExport'])
      await admin.post('/api/accounts/inspections/evidence', { ...month, source, cutOffAt, rows: [] });
    const { inspectionId } = await admin.post<{ inspectionId: string }>('/api/accounts/inspections', month);
    const { items } = await admin.get<LettersAnswer>(
      `/api/accounts/inspections/${inspectionId}/letters?limit=50`,
    );
    const letter = items.find((one) => one.unitName === unitName && !one.forLeaders);
    if (!letter) throw new Error(`no letter for ${unitName} among ${items.length}`);
    return letter.letterId;
  }

  it.each(LOOKS)('every page holds at $name: no fault of axe, nothing sideways', async (look) => {
    const admin = await clientOf(demoCast.superAdmin.userid);
    const { sheetId } = await admin.get<{ sheetId: string }>(`/api/accounts/cancellations/${requestId}`);
    const { personId } = await admin.get<RequestAnswer>(`/api/accounts/requests/${requestId}`);
    await withPage(look, async (page) => {
      await signIn(page, product, demoCast.unitHead.userid, '/me');
      const pages = {
        list: ['/accounts', '报一个人'],
        report: ['/accounts/report?kind=change', '变更事项'],
        request: [`/accounts/requests/${requestId}`, '各系统办理'],
        leaving: [`/accounts/cancellations/${requestId}`, '备份确认'],
        sheet: [`/accounts/handovers/${sheetId}`, '签字'],
        letter: [`/accounts/letters/${letterId}`, '待答复'],
        person: [`/accounts/people/${personId}`, '变动经过'],
      } as const;
      const faults: Record<string, unknown> = {};
      for (const [name, [path, words]] of Object.entries(pages)) {
        await page.goto(`${product.h5}${path}`);
        await page.getByText(words).first().waitFor();
        await keepPicture(
          page,
          `accounts-${name}-${look.width}${look.dark ? '-dark' : ''}${look.font ? '-large' : ''}`,
        );
        const found = [...(await axeFaults(page)), ...((await sideways(page)) ? ['sideways'] : [])];
        if (found.length > 0) faults[name] = found;
      }
      expect(faults).toEqual({});
    });
  });
});

/** A picture once the sheets stand still. */
async function keepPicture(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(300);
  await picture(page, name);
}

/** A pill, as a finger takes it. */
const pick = (page: Page, words: string): Promise<void> =>
  page.locator('.choice-pill', { hasText: new RegExp(`^${words}$`) }).click();

const sideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth + 1');
