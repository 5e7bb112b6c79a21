import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import type { ItemsAnswer, SubmitAnswer, TemplateAnswer } from '../../server/features/approvals/contract.ts';
import { phoneAndDesk } from './phone-and-desk.ts';
import { canBrowse } from './product.ts';
import { clientAs, expectSound } from './tabs.ts';

const KEY = 'jointContract';

describe.runIf(canBrowse)(
  'R12 a contract is countersigned in branches beside each other, and signed by hand',
  () => {
    const { product, phone, pc, open, quiet } = phoneAndDesk();
    let instanceId = '';
    beforeAll(async () => {
      await publish(await yaml());
      instanceId = await submit();
    });

    /** By 法务 and 财务 beside each other, then signed by the leader. */
    async function yaml(): Promise<string> {
      const step = async (key: string, title: string, who: CastKey, more = '') => {
        const client = await clientAs(product, who);
        const { person } = await client.get<{ person: { personId: string } }>('/api/me');
        return `{ key: ${key}, kind: approve, title: ${title}, mode: any, refusal: FIRST_ACTION, allowWorkdays: 2${more}, assignees: [{ label: ${title}, by: { rule: named, personIds: [${person.personId}] } }] }`;
      };
      return `key: ${KEY}
version: 1
title: 联合会签
numberPrefix: LH
icon: doc
hue: blue
group: 合同管理
titleWords: '{what}'
fields:
  - { key: what, type: text, label: 合同名称, required: true, maxLength: 60 }
steps:
  - key: joint
    kind: branches
    title: 并行会签
    mode: all
    refusal: COLLECT_ALL
    branches:
      - key: law
        title: 法务
        steps:
          - ${await step('lawyer', '法务审核', 'unitHead')}
      - key: money
        title: 财务
        steps:
          - ${await step('cash', '财务审核', 'hrHead')}
  - ${await step('leader', '分管院领导签署', 'leader', ', signature: true')}
`;
    }
    async function publish(text: string): Promise<void> {
      const admin = await clientAs(product, 'superAdmin');
      const templates = '/api/approvals/design/templates';
      await admin.post(templates, { from: 'yaml', text });
      await admin.post(`${templates}/${KEY}/publish`, { version: 1 });
    }
    async function submit(): Promise<string> {
      const teacher = await clientAs(product, 'applicant');
      const { version, posts } = await teacher.get<TemplateAnswer>(`/api/approvals/templates/${KEY}`);
      const body = {
        templateKey: KEY,
        version,
        assignmentId: posts[0]?.assignmentId ?? '',
        form: { what: '实训基地共建协议' },
        clientKey: randomUUID(),
      };
      return (await teacher.post<SubmitAnswer>('/api/approvals/instances', body)).instanceId;
    }
    async function agree(who: CastKey): Promise<void> {
      const client = await clientAs(product, who);
      const { items } = await client.get<ItemsAnswer>('/api/approvals/items?box=todo');
      const task = items.find((one) => one.instanceId === instanceId);
      if (!task?.taskId) throw new Error(`${who} holds nothing of it`);
      await client.post(`/api/approvals/tasks/${task.taskId}/approve`, { comment: '' });
    }
    const request = (who: CastKey, tab = phone): Promise<Page> => open(tab, who, `/approvals/${instanceId}`);

    it('the applicant sees who of which branch holds it, at the same time', async () => {
      const page = await request('applicant');
      await page.getByRole('heading', { name: '实训基地共建协议' }).first().waitFor();
      const words = await page.locator('main').innerText();
      for (const part of [
        '法务',
        '同时进行，有人拒绝也听完',
        demoCast.unitHead.name,
        '财务',
        demoCast.hrHead.name,
      ])
        expect(words).toContain(part);
      await expectSound(page, 'countersign-branches');
      await agree('unitHead');
      await page.reload();
      await page.getByText(`现在在 ${demoCast.hrHead.name} 处`).waitFor();
      await expectSound(page, 'countersign-one-left');
      await agree('hrHead');
    });

    it('R15 joined, it is signed by hand', async () => {
      const page = await request('leader');
      await page.getByRole('button', { name: '同意', exact: true }).click();
      const sheet = page.getByRole('dialog');
      await sheet.getByRole('button', { name: '签名并同意' }).click();
      await sheet.getByText('请先签名').waitFor();
      const pad = await sheet.getByRole('img', { name: '在这里手写签名' }).boundingBox();
      if (!pad) throw new Error('no pad');
      const at = (x: number, y: number): [number, number] => [pad.x + pad.width * x, pad.y + pad.height * y];
      await page.mouse.move(...at(0.2, 0.3));
      await page.mouse.down();
      for (const [x, y] of [
        [0.3, 0.7],
        [0.45, 0.3],
        [0.6, 0.7],
        [0.8, 0.35],
      ] as const)
        await page.mouse.move(...at(x, y), { steps: 6 });
      await page.mouse.up();
      await expectSound(page, 'countersign-pad');
      await sheet.getByRole('button', { name: '签名并同意' }).click();
      await sheet.waitFor({ state: 'hidden' });
      await page.getByRole('img', { name: `${demoCast.leader.name}的签名` }).waitFor();
      await expectSound(page, 'countersign-signed');
    });

    it('the signature stands on the paper', async () => {
      const page = await open(pc, 'applicant', `/approvals/${instanceId}/print`);
      await page.getByRole('img', { name: `${demoCast.leader.name}的签名` }).waitFor();
      await expectSound(page, 'countersign-print');
      quiet();
    });
  },
);
