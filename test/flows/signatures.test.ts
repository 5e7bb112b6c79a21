import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatchAnswer } from '../../server/features/approvals/batch/contract.ts';
import type { ActAnswer } from '../../server/features/approvals/contract.ts';
import type { PrintAnswer, VerifyAnswer } from '../../server/features/approvals/print/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { readZip } from '../../server/platform/zip/index.ts';
import { checkPackage } from '../support/check-package.ts';
import type { Client } from '../support/client.ts';
import { namedStep, publishSteps, submitOwn } from '../support/own-template.ts';
import { ink } from '../support/sign.ts';
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

async function uploaded(client: Client, bytes: Buffer = ink('7'), name = 'signature.png'): Promise<string> {
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
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(ink('7'));
    const audit = await s.app.db.read((reads) =>
      reads.em.query<{ body: string }[]>(`select * from audit_entry where targetId = ?`, [instanceId]),
    );
    expect(JSON.stringify(audit)).toContain(row?.signature?.mark);
    const { code } = await applicant.get<PrintAnswer>(`/api/approvals/instances/${instanceId}/print`);
    const verified = await s.browser().get<VerifyAnswer>(`/api/approvals/prints/${code}`);
    expect(verified.result === 'genuine' && verified.rows.find(({ signature }) => signature)).toMatchObject({
      signature: { stand: 'intact', mark: row?.signature?.mark },
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
    const large = Buffer.concat([ink('1'), Buffer.alloc(210 * 1024, 3)]);
    await expect(sign(instanceId, await uploaded(leader, large))).rejects.toThrow('approvals.signature_bad');
    for (const [width, height] of [
      [4000, 4000],
      [0, 200],
    ] as const)
      await expect(sign(instanceId, await uploaded(leader, ink('wide', width, height)))).rejects.toThrow(
        'approvals.signature_bad',
      );
    const fileId = await uploaded(leader);
    await sign(instanceId, fileId);
    await s.settle();
    await expect(sign(second, fileId)).rejects.toThrow('approvals.file_gone');
    // The same picture, uploaded once more.
    await expect(sign(second, await uploaded(leader))).rejects.toThrow('approvals.signature_used');
    const president = await s.signIn(userid.president);
    await expect(
      approve(president, instanceId, {
        signature: { fileId: await uploaded(president, ink('8')), how: 'drawn' },
      }),
    ).rejects.toThrow('approvals.signature_not_asked');
  });
});

describe('a signature is proved by the bytes that are kept', () => {
  const PICTURE = ink('the one that was signed with');
  const hash = createHash('sha256').update(PICTURE).digest('hex');
  let instanceId: string;
  let stored: string;
  beforeEach(async () => {
    ({ instanceId } = await submitOwn(applicant));
    await s.settle();
    await approve(leader, instanceId, {
      signature: { fileId: await uploaded(leader, PICTURE), how: 'drawn' },
    });
    await s.settle();
    stored = join(s.config.dataDir, 'files', hash.slice(0, 2), hash);
  });

  /** What the page of the code, the print and the package say of it. */
  async function told() {
    const print = await applicant.get<PrintAnswer>(`/api/approvals/instances/${instanceId}/print`);
    const verified = await s.browser().get<VerifyAnswer>(`/api/approvals/prints/${print.code}`);
    const rows = verified.result === 'genuine' ? verified.rows : [];
    const pack = await applicant.send('POST', `/api/approvals/instances/${instanceId}/package`, {
      purpose: '核对签名',
    });
    expect(pack.status).toBe(200);
    const files = readZip(Buffer.from(await pack.arrayBuffer()));
    return {
      page: rows.flatMap(({ signature }) => signature?.stand ?? []),
      print: print.signatures.map(({ stand }) => stand),
      form: Buffer.from(files.get('form.html') ?? []).toString(),
      check: await checkPackage(files),
    };
  }

  it('whole, all three say so, and the program in the package counts it', async () => {
    const { page, print, form, check } = await told();
    expect([page, print]).toEqual([['intact'], ['intact']]);
    expect(form).toContain(`签名图片与签名时一致。SHA-256 ${hash}`);
    expect(check).toMatchObject({ ok: true, said: expect.stringContaining('1 个签名') as string });
  });

  it.each([
    ['other bytes of the same length', Buffer.from(PICTURE).reverse()],
    ['a shorter file', PICTURE.subarray(0, 40)],
  ])('R45 %s under the same name are told everywhere', async (_what, bytes) => {
    await writeFile(stored, bytes);
    const { page, print, form, check } = await told();
    expect([page, print]).toEqual([['changed'], ['changed']]);
    expect(form).toContain('签名图片与签名时不一致');
    expect(check.ok).toBe(false);
    expect(check.said).toContain('签名图片与签名时不一致');
  });

  it('R45 a row that points to another picture is no signature either', async () => {
    const other = await uploaded(leader, ink('another'));
    await s.app.db.write(systemActor('test'), (tx) =>
      tx.em.query(
        'update file set contentHash = (select contentHash from (select contentHash from file where id = ?) as f) where contentHash = ?',
        [other, hash],
      ),
    );
    const { page, print, check } = await told();
    expect([page, print]).toEqual([['changed'], ['changed']]);
    expect(check.ok).toBe(false);
  });

  it('R45 a signature the record of acts does not know is told, though picture and decision agree', async () => {
    await s.app.db.write(systemActor('test'), (tx) =>
      tx.em.query(`update audit_entry set after = replace(after, ?, '') where targetId = ?`, [
        hash,
        instanceId,
      ]),
    );
    const { page, print } = await told();
    expect([page, print]).toEqual([['unrecorded'], ['unrecorded']]);
  });

  it('lost bytes are told as lost', async () => {
    await rm(stored);
    const print = await applicant.get<PrintAnswer>(`/api/approvals/instances/${instanceId}/print`);
    const verified = await s.browser().get<VerifyAnswer>(`/api/approvals/prints/${print.code}`);
    expect(print.signatures).toMatchObject([{ stand: 'lost' }]);
    expect(JSON.stringify(verified)).toContain('"stand":"lost"');
  });
});
