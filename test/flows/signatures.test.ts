import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatchAnswer } from '../../server/features/approvals/batch/contract.ts';
import type { ActAnswer } from '../../server/features/approvals/contract.ts';
import type { PrintAnswer, VerifyAnswer } from '../../server/features/approvals/print/contract.ts';
import type { Client } from '../support/client.ts';
import { namedStep, publishSteps, submitOwn } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { detail, expectCard, tapApprove, userid } from '../support/story.ts';

let s: Started;
let leader: Client;
let applicant: Client;
beforeEach(async () => {
  s = await startApp();
  leader = await s.signIn(userid.leader);
  applicant = await s.signIn(userid.applicant);
  const how = { mode: 'any', refusal: 'FIRST_ACTION' } as const;
  await publishSteps(s, [
    Object.assign(await namedStep(s, 'sign', [userid.leader], how), { signature: true as const }),
    await namedStep(s, 'end', [userid.president], how),
  ]);
});
afterEach(() => s.close());

const ink = (seed: number): Buffer =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(600, seed)]);

async function uploaded(client: Client, bytes: Buffer = ink(7), name = 'signature.png'): Promise<string> {
  const response = await client.upload('/api/files', name, bytes);
  return ((await response.json()) as { fileId: string }).fileId;
}

async function approve(client: Client, instanceId: string, body: object = {}): Promise<ActAnswer> {
  const { myTask } = await detail(client, instanceId);
  return client.post<ActAnswer>(`/api/approvals/tasks/${myTask?.taskId}/approve`, body);
}

describe('a step that is signed by hand', () => {
  it('R15 R16: is decided neither from its card nor in a batch nor without a signature', async () => {
    const { instanceId } = await submitOwn(applicant);
    await s.settle();
    const card = expectCard(s, userid.leader, '申请');
    expect(JSON.stringify(card.content)).toContain('请打开详情签名');
    expect(JSON.stringify(card.content)).not.toContain('"key":"approve"');
    await expect(tapApprove(s, userid.leader)).rejects.toThrow();
    const { groups } = await leader.get<BatchAnswer>('/api/approvals/batch');
    const alone = groups.flatMap(({ items }) => items.map((item) => item.alone));
    expect(alone).toEqual(['要手写签名']);
    await expect(approve(leader, instanceId)).rejects.toThrow('approvals.signature_required');
    expect((await detail(leader, instanceId)).myTask?.requiresSignature).toBe(true);
  });

  it('binds the picture to the decision, in the history, the audit entry and the print', async () => {
    const { instanceId } = await submitOwn(applicant);
    await s.settle();
    const fileId = await uploaded(leader);
    await approve(leader, instanceId, { signature: { fileId, how: 'drawn' } });
    await s.settle();
    const row = (await detail(applicant, instanceId)).timeline.find(({ signature }) => signature);
    expect(row?.signature).toMatchObject({ fileId, how: 'drawn' });
    const picture = await applicant.raw('GET', `/api/approvals/instances/${instanceId}/files/${fileId}`);
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(ink(7));
    const audit = await s.app.db.read((reads) =>
      reads.em.query<{ body: string }[]>(`select * from audit_entry where targetId = ?`, [instanceId]),
    );
    expect(JSON.stringify(audit)).toContain(row?.signature?.mark);
    const { code } = await applicant.get<PrintAnswer>(`/api/approvals/instances/${instanceId}/print`);
    const verified = await s.browser().get<VerifyAnswer>(`/api/approvals/prints/${code}`);
    expect(verified.result === 'genuine' && verified.rows.find(({ signature }) => signature)).toMatchObject({
      signature: { intact: true, mark: row?.signature?.mark },
    });
  });

  it('takes no picture of somebody else, no other kind of file, and none twice', async () => {
    const { instanceId } = await submitOwn(applicant);
    const { instanceId: second } = await submitOwn(applicant, '乙');
    await s.settle();
    const sign = (id: string, fileId: string) => approve(leader, id, { signature: { fileId, how: 'drawn' } });
    await expect(sign(instanceId, await uploaded(applicant))).rejects.toThrow('approvals.file_gone');
    const pdf = await uploaded(leader, Buffer.from('%PDF-1.7 nothing'), 'a.pdf');
    await expect(sign(instanceId, pdf)).rejects.toThrow('approvals.signature_bad');
    const large = Buffer.concat([ink(1), Buffer.alloc(210 * 1024, 3)]);
    await expect(sign(instanceId, await uploaded(leader, large))).rejects.toThrow('approvals.signature_bad');
    const fileId = await uploaded(leader);
    await sign(instanceId, fileId);
    await s.settle();
    await expect(sign(second, fileId)).rejects.toThrow('approvals.file_gone');
    const president = await s.signIn(userid.president);
    await expect(
      approve(president, instanceId, { signature: { fileId: await uploaded(president), how: 'drawn' } }),
    ).rejects.toThrow('approvals.signature_not_asked');
  });
});
