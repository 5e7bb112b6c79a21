import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../../testing/fake-api.ts';
import { settle } from '../../../testing/mount.ts';
import { openPage, type OpenPage } from '../testing/open-page.ts';
import * as sample from '../testing/samples.ts';
import { exchangeCsv } from './exchange-file.ts';
import ExchangePage from './ExchangePage.vue';

let page: OpenPage;
afterEach(async () => {
  page.app.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await settle();
});
const rows = [sample.exchangeRow('e1'), sample.exchangeRow('e2', { name: '何老师', changes: [] })];
async function open(more: Record<string, Answer> = {}): Promise<void> {
  page = await openPage(
    ExchangePage,
    { path: '/console/accounts/exchange', url: '/console/accounts/exchange?system=oa' },
    {
      'GET /api/accounts/exchange/oa': () => ({ body: { systemCode: 'oa', rows, next: null } }),
      ...more,
    },
  );
}
async function give(file: File): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('#exchange-receipt');
  if (!input) throw new Error('no field for the receipt');
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  input.dispatchEvent(new Event('change'));
  // Until the page says what it found, however long reading takes.
  const before = page.text();
  for (let round = 0; round < 1_000 && page.text() === before; round += 1) await settle();
  await settle();
}

describe('exchange of files with a system that has no interface', () => {
  it('names the systems and lists what waits in the chosen one', async () => {
    await open();
    expect(page.text()).toContain('企业微信OA无感考勤');
    expect(page.text()).toContain('职务：教师 → 教研室主任');
    expect(page.button('确认已办').disabled).toBe(true);
  });

  it('a receipt ticks its rows and confirms nothing by itself; the note says from which file', async () => {
    await open({ 'POST /api/accounts/exchange/confirm': () => ({ body: { done: 1, failed: [] } }) });
    await give(new File([exchangeCsv(rows.slice(1))], '回执.csv'));
    expect(page.calls.of('POST /api/accounts/exchange/confirm')).toHaveLength(0);
    page.button('确认 1 行已办').click();
    await settle();
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/accounts/exchange/confirm')[0]?.body).toEqual({
      itemIds: ['e2'],
      note: '按回执 回执.csv 核对',
      fileId: null,
    });
    expect(page.text()).toContain('1 行已确认');
  });

  it('a file that is none of ours is told, and nothing is ticked', async () => {
    await open();
    await give(new File(['姓名\n张老师\n'], '别的.csv'));
    expect(page.text()).toContain('“别的.csv”里没有这里的办理编号');
    expect(page.button('确认已办').disabled).toBe(true);
  });

  it('rows that could not be confirmed stay ticked and are counted', async () => {
    await open({
      'POST /api/accounts/exchange/confirm': () => ({
        body: { done: 1, failed: [{ itemId: 'e2', code: 'accounts.item_not_running' }] },
      }),
    });
    document.querySelector<HTMLInputElement>('thead input[type="checkbox"]')?.click();
    await settle();
    page.button('确认 2 行已办').click();
    await settle();
    await page.type('exchange-note', 'OA 已办');
    page.act().click();
    await settle();
    expect(page.text()).toContain('1 行已确认，1 行没成');
    expect(page.has('确认 1 行已办')).toBe(true);
  });
});
