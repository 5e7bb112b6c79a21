import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import { portrait } from '../../scripts/demo/portrait.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import { phoneAndDesk } from './phone-and-desk.ts';
import { canBrowse } from './product.ts';
import { expectSound } from './tabs.ts';

const MENDER = demoCast.contractor.name;

describe.runIf(canBrowse)(
  'a repair from the code on the door to the rating and the report of the month',
  () => {
    const { product, phone, pc, open, quiet } = phoneAndDesk();
    /** What the printed code of the room leads to. */
    let scanned = '';
    let ticketPath = '';

    it('who dispatches names a place and who mends there, and prints the code', async () => {
      const desk = await open(pc, 'superAdmin', '/console/repairs/kept');
      await desk.getByRole('button', { name: '加维修人员' }).click();
      const mender = desk.getByRole('dialog');
      await mender.getByRole('combobox', { name: '谁' }).fill(MENDER);
      await desk.getByRole('option', { name: new RegExp(MENDER) }).click();
      await mender.getByText('空调', { exact: true }).click();
      await mender.getByLabel('哪些楼').fill('图书馆');
      await holds(desk, 'worker');
      await mender.getByRole('button', { name: '保存' }).click();
      await desk.getByRole('row', { name: new RegExp(`${MENDER}.*空调.*图书馆`) }).waitFor();

      await desk.getByRole('button', { name: '加地点' }).click();
      const place = desk.getByRole('dialog', { name: '加地点' });
      await desk.locator('#rep-name:focus').waitFor();
      await place.getByLabel('名称').fill('图书馆 301 阅览室');
      await place.getByLabel('楼或区域').fill('图书馆');
      await place.getByRole('button', { name: '保存' }).click();
      const row = desk.getByRole('row', { name: /图书馆 301 阅览室/ });
      await row.waitFor();
      await holds(desk, 'kept');
      await row.getByRole('link', { name: '二维码' }).click();
      await desk.getByRole('img', { name: /图书馆 301 阅览室/ }).waitFor();
      await holds(desk, 'codes');
      const code = new URL(desk.url()).searchParams.get('q') ?? '';
      expect(await desk.locator('.rep-sheet').innerText()).toContain(code);
      scanned = `/repairs/new?at=${code}`;
      quiet();
    });

    it('scanned, the report has its place; words, a photo, and it lies with who mends there', async () => {
      const page = await open(phone, 'applicant', scanned);
      await page.getByText('图书馆 301 阅览室').first().waitFor();
      await page.getByText('空调', { exact: true }).click();
      await page.getByLabel('说明').fill('空调漏水，滴在书架上');
      await addPhoto(page, 3);
      await holds(page, 'report');
      await page.getByRole('button', { name: '提交报修' }).click();
      await page.waitForURL(/\/repairs\/[0-9a-f]{32}$/);
      ticketPath = new URL(page.url()).pathname;
      await page.getByText('待接单').first().waitFor();
      await page.getByText(`派给${MENDER}`).waitFor();
      await gone(page, '已提交');
      await holds(page, 'reported');
      quiet();
    });

    it('who mends takes it over, waits for a part with the clock standing, and shows what was done', async () => {
      const page = await open(phone, 'contractor', '/repairs');
      await page.getByRole('button', { name: /我要修的/ }).click();
      await page.getByRole('link', { name: /空调漏水/ }).click();
      await page.getByRole('button', { name: '接单' }).click();
      await page.getByText('维修中').first().waitFor();
      await page.getByRole('button', { name: '挂起' }).click();
      const hold = page.getByRole('dialog');
      await hold.getByLabel('为什么挂起').fill('等排水泵到货');
      await holds(page, 'hold');
      await hold.getByRole('button', { name: '挂起', exact: true }).click();
      await page.getByText('等配件 · 等排水泵到货').waitFor();
      await page.getByRole('button', { name: '继续维修' }).click();
      await page.getByRole('button', { name: '报完工' }).click();
      const finish = page.getByRole('dialog');
      await finish.getByLabel('怎么修好的').fill('换了排水泵');
      await finish.getByRole('button', { name: '报完工' }).click();
      await finish.getByText('请拍一张修好后的照片').waitFor();
      await addPhoto(page, 5);
      await holds(page, 'finish');
      await finish.getByRole('button', { name: '报完工' }).click();
      await page.getByText('待验收').first().waitFor();
      quiet();
    });

    it('who reported it sends it back once, then accepts it with four stars', async () => {
      const page = await open(phone, 'applicant', ticketPath);
      await page.getByRole('button', { name: '没修好' }).click();
      await page.getByRole('dialog').getByLabel('哪里没修好').fill('还在滴');
      await page.getByRole('dialog').getByRole('button', { name: '退回返修' }).click();
      await page.getByText('第 2 次维修').waitFor();

      const mender = await open(phone, 'contractor', ticketPath);
      await mender.getByRole('button', { name: '报完工' }).click();
      await mender.getByRole('dialog').getByLabel('怎么修好的').fill('重新做了坡度');
      await addPhoto(mender, 7);
      await mender.getByRole('dialog').getByRole('button', { name: '报完工' }).click();
      await mender.getByText('待验收').first().waitFor();

      await open(phone, 'applicant', ticketPath);
      await page.locator('.rep-rate label').nth(3).click();
      await page.getByText('满意', { exact: true }).waitFor();
      await holds(page, 'rate');
      await page.getByRole('button', { name: '验收通过' }).click();
      await page.getByText('已办结').first().waitFor();
      await gone(page, '已验收');
      await holds(page, 'closed');
      quiet();
    });

    it('S1-10.1c the month’s report counts it by person and stars, as a page and as a file', async () => {
      const desk = await open(pc, 'superAdmin', `/console${ticketPath}`);
      await desk.getByText('重新做了坡度').first().waitFor();
      await holds(desk, 'ticket');
      await desk.goto(`${product.h5}/console/repairs`);
      await desk.getByRole('row', { name: /图书馆 301 阅览室/ }).waitFor();
      await holds(desk, 'board');
      await desk.getByRole('link', { name: '报表' }).click();
      // The list that is left has a row of the same name.
      await desk.getByRole('heading', { name: '报修报表' }).waitFor();
      const row = desk.getByRole('row', { name: new RegExp(MENDER) });
      await row.waitFor();
      expect((await row.innerText()).split(/\s+/)).toEqual([
        MENDER,
        '1',
        '1',
        '1',
        expect.stringMatching(/^\d/),
        '4.0',
        '1',
      ]);
      await holds(desk, 'figures');
      const download = desk.waitForEvent('download');
      await desk.getByRole('link', { name: /下载/ }).click();
      const chunks: Buffer[] = [];
      for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
      const people = (await readSheets(Buffer.concat(chunks))).find(({ name }) => name === '按人员');
      expect(people?.rows.find(([name]) => name === MENDER)?.slice(1, 4)).toEqual(['1', '1', '1']);
      quiet();
    });
  },
);

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
    .getByText(words)
    .first()
    .waitFor({ state: 'hidden' })
    .catch(() => undefined);

const holds = (page: Page, name: string): Promise<void> => expectSound(page, `repair-${name}`);
