import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../../test/support/test-db.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { AuditEntryTable } from '../../../platform/audit/index.ts';
import { loadTemplateFiles } from './template-files.ts';
import { nextNumber } from './requests.ts';
import { NumberTable, TemplateTable } from '../tables.ts';
import { createTemplateLibrary } from './templates.ts';
import type { Template } from '../template/template.ts';

let t: TestDb;
let leave: Template;
beforeEach(async () => {
  t = await openTestDb([NumberTable, TemplateTable, AuditEntryTable]);
  const shipped = (await loadTemplateFiles('config/templates')).find(({ key }) => key === 'leave');
  if (!shipped) throw new Error('no template');
  leave = shipped;
});
afterEach(() => t.close());

const actor = systemActor('test');
const publish = (library = createTemplateLibrary(), template = leave) =>
  t.db.write(actor, (tx) => library.publish(tx, template));

describe('request numbers', () => {
  it('forty at once, the first of the year among them: no gap, no double', async () => {
    const numbers = await Promise.all(Array.from({ length: 40 }, () => nextNumber(t.db, 'QJ', '2026')));
    const wanted = Array.from({ length: 40 }, (_, n) => `QJ-2026-${String(n + 1).padStart(4, '0')}`);
    expect(numbers.sort()).toEqual(wanted);
  });

  it('each prefix and each year counts for itself; beyond 9999 the number grows', async () => {
    expect(await nextNumber(t.db, 'QJ', '2026')).toBe('QJ-2026-0001');
    expect(await nextNumber(t.db, 'QJ', '2027')).toBe('QJ-2027-0001');
    expect(await nextNumber(t.db, 'YZ', '2026')).toBe('YZ-2026-0001');
    await t.db.write(actor, (tx) =>
      tx.em.getRepository(NumberTable).update({ id: 'QJ-2026' }, { lastNumber: 9999 }),
    );
    expect(await nextNumber(t.db, 'QJ', '2026')).toBe('QJ-2026-10000');
  });
});

describe('published templates', () => {
  it('the same content is published once, changed content as the next version', async () => {
    const library = createTemplateLibrary();
    expect((await publish(library)).version).toBe(1);
    expect((await publish(library)).version).toBe(1);
    expect((await publish(library, { ...leave, version: 99 })).version).toBe(1);
    expect((await publish(library, { ...leave, title: '请假单' })).version).toBe(2);
    const acts = await t.db.read((r) => r.em.getRepository(AuditEntryTable).find());
    expect(acts.map((act) => act.action)).toEqual(Array(2).fill('approvals.publish_template'));
  });

  it('R41 old versions stay as they were; new requests use the latest; another instance sees both', async () => {
    await publish();
    await publish(createTemplateLibrary(), { ...leave, title: '请假单' });
    const elsewhere = createTemplateLibrary();
    await t.db.read(async (reads) => {
      expect((await elsewhere.version(reads, 'leave', 1)).title).toBe('请假');
      expect((await elsewhere.latest(reads, 'leave')).title).toBe('请假单');
      expect((await elsewhere.all(reads)).map((one) => [one.key, one.version])).toEqual([['leave', 2]]);
    });
  });

  it('what is not there says so', async () => {
    const library = createTemplateLibrary();
    const missing = { code: 'approvals.template_unknown', status: 404 };
    await t.db.read(async (reads) => {
      await expect(library.latest(reads, 'leave')).rejects.toMatchObject(missing);
      await expect(library.version(reads, 'leave', 1)).rejects.toMatchObject(missing);
    });
  });

  it('what is published in a unit of work that fails is not remembered', async () => {
    const library = createTemplateLibrary();
    const failed = t.db.write(actor, async (tx) => {
      await library.publish(tx, leave);
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    await t.db.read(async (reads) => {
      await expect(library.version(reads, 'leave', 1)).rejects.toMatchObject({ status: 404 });
    });
  });
});
