import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import { portrait } from '../../scripts/demo/portrait.ts';
import type { BatchAnswer, RunAnswer } from '../../server/features/hr/contract.ts';
import type { Client } from '../support/client.ts';
import { asStored, csv } from '../support/hr-sheet.ts';
import { phoneAndDesk } from './phone-and-desk.ts';
import { canBrowse } from './product.ts';
import { clientAs, expectSound } from './tabs.ts';

const WAIT = { timeout: 30_000, interval: 200 };
const NEW = ['00990', '丁若兰', '13800009917', 'D11', '馆员', '院内', '在职', '', ''];

describe.runIf(canBrowse)('people’s records on the phone and in the console', () => {
  const { product, phone, pc, open, quiet } = phoneAndDesk();

  const clientOf = (who: CastKey): Promise<Client> => clientAs(product, who);

  /** HR’s data brings somebody, without any number that could say who it is. */
  async function hire(): Promise<void> {
    const hr = await clientOf('hrMaintainer');
    const uploaded = await hr.upload('/api/hr/batches', '人员.csv', csv([...asStored(), NEW]));
    const { batchId } = (await uploaded.json()) as { batchId: string };
    const batch = () => hr.get<BatchAnswer>(`/api/hr/batches/${batchId}`);
    await expect.poll(async () => (await batch()).state, WAIT).toBe('ready');
    const { planId } = await hr.post<{ planId: string }>(`/api/hr/batches/${batchId}/plan`, {
      complete: false,
    });
    await hr.post(`/api/hr/plans/${planId}/apply`);
    const run = () => hr.get<RunAnswer>(`/api/hr/plans/${planId}/run`);
    await expect.poll(async () => (await run()).state, WAIT).toBe('success');
  }

  it('S3-1a a liaison reports a newcomer, HR links them by hand to a record without numbers', async () => {
    const admin = await clientOf('superAdmin');
    const { person, posts } = await (
      await clientOf('librarian')
    ).get<{ person: { personId: string }; posts: { unitId: string }[] }>('/api/me');
    const grant = {
      personId: person.personId,
      role: 'liaison',
      unitId: posts[0]?.unitId ?? '',
      lastOn: null,
    };
    await admin.post('/api/access/grants', grant);

    const onPhone = await open(phone, 'librarian', '/accounts');
    await onPhone.getByRole('link', { name: '报告新人' }).click();
    await onPhone.getByLabel('姓名').fill('丁若兰');
    await onPhone.getByLabel('证件号码').fill('110105194912310021');
    await onPhone.getByLabel('手机号').fill('19900099001');
    await onPhone.getByLabel('职务').fill('馆员');
    await onPhone.getByLabel('单位的函：文号').fill('图函〔2026〕9 号');
    await holds(onPhone, 'newcomer-report');
    await onPhone.getByRole('button', { name: '报告', exact: true }).click();
    // The check digit is wrong: said beside the field, and nothing is kept.
    await onPhone.locator('#fault-idNumber').waitFor();
    await onPhone.getByLabel('证件号码').fill('11010519491231002X');
    await onPhone.getByRole('button', { name: '报告', exact: true }).click();
    await onPhone.getByRole('heading', { name: '经过' }).waitFor();
    await onPhone.getByText('等人事编号').first().waitFor();
    const shown = await onPhone.locator('.newcomer-card').innerText();
    expect(shown).toContain('丁若兰');
    expect(shown).toContain('110***********002X');
    expect(shown).not.toContain('19900099001');
    await holds(onPhone, 'newcomer-request');

    await hire();
    const desk = await open(pc, 'hrMaintainer', '/console/accounts/newcomers');
    const row = desk.getByRole('row', { name: /丁\*\*/ });
    await row.getByText('图书馆').waitFor();
    await holds(desk, 'newcomers');
    await row.getByRole('link').click();
    await desk.getByRole('heading', { name: '丁若兰', exact: true }).waitFor();
    const candidate = desk.getByRole('row', { name: /丁若兰（00990）/ });
    await candidate.waitFor();
    await holds(desk, 'newcomer');
    await candidate.getByRole('button', { name: '把申请关联到丁若兰' }).click();
    const dialog = desk.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: '关联并转入受理' }).isDisabled()).toBe(true);
    await dialog.getByLabel('依据').fill('核对过身份证原件');
    await dialog.getByRole('button', { name: '关联并转入受理' }).click();
    await desk.getByText('已关联，申请转入受理').first().waitFor();
    await desk.getByRole('link', { name: '丁若兰（00990），图书馆' }).waitFor();

    await onPhone.reload();
    await onPhone.getByText('待受理').first().waitFor();
    quiet();
  });

  it('S2-15b a photo is rejected with its reason; the person reads it and puts another one', async () => {
    const onPhone = await open(phone, 'colleague', '/record/photo');
    await onPhone.getByText('还没有照片').waitFor();
    await putPhoto(onPhone, 2);
    await onPhone.getByText(/ · 待核对$/).waitFor();

    const desk = await open(pc, 'hrMaintainer', '/console/photos');
    await desk.getByRole('button', { name: `打开${demoCast.colleague.name}的证件照` }).waitFor();
    await allSeen(desk);
    await holds(desk, 'photos');
    await desk.getByRole('button', { name: `打开${demoCast.colleague.name}的证件照` }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByRole('button', { name: '退回' }).click();
    await dialog.getByText('模糊', { exact: true }).click();
    await holds(desk, 'photo-reject');
    await dialog.getByRole('button', { name: '退回，请本人重新上传' }).click();
    await desk.getByText('已退回，本人会收到消息').first().waitFor();
    await expect
      .poll(() => desk.getByRole('button', { name: `打开${demoCast.colleague.name}的证件照` }).count(), WAIT)
      .toBe(0);

    await onPhone.reload();
    await onPhone.getByText('照片没有通过：模糊，请重新上传。').waitFor();
    await onPhone.getByText('还剩').waitFor();
    await holds(onPhone, 'photo-rejected');
    await putPhoto(onPhone, 4);
    await onPhone.getByText(/ · 待核对$/).waitFor();
    expect(await onPhone.getByText('照片没有通过').count()).toBe(0);
    quiet();
  });

  it('S2-15c who opens the app for the first time reads each text to its end, gives it, and gets to the home page', async () => {
    const page = await open(phone, 'applicant', '/');
    await page.waitForURL(/\/undertakings$/);
    await page.getByRole('heading', { name: /请你阅读并承诺/ }).waitFor();
    await holds(page, 'undertakings');
    await page.locator('section[aria-labelledby=und-open] a').first().click();
    for (const left of ['还有 2 份', '还有 1 份', '该承诺的都承诺了']) {
      const heading = page.getByRole('article').getByRole('heading', { level: 2 });
      await heading.waitFor();
      const title = await heading.innerText();
      await give(page, left === '还有 2 份');
      await page.getByText(left).first().waitFor();
      await page.getByRole('heading', { name: title }).waitFor({ state: 'detached' });
    }
    await holds(page, 'undertakings-given');
    await page.getByRole('link', { name: '回首页' }).click();
    await page.getByRole('link', { name: /请假/ }).first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    // Led there once: the next visit begins where they wanted.
    const again = await open(phone, 'applicant', '/');
    await again.getByRole('link', { name: /请假/ }).first().waitFor();
    expect(new URL(again.url()).pathname).toBe('/');
    quiet();
  });

  it('S1-7.1 HR opens an audit, the person checks their own file, the verdict stands in the console', async () => {
    const desk = await open(pc, 'hrMaintainer', '/console/file-audits/new');
    await desk.getByRole('textbox', { name: '标题' }).fill('信息中心档案审核');
    await desk.getByRole('textbox', { name: '依据' }).fill('企业微信管理办法 第七条');
    await desk.getByRole('button', { name: '范围：加一个单位' }).click();
    await desk.getByRole('button', { name: '信息中心', exact: true }).click();
    await tick(desk, '院内');
    await tick(desk, '单位复核');
    await desk.getByLabel('开始', { exact: true }).fill('2026-11-23');
    await desk.getByLabel('截止', { exact: true }).fill('2026-12-18');
    for (const name of [demoCast.hrMaintainer.name, demoCast.attendanceOfficer.name]) await tick(desk, name);
    await holds(desk, 'audit-compose');
    await desk.getByRole('button', { name: '保存草稿' }).click();
    await desk.getByText('草稿已保存，请另一位人事人员启动').first().waitFor();
    await desk.getByText(/现在范围里 \d+ 人/).waitFor();
    const path = new URL(desk.url()).pathname;
    // S1-7.1b: by another person than who wrote it.
    expect(await desk.getByRole('button', { name: '启动', exact: true }).isDisabled()).toBe(true);
    await open(pc, 'hrHead', path);
    await desk.getByRole('button', { name: '启动', exact: true }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '启动', exact: true }).click();
    const { name } = demoCast.secondAdmin;
    await desk.getByRole('row', { name: new RegExp(`${name}.*待本人核对`) }).waitFor();
    await holds(desk, 'audit-running');

    const onPhone = await open(phone, 'secondAdmin', '/file-audits');
    await onPhone.getByRole('link', { name: /信息中心档案审核/ }).click();
    await onPhone.getByRole('button', { name: '其余都正确' }).waitFor();
    await onPhone.getByRole('button', { name: '提交核对结果' }).click();
    await onPhone
      .getByText(/还有 \d+ 项没有选/)
      .first()
      .waitFor();
    await holds(onPhone, 'audit-own');
    await onPhone.getByRole('button', { name: '其余都正确' }).click();
    // What is not there is asked one by one.
    for (const none of await onPhone.getByRole('radio', { name: '本来没有' }).all()) await none.click();
    await onPhone.getByRole('button', { name: '提交核对结果' }).click();
    await onPhone.getByText('待人事审核').first().waitFor();

    await open(pc, 'hrMaintainer', `${path}?stage=hr`);
    await desk.getByRole('link', { name, exact: true }).click();
    await desk.getByRole('heading', { name: `${name}的档案` }).waitFor();
    await desk.getByRole('radiogroup', { name: '用工起始' }).getByText('缺', { exact: true }).click();
    await desk.getByRole('button', { name: '其余都合格' }).click();
    await holds(desk, 'audit-judge');
    await desk.getByRole('button', { name: '提交认定' }).click();
    await desk.getByText('已审核').first().waitFor();
    await desk.getByRole('row', { name: /用工起始.*缺/ }).waitFor();
    await holds(desk, 'audit-judged');
    await onPhone.reload();
    await onPhone.getByText('已审核').first().waitFor();
    quiet();
  });
});

async function putPhoto(page: Page, seed: number): Promise<void> {
  const buffer = portrait({ seed, hair: 'long' });
  await page.locator('input[type=file]').setInputFiles({ name: '证件照.png', mimeType: 'image/png', buffer });
  await page.getByText('照片已保存').waitFor();
}

/** Read to its end, where the button is dead before. */
async function give(page: Page, isFirst: boolean): Promise<void> {
  const button = page.getByRole('button', { name: '我已阅读并遵守' });
  await button.waitFor();
  if (await page.getByText('读到末尾就可以承诺').isVisible()) {
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    if (isFirst) await holds(page, 'undertaking-unread');
    await page.mouse.wheel(0, 5_000);
  }
  await expect.poll(() => button.getAttribute('aria-disabled'), WAIT).toBe('false');
  await button.click();
}

const tick = (page: Page, words: string): Promise<void> =>
  page
    .locator('label', { hasText: new RegExp(`^\\s*${words}`) })
    .first()
    .click();

/** Pictures are there, not only their frames. */
const allSeen = (page: Page): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate<boolean>(
          `[...document.querySelectorAll('.photo-grid img')].every((one) => one.complete && one.naturalWidth > 0)`,
        ),
      WAIT,
    )
    .toBe(true);

const holds = (page: Page, name: string): Promise<void> => expectSound(page, `records-${name}`);
