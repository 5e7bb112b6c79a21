import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import { addDays } from '../../server/kernel/dates.ts';
import { applyForLeave, ONE_DAY } from '../support/story.ts';
import { canBrowse, type Product, startProduct } from './product.ts';
import { clientAs, expectSound, openAs, openTab, PC, PHONE, type Tab } from './tabs.ts';

const APPLICANT = demoCast.applicant.name;

describe.runIf(canBrowse)('a batch approval, on the phone and at a desk', () => {
  let product: Product;
  let phone: Tab;
  let pc: Tab;
  /** Requests of the first round, oldest first. */
  const made: string[] = [];
  beforeAll(async () => {
    product = await startProduct();
    [phone, pc] = await Promise.all([openTab(PHONE), openTab(PC)]);
  });
  afterAll(async () => {
    for (const tab of [phone, pc]) await tab?.close();
    await product?.stop();
  });

  /** Leave of so many days, each in a week of its own (R39). */
  async function apply(days: readonly number[], firstWeek: number): Promise<void> {
    const applicant = await clientAs(product, 'applicant');
    for (const [n, length] of days.entries()) {
      const from = addDays('2026-11-30', 7 * (firstWeek + n));
      const to = addDays(from, length - 1);
      const { instanceId } = await applyForLeave(applicant, { ...ONE_DAY, type: 'personal', from, to });
      made.push(instanceId);
    }
  }
  const holds = (page: Page, name: string): Promise<void> => expectSound(page, `batch-${name}`);
  const quiet = (): void => expect([...phone.complaints, ...pc.complaints]).toEqual([]);
  const boxes = (page: Page) => page.getByRole('checkbox');

  it('several lie side by side, the unusual one stands apart and is in no “all”', async () => {
    await apply([1, 1, 1, 1, 5], 0);
    const page = await openAs(product, phone, 'unitHead', '/todo/batch');
    await page.getByText('这批多为 1').waitFor();
    expect(await boxes(page).count()).toBe(5);
    await page.getByRole('button', { name: '全选' }).click();
    await page.getByRole('button', { name: '同意 4 件' }).waitFor();
    await holds(page, 'picked');
  });

  it('R1 one that was taken back meanwhile is told of by name, the others are decided', async () => {
    const applicant = await clientAs(product, 'applicant');
    await applicant.post(`/api/approvals/instances/${made[0] ?? ''}/withdraw`, {});
    const { page } = phone;
    await page.getByRole('button', { name: '同意 4 件' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click();
    const gone = page.getByRole('status').filter({ hasText: '同意前已有变化' });
    await gone.waitFor();
    expect(await gone.innerText()).toContain('撤回');
    expect(await gone.innerText()).toContain(APPLICANT);
    // Only the unusual one is left.
    await expect.poll(() => boxes(page).count()).toBe(1);
    await page.getByText('已同意 3 件').waitFor({ state: 'hidden' });
    await holds(page, 'results');
    for (const id of made.slice(1, 4)) {
      const { state } = await applicant.get<{ state: { code: string } }>(`/api/approvals/instances/${id}`);
      expect(state.code).toBe('approved');
    }
    quiet();
  });

  it('at a desk the unusual one is agreed to after a second word, and nothing is left', async () => {
    const page = await openAs(product, pc, 'unitHead', '/todo/batch');
    await apply([1, 1, 1, 1], 10);
    await page.reload();
    await page.getByText('这批多为 1').waitFor();
    expect(await boxes(page).count()).toBe(5);
    for (let n = 0; n < 5; n += 1) await boxes(page).nth(n).check();
    await holds(page, 'desk');
    await page.getByRole('button', { name: '同意 5 件' }).click();
    await page.getByText('其中 1 件和别的不一样，看过再定。').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click();
    await page.getByRole('link', { name: '回待办' }).waitFor();
    await page.getByText('已同意 5 件').waitFor({ state: 'hidden' });
    await holds(page, 'done');
    quiet();
  });
});
