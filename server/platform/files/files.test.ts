import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openTestDb, type TestDb } from '../../../test/support/test-db.ts';
import type { PersonActor } from '../../kernel/actor.ts';
import { DAY_MS } from '../../kernel/dates.ts';
import { AuditEntryTable } from '../audit/index.ts';
import { route } from '../http/route.ts';
import { type OpenHttp, openHttp } from '../http/testing/open-http.ts';
import {
  createFiles,
  createFolderStore,
  fileRoutes,
  type BlobStore,
  type Files,
  FileTable,
  UPLOAD_LIMIT,
} from './index.ts';

// A temporary folder of our own, so that files of others are not counted.
const TMP = mkdtempSync(join(tmpdir(), 'files-test-'));
const outside = process.env.TMPDIR;
process.env.TMPDIR = TMP;
afterAll(() => {
  // The process runs other files after this one.
  if (outside === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = outside;
  rmSync(TMP, { recursive: true, force: true });
});

const OWNER = { type: 'approval', id: 'i1' };
let t: TestDb;
let folder: string;
let store: BlobStore;
let files: Files;
let http: OpenHttp;

beforeEach(async () => {
  t = await openTestDb([FileTable, AuditEntryTable]);
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  store = createFolderStore(folder);
  files = createFiles(t.db, store);
  const read = route({
    method: 'get',
    path: '/api/read/:fileId/:owner',
    summary: 'Read.',
    auth: 'none',
    params: z.object({ fileId: z.string(), owner: z.string() }),
    handle: ({ params, ctx }) => files.send(ctx, params.fileId, { type: 'approval', id: params.owner }),
  });
  http = await openHttp([...fileRoutes(files), read]);
});
afterEach(async () => {
  await http.close();
  await t.close();
  rmSync(folder, { recursive: true, force: true });
});

const png = (fill = 1, size = 100) =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(size, fill)]);
const person = (personId: string): PersonActor => ({
  kind: 'person',
  personId,
  name: personId,
  roles: [],
  via: 'h5',
});
type Part = readonly [field: string, name: string, bytes: Buffer];

async function send(parts: readonly Part[], who = 'ada') {
  const form = new FormData();
  for (const [field, name, bytes] of parts) form.append(field, new Blob([new Uint8Array(bytes)]), name);
  const headers = await http.signIn(who);
  const response = await fetch(`${http.url}/api/files`, { method: 'POST', body: form, headers });
  const body = (await response.json()) as { fileId: string; code?: string; name?: string; type?: string };
  return { status: response.status, ...body };
}
const upload = async (bytes = png(), who = 'ada') => (await send([['file', '证明.png', bytes]], who)).fileId;
const claim = (who: string, ...fileIds: string[]) =>
  t.db.write(person(who), (tx) => files.claim(tx, fileIds, OWNER));
const ids = async () => (await t.db.read((r) => r.em.getRepository(FileTable).find())).map((row) => row.id);
const runSweep = () =>
  files.keepings[0]?.ending?.remove(t.clock.now() - 2 * DAY_MS, 100) ?? Promise.reject(new Error());
const leftovers = () => readdirSync(TMP).filter((name) => name.startsWith('steward-upload-')).length;

describe('uploading', () => {
  it('takes a picture, by its bytes, and writes it into the record', async () => {
    expect(await send([['file', '诊断证明.PNG', png()]])).toMatchObject({
      status: 200,
      name: '诊断证明.PNG',
      type: 'image/png',
      size: 108,
    });
    const acts = await t.db.read((r) => r.em.getRepository(AuditEntryTable).find());
    expect(acts.map((act) => act.action)).toEqual(['files.upload']);
    expect(JSON.stringify(acts)).not.toContain('诊断证明');
  });

  it.each<[string, readonly Part[], number, string]>([
    ['a page called picture', [['file', 'a.png', Buffer.from('<html>')]], 400, 'files.type'],
    ['a kind that is not taken', [['file', 'a.svg', Buffer.from('<svg/>')]], 400, 'files.type'],
    ['nothing', [], 400, 'files.missing'],
    ['another field', [['other', 'a.png', png()]], 400, 'files.missing'],
    ['an empty file', [['file', 'a.png', Buffer.alloc(0)]], 400, 'http.bad_request'],
    [
      'two files',
      [
        ['file', 'a.png', png()],
        ['file', 'b.png', png(2)],
      ],
      413,
      'http.too_large',
    ],
    ['more than 20 MB', [['file', 'a.png', png(1, UPLOAD_LIMIT)]], 413, 'http.too_large'],
  ])('%s is refused and leaves nothing behind', async (_what, parts, status, code) => {
    const before = leftovers();
    expect(await send(parts)).toMatchObject({ status, code });
    expect(await ids()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
    expect(leftovers()).toBe(before);
  });

  it.each([
    ['no multipart', 'application/json', '{}', 400],
    ['no boundary', 'multipart/form-data', 'x', 400],
    [
      'a cut body',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="file"',
      400,
    ],
  ])('%s is refused', async (_what, type, body, status) => {
    const headers = { ...(await http.signIn('ada')), 'content-type': type };
    const response = await fetch(`${http.url}/api/files`, { method: 'POST', body, headers });
    expect(response.status).toBe(status);
  });
});

describe('belonging', () => {
  it('only the uploader’s own file can be claimed, all of them or none', async () => {
    const [own, foreign] = [await upload(), await upload(png(2), 'bob')];
    await expect(claim('ada', own, foreign)).rejects.toMatchObject({ code: 'files.unknown' });
    expect(await t.db.read((r) => files.ofOwner(r, OWNER))).toEqual([]);
    await claim('ada', own, own);
    expect((await t.db.read((r) => files.ofOwner(r, OWNER))).map((file) => file.fileId)).toEqual([own]);
  });

  it('one file for two requests at once goes to one of them', async () => {
    const fileId = await upload();
    const results = await Promise.allSettled([claim('ada', fileId), claim('ada', fileId)]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is seen as own and free by nobody but the uploader, until it is claimed', async () => {
    const fileId = await upload();
    const free = (who: string) => t.db.read((r) => files.ownUnclaimed(r, fileId, who));
    expect(await free('bob')).toBeNull();
    expect((await free('ada'))?.fileId).toBe(fileId);
    await claim('ada', fileId);
    expect(await free('ada')).toBeNull();
  });

  it('is sent for its owner only, and cannot act on our origin', async () => {
    const fileId = await upload();
    const get = (owner: string) => fetch(`${http.url}/api/read/${fileId}/${owner}`);
    expect((await get('i1')).status).toBe(404);
    await claim('ada', fileId);
    expect((await get('i2')).status).toBe(404);
    const answer = await get('i1');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png());
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(answer.headers.get('cache-control')).toMatch(/^private/);
    expect(answer.headers.get('content-disposition')).toBe(
      `inline; filename*=UTF-8''${encodeURIComponent('证明.png')}`,
    );
  });
});

describe('letting go', () => {
  it('what its owner released is sent to nobody any more, and the sweep takes it', async () => {
    const [kept, gone] = [await upload(png(1)), await upload(png(2))];
    await claim('ada', kept, gone);
    await t.db.write(person('ada'), (tx) => files.release(tx, OWNER, []));
    await t.db.write(person('ada'), (tx) => files.release(tx, OWNER, [gone]));
    expect((await t.db.read((r) => files.ofOwner(r, OWNER))).map((file) => file.fileId)).toEqual([kept]);
    expect((await fetch(`${http.url}/api/read/${gone}/i1`)).status).toBe(404);
    t.clock.advance(2 * DAY_MS + 1);
    await runSweep();
    expect(await ids()).toEqual([kept]);
  });

  it('the bytes of a free file are given to its uploader only', async () => {
    const fileId = await upload();
    expect(await files.bytesOfUnclaimed(fileId, 'bob')).toBeNull();
    expect(await files.bytesOfUnclaimed(fileId, 'ada')).toEqual(png());
    await claim('ada', fileId);
    expect(await files.bytesOfUnclaimed(fileId, 'ada')).toBeNull();
  });
});

describe('sweeping', () => {
  it('takes what nobody claimed for two days, and its bytes unless another file has the same', async () => {
    const [kept, sameBytes, lonely] = [await upload(png(1)), await upload(png(1)), await upload(png(2))];
    await claim('ada', kept);
    t.clock.advance(2 * DAY_MS - 1);
    await runSweep();
    expect((await ids()).sort()).toEqual([kept, sameBytes, lonely].sort());
    t.clock.advance(2);
    const [keptRow, lonelyRow] = await t.db.read((r) =>
      Promise.all([kept, lonely].map((id) => r.em.getRepository(FileTable).findOneByOrFail({ id }))),
    );
    await runSweep();
    expect(await ids()).toEqual([kept]);
    expect(await store.has(keptRow?.contentHash ?? '')).toBe(true);
    expect(await store.has(lonelyRow?.contentHash ?? '')).toBe(false);
  });
});

describe('the folder store', () => {
  it('keeps the same bytes once, and takes no name but a hash', async () => {
    const [one, two] = [await store.put(png()), await store.put(png())];
    expect(one).toBe(two);
    expect(
      readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile()),
    ).toHaveLength(1);
    await expect((async () => store.open('../../etc/passwd'))()).rejects.toThrow('not a content hash');
    await expect(store.open('0'.repeat(64))).rejects.toThrow();
    await store.remove(one);
    await store.remove(one);
    expect(await store.has(one)).toBe(false);
  });
});
