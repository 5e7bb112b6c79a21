import { describe, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import { phoneAndDesk } from './phone-and-desk.ts';
import { canBrowse } from './product.ts';
import { expectSound } from './tabs.ts';

describe.runIf(canBrowse)('templates: everything one may apply for, and the walk of everybody', () => {
  const { product, phone, pc, open, quiet } = phoneAndDesk();

  it('S2-A11 the phone shows the first ones at home, and all of them by group, found by pinyin', async () => {
    const page = await open(phone, 'applicant', '/apply');
    await page.getByRole('searchbox').waitFor();
    // Whoever signs in to the home page for the first time is led to what they have to undertake.
    await page.goto(product.h5);
    const all = page.getByRole('link', { name: /全部/ }).last();
    await all.waitFor();
    await expectSound(page, 'templates-home');
    await all.click();
    const field = page.getByRole('searchbox');
    await field.waitFor();
    await page.getByRole('link', { name: '信息系统上线' }).waitFor();
    await expectSound(page, 'templates-all');
    await field.fill('tingke');
    await page.getByRole('link', { name: '信息系统上线' }).waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: '调停课' }).click();
    await page.getByRole('heading', { name: '调停课' }).waitFor();
    await expectSound(page, 'templates-form');
    quiet();
  });

  it('R18 HR sees which templates stop for whom and what mends it, and one person by name', async () => {
    const page = await open(pc, 'hrMaintainer', '/console/templates');
    await page.getByRole('heading', { name: '审批模板' }).waitFor();
    const row = page.getByRole('row', { name: /企业微信功能扩展/ });
    await row.getByText('600 人').waitFor();
    await page.getByRole('row', { name: /差旅.*都走得通/ }).waitFor();
    await expectSound(page, 'templates-list');
    await row.getByRole('link').click();
    await page.getByRole('heading', { name: /全员试走/ }).waitFor();
    await page.getByRole('row', { name: /没有人担任信息化领导小组组长/ }).waitFor();
    await page.getByRole('combobox', { name: '看谁' }).fill(demoCast.applicant.name);
    await page.getByRole('option', { name: new RegExp(demoCast.applicant.name) }).click();
    const card = page.getByRole('region', { name: '看一个人怎么走' });
    await card
      .getByText(/卡在这里：没有人担任/)
      .first()
      .waitFor();
    await expectSound(page, 'templates-walk');
    await page.goto(`${product.h5}/console/templates/travel`);
    await page.getByText('每个人都走得通').waitFor();
    await expectSound(page, 'templates-walk-sound');
    quiet();
  });
});
