import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EntitySchema } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../test/support/test-db.ts';
import { systemActor } from '../../kernel/actor.ts';
import { AuditEntryTable } from '../audit/index.ts';
import * as c from '../db/columns.ts';
import { insertRows, updateCount } from '../db/rows.ts';
import type { Db } from '../db/unit-of-work.ts';
import { type BlobStore, createFolderStore } from '../files/index.ts';
import { createVault, type Vault } from '../vault/index.ts';
import {
  countByKey,
  leftUnderOthers,
  openSealedFile,
  rotate,
  sealedColumns,
  type SealedFiles,
} from './index.ts';

interface Letter {
  id: string;
  bodySealed: string | null;
  bodyPrint: string | null;
}
const LetterTable = new EntitySchema<Letter>({
  name: 'letter',
  tableName: 'letter',
  columns: {
    id: c.id(),
    bodySealed: c.nullable(c.sealed(c.longText(), 'letter.body')),
    bodyPrint: c.nullable(c.print('letter.body', 'bodySealed')),
  },
});
interface Ticket {
  ticketKey: string;
  sealedTicket: string;
}
const TicketTable = new EntitySchema<Ticket>({
  name: 'ticket',
  tableName: 'ticket',
  columns: { ticketKey: { ...c.code(40), primary: true }, sealedTicket: c.sealed(c.longText(), 'ticket') },
});
interface Scan {
  id: string;
  fileKey: string | null;
}
const ScanTable = new EntitySchema<Scan>({
  name: 'scan',
  tableName: 'scan',
  columns: { id: c.id(), fileKey: c.nullable(c.code(64)) },
});
const scans: SealedFiles = {
  name: 'scan.fileKey',
  purpose: 'scan',
  page: (reads, after, limit) =>
    reads.em.query('select id, fileKey from scan where fileKey is not null and id > ? order by id limit ?', [
      after,
      limit,
    ]),
  replace: async (tx, id, from, to) =>
    (await updateCount(tx.em, 'update scan set fileKey = ? where id = ? and fileKey = ?', [to, id, from])) ===
    1,
};

const OLD = 'an-old-secret-of-the-vault';
const NEW = 'a-newer-secret-of-the-vault';
const PRINT = 'the-secret-of-fingerprints';
const before = createVault({ secrets: [OLD], fingerprintSecret: PRINT });
const vault = createVault({ secrets: [NEW, OLD], fingerprintSecret: PRINT });
const after = createVault({ secrets: [NEW], fingerprintSecret: PRINT });
const places = { columns: sealedColumns([LetterTable, TicketTable, ScanTable] as never), files: [scans] };
const actor = systemActor('test');

let t: TestDb;
let folder: string;
let blobs: BlobStore;
beforeEach(async () => {
  t = await openTestDb([LetterTable, TicketTable, ScanTable, AuditEntryTable] as never);
  folder = mkdtempSync(join(tmpdir(), 'rotate-'));
  blobs = createFolderStore(folder);
});
afterEach(async () => {
  await t.close();
  rmSync(folder, { recursive: true, force: true });
});

const idOf = (n: number) => `l${String(n).padStart(5, '0')}`;
const write = (letters: readonly Letter[]) =>
  t.db.write(actor, (tx) => insertRows(tx, LetterTable, [...letters]));
const letter = (n: number, by: Vault = before, body = `body ${n}`): Letter => ({
  id: idOf(n),
  bodySealed: by.seal('letter.body', body),
  bodyPrint: by.fingerprint('letter.body', body),
});
const letters = () => t.db.read((r) => r.em.getRepository(LetterTable).find({ order: { id: 'ASC' } }));
const bodies = async (by: Vault) =>
  (await letters()).map(({ bodySealed }) => (bodySealed ? by.open('letter.body', bodySealed) : null));
const deps = (over: { db?: Db; vault?: Vault } = {}) => ({ db: t.db, vault, blobs, ...over });
const left = async () => leftUnderOthers(await countByKey(deps(), places));
const of = (results: readonly { place: string }[], place: string) =>
  results.find((result) => result.place === place);

describe('H6 rotation of the vault’s keys', () => {
  it('finds the sealed columns, their keys and prints from the tables', () => {
    expect(places.columns).toEqual([
      {
        table: 'letter',
        idColumn: 'id',
        column: 'bodySealed',
        purpose: 'letter.body',
        print: { column: 'bodyPrint', purpose: 'letter.body' },
      },
      { table: 'ticket', idColumn: 'ticketKey', column: 'sealedTicket', purpose: 'ticket', print: null },
    ]);
  });

  it('seals everything with the newest key: columns of many rows, other keys of tables, files', async () => {
    await write([...Array.from({ length: 450 }, (_, n) => letter(n)), letter(450, vault)]);
    await write([{ id: idOf(451), bodySealed: null, bodyPrint: null }]);
    await t.db.write(actor, (tx) =>
      insertRows(tx, TicketTable, [
        { ticketKey: 'a', sealedTicket: before.seal('ticket', 'T') },
        { ticketKey: 'not yet', sealedTicket: '' },
      ]),
    );
    const fileKey = await blobs.put(Buffer.from(before.seal('scan', 'BYTES')));
    await t.db.write(actor, (tx) => insertRows(tx, ScanTable, [{ id: 's', fileKey }]));
    expect(await left()).toBe(452);

    const results = await rotate(deps(), places);
    expect(of(results, 'letter.bodySealed')).toMatchObject({ resealed: 450, printed: 0, unreadable: 0 });
    expect(of(results, 'ticket.sealedTicket')).toMatchObject({ resealed: 1 });
    expect(of(results, 'scan.fileKey')).toMatchObject({ resealed: 1 });
    expect(await left()).toBe(0);
    expect((await bodies(after)).slice(0, 3)).toEqual(['body 0', 'body 1', 'body 2']);
    const scan = await t.db.read((r) => r.em.getRepository(ScanTable).findOneByOrFail({ id: 's' }));
    expect(after.open('scan', await openSealedFile(blobs, scan.fileKey ?? ''))).toBe('BYTES');
    // The old bytes are gone, and the new ones are all there is.
    const kept = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
    expect(kept.map(({ name }) => name)).toEqual([scan.fileKey]);
    expect((await rotate(deps(), places)).every(({ resealed }) => resealed === 0)).toBe(true);
  });

  it('goes on after it was cut off, and what it had written stays', async () => {
    await write(Array.from({ length: 450 }, (_, n) => letter(n)));
    let writes = 0;
    const dying: Db = {
      ...t.db,
      write: (who, work) => {
        writes += 1;
        if (writes > 1) throw new Error('killed');
        return t.db.write(who, work);
      },
    };
    await expect(rotate(deps({ db: dying }), places)).rejects.toThrow('killed');
    expect(await left()).toBe(250);
    const [letterResult] = await rotate(deps(), places);
    expect(letterResult?.resealed).toBe(250);
    expect(await bodies(after)).toEqual(Array.from({ length: 450 }, (_, n) => `body ${n}`));
  });

  it('never overwrites a value that was written meanwhile', async () => {
    await write([letter(1), letter(2)]);
    let raced = false;
    const racing: Db = {
      ...t.db,
      write: async (who, work) => {
        if (!raced) {
          raced = true;
          await t.db.run('update letter set bodySealed = ? where id = ?', [
            after.seal('letter.body', 'news'),
            idOf(1),
          ]);
        }
        return t.db.write(who, work);
      },
    };
    const [result] = await rotate(deps({ db: racing }), places);
    expect(result).toMatchObject({ resealed: 1, meanwhile: 1 });
    expect(await bodies(after)).toEqual(['news', 'body 2']);
  });

  it('two at once do the work once and lose nothing', async () => {
    await write(Array.from({ length: 300 }, (_, n) => letter(n)));
    const both = await Promise.all([rotate(deps(), places), rotate(deps(), places)]);
    const sums = both.map((results) => of(results, 'letter.bodySealed') as unknown as { resealed: number });
    expect(sums.reduce((sum, { resealed }) => sum + resealed, 0)).toBe(300);
    expect(await bodies(after)).toEqual(Array.from({ length: 300 }, (_, n) => `body ${n}`));
  });

  it('a value no key opens is counted, left as it is, and stops nothing', async () => {
    const lost = createVault({ secrets: ['a-secret-nobody-has-any-more'], fingerprintSecret: PRINT });
    await write([letter(1, lost), letter(2)]);
    await t.db.write(actor, (tx) => insertRows(tx, ScanTable, [{ id: 's', fileKey: '0'.repeat(64) }]));
    const results = await rotate(deps(), places);
    expect(of(results, 'letter.bodySealed')).toMatchObject({ resealed: 1, unreadable: 1 });
    expect(of(results, 'scan.fileKey')).toMatchObject({ unreadable: 1 });
    const counts = await countByKey(deps(), places);
    expect(counts.find(({ keyId }) => keyId === lost.keyIds[0])).toMatchObject({ held: 'unknown', count: 1 });
    expect(leftUnderOthers(counts)).toBe(2);
  });

  it('takes values of megabytes a few at a time', async () => {
    const large = 'x'.repeat(3_000_000);
    await write([letter(1, before, large), letter(2, before, large), letter(3)]);
    const [result] = await rotate(deps(), places);
    expect(result).toMatchObject({ resealed: 3 });
    expect((await bodies(after)).map((body) => body?.length)).toEqual([3_000_000, 3_000_000, 6]);
  });

  it('B3 makes fingerprints anew under another fingerprint key, of values under the newest key too', async () => {
    await write([letter(1), letter(2, vault)]);
    const printing = createVault({ secrets: [NEW, OLD], fingerprintSecret: `${PRINT}-2` });
    expect((await rotate(deps({ vault: printing }), places))[0]).toMatchObject({ resealed: 1, printed: 0 });
    const [result] = await rotate(deps({ vault: printing }), places, { prints: true });
    expect(result).toMatchObject({ resealed: 0, printed: 2 });
    expect((await letters()).map(({ bodyPrint }) => bodyPrint)).toEqual([
      printing.fingerprint('letter.body', 'body 1'),
      printing.fingerprint('letter.body', 'body 2'),
    ]);
  });

  it('is in the record, with counts and no value', async () => {
    await write([letter(1)]);
    await rotate(deps(), places);
    const acts = await t.db.read((r) => r.em.getRepository(AuditEntryTable).find());
    expect(acts.map(({ action }) => action)).toEqual(['vault.rotate']);
    expect(JSON.stringify(acts)).toContain('letter.bodySealed');
    expect(JSON.stringify(acts)).not.toContain('body 1');
  });
});
