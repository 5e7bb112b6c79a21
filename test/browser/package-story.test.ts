import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { readZip } from '../../server/platform/zip/index.ts';
import { demoCast } from '../../scripts/demo/cast.ts';
import { applyForLeave, ONE_DAY } from '../support/story.ts';
import { phoneAndDesk } from './phone-and-desk.ts';
import { canBrowse } from './product.ts';
import { clientAs, expectSound } from './tabs.ts';

describe.runIf(canBrowse)('requests taken out of the house', () => {
  const { product, phone, pc, open, quiet } = phoneAndDesk();
  let instanceId = '';
  let number = '';
  beforeAll(async () => {
    ({ instanceId, number } = await applyForLeave(await clientAs(product, 'applicant'), ONE_DAY));
  });

  /** What the browser was given to keep. */
  async function taken(page: Page, press: () => Promise<void>) {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    return { files: readZip(await readFile(await download.path())) };
  }

  it('R45 the applicant takes one out from its printed page, saying what for', async () => {
    const page = await open(phone, 'applicant', `/approvals/${instanceId}/print`);
    await page.getByRole('button', { name: '导出卷宗' }).click();
    await page.getByRole('button', { name: '存档', exact: true }).click();
    await expectSound(page, 'package-sheet');
    const { files } = await taken(page, () =>
      page.getByRole('button', { name: '导出', exact: true }).click(),
    );
    expect([...files.keys()]).toContain('form.html');
    await page.getByText('卷宗已导出').waitFor();
    quiet();
  });

  it('H1 the head of the unit takes out a period, once it is made', async () => {
    const page = await open(pc, 'unitHead', '/console/packages');
    await page.getByText('还没有要过卷宗').waitFor();
    await page.getByRole('button', { name: '要一份' }).click();
    const dialog = page.getByRole('dialog');
    await page.locator('#package-from').fill('2026-11-01');
    await page.locator('#package-to').fill('2026-11-30');
    await page.locator('#package-purpose').fill('交巡察组');
    await expectSound(page, 'packages-dialog');
    await dialog.getByRole('button', { name: '要一份' }).click();
    const row = page.getByRole('row', { name: /2026-11-01 至 2026-11-30/ });
    await row.waitFor();
    await expect
      .poll(
        async () => {
          await page.reload();
          await row.waitFor();
          return row.getByText('可以取用').count();
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBe(1);
    await expectSound(page, 'packages');
    const { files } = await taken(page, () => row.getByRole('link', { name: '取用' }).click());
    const folder = `${number} ${demoCast.applicant.name}`;
    expect([...files.keys()]).toEqual(expect.arrayContaining([`${folder}/form.html`, '目录.xlsx']));
    quiet();
  });
});
