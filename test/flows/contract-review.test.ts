/** 合同会签 as it is shipped (S1-6.1a): departments heard side by side, then the leader signs by hand. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import type {
  InstanceAnswer,
  SubmitAnswer,
  TemplateAnswer,
} from '../../server/features/approvals/contract.ts';
import { loadInstance } from '../../server/features/approvals/index.ts';
import type { Client } from '../support/client.ts';
import { signatureFor } from '../support/sign.ts';
import { type Started, startApp } from '../support/start-app.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let s: Started;
let applicant: Client;
beforeAll(async () => {
  s = await startApp({ cast: 'college' });
  applicant = await s.signIn(demoCast.applicant.userid);
});
afterAll(() => s.close());

async function handedIn(kind: string, amount: number): Promise<string> {
  const template = await applicant.get<TemplateAnswer>('/api/approvals/templates/contractReview');
  const upload = await applicant.upload('/api/files', '合同.pdf', Buffer.from('%PDF-1.7 text'));
  const { fileId } = (await upload.json()) as { fileId: string };
  const made = await applicant.post<SubmitAnswer>('/api/approvals/instances', {
    templateKey: 'contractReview',
    version: template.version,
    assignmentId: template.posts[0]?.assignmentId ?? '',
    clientKey: randomUUID(),
    chosen: {},
    form: {
      subject: '校园网设备',
      counterparty: '海州网络公司',
      kind,
      amount,
      period: '一年',
      terms: '按季付款',
      files: [fileId],
    },
  });
  return made.instanceId;
}
const stateOf = async (id: string) => (await s.app.db.read((reads) => loadInstance(reads, id))).state;
const detail = (client: Client, id: string) => client.get<InstanceAnswer>(`/api/approvals/instances/${id}`);

/** Whoever holds the open task of this step, signed in, with the task. */
async function holderOf(id: string, stepKey: string) {
  const { steps, tasks } = await stateOf(id);
  const open = steps.find((step) => step.stepKey === stepKey && step.outcome === null);
  const task = tasks.find(({ stepId, status }) => stepId === open?.stepId && status === 'pending');
  const org = await s.app.db.read((reads) => s.app.directory.orgOf(reads));
  const client = await s.signIn(org.person(task?.person.personId ?? '')?.userid ?? '');
  return { client, taskId: task?.taskId ?? '', name: task?.person.name ?? '' };
}
async function agree(id: string, stepKey: string): Promise<void> {
  const { client, taskId } = await holderOf(id, stepKey);
  const body = await signatureFor(client, (await detail(client, id)).myTask);
  await client.post(`/api/approvals/tasks/${taskId}/approve`, body);
}
async function refuse(id: string, stepKey: string, comment: string): Promise<string> {
  const { client, taskId, name } = await holderOf(id, stepKey);
  await client.post(`/api/approvals/tasks/${taskId}/reject`, { comment });
  return name;
}
const openSteps = async (id: string): Promise<string[]> =>
  (await stateOf(id)).steps.filter(({ outcome }) => outcome === null).map(({ stepKey }) => stepKey);
const results = () =>
  s.app.db.read(({ em }) => em.query<object[]>(`select id from message where kind = 'approvals.result'`));

describe('合同会签', () => {
  it('R3 R29: one department refuses, the others are heard, and the applicant is told once, with every reason', async () => {
    const id = await handedIn('purchase', 600_000);
    await agree(id, 'head');
    expect(await openSteps(id)).toEqual(['financeReview', 'contractReview', 'logisticsReview']);
    const finance = await refuse(id, 'financeReview', '预算没有列');
    const before = (await results()).length;
    const [joint] = (await detail(applicant, id)).branches;
    expect(joint).toMatchObject({ hearsAll: true, open: true });
    expect(joint?.branches.map(({ title, state }) => [title, state])).toEqual([
      ['财务', 'refused'],
      ['合同管理', 'current'],
      ['采购和租赁', 'current'],
    ]);
    expect(joint?.notTaken).toEqual([{ title: '校企合作', why: '类别为校企合作才需要' }]);
    await agree(id, 'logisticsReview');
    const office = await refuse(id, 'contractReview', '违约条款缺失');
    await s.settle();
    const state = await stateOf(id);
    expect(state.status).toBe('rejected');
    expect(state.steps.map(({ stepKey }) => stepKey)).not.toContain('leader');
    expect(state.finishedComment).toBe(`${finance}：预算没有列\n${office}：违约条款缺失`);
    expect((await results()).length).toBe(before + 1);
  });

  it('R15 R46: the leaders sign by hand, each their own', async () => {
    const id = await handedIn('service', 500_000);
    for (const step of ['head', 'contractReview', 'financeReview']) await agree(id, step);
    const leader = await holderOf(id, 'leader');
    await expect(leader.client.post(`/api/approvals/tasks/${leader.taskId}/approve`, {})).rejects.toThrow(
      'approvals.signature_required',
    );
    await agree(id, 'leader');
    await agree(id, 'decision');
    const { status, tasks } = await stateOf(id);
    expect(status).toBe('approved');
    expect(new Set(tasks.flatMap(({ signature }) => signature?.hash ?? [])).size).toBe(2);
  });

  it('without an amount nobody above the departments is asked', async () => {
    const id = await handedIn('cooperation', 0);
    for (const step of ['head', 'teachingReview', 'contractReview', 'financeReview']) await agree(id, step);
    expect((await stateOf(id)).status).toBe('approved');
  });
});
