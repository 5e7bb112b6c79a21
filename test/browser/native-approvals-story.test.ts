import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import { canBrowse, type Product, startProduct } from './product.ts';
import { expectSound, openAs, openTab, PC, PHONE, type Tab } from './tabs.ts';

describe.runIf(canBrowse)('a form of 企业微信’s own 审批 from the to-do to the desk', () => {
  let product: Product;
  let phone: Tab;
  let pc: Tab;
  let casePath = '';
  beforeAll(async () => {
    product = await startProduct();
    [phone, pc] = await Promise.all([openTab(PHONE), openTab(PC)]);
  });
  afterAll(async () => {
    for (const tab of [phone, pc]) await tab?.close();
    await product?.stop();
  });
  const open = (tab: Tab, who: CastKey, path: string): Promise<Page> => openAs(product, tab, who, path);
  const quiet = (): void => expect([...phone.complaints, ...pc.complaints]).toEqual([]);

  it('stands among the holder’s to-dos and says where it is decided', async () => {
    const page = await open(phone, 'attendanceOfficer', '/todo');
    await page.getByRole('heading', { name: /其他待办/ }).waitFor();
    await expectSound(page, 'native-todo');
    await page.getByRole('link', { name: /补卡申请/ }).click();
    await page.getByRole('heading', { name: /请到 企业微信/ }).waitFor();
    await page.getByText('带学生参加比赛，回校晚').waitFor();
    await expectSound(page, 'native-case');
    casePath = new URL(page.url()).pathname;
    quiet();
  });

  it('is overseen at the desk: who holds what, a form’s way, an import', async () => {
    const desk = await open(pc, 'superAdmin', '/console/native-approvals');
    await desk
      .getByRole('row', { name: new RegExp(`补卡申请.*${demoCast.attendanceOfficer.name}`) })
      .waitFor();
    await desk.getByRole('heading', { name: '各部门办理情况' }).waitFor();
    await expectSound(desk, 'native-list');
    await desk.goto(`${new URL(desk.url()).origin}/console${casePath}`);
    await desk.getByRole('heading', { name: '办理过程' }).waitFor();
    await desk.getByText('只给提交人和经办人看。').waitFor();
    await expectSound(desk, 'native-desk-case');
    await desk.goto(`${new URL(desk.url()).origin}/console/native-approvals/imports`);
    await desk.getByText('已完成').first().waitFor();
    await expectSound(desk, 'native-imports');
    quiet();
  });

  it.each([PC, PHONE])(
    'is handed in and decided on the sandbox’s phone, $width px wide; to-do and desk follow',
    async (screen) => {
      const { applicant, unitHead } = demoCast;
      const sandbox = await openTab(screen);
      const at = (userid: string) =>
        sandbox.page.goto(`${product.phone}/phone?member=${userid}&screen=native`);
      const reason = `考勤机没电（${screen.width}）`;
      try {
        await at(applicant.userid);
        await sandbox.page.getByText(`由${unitHead.name}审批`).waitFor();
        await sandbox.page.getByLabel('缺卡原因').fill(reason);
        await expectSound(sandbox.page, 'sandbox-native-form');
        await sandbox.page.getByRole('button', { name: '提交', exact: true }).click();
        await sandbox.page.getByText(`缺卡原因：${reason}`).waitFor();
        await sandbox.page
          .getByText(/^审批中/)
          .first()
          .waitFor();

        const todo = await open(phone, 'unitHead', '/todo');
        await todo.getByRole('link', { name: /企业微信审批：补卡申请（张雨桐）/ }).click();
        await todo.getByRole('heading', { name: /请到 企业微信/ }).waitFor();
        await todo.getByText(reason).waitFor();
        const path = new URL(todo.url()).pathname;
        const desk = await open(pc, 'superAdmin', '/console/native-approvals');
        await desk
          .getByRole('row', { name: new RegExp(`补卡申请.*${applicant.name}.*${unitHead.name}`) })
          .first()
          .waitFor();

        await at(unitHead.userid);
        await sandbox.page.getByText(`缺卡原因：${reason}`).waitFor();
        await expectSound(sandbox.page, 'sandbox-native-waiting');
        await sandbox.page.getByRole('button', { name: '同意', exact: true }).click();
        await sandbox.page.getByText('没有等你处理的').waitFor();

        await open(phone, 'unitHead', path);
        await phone.page.getByText('已通过').first().waitFor();
        await phone.page.goto(`${product.h5}/todo`);
        await phone.page.getByRole('heading', { name: /都处理完了/ }).waitFor();
        await desk.goto(`${product.h5}/console${path}`);
        await desk.getByRole('heading', { name: '办理过程' }).waitFor();
        await desk.getByText(unitHead.name).first().waitFor();
        await desk.getByText('已同意').first().waitFor();
        await expectSound(desk, 'native-desk-decided');
        expect(sandbox.complaints).toEqual([]);
        quiet();
      } finally {
        await sandbox.close();
      }
    },
  );
});
