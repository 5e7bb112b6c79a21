/** What deciders may change in a form and what they may not read of it (R15, R24, R40), over HTTP and on cards. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatchAnswer } from '../../server/features/approvals/batch/contract.ts';
import type { PrintAnswer, VerifyAnswer } from '../../server/features/approvals/print/contract.ts';
import type { ActAnswer } from '../../server/features/approvals/contract.ts';
import { historyOf, loadInstance, replay, type Template } from '../../server/features/approvals/index.ts';
import { demoCast } from '../../scripts/demo/cast.ts';
import { readZip } from '../../server/platform/zip/index.ts';
import type { Client } from '../support/client.ts';
import { namedStep, publishFields, publishSteps, type Step, submitOwn } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { cardsOf, detail, expectCard, lastWords, tapApprove, todo, userid } from '../support/story.ts';

const PNG = Uint8Array.from(atob('iVBORw0KGgo='), (c) => c.charCodeAt(0));
const FIELDS: Template['fields'] = [
  { key: 'what', label: '内容', type: 'text', required: true, maxLength: 50 },
  {
    key: 'amount',
    label: '金额',
    type: 'number',
    required: true,
    min: 1,
    max: 5000,
    decimals: 2,
    unit: '元',
  },
  { key: 'note', label: '说明', type: 'text', required: false, maxLength: 50 },
  { key: 'files', label: '附件', type: 'attachment', required: false, maxFiles: 3 },
];
const EDIT = { amount: 'edit', note: 'edit', files: 'edit' } as const;
const ALL = { mode: 'all', refusal: 'FAIL_FAST' } as const;
const ONE = { mode: 'any', refusal: 'FIRST_ACTION' } as const;

let s: Started;
let applicant: Client;
let head: Client;
let hr: Client;
beforeEach(async () => {
  s = await startApp();
  applicant = await s.signIn(userid.applicant);
  head = await s.signIn(userid.unitHead);
  hr = await s.signIn(userid.hrHead);
});
afterEach(() => s.close());

const named = async (
  key: string,
  who: string[],
  more: Partial<Step> = {},
  how: typeof ALL | typeof ONE = ONE,
) => ({ ...(await namedStep(s, key, who, how)), ...more }) as Step;
async function request(steps: Step[], more: Parameters<typeof submitOwn>[3] = {}): Promise<string> {
  await publishSteps(s, steps, { fields: FIELDS });
  const { instanceId } = await submitOwn(applicant, '经费', undefined, {
    amount: 300,
    note: '会议费',
    ...more,
  });
  await s.settle();
  return instanceId;
}
const taskOf = async (client: Client, id: string) => (await detail(client, id)).myTask?.taskId ?? '';
const versionOf = async (client: Client, id: string, key: string) =>
  (await detail(client, id)).editing?.fields.find(({ field }) => field.key === key)?.version;
const edit = async (client: Client, id: string, edits: object[], verb = 'edit', more: object = {}) =>
  client.post<ActAnswer>(`/api/approvals/tasks/${await taskOf(client, id)}/${verb}`, { edits, ...more });
const factsOf = async (client: Client, id: string) =>
  (await detail(client, id)).facts.map(({ label, value }) => `${label} ${value}`);
async function replays(id: string): Promise<void> {
  const [history, row] = await s.app.db.read((reads) =>
    Promise.all([historyOf(reads, id), loadInstance(reads, id)]),
  );
  expect(replay(history)).toEqual(row.state);
}

describe('a decider changes the form', () => {
  it('R40: two people of a 会签 change different fields and both stay; the same field is told', async () => {
    const id = await request([await named('会签', [userid.unitHead, userid.hrHead], { fields: EDIT }, ALL)]);
    expect(
      (await detail(head, id)).editing?.fields.map(({ field, value, version }) => [
        field.key,
        value,
        version,
      ]),
    ).toEqual([
      ['amount', 300, 0],
      ['note', '会议费', 0],
      ['files', null, 0],
    ]);
    expect((await detail(applicant, id)).editing).toBeNull();
    await s.advance(60_000);
    expect(await edit(head, id, [{ key: 'amount', version: 0, value: 260 }])).toMatchObject({
      outcome: 'done',
      words: '已修改金额',
    });
    await edit(hr, id, [{ key: 'note', version: 0, value: '评审费' }]);
    await expect(edit(hr, id, [{ key: 'amount', version: 0, value: 280 }])).rejects.toThrow(
      `“金额”刚由${demoCast.unitHead.name}改过，你的修改没有保存。请看过新的内容再改。`,
    );
    await s.settle();
    expect(await factsOf(applicant, id)).toEqual(['金额 260 元', '说明 评审费']);
    expect(await versionOf(hr, id, 'amount')).toBe(1);
    const rows = (await detail(applicant, id)).timeline.map(({ name, role, stateWords, comment }) =>
      [name, role, stateWords, comment].join(' '),
    );
    expect(rows).toContain(`${demoCast.unitHead.name} 修改表单 第 2 版 金额：300 元 → 260 元`);
    expect(rows).toContain(`${demoCast.hrHead.name} 修改表单 第 3 版 说明：会议费 → 评审费`);
    // Told: the applicant and the other who decides; not the one who changed it.
    expect(JSON.stringify(expectCard(s, userid.applicant, '修改了表单').content.card)).toContain('改了');
    expect(expectCard(s, userid.hrHead, `${demoCast.unitHead.name} 修改了表单`)).toBeDefined();
    await replays(id);
  });

  it('R40: a change with the decision is one act; who decided before is shown with the form they saw', async () => {
    const id = await request([
      await named('会签', [userid.unitHead, userid.hrHead], { fields: EDIT }, ALL),
      await named('校领导', [userid.leader], { when: { field: 'amount', op: '>', value: 1000 } }),
    ]);
    await edit(head, id, [], 'approve', { edits: undefined });
    await s.advance(60_000);
    const answer = await edit(hr, id, [{ key: 'amount', version: 0, value: 1200 }], 'approve');
    // R24: the changed form takes a further step into the path.
    expect(answer.nextWords).toBe(`接下来由${demoCast.leader.name}处理`);
    const rows = (await detail(applicant, id)).timeline.filter(({ kind }) => kind === 'step');
    expect(rows.map(({ name, stateWords }) => [name, stateWords])).toEqual([
      [demoCast.unitHead.name, '同意 · 第 1 版'],
      [demoCast.hrHead.name, '同意 · 第 2 版'],
      [demoCast.leader.name, '未查看'],
    ]);
    const history = await s.app.db.read((reads) => historyOf(reads, id));
    const opened = history.findLast(({ type }) => type === 'stepOpened');
    expect(opened?.type === 'stepOpened' && opened.differs).toMatchObject({ foretold: [] });
    await replays(id);
  });

  it('R27 R40: a card from before the change does not approve the changed form', async () => {
    const id = await request([await named('会签', [userid.unitHead, userid.hrHead], { fields: EDIT }, ALL)]);
    await s.advance(60_000);
    await edit(head, id, [{ key: 'amount', version: 0, value: 260 }]);
    await s.settle();
    await tapApprove(s, userid.hrHead, '申请事项');
    await s.settle();
    expect((await todo(hr)).items).toHaveLength(1);
    expect(lastWords(expectCard(s, userid.hrHead, '申请事项'))).toBeNull();
    await tapApprove(s, userid.unitHead, '申请事项');
    await s.settle();
    expect(lastWords(expectCard(s, userid.unitHead, '申请事项'))).toBe('已同意');
  });

  it('R40: values are checked as at submission, and nothing is changed by a bad one', async () => {
    const id = await request([await named('审核', [userid.unitHead], { fields: EDIT })]);
    await expect(edit(head, id, [{ key: 'amount', version: 0, value: 9000 }])).rejects.toThrow(
      '修改没有保存：金额最多 5000 元。',
    );
    await expect(edit(head, id, [{ key: 'amount', version: 0, value: null }])).rejects.toThrow(
      '修改没有保存：请填写金额。',
    );
    await expect(edit(head, id, [{ key: 'what', version: 0, value: '乙' }])).rejects.toThrow(
      '这一步不能修改“内容”。',
    );
    await expect(edit(hr, id, [{ key: 'amount', version: 0, value: 1 }])).rejects.toThrow('404');
    expect(await factsOf(applicant, id)).toEqual(['金额 300 元', '说明 会议费']);
    expect((await edit(head, id, [{ key: 'amount', version: 0, value: 300 }])).words).toBe('没有改动');
  });

  it('R40: attachments are added by the one who uploaded them, and never removed', async () => {
    const upload = async (client: Client) =>
      ((await (await client.upload('/api/files', '发票.png', PNG)).json()) as { fileId: string }).fileId;
    const own = await upload(applicant);
    const id = await request([await named('审核', [userid.unitHead], { fields: EDIT })], { files: [own] });
    await expect(edit(head, id, [{ key: 'files', version: 0, value: [] }])).rejects.toThrow(
      'approvals.files_only_added',
    );
    const foreign = await upload(hr);
    await expect(edit(head, id, [{ key: 'files', version: 0, value: [own, foreign] }])).rejects.toThrow(
      'approvals.file_gone',
    );
    const fresh = await upload(head);
    await edit(head, id, [{ key: 'files', version: 0, value: [own, fresh] }]);
    const files = (await detail(applicant, id)).facts.flatMap((fact) => fact.files ?? []);
    expect(files.map(({ fileId }) => fileId)).toEqual([own, fresh]);
    expect((await applicant.raw('GET', `/api/approvals/instances/${id}/files/${fresh}`)).status).toBe(200);
  });

  it('R40: the title in every list follows the form', async () => {
    const id = await request([await named('审核', [userid.unitHead], { fields: { what: 'edit' } })]);
    await edit(head, id, [{ key: 'what', version: 0, value: '差旅' }]);
    expect((await todo(head)).items[0]?.title).toBe('事项 差旅');
    const found = await applicant.get<{ items: unknown[] }>(
      '/api/approvals/items?box=mine&q=%E5%B7%AE%E6%97%85',
    );
    expect(found.items).toHaveLength(1);
    expect((await detail(applicant, id)).title).toBe('事项 差旅');
  });
});

describe('what a step hides', () => {
  it('R5: leaves the server in no answer: page, print, search, card, batch, history, files', async () => {
    const upload = await applicant.upload('/api/files', '发票.png', PNG);
    const { fileId } = (await upload.json()) as { fileId: string };
    const hidden = { amount: 'hidden', note: 'hidden', files: 'hidden' } as const;
    // With a point in it no id and no digest can hold it by chance.
    const amount = '432.19';
    const secrets = [amount, '保密事项', '金额'];
    const id = await request(
      [
        await named('财务', [userid.unitHead], {
          fields: { amount: 'edit', note: 'edit' },
          when: { field: 'amount', op: '>', value: 100 },
        }),
        await named('登记', [userid.hrHead], { fields: hidden }),
      ],
      { note: '保密事项甲', amount: Number(amount), files: [fileId] },
    );
    await edit(head, id, [{ key: 'note', version: 0, value: '保密事项乙' }], 'approve');
    await s.settle();
    const page = JSON.stringify(await detail(hr, id));
    for (const secret of [...secrets, fileId]) expect(page).not.toContain(secret);
    const print = JSON.stringify(await hr.get<PrintAnswer>(`/api/approvals/instances/${id}/print`));
    for (const secret of [...secrets, fileId]) expect(print).not.toContain(secret);
    for (const box of ['todo', 'done', 'cc'])
      for (const q of [amount, '保密事项'])
        expect(
          (await hr.get<{ items: unknown[] }>(`/api/approvals/items?${new URLSearchParams({ box, q })}`))
            .items,
        ).toEqual([]);
    const { code, facts } = await applicant.get<PrintAnswer>(`/api/approvals/instances/${id}/print`);
    expect(JSON.stringify(facts)).toContain(amount);
    // Whoever holds the paper learns of the decisions, not of fields and how they were changed.
    const verified = JSON.stringify(await s.browser().get<VerifyAnswer>(`/api/approvals/prints/${code}`));
    expect(verified).toContain('genuine');
    for (const secret of secrets) expect(verified).not.toContain(secret);
    for (const card of cardsOf(s, userid.hrHead)) {
      for (const secret of secrets) expect(JSON.stringify(card.content.card)).not.toContain(secret);
    }
    const batch = JSON.stringify(await hr.get<BatchAnswer>('/api/approvals/batch'));
    for (const secret of secrets) expect(batch).not.toContain(secret);
    expect((await hr.raw('GET', `/api/approvals/instances/${id}/files/${fileId}`)).status).toBe(404);
    expect((await head.raw('GET', `/api/approvals/instances/${id}/files/${fileId}`)).status).toBe(200);
    const taken = await hr.send('POST', `/api/approvals/instances/${id}/package`, { purpose: '存档' });
    const files = readZip(new Uint8Array(await taken.arrayBuffer()));
    expect([...files.keys()].filter((path) => path.startsWith('附件/'))).toEqual([]);
    for (const secret of [...secrets, fileId])
      for (const [path, bytes] of files) expect(Buffer.from(bytes).includes(secret), path).toBe(false);
    // The applicant's own rights are what they were.
    expect(JSON.stringify(await detail(applicant, id))).toContain(amount);
    expect(JSON.stringify(await detail(head, id))).toContain('保密事项甲 → 保密事项乙');
  });

  it('R5: a file of a hidden field stays hidden when the form was handed in again with another', async () => {
    const upload = async () =>
      ((await (await applicant.upload('/api/files', '病历.png', PNG)).json()) as { fileId: string }).fileId;
    const first = await upload();
    const id = await request(
      [
        await named('初审', [userid.unitHead]),
        await named('登记', [userid.hrHead], { fields: { files: 'hidden' } }),
      ],
      { files: [first] },
    );
    await head.post(`/api/approvals/tasks/${await taskOf(head, id)}/send-back`, {
      toStepKey: null,
      reason: '换一份',
    });
    const second = await upload();
    const form = { what: '经费', amount: 300, note: '会议费', files: [second] };
    await applicant.post(`/api/approvals/instances/${id}/resubmit`, { form });
    await edit(head, id, [], 'approve', { edits: undefined });
    await s.settle();
    for (const fileId of [first, second]) {
      const path = `/api/approvals/instances/${id}/files/${fileId}`;
      expect((await hr.raw('GET', path)).status).toBe(404);
      expect((await head.raw('GET', path)).status).toBe(200);
    }
    const taken = await hr.send('POST', `/api/approvals/instances/${id}/package`, { purpose: '存档' });
    const files = readZip(new Uint8Array(await taken.arrayBuffer()));
    expect([...files.keys()].filter((path) => path.startsWith('附件/'))).toEqual([]);
  });
});

describe('numbers of a person', () => {
  const ID = '11010519491231002X';
  const fields = [
    { key: 'what', label: '内容', type: 'text', required: true, maxLength: 50 },
    { key: 'id', label: '证件号码', type: 'idNumber', required: true },
    { key: 'note', label: '说明', type: 'text', required: false, maxLength: 50 },
  ];
  const reveal = async (client: Client, id: string) =>
    (await client.send('POST', `/api/approvals/instances/${id}/reveal`, { field: 'id' })).status;

  it('H6 what a step hides it does not reveal; a change of another field leaves the sealed number whole', async () => {
    await publishFields(s, fields, [
      await named('joint', [userid.unitHead], { fields: { id: 'hidden', note: 'edit' } }),
      await named('last', [userid.hrHead]),
    ]);
    const { instanceId } = await submitOwn(applicant, '入校', undefined, { id: ID });
    await s.settle();
    expect(await factsOf(head, instanceId)).not.toContainEqual(expect.stringContaining('证件号码'));
    expect(await reveal(head, instanceId)).toBe(404);
    expect(await edit(head, instanceId, [{ key: 'id', version: 0, value: ID }]).catch(String)).toContain(
      '证件号码',
    );
    await edit(head, instanceId, [{ key: 'note', version: 0, value: '陪同参观' }], 'approve');
    await s.settle();
    expect(await factsOf(hr, instanceId)).toContain('说明 陪同参观');
    expect(await reveal(hr, instanceId)).toBe(200);
    await replays(instanceId);
  });

  it('no step may be given them to change', async () => {
    await expect(
      publishFields(s, fields, [await named('joint', [userid.unitHead], { fields: { id: 'edit' } })]),
    ).rejects.toThrow('不能改“证件号码”：只有申请人能填');
  });
});
