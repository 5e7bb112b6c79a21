/** Requests of a period as one .zip: who may, what is in it, made by a job, kept for a week (H1, H9, R45). */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyPackage } from '../../scripts/packages/verify-package.ts';
import type { PackagesAnswer } from '../../server/features/approvals/package/period/contract.ts';
import { dropParts, keepPart } from '../../server/features/approvals/package/period/parts.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { sealAll } from '../../server/platform/audit/index.ts';
import { contentHash } from '../../server/platform/files/index.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import { readZip } from '../../server/platform/zip/index.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { applyForLeave, leaveRequest, ONE_DAY, userid } from '../support/story.ts';

const DAY_MS = 86_400_000;
const LIST = '/api/approvals/packages';
const RANGE = { fromOn: '2026-01-01', toOn: '2026-12-31', purpose: '交巡察组' };

let s: Started;
let applicant: Client;
let head: Client;
beforeEach(async () => {
  s = await startApp();
  applicant = await s.signIn(userid.applicant);
  head = await s.signIn(userid.unitHead);
});
afterEach(() => s.close());

const ask = (client: Client, more: object = {}) => client.send('POST', LIST, { ...RANGE, ...more });
const list = (client: Client) => client.get<PackagesAnswer>(LIST);
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

describe('the package of a period', () => {
  it('H1 R45 holds the requests of the head’s unit, one folder each, with an index; each can be checked', async () => {
    const mine = await applyForLeave(applicant, ONE_DAY);
    // Of another unit: not the head's to take out.
    const other = await s.signIn(userid.librarian);
    const foreign = await applyForLeave(other, ONE_DAY);
    const answer = await ask(head);
    expect(answer.status).toBe(200);
    const { packageId, cases } = (await answer.json()) as { packageId: string; cases: number };
    expect(cases).toBe(1);
    expect(await codeOf(await ask(head))).toBe('approvals.package_under_way');
    await s.settle();

    const { items } = await list(head);
    expect(items).toMatchObject([{ packageId, state: 'ready', done: 1, cases: 1, takenAt: null }]);
    const told = s.sandbox.control
      .appMessages(userid.unitHead)
      .map((message) => JSON.stringify(message.content));
    expect(told.filter((words) => words.includes('你要的卷宗做好了'))).toHaveLength(1);

    const response = await head.raw('GET', `${LIST}/${packageId}/file`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([response.status, bytes.length]).toEqual([200, items[0]?.bytes]);
    const files = readZip(bytes);
    const folders = new Set([...files.keys()].map((path) => path.split('/')[0]));
    expect(folders).toEqual(new Set([`${mine.number} 张雨桐`, '目录.xlsx']));
    expect(JSON.stringify([...files.keys()])).not.toContain(foreign.number);
    const index = await readSheets(Buffer.from(files.get('目录.xlsx') ?? []));
    expect(JSON.stringify(index)).toContain(mine.number);
    await sealAll(s.app.db);
    expect(await verifyPackage(s.app.db, bytes, () => undefined)).toEqual([]);
    expect((await list(head)).items[0]?.takenAt).not.toBeNull();
  });

  it('H1 is asked for and taken by nobody else', async () => {
    await applyForLeave(applicant, ONE_DAY);
    expect(await codeOf(await ask(applicant))).toBe('approvals.package_not_yours');
    expect((await applicant.raw('GET', LIST)).status).toBe(403);
    const org = await s.app.db.read((reads) => s.app.directory.orgOf(reads));
    const elsewhere = org.personByUserid(userid.librarian);
    const [post] = org.assignmentsOf(elsewhere?.personId ?? '');
    expect(await codeOf(await ask(head, { unitId: post?.unitId }))).toBe('approvals.package_not_yours');

    const admin = await s.signIn(userid.superAdmin);
    const { packageId } = (await (await ask(admin)).json()) as { packageId: string };
    await s.settle();
    expect((await head.raw('GET', `${LIST}/${packageId}/file`)).status).toBe(404);
    expect((await admin.raw('GET', `${LIST}/${packageId}/file`)).status).toBe(200);
    expect((await list(head)).items).toEqual([]);
  });

  it('bad input gets an answer and changes nothing', async () => {
    expect(await codeOf(await ask(head, { fromOn: '2020-01-01', toOn: '2020-01-31' }))).toBe(
      'approvals.package_empty',
    );
    expect(await codeOf(await ask(head, { templateKey: 'nothing' }))).toBe('approvals.template_unknown');
    for (const wrong of [
      { purpose: '' },
      { fromOn: '2026-13-01' },
      { fromOn: '2026-12-31', toOn: '2026-01-01' },
      { fromOn: '9999-12-31', toOn: '9999-12-31' },
    ])
      expect((await ask(head, wrong)).status).toBe(400);
    expect((await list(head)).items).toEqual([]);
  });

  it('H9 each case is on the record, and so is who took it; what for is in nobody’s sight', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    const { packageId } = (await (await ask(head)).json()) as { packageId: string };
    await s.settle();
    await head.raw('GET', `${LIST}/${packageId}/file`);
    const acts = await s.app.db.read((reads) =>
      reads.em.query<{ action: string }[]>(
        `select action, after, personalDigest from audit_entry where targetId in (?, ?) and action like '%package'
         order by id`,
        [packageId, instanceId],
      ),
    );
    expect(acts.map(({ action }) => action)).toEqual([
      'approvals.ask_package',
      'approvals.export_package',
      'approvals.take_package',
    ]);
    expect(JSON.stringify(acts)).not.toContain('巡察组');
  });

  it('H1 is not taken by whose units are others by now', async () => {
    await applyForLeave(applicant, ONE_DAY);
    const { packageId } = (await (await ask(head)).json()) as { packageId: string };
    await s.settle();
    const taking = () => head.raw('GET', `${LIST}/${packageId}/file`);
    expect((await taking()).status).toBe(200);
    await s.app.db.write(systemActor('test'), async (tx) => {
      const org = await s.app.access.orgOf(tx);
      const personId = org.personByUserid(userid.unitHead)?.personId ?? '';
      const elsewhere = org.personByUserid(userid.librarian)?.personId ?? '';
      const [post] = org.assignmentsOf(elsewhere);
      // Head of another unit now.
      await s.app.directory.changePosts(tx, personId, [
        {
          unitId: post?.unitId ?? '',
          kind: 'main',
          title: '处长',
          isHead: true,
          headRank: 1,
          sinceOn: '2026-11-23',
          untilOn: null,
          place: null,
        },
      ]);
    });
    expect(await codeOf(await taking())).toBe('approvals.package_not_yours');
  });

  it('what somebody uploads of it as an attachment stays when the package goes', async () => {
    await applyForLeave(applicant, ONE_DAY);
    const { packageId } = (await (await ask(head)).json()) as { packageId: string };
    await s.settle();
    const bytes = Buffer.from(await (await head.raw('GET', `${LIST}/${packageId}/file`)).arrayBuffer());
    const upload = await head.upload('/api/files', '卷宗.docx', bytes);
    const { fileId } = (await upload.json()) as { fileId: string };
    const own = await leaveRequest(head, ONE_DAY);
    const { instanceId } = await head.post<{ instanceId: string }>('/api/approvals/instances', {
      ...own,
      form: { ...own.form, files: [fileId] },
      clientKey: randomUUID(),
    });
    await s.advance(9 * DAY_MS);
    await s.settle();
    const again = await s.signIn(userid.unitHead);
    expect((await list(again)).items).toEqual([]);
    const kept = await again.raw('GET', `/api/approvals/instances/${instanceId}/files/${fileId}`);
    expect(Buffer.from(await kept.arrayBuffer())).toEqual(bytes);
  });

  it('no bytes stay behind, wherever the making of them was cut off', async () => {
    await applyForLeave(applicant, ONE_DAY);
    const { packageId } = (await (await ask(head)).json()) as { packageId: string };
    const kept: string[] = [];
    const stores = {
      ctx: { db: s.app.db },
      blobs: {
        put: async (bytes: Buffer) => {
          kept.push(contentHash(bytes));
          await Promise.reject(new Error('killed here'));
          return '';
        },
        open: () => Promise.reject(new Error('not asked')),
        remove: (hash: string) => {
          kept.splice(kept.indexOf(hash), 1);
          return Promise.resolve();
        },
      },
    };
    await expect(keepPart(stores, packageId, 1, [new Uint8Array(3)])).rejects.toThrow('killed');
    expect(kept).toHaveLength(1);
    await dropParts(stores, packageId);
    expect(kept).toEqual([]);
    await s.settle();
    expect((await list(head)).items).toMatchObject([{ state: 'ready' }]);
  });

  it('what kills whoever makes it is not tried for ever', async () => {
    await applyForLeave(applicant, ONE_DAY);
    const { packageId } = (await (await ask(head)).json()) as { packageId: string };
    // As after five workers that died over it.
    await s.app.db.write(systemActor('test'), (tx) =>
      tx.em.query('update job set attempts = 5 where jobKey = ?', [packageId]),
    );
    await s.settle();
    expect((await list(head)).items).toMatchObject([{ state: 'failed' }]);
    expect((await ask(head)).status).toBe(200);
  });

  it('goes with its bytes when its week is over', async () => {
    await applyForLeave(applicant, ONE_DAY);
    const { packageId } = (await (await ask(head)).json()) as { packageId: string };
    await s.settle();
    await s.advance(9 * DAY_MS);
    await s.settle();
    const again = await s.signIn(userid.unitHead);
    expect((await list(again)).items).toEqual([]);
    expect((await again.raw('GET', `${LIST}/${packageId}/file`)).status).toBe(404);
    const parts = await s.app.db.read((reads) =>
      reads.em.query<unknown[]>('select id from approval_package_part'),
    );
    expect(parts).toEqual([]);
  });
});
