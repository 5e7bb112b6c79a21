import { describe, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import { phoneAndDesk } from './phone-and-desk.ts';
import { canBrowse } from './product.ts';
import { expectSound } from './tabs.ts';

describe.runIf(canBrowse)('a form of 企业微信’s own 审批 from the to-do to the desk', () => {
  const { phone, pc, open, quiet } = phoneAndDesk();
  let casePath = '';

  it('stands among the holder’s to-dos and says where it is decided', async () => {
    const page = await open(phone, 'attendanceOfficer', '/todo');
    await page.getByRole('heading', { name: /在企业微信审批中办理/ }).waitFor();
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
});
