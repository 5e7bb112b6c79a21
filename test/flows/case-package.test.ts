/** A request taken out of the house: what is in it, who may, and that somebody outside can check it (H1, H8, H9, R45). */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifyPackage } from '../../scripts/packages/verify-package.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { recordAct, sealAll } from '../../server/platform/audit/index.ts';
import { readZip } from '../../server/platform/zip/index.ts';
import { checkPackage } from '../support/check-package.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { applyForLeave, detail, leaveRequest, ONE_DAY, userid } from '../support/story.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const SICK = { type: 'sick', from: '2026-11-26', fromHalf: 'am', to: '2026-11-27', toHalf: 'pm' } as const;
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

let s: Started;
let applicant: Client;
beforeEach(async () => {
  s = await startApp();
  applicant = await s.signIn(userid.applicant);
});
afterEach(() => s.close());

type Files = ReadonlyMap<string, Uint8Array>;
const take = (client: Client, instanceId: string, purpose = '劳动仲裁举证'): Promise<Response> =>
  client.send('POST', `/api/approvals/instances/${instanceId}/package`, { purpose });
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
async function packed(client: Client, instanceId: string): Promise<Files> {
  const response = await take(client, instanceId);
  expect(response.status).toBe(200);
  return readZip(await bytesOf(response));
}
const words = (files: Files, path: string): string => Buffer.from(files.get(path) ?? []).toString('utf8');
const json = <T>(files: Files, path: string): T => JSON.parse(words(files, path)) as T;

const changed = (files: Files, path: string, change: (text: string) => string): Files =>
  new Map(files).set(path, Buffer.from(change(words(files, path))));

interface Audit {
  readonly entries: { seq: number; action: string; after: unknown }[];
  readonly parts: { anchoredAt: number | null }[];
}

describe('the package of a case', () => {
  it('R45 H8 holds form, timeline, attachments and the record, and a stranger can check it', async () => {
    const upload = await applicant.upload('/api/files', '病历<1>.png', PNG);
    const { fileId } = (await upload.json()) as { fileId: string };
    const request = await leaveRequest(applicant, SICK);
    const { instanceId } = await applicant.post<{ instanceId: string }>('/api/approvals/instances', {
      ...request,
      form: { ...request.form, files: [fileId] },
      clientKey: randomUUID(),
    });
    const head = await s.signIn(userid.unitHead);
    const { myTask } = await detail(head, instanceId);
    await head.post(`/api/approvals/tasks/${myTask?.taskId}/approve`, {
      comment: '<script>alert(1)</script>',
    });
    await s.settle();

    const files = await packed(head, instanceId);
    expect([...files.keys()].sort()).toEqual(
      ['README.md', 'audit.json', 'case.json', 'chain.txt', 'check.mjs', 'form.html', 'manifest.json'].concat(
        '附件/病历_1_.png',
      ),
    );
    expect(Buffer.from(files.get('附件/病历_1_.png') ?? [])).toEqual(PNG);
    const page = words(files, 'form.html');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script');
    expect(page).toContain('陈志远');
    expect(words(files, 'README.md')).toContain(words(files, 'check.mjs'));

    const audit = json<Audit>(files, 'audit.json');
    expect(audit.entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['approvals.submit', 'approvals.approve']),
    );
    const { ok, said } = await checkPackage(files);
    expect(said).toContain(`${audit.entries.length} 条记录，其中 ${audit.entries.length} 条已在链上核对`);
    expect(ok).toBe(true);
    // Where somebody acted from is theirs.
    expect(words(files, 'audit.json')).not.toContain('127.0.0.1');
  });

  it('H2 of a request with very many acts the package says how many it left out', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    await s.app.db.write(systemActor('test'), async (tx) => {
      for (let n = 0; n < 2_050; n += 1)
        recordAct(tx, { action: 'approvals.comment', targetType: 'approval', targetId: instanceId });
    });
    const files = await packed(applicant, instanceId);
    const { entries, more } = json<Audit & { more: number }>(files, 'audit.json');
    expect(entries).toHaveLength(2_000);
    const all = await s.app.db.read((reads) =>
      reads.em.query<object[]>(`select id from audit_entry where targetId = ?`, [instanceId]),
    );
    // The export itself is on the record since.
    expect(more).toBe(all.length - 1 - 2_000);
    expect(await checkPackage(files)).toMatchObject({
      ok: true,
      said: expect.stringContaining(`较晚的 ${more} 条没有放进卷宗`) as string,
    });
  });

  it('one person takes two at once and no more, and none that is too large', async () => {
    const large = Buffer.concat([PNG, randomBytes(18 * 1024 ** 2)]);
    const upload = await applicant.upload('/api/files', '扫描件.png', large);
    const { fileId } = (await upload.json()) as { fileId: string };
    const request = await leaveRequest(applicant, SICK);
    const { instanceId } = await applicant.post<{ instanceId: string }>('/api/approvals/instances', {
      ...request,
      form: { ...request.form, files: [fileId] },
      clientKey: randomUUID(),
    });
    const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
    // Begun and not read to the end.
    const [first, second] = [await take(applicant, instanceId), await take(applicant, instanceId)];
    expect([first?.status, second?.status]).toEqual([200, 200]);
    expect(await codeOf(await take(applicant, instanceId))).toBe('approvals.package_busy');
    const head = await s.signIn(userid.unitHead);
    const other = await take(head, instanceId);
    expect((await bytesOf(other)).length).toBeGreaterThan(large.length);
    // One is cut off, one is read to its end: two more.
    await first?.body?.cancel();
    await second?.arrayBuffer();
    for (let n = 0; n < 3; n += 1)
      await vi.waitFor(
        async () => {
          const again = await take(applicant, instanceId);
          await again.arrayBuffer();
          expect(again.status).toBe(200);
        },
        { timeout: 30_000, interval: 100 },
      );
    const taken = (await exportsOf(instanceId)).length;
    await s.app.db.run('update file set size = ? where id = ?', [600 * 1024 ** 2, fileId]);
    // A refusal is over at once.
    for (let n = 0; n < 3; n += 1)
      expect(await codeOf(await take(applicant, instanceId))).toBe('approvals.package_case_large');
    expect(await exportsOf(instanceId)).toHaveLength(taken);
  });

  it('R45 whatever is changed in it afterwards is found by the program inside', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    const files = await packed(applicant, instanceId);
    /** By somebody who puts the manifest right as well. */
    const repaired = (path: string, change: (text: string) => string): Files => {
      const forged = changed(files, path, change);
      const [before, after] = [files, forged].map((one) => sha256(one.get(path) ?? new Uint8Array()));
      return changed(forged, 'manifest.json', (text) => text.replace(before ?? '', after ?? ''));
    };
    expect(
      await checkPackage(changed(files, 'form.html', (text) => text.replace('张雨桐', '张雨同'))),
    ).toMatchObject({
      ok: false,
      said: expect.stringContaining('文件被改过：form.html') as string,
    });
    const forgedEntry = repaired('audit.json', (text) =>
      text.replace('approvals.submit', 'approvals.approve'),
    );
    expect((await checkPackage(forgedEntry)).said).toContain('条记录被改过');
    const forgedChain = repaired('chain.txt', (text) => text.replace(/[0-9a-f]{64}/, '0'.repeat(64)));
    expect((await checkPackage(forgedChain)).said).toContain('算不出链头');
    const cut = new Map(files);
    cut.delete('case.json');
    expect((await checkPackage(cut)).said).toContain('缺少文件：case.json');
    const added = new Map(files).set('附件/补充协议.pdf', Buffer.from('%PDF-1.4'));
    expect(await checkPackage(added)).toMatchObject({
      ok: false,
      said: expect.stringContaining('清单里没有的文件：附件/补充协议.pdf') as string,
    });
    expect(await verify(zipSync(Object.fromEntries(added)))).toEqual(['it is not whole']);
    // As if its entries were of a format that has to be believed.
    const believed = repaired('chain.txt', (text) => text.replace(/ [0-9a-f]{64}/g, ` =${'0'.repeat(64)}`));
    expect((await checkPackage(believed)).said).toContain('条缺少摘要');
  });

  it('H1 who may not see the request gets nothing, and nothing is recorded', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    const stranger = await s.signIn(userid.librarian);
    expect((await take(stranger, instanceId)).status).toBe(404);
    expect((await take(applicant, instanceId, ' ')).status).toBe(400);
    expect(await exportsOf(instanceId)).toEqual([]);
  });

  it('H9 is on the record with the hash of its manifest; what for is kept as the person’s own words', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    const response = await take(applicant, instanceId);
    const bytes = await bytesOf(response);
    const [entry] = await exportsOf(instanceId);
    expect(entry?.personalDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(entry)).not.toContain('劳动仲裁');
    await sealAll(s.app.db);
    expect(await verify(bytes)).toEqual([]);

    const other = new Map(readZip(bytes));
    const manifest = words(other, 'manifest.json').replace('张雨桐', '别人');
    const forged = zipSync({ ...Object.fromEntries(other), 'manifest.json': Buffer.from(manifest) });
    expect(await verify(forged)).toEqual(['no export of this very content is on the record']);
    await s.app.db.write(systemActor('attacker'), (tx) =>
      tx.em.query(`update audit_entry set hash = ? where targetId = ?`, ['0'.repeat(64), instanceId]),
    );
    expect((await verify(bytes))?.join()).toContain('are not those of this record');
    expect(await verify(zipSync({ 'a.txt': Buffer.from('a') }))).toBeNull();
  });
});

const verify = (bytes: Uint8Array) => verifyPackage(s.app.db, bytes, () => undefined);

const exportsOf = (instanceId: string) =>
  s.app.db.read((reads) =>
    reads.em.query<{ after: string; personalDigest: string | null }[]>(
      `select after, personalDigest from audit_entry where targetId = ? and action = 'approvals.export_package'`,
      [instanceId],
    ),
  );
