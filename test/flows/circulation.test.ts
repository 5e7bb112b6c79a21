/** 传阅 and people named in comments (R5, R29), over HTTP, in lists and on cards. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { PrintAnswer } from '../../server/features/approvals/print/contract.ts';
import type { ActAnswer, ItemsAnswer } from '../../server/features/approvals/contract.ts';
import { historyOf, loadInstance, replay, type Template } from '../../server/features/approvals/index.ts';
import { readZip } from '../../server/platform/zip/index.ts';
import type { Client } from '../support/client.ts';
import { namedStep, personIdOf, publishSteps, type Step, submitOwn } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { cardsOf, detail, expectCard, userid } from '../support/story.ts';

const ONE = { mode: 'any', refusal: 'FIRST_ACTION' } as const;
const FIELDS: Template['fields'] = [
  { key: 'what', label: '内容', type: 'text', required: true, maxLength: 50 },
  { key: 'note', label: '说明', type: 'text', required: false, maxLength: 50 },
];

let s: Started;
let applicant: Client;
let head: Client;
let hr: Client;
let colleague: Client;
beforeEach(async () => {
  s = await startApp();
  applicant = await s.signIn(userid.applicant);
  head = await s.signIn(userid.unitHead);
  hr = await s.signIn(userid.hrHead);
  colleague = await s.signIn(userid.colleague);
});
afterEach(() => s.close());

async function request(more: Partial<Step> = {}, after: Step[] = []): Promise<string> {
  const step = { ...(await namedStep(s, '审核', [userid.unitHead], ONE)), ...more } as Step;
  await publishSteps(s, [step, ...after], { fields: FIELDS });
  const { instanceId } = await submitOwn(applicant, '教室', undefined, { note: '保密事项' });
  await s.settle();
  return instanceId;
}
const idOf = (member: string) => personIdOf(s, member);
async function circulate(client: Client, id: string, members: string[], note?: string): Promise<ActAnswer> {
  const personIds = await Promise.all(members.map(idOf));
  const body = { personIds, ...(note === undefined ? {} : { note }) };
  const answer = await client.post<ActAnswer>(`/api/approvals/instances/${id}/circulate`, body);
  await s.settle();
  return answer;
}
const confirm = (client: Client, id: string) =>
  client.post<ActAnswer>(`/api/approvals/instances/${id}/confirm-read`, {});
const copies = (client: Client) => client.get<ItemsAnswer>('/api/approvals/items?box=cc');
const readersOf = async (client: Client, id: string) =>
  (await detail(client, id)).circulating.sent.map(({ by, note, readers }) => [
    by,
    note,
    ...readers.map(({ name, readAt, confirmedAt }) => [name, readAt !== null, confirmedAt !== null]),
  ]);
const titled = (member: string, words: string) =>
  cardsOf(s, member).filter(({ content }) => JSON.stringify(content.card).includes(words));
async function replays(id: string): Promise<void> {
  const [history, row] = await s.app.db.read((reads) =>
    Promise.all([historyOf(reads, id), loadInstance(reads, id)]),
  );
  expect(replay(history)).toEqual(row.state);
}

describe('传阅', () => {
  it('R29: people are sent a request to read, are told once, find it in their list and confirm', async () => {
    const id = await request();
    expect((await colleague.raw('GET', `/api/approvals/instances/${id}`)).status).toBe(404);
    expect((await circulate(head, id, [userid.colleague, userid.hrHead], '请了解')).words).toBe(
      '已传阅给 2 人',
    );
    expect(titled(userid.colleague, `${demoCast.unitHead.name} 请你阅读`)).toHaveLength(1);
    expect((await copies(colleague)).items).toMatchObject([
      { instanceId: id, title: '事项 教室', unread: true },
    ]);

    // Again, by somebody else, with one more person: nobody hears of it twice.
    const again = await circulate(applicant, id, [userid.colleague, userid.leader]);
    expect(again.words).toBe('已传阅给 1 人，另 1 人以前已传阅过');
    expect(titled(userid.colleague, '请你阅读')).toHaveLength(1);
    expect(titled(userid.leader, '请你阅读')).toHaveLength(1);
    await expect(circulate(applicant, id, [userid.colleague])).rejects.toThrow('已经传阅给他们');

    const page = await detail(colleague, id);
    expect(page.circulating).toMatchObject({
      maySend: true,
      toConfirm: { by: demoCast.unitHead.name, note: '请了解' },
    });
    expect([page.myTask, page.can.approve, page.can.withdraw, page.editing]).toEqual([
      null,
      false,
      false,
      null,
    ]);
    await colleague.post(`/api/approvals/instances/${id}/read`, {});
    expect((await copies(colleague)).items).toMatchObject([{ unread: false }]);
    expect(await readersOf(applicant, id)).toEqual([
      [
        demoCast.unitHead.name,
        '请了解',
        [demoCast.colleague.name, true, false],
        [demoCast.hrHead.name, false, false],
      ],
      [demoCast.applicant.name, null, [demoCast.leader.name, false, false]],
    ]);
    expect((await confirm(hr, id)).words).toBe('已确认阅读');
    expect((await copies(hr)).items).toMatchObject([{ unread: false }]);
    expect((await confirm(hr, id)).outcome).toBe('already');
    expect((await detail(hr, id)).circulating.toConfirm).toBeNull();
    await expect(confirm(applicant, id)).rejects.toThrow('没有传阅给你');
    const rows = (await detail(applicant, id)).timeline.map(({ name, role, stateWords, comment }) =>
      [name, role, stateWords, comment].filter(Boolean).join(' '),
    );
    expect(rows).toContain(
      `${demoCast.unitHead.name} 传阅给${demoCast.colleague.name}、${demoCast.hrHead.name} 1/2 人已确认 请了解`,
    );
    await replays(id);
  });

  it('R29: who is copied as well has one card of it, whichever came first', async () => {
    const label = '抄送';
    const personIds = [await idOf(userid.colleague), await idOf(userid.hrHead)];
    const copy: Step = {
      key: label,
      title: label,
      kind: 'cc',
      assignees: [{ label, by: { rule: 'named', personIds }, fallback: [] }],
    };
    const id = await request({}, [copy]);
    await circulate(applicant, id, [userid.colleague]);
    const { myTask } = await detail(head, id);
    await head.post(`/api/approvals/tasks/${myTask?.taskId}/approve`, {});
    await s.settle();
    // After the end as well.
    await circulate(applicant, id, [userid.hrHead]);
    for (const [member, words] of [
      [userid.colleague, '请你阅读'],
      [userid.hrHead, '抄送：'],
    ] as const) {
      expect(titled(member, words)).toHaveLength(1);
      expect([...titled(member, '请你阅读'), ...titled(member, '抄送：')]).toHaveLength(1);
    }
    for (const client of [colleague, hr]) {
      expect((await copies(client)).items).toHaveLength(1);
      expect((await detail(client, id)).circulating.toConfirm).toEqual({
        by: demoCast.applicant.name,
        note: null,
      });
    }
  });

  it('R29: who reads it by somebody else’s hand reads no more than they do', async () => {
    const id = await request({ fields: { note: 'hidden' } });
    await circulate(head, id, [userid.colleague]);
    for (const client of [head, colleague]) {
      expect(JSON.stringify(await detail(client, id))).not.toContain('保密事项');
      const print = await client.get<PrintAnswer>(`/api/approvals/instances/${id}/print`);
      expect(JSON.stringify(print)).not.toContain('保密事项');
    }
    for (const { content } of cardsOf(s, userid.colleague))
      expect(JSON.stringify(content.card)).not.toContain('保密事项');
    // Passed on by a reader it stays hidden; sent by the applicant it is not.
    await circulate(colleague, id, [userid.hrHead]);
    await circulate(applicant, id, [userid.leader]);
    expect(JSON.stringify(await detail(hr, id))).not.toContain('保密事项');
    expect(JSON.stringify(await detail(await s.signIn(userid.leader), id))).toContain('保密事项');
  });

  it('bad input is told and changes nothing; a stranger learns nothing', async () => {
    const id = await request();
    const path = `/api/approvals/instances/${id}/circulate`;
    const personId = await idOf(userid.hrHead);
    await expect(colleague.post(path, { personIds: [personId] })).rejects.toThrow('404');
    await expect(confirm(colleague, id)).rejects.toThrow('404');
    await expect(head.post(path, { personIds: [] })).rejects.toThrow('400');
    const many = Array.from({ length: 51 }, (_, n) => `person-${String(n)}`);
    await expect(head.post(path, { personIds: many })).rejects.toThrow('400');
    await expect(circulate(head, id, [userid.unitHead])).rejects.toThrow('不用传阅给自己');
    await expect(circulate(head, id, [userid.applicant])).rejects.toThrow('是申请人');
    expect(await readersOf(applicant, id)).toEqual([]);
  });
});

describe('a comment names people', () => {
  const say = (client: Client, id: string, text: string, mentions: string[]) =>
    client.post<ActAnswer>(`/api/approvals/instances/${id}/comment`, {
      clientKey: randomUUID(),
      text,
      mentions,
    });

  it('R29: who may see the request; each is told once', async () => {
    const id = await request();
    const offered = (await detail(head, id)).mentionable.map(({ name }) => name);
    expect(offered).toEqual([demoCast.applicant.name]);
    const applicantId = await idOf(userid.applicant);
    await say(head, id, '请补充说明', [applicantId, applicantId]);
    await s.settle();
    expect(titled(userid.applicant, '在评论里提到了你')).toHaveLength(1);
    expect(JSON.stringify(expectCard(s, userid.applicant, '提到了你').content.card)).toContain('请补充说明');
    const row = (await detail(applicant, id)).timeline.find(({ role }) => role === '评论');
    expect(row).toMatchObject({ comment: '请补充说明', stateWords: `@${demoCast.applicant.name}` });
    // Told again of another comment only.
    await say(head, id, '谢谢', []);
    await s.settle();
    expect(titled(userid.applicant, '在评论里提到了你')).toHaveLength(1);
    await replays(id);
  });

  it('R5: nobody else is named, and nothing is said', async () => {
    const id = await request();
    await expect(say(head, id, '请看', [await idOf(userid.colleague)])).rejects.toThrow('看不到这份申请');
    expect((await detail(head, id)).timeline.some(({ role }) => role === '评论')).toBe(false);
    expect(cardsOf(s, userid.colleague)).toEqual([]);
    await circulate(head, id, [userid.colleague]);
    await say(head, id, '请看', [await idOf(userid.colleague)]);
    await s.settle();
    expect(titled(userid.colleague, '提到了你')).toHaveLength(1);
  });
});

describe('a comment with attachments', () => {
  const PDF = Buffer.from('%PDF-1.4\n');
  const uploaded = async (client: Client, name = '预算 <1>.pdf') =>
    ((await (await client.upload('/api/files', name, PDF)).json()) as { fileId: string }).fileId;
  const say = (client: Client, id: string, fileIds: string[], clientKey: string = randomUUID()) =>
    client.send('POST', `/api/approvals/instances/${id}/comment`, { clientKey, text: '见附件', fileIds });
  const fileOf = async (client: Client, id: string, fileId: string) =>
    (await client.raw('GET', `/api/approvals/instances/${id}/files/${fileId}`)).status;

  it('is read by whoever may see the request, hidden fields or not, and goes into its package', async () => {
    const id = await request({ fields: { note: 'hidden' } });
    const fileId = await uploaded(applicant);
    expect((await say(applicant, id, [fileId])).status).toBe(200);
    const row = (await detail(head, id)).timeline.find(({ kind }) => kind === 'comment');
    expect(row).toMatchObject({ comment: '见附件', files: [{ fileId, name: '预算 <1>.pdf' }] });
    expect(await fileOf(head, id, fileId)).toBe(200);
    expect(await fileOf(colleague, id, fileId)).toBe(404);
    const taken = await head.send('POST', `/api/approvals/instances/${id}/package`, { purpose: '存档' });
    const files = readZip(new Uint8Array(await taken.arrayBuffer()));
    const page = Buffer.from(files.get('form.html') ?? []).toString();
    expect(page).toContain('预算 &lt;1&gt;.pdf');
    expect(page).not.toContain('预算 <1>.pdf');
    expect([...files.keys()].filter((path) => path.startsWith('附件/'))).toHaveLength(1);
    const [history, { state }] = await s.app.db.read((reads) =>
      Promise.all([historyOf(reads, id), loadInstance(reads, id)]),
    );
    expect(replay(history)).toEqual(state);
  });

  it('sent again because its answer was lost, it is said once and keeps its files', async () => {
    const id = await request();
    const [fileId, clientKey] = [await uploaded(applicant), randomUUID()];
    for (let times = 0; times < 2; times += 1)
      expect((await say(applicant, id, [fileId], clientKey)).status).toBe(200);
    const said = async () =>
      (await detail(applicant, id)).timeline
        .filter(({ kind }) => kind === 'comment')
        .map(({ files }) => files);
    expect(await said()).toEqual([[expect.objectContaining({ fileId })]]);
    // A key is its author's: the same one of somebody else is another comment.
    expect((await say(head, id, [], clientKey)).status).toBe(200);
    expect(await said()).toHaveLength(2);
    expect((await say(colleague, id, [], clientKey)).status).toBe(404);
  });

  it('takes only what its author uploaded and nothing else has', async () => {
    const id = await request();
    const [own, others] = [await uploaded(applicant), await uploaded(head)];
    expect((await say(applicant, id, [own])).status).toBe(200);
    for (const [client, fileId] of [
      [applicant, others],
      [applicant, own],
      [applicant, 'no-such-file'],
    ] as const)
      expect((await say(client, id, [fileId])).status).toBe(422);
    // Whoever may not comment leaves their file where it was.
    const mine = await uploaded(colleague);
    expect((await say(colleague, id, [mine])).status).toBe(404);
    expect(
      (
        await say(
          applicant,
          id,
          Array.from({ length: 7 }, () => others),
        )
      ).status,
    ).toBe(400);
    expect((await detail(applicant, id)).timeline.filter(({ kind }) => kind === 'comment')).toHaveLength(1);
  });
});
