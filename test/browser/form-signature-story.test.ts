import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import type { InstanceAnswer, ItemsAnswer } from '../../server/features/approvals/contract.ts';
import type { PrintAnswer } from '../../server/features/approvals/print/contract.ts';
import { signatureFor } from '../support/sign.ts';
import { canBrowse, type Product, startProduct } from './product.ts';
import { clientAs, expectSound, openAs, openTab, PC, PHONE, type Tab } from './tabs.ts';

const KEY = 'privateAbroad';
const PLEDGE = '本人承诺按批准的时间、地点和事由出境';
const FORM = {
  category: 'staff',
  destination: '新加坡',
  purpose: 'travel',
  range: { from: '2026-12-07', fromHalf: 'am', to: '2026-12-11', toHalf: 'pm' },
  certificate: 'passport',
  reason: '和家人旅游，行程四晚五天',
};

describe.runIf(canBrowse)('因私出国（境）: the applicant signs the undertaking in the form', () => {
  let product: Product;
  let phone: Tab;
  let pc: Tab;
  let instanceId = '';
  beforeAll(async () => {
    product = await startProduct();
    [phone, pc] = await Promise.all([openTab(PHONE), openTab(PC)]);
  });
  afterAll(async () => {
    for (const tab of [phone, pc]) await tab?.close();
    await product?.stop();
  });

  /** What somebody wrote on this phone before. */
  async function beginDraft(page: Page): Promise<void> {
    const { person } = await (
      await clientAs(product, 'applicant')
    ).get<{ person: { personId: string } }>('/api/me');
    const value = {
      assignmentId: '',
      form: FORM,
      chosen: {},
      people: {},
      files: {},
      names: {},
      attempt: null,
    };
    const entry = JSON.stringify({ at: Date.now(), value });
    await page.evaluate(
      `localStorage.setItem(${JSON.stringify(`steward:${person.personId}:draft:${KEY}`)}, ${JSON.stringify(entry)})`,
    );
  }
  async function draw(page: Page): Promise<void> {
    const pad = await page.getByRole('img', { name: '在这里手写签名' }).boundingBox();
    if (!pad) throw new Error('no pad');
    const at = (x: number, y: number): [number, number] => [pad.x + pad.width * x, pad.y + pad.height * y];
    for (const stroke of [
      [
        [0.15, 0.3],
        [0.35, 0.3],
        [0.22, 0.75],
      ],
      [
        [0.5, 0.2],
        [0.48, 0.8],
        [0.8, 0.55],
      ],
    ] as const) {
      const [[x, y]] = stroke;
      await page.mouse.move(...at(x, y));
      await page.mouse.down();
      for (const [toX, toY] of stroke) await page.mouse.move(...at(toX, toY), { steps: 6 });
      await page.mouse.up();
    }
  }
  async function act(who: CastKey): Promise<void> {
    const client = await clientAs(product, who);
    const { items } = await client.get<ItemsAnswer>('/api/approvals/items?box=todo');
    const taskId = items.find((one) => one.instanceId === instanceId)?.taskId ?? '';
    const { myTask } = await client.get<InstanceAnswer>(`/api/approvals/instances/${instanceId}`);
    const body = myTask?.handles
      ? { result: 'done', comment: '已登记，证件已发' }
      : { comment: '同意', ...(await signatureFor(client, myTask)) };
    await client.post(`/api/approvals/tasks/${taskId}/${myTask?.handles ? 'handle' : 'approve'}`, body);
  }

  it('the designer offers the control and shows it on the phone beside it', async () => {
    const page = await openAs(product, pc, 'superAdmin', `/console/templates/design/${KEY}`);
    await page.getByRole('heading', { name: '因私出国（境）', level: 1 }).waitFor();
    await page.getByRole('complementary', { name: '手机上的样子' }).getByText('点此签名').waitFor();
    await expectSound(page, 'form-signature-designer');
  });

  it('is asked for before the form goes, drawn on a sheet, and shown where it stands', async () => {
    const page = await openAs(product, phone, 'applicant', `/apply/${KEY}`);
    await page.getByText(PLEDGE).waitFor();
    await beginDraft(page);
    await page.goto(`${product.h5}/apply/${KEY}`);
    await page.getByText('接着上次的写').waitFor();
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('请填写承诺人签名').first().waitFor();
    await page.getByRole('button', { name: /承诺人签名/ }).click();
    const sheet = page.getByRole('dialog', { name: '承诺人签名' });
    await sheet.getByRole('button', { name: '签好了' }).click();
    await sheet.getByText('请先签名').waitFor();
    await draw(page);
    await expectSound(page, 'form-signature-pad');
    await sheet.getByRole('button', { name: '签好了' }).click();
    await sheet.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '去掉签名' }).waitFor();
    await expectSound(page, 'form-signature-given');
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('fileId');
    await page.getByRole('button', { name: '提交' }).click();
    await page.waitForURL(/\/approvals\/[^/]+\/submitted/);
    instanceId = /approvals\/([^/]+)\/submitted/.exec(page.url())?.[1] ?? '';
  });

  it('who decides sees whose it is, when it was given, and the picture', async () => {
    const page = await openAs(product, phone, 'unitHead', `/approvals/${instanceId}`);
    await page.getByRole('img', { name: `${demoCast.applicant.name}的签名` }).waitFor();
    await page.getByText(PLEDGE).waitFor();
    await expectSound(page, 'form-signature-detail');
    for (const who of ['unitHead', 'hrHead', 'leader', 'hrHead'] as const) await act(who);
  });

  it('stands on the paper beside the one of the decision, and is checked by the code', async () => {
    const page = await openAs(product, pc, 'applicant', `/approvals/${instanceId}/print`);
    await page.getByRole('img', { name: `${demoCast.applicant.name}的签名` }).waitFor();
    await page.getByText('已通过').first().waitFor();
    await page.getByText(PLEDGE).waitFor();
    await expectSound(page, 'form-signature-print');
    const client = await clientAs(product, 'applicant');
    const { code } = await client.get<PrintAnswer>(`/api/approvals/instances/${instanceId}/print`);
    const stranger = await openTab(PHONE);
    await stranger.page.goto(`${product.h5}/verify/${code}`);
    await stranger.page.getByRole('heading', { name: '表单里的签名' }).waitFor();
    await expectSound(stranger.page, 'form-signature-verify');
    await stranger.close();
    expect([...phone.complaints, ...pc.complaints]).toEqual([]);
  });
});
