import { describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { TodosAnswer } from '../../server/features/portal/contract.ts';
import { phoneAndDesk } from './phone-and-desk.ts';
import { canBrowse, picture } from './product.ts';
import { clientAs, expectSound, openTab, PC, PHONE } from './tabs.ts';

describe.runIf(canBrowse)('a form of 企业微信’s own 审批 from the to-do to the desk', () => {
  const { product, phone, pc, open, quiet } = phoneAndDesk();
  let casePath = '';

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
      const { page } = sandbox;
      const at = (userid: string) => page.goto(`${product.phone}/phone?member=${userid}&screen=native`);
      const reason = `考勤机没电（${screen.width}）`;
      const head = await clientAs(product, 'unitHead');
      const title = `企业微信审批：补卡申请（${applicant.name}）`;
      const todos = async () =>
        (await head.get<TodosAnswer>('/api/todos')).items.filter((one) => one.title === title);
      try {
        await at(applicant.userid);
        await page.getByText(`由${unitHead.name}审批`).waitFor();
        await page.getByLabel('缺卡原因').fill(reason);
        await picture(page, `sandbox-native-form-${screen.width}`);
        await page.getByRole('button', { name: '提交', exact: true }).click();
        await page.getByText(`缺卡原因：${reason}`).waitFor();
        await expect.poll(async () => (await todos()).length, { timeout: 10_000 }).toBe(1);

        const list = await open(phone, 'unitHead', '/todo');
        await list.getByRole('link', { name: new RegExp(title) }).click();
        await list.getByText(reason).waitFor();
        const casePath = new URL(list.url()).pathname;
        const desk = await open(pc, 'superAdmin', '/console/native-approvals');
        const row = new RegExp(`补卡申请.*${applicant.name}.*${unitHead.name}`);
        await desk.getByRole('row', { name: row }).first().waitFor();

        await at(unitHead.userid);
        const form = page.locator('li', { hasText: reason });
        await form.waitFor();
        await picture(page, `sandbox-native-waiting-${screen.width}`);
        await form.getByRole('button', { name: '同意', exact: true }).click();
        await form.waitFor({ state: 'detached' });

        await expect.poll(async () => (await todos()).length, { timeout: 10_000 }).toBe(0);
        await list.goto(`${product.h5}${casePath}`);
        await list.getByText('已通过').first().waitFor();
        await desk.goto(`${product.h5}/console${casePath}`);
        await desk.getByRole('heading', { name: '办理过程' }).waitFor();
        await desk.getByText(unitHead.name).first().waitFor();
        await expectSound(desk, `native-desk-decided-from-${screen.width}`);
        expect(sandbox.complaints).toEqual([]);
        quiet();
      } finally {
        await sandbox.close();
      }
    },
  );
});
