import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import { portrait } from '../../scripts/demo/portrait.ts';
import type { InstanceAnswer } from '../../server/features/approvals/contract.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import { phoneAndDesk } from './phone-and-desk.ts';
import { canBrowse } from './product.ts';
import { clientAs, expectSound } from './tabs.ts';

const KEEPER = demoCast.attendanceOfficer.name;
const APPLICANT = demoCast.applicant.name;
const DOCUMENT = '校企合作协议';

describe.runIf(canBrowse)('S2-A11i a seal from the request to the stamped page and the ledger', () => {
  const { product, phone, pc, open, quiet } = phoneAndDesk();
  let requestId = '';

  it('who answers for seals registers one, with the unit that manages it and who keeps it', async () => {
    const desk = await open(pc, 'superAdmin', '/console/seals/register');
    await desk.getByRole('button', { name: '登记印章' }).click();
    const dialog = desk.getByRole('dialog');
    await desk.locator('#seal-name:focus').waitFor();
    await dialog.getByLabel('名称').fill('人事处公章');
    await dialog.getByLabel('代码').fill('RS01');
    await pick(desk, dialog.getByRole('combobox', { name: '管理单位' }), '人事处', '人事处');
    await dialog.getByLabel('存放地点').fill('人事处 305');
    await pick(desk, dialog.getByRole('combobox', { name: '第 1 位保管人' }), KEEPER, new RegExp(KEEPER));
    await holds(desk, 'register-dialog');
    await dialog.getByRole('button', { name: '登记印章' }).click();
    await desk.getByRole('row', { name: new RegExp(`RS01.*人事处公章.*${KEEPER}`) }).waitFor();
    await holds(desk, 'register');
    quiet();
  });

  it('the applicant chooses the seal, and sees that its unit decides', async () => {
    const page = await open(phone, 'applicant', '/apply/sealUse');
    await page.getByText('人事处公章', { exact: true }).click();
    await page.getByLabel('文件名称').fill(DOCUMENT);
    await page.getByLabel('份数').fill('2');
    await page.getByLabel('用途').fill('送合作企业盖章后存档');
    await addPhoto(page, 3);
    await page.getByText(demoCast.hrHead.name).first().waitFor();
    await holds(page, 'apply');
    await page.getByRole('button', { name: /提交/ }).click();
    await page.waitForURL(/\/approvals\/[0-9a-f]{32}\/submitted$/);
    requestId = new URL(page.url()).pathname.split('/')[2] ?? '';
    for (const who of ['unitHead', 'hrHead'] as const) {
      const client = await clientAs(product, who);
      const { myTask } = await client.get<InstanceAnswer>(`/api/approvals/instances/${requestId}`);
      await client.post(`/api/approvals/tasks/${myTask?.taskId ?? ''}/approve`, {});
    }
    quiet();
  });

  it('the keeper records what was stamped, with a photo of the page', async () => {
    const page = await open(phone, 'attendanceOfficer', '/seals');
    await page.getByRole('button', { name: /待登记/ }).click();
    await page.getByRole('link', { name: new RegExp(DOCUMENT) }).waitFor();
    await holds(page, 'todo');
    await page.getByRole('link', { name: new RegExp(DOCUMENT) }).click();
    await page.getByText('批准 2 份，已盖 0 份').waitFor();
    await holds(page, 'use');
    await page.getByRole('button', { name: '登记盖章' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel(/这次盖几份/).fill('3');
    await sheet.getByRole('button', { name: '登记盖章' }).click();
    await sheet.getByText('请填 1 至 2 的整数').waitFor();
    await sheet.getByLabel(/这次盖几份/).fill('2');
    await addPhoto(page, 5);
    await holds(page, 'stamp');
    await sheet.getByRole('button', { name: '登记盖章' }).click();
    await page.getByText('批准 2 份，已盖 2 份').waitFor();
    await page.getByRole('button', { name: '第 1 张盖章页' }).waitFor();
    await gone(page, '已登记');
    await holds(page, 'stamped');
    quiet();
  });

  it('the applicant sees on the request what became of it', async () => {
    const page = await open(phone, 'applicant', `/approvals/${requestId}`);
    const fact = page.getByRole('link', { name: /已办结，已盖 2\/2 份/ });
    await fact.waitFor();
    await holds(page, 'request');
    await fact.click();
    await page.getByText('批准 2 份，已盖 2 份').waitFor();
    expect(await page.getByRole('button', { name: '登记盖章' }).count()).toBe(0);
    await page.goto(`${product.h5}/seals`);
    await page.getByRole('link', { name: new RegExp(DOCUMENT) }).waitFor();
    await holds(page, 'mine');
    quiet();
  });

  it('the managing unit finds it in the ledger by its document, and takes the ledger along', async () => {
    const desk = await open(pc, 'hrHead', '/console/seals');
    const search = desk.getByLabel('台账号、文件、申请人、合同编号');
    await search.fill(DOCUMENT);
    await search.press('Enter');
    const row = desk.getByRole('row', { name: new RegExp(`RS01-\\d{4}-0001.*${DOCUMENT}.*${APPLICANT}`) });
    await row.waitFor();
    await holds(desk, 'ledger');
    const download = desk.waitForEvent('download');
    await desk.getByRole('link', { name: /下载|导出|xlsx/i }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
    const [sheet] = await readSheets(Buffer.concat(chunks));
    expect(sheet?.rows[2]?.slice(1, 4)).toEqual(['人事处公章', DOCUMENT, APPLICANT]);
    await row.getByRole('link').first().click();
    await desk.getByRole('img', { name: '第 1 张盖章页' }).waitFor();
    await holds(desk, 'ledger-use');
    quiet();
  });

  it('S2-A11k who answers for contracts writes a rule of numbers', async () => {
    const desk = await open(pc, 'superAdmin', '/console/seals/numbers');
    await desk.getByRole('button', { name: '加规则' }).click();
    const dialog = desk.getByRole('dialog');
    await desk.locator('#rule-name:focus').waitFor();
    await dialog.getByLabel('类别名称').fill('服务合同');
    await dialog.getByLabel('编号写法').fill('HTFW-{unit}-{seq:4}');
    await pick(desk, dialog.getByRole('combobox', { name: '管理单位' }), '人事处', '人事处');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByText(/编号规则要改/).waitFor();
    await dialog.getByLabel('编号写法').fill('HTFW-{unit}-{yyyy}-{seq:4}');
    await holds(desk, 'rule-dialog');
    await dialog.getByRole('button', { name: '保存' }).click();
    await desk.getByRole('row', { name: /服务合同.*HTFW-/ }).waitFor();
    await holds(desk, 'numbers');
    // The refusal of the wrong pattern is the browser's to report.
    expect(pc.complaints.filter((one) => !one.includes('400'))).toEqual([]);
  });
});

/** Types into a filtering list and takes what it finds. */
async function pick(
  desk: Page,
  box: ReturnType<Page['getByRole']>,
  typed: string,
  name: string | RegExp,
): Promise<void> {
  await box.fill(typed);
  await desk
    .getByRole('option', { name, exact: typeof name === 'string' })
    .first()
    .click();
}

async function addPhoto(page: Page, seed: number): Promise<void> {
  const buffer = portrait({ seed, hair: 'short' });
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '照片.png', mimeType: 'image/png', buffer });
  await page.locator('.uploads li:not(.upload-add):not(.going)').first().waitFor();
}

/** The short word at the foot of the page covers what is looked at. */
const gone = (page: Page, words: string): Promise<void> =>
  page
    .getByText(words, { exact: true })
    .first()
    .waitFor({ state: 'hidden' })
    .catch(() => undefined);

const holds = (page: Page, name: string): Promise<void> => expectSound(page, `seal-${name}`);
