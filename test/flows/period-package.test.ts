/** Requests of a period as one .zip: who may, what is in it, made by a job, kept for a week (H1, H9, R45). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyPackage } from '../../scripts/packages/verify-package.ts';
import type { PackagesAnswer } from '../../server/features/approvals/package/period/contract.ts';
import { sealAll } from '../../server/platform/audit/index.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import { readZip } from '../../server/platform/zip/index.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { applyForLeave, ONE_DAY, userid } from '../support/story.ts';

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
