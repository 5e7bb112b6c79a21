import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import { asStored, csv } from '../support/hr-sheet.ts';
import { canBrowse, complaintsOf, openBrowser, picture, type Product, startProduct } from './product.ts';

const DAY = '2026-11-23';
const [NUMBER, NAME, UNITS, TITLE, STATUS] = [0, 1, 3, 4, 6] as const;

interface Member {
  readonly userid: string;
  readonly name: string;
  readonly position: string;
  readonly status: number;
}

const CAST = new Set(Object.values(demoCast).map(({ staffNo }) => staffNo as string));

describe.runIf(canBrowse)('HR’s sheet in the console', () => {
  let product: Product;
  let hr: BrowserContext;
  let second: BrowserContext;
  let applicant: BrowserContext;
  beforeAll(async () => {
    product = await startProduct();
    hr = await openBrowser({ width: 1280, height: 800 });
    second = await openBrowser({ width: 1280, height: 800 });
    applicant = await openBrowser({ width: 1280, height: 800 });
  });
  afterAll(async () => {
    await hr?.close();
    await second?.close();
    await applicant?.close();
    await product?.stop();
  });

  const members = async (): Promise<Map<string, Member>> => {
    const { members: all } = await product.control<{ members: Member[] }>('GET', '/state');
    return new Map(all.map((member) => [member.name, member]));
  };

  /** Through 企业微信's login page, as on a PC. */
  async function signIn(context: BrowserContext, name: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${product.h5}/console/hr/batches`);
    await page.getByText(name).first().click();
    await page.waitForURL(/\/console\/hr\/batches/);
    return page;
  }

  async function upload(page: Page, name: string, rows: readonly string[][]): Promise<void> {
    await page.goto(`${product.h5}/console/hr/batches`);
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name, mimeType: 'text/csv', buffer: csv(rows) });
    await page.waitForURL(/\/hr\/batches\/\w+/);
    await page.getByText('这份表是').waitFor();
  }

  async function planned(page: Page): Promise<string> {
    await page.getByRole('radio', { name: /完整花名册/ }).check({ force: true });
    await page.getByRole('button', { name: '生成计划' }).click();
    await page.waitForURL(/\/hr\/plans\/\w+$/);
    return page.url();
  }

  /** Ask the API as whoever is signed in on this page. */
  const ask = (page: Page, path: string, body?: object): Promise<unknown> =>
    page.evaluate(
      async ([to, sent]) => {
        const me = (await (await fetch('/api/me')).json()) as { csrfToken: string };
        const headers = { 'content-type': 'application/json', 'x-csrf-token': me.csrfToken };
        const answer = await fetch(to, sent === null ? {} : { method: 'POST', headers, body: sent });
        if (!answer.ok) throw new Error(await answer.text());
        return (await answer.json()) as unknown;
      },
      [path, body ? JSON.stringify(body) : null] as const,
    );

  /** Two requests for leave that wait at 陈志远. */
  async function twoRequests(page: Page): Promise<string[]> {
    const me = (await ask(page, '/api/me')) as { posts: { assignmentId: string }[] };
    const ids: string[] = [];
    for (const day of ['2026-12-01', '2026-12-02']) {
      const made = await ask(page, '/api/approvals/instances', {
        templateKey: 'leave',
        version: 1,
        assignmentId: me.posts[0]?.assignmentId,
        form: {
          type: 'personal',
          range: { from: day, fromHalf: 'am', to: day, toHalf: 'pm' },
          reason: '有事',
        },
        clientKey: randomUUID(),
      });
      ids.push((made as { instanceId: string }).instanceId);
    }
    return ids;
  }

  /** Look, confirm and start. */
  async function review(page: Page, url: string): Promise<void> {
    await page.goto(url);
    // A7: the first statement of a source has somebody look at who was matched with whom.
    await page.getByRole('button', { name: '看过了，首次对应关系无误' }).click();
    await page.getByRole('button', { name: '复核…' }).click();
    await page.getByRole('button', { name: '都展开' }).click();
    await page.getByText('已展开 1 / 1').waitFor();
    await page.getByText('我看过这 1 项的名单').click();
    await page.getByLabel(/停用1人/).fill('停用1人');
    await picture(page, 'hr-story-confirm');
    await page.locator('.confirm .el-button--danger').click();
    await page.waitForURL(/\/run$/);
    await page.getByText('全部做完').first().waitFor();
  }

  it('12 faults corrected, 30 changes confirmed by a second person, a leaver handed over', async () => {
    const staff = await signIn(applicant, demoCast.applicant.name);
    const requests = await twoRequests(staff);
    const page = await signIn(hr, demoCast.hrMaintainer.name);
    const complaints = complaintsOf(page);
    const rows = asStored();
    const names = new Map<string, number>();
    for (const row of rows) names.set(row[NAME] ?? '', (names.get(row[NAME] ?? '') ?? 0) + 1);
    const plain = rows.filter(([staffNo = '']) => !CAST.has(staffNo));
    const changing = plain.filter((row) => names.get(row[NAME] ?? '') === 1).slice(0, 29);
    for (const row of changing) row[TITLE] = '高级主管';
    const promoted = changing.map((row) => row[NAME] ?? '');
    const leaver = rows.find((row) => row[NUMBER] === demoCast.unitHead.staffNo);
    leaver?.splice(STATUS, 2, '离职', DAY);
    const faulty = plain.filter((row) => row[UNITS] === plain[200]?.[UNITS]).slice(0, 12);
    const right = faulty[0]?.[UNITS] ?? '';
    for (const row of faulty) row[UNITS] = `${right}x`;
    await upload(page, '花名册.csv', rows);
    await picture(page, 'hr-story-faults');
    expect(faulty).toHaveLength(12);
    await page.getByRole('button', { name: '下一处' }).click();
    await page.getByRole('radio', { name: new RegExp('改成别的') }).check();
    await page.getByLabel('改成', { exact: true }).fill(right);
    await page.getByRole('button', { name: '同名的 12 格都改' }).click();
    await page.getByText('改好 12 格，没有错了').first().waitFor();
    const url = await planned(page);
    await picture(page, 'hr-story-plan');
    const reviewer = await signIn(second, demoCast.superAdmin.name);
    await review(reviewer, url);
    await picture(reviewer, 'hr-story-run');

    await expect.poll(async () => (await members()).get(demoCast.unitHead.name)?.status, WAIT).toBe(DISABLED);
    // Each person's push is a job of its own, in no order.
    await expect
      .poll(async () => {
        const shown = await members();
        return promoted.filter((name) => shown.get(name)?.position !== '高级主管');
      }, WAIT)
      .toEqual([]);
    for (const instanceId of requests) {
      const detail = JSON.stringify(await ask(staff, `/api/approvals/instances/${instanceId}`));
      expect(detail).toContain('接替陈志远');
    }
    expect(complaints).toEqual([]);
  });

  it('a mistaken sheet that would remove 60 people is stopped before the first write', async () => {
    const page = hr.pages().at(-1);
    if (!page) throw new Error('HR is not signed in');
    const before = disabled(await members());
    const rows = asStored();
    for (const row of rows.filter(([staffNo = '']) => !CAST.has(staffNo)).slice(0, 60))
      row.splice(STATUS, 2, '离职', DAY);
    await upload(page, '去年的花名册.csv', rows);
    await planned(page);
    await page.getByText('没有写入任何内容').first().waitFor();
    await picture(page, 'hr-story-stopped');
    expect(await page.getByRole('button', { name: /^执行/ }).count()).toBe(0);
    expect(await page.getByRole('button', { name: '复核…' }).count()).toBe(0);
    expect(disabled(await members())).toEqual(before);
  });
});

const DISABLED = 2;
const WAIT = { timeout: 30_000, interval: 200 };
const disabled = (all: ReadonlyMap<string, Member>): string[] =>
  [...all.values()].filter(({ status }) => status === DISABLED).map(({ userid }) => userid);
