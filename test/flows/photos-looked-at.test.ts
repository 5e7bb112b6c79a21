/** S2-15b: an ID-style photo is present, or a task exists; and it is a photo somebody looked at. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import { DelegationTable, type DelegationRow } from '../../server/features/access/tables.ts';
import type {
  AcceptAnswer,
  MissingAnswer,
  OneAnswer,
  OwnPhotoAnswer,
  ReviewAnswer,
} from '../../server/features/corrections/photos/contract.ts';
import { jpeg, png } from '../../server/platform/files/testing/pictures.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { DAY_MS, dateOf, MINUTE_MS } from '../../server/kernel/dates.ts';
import { newId } from '../../server/kernel/id.ts';
import { insertRows } from '../../server/platform/db/rows.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { todosOf } from '../support/todos.ts';

// Whole stories: not a matter of the machine's speed.
vi.setConfig({ testTimeout: 180_000 });

const SEED = systemActor('test:photos');

let s: Started;
let clients: Map<CastKey, Promise<Client>>;
beforeEach(async () => {
  s = await startApp();
  clients = new Map();
});
afterEach(() => s.close());

const as = (who: CastKey): Promise<Client> => {
  const known = clients.get(who) ?? s.signIn(demoCast[who].userid);
  clients.set(who, known);
  return known;
};
async function later(ms: number): Promise<void> {
  await s.advance(ms);
  clients.clear();
}
const get = async <T>(who: CastKey, path: string): Promise<T> => (await as(who)).get<T>(`/api/photos${path}`);
const send = async (who: CastKey, path: string, body: object): Promise<Response> =>
  (await as(who)).send('POST', `/api/photos${path}`, body);
const codeOf = async (answer: Response): Promise<string> =>
  answer.ok ? 'done' : ((await answer.json()) as { code: string }).code;
const idOf = async (who: CastKey): Promise<string> =>
  s.app.db.read(
    async (reads) =>
      (await s.app.directory.orgOf(reads)).personByUserid(demoCast[who].userid)?.personId ?? '',
  );
async function put(who: CastKey, bytes = png(295, 413)): Promise<void> {
  const client = await as(who);
  const uploaded = await client.upload('/api/files', bytes[0] === 0xff ? '照片.jpg' : '照片.png', bytes);
  const { fileId } = (await uploaded.json()) as { fileId: string };
  await client.post('/api/photos/own', { fileId });
  await s.advance(MINUTE_MS);
}
const review = (who: CastKey, query = '') => get<ReviewAnswer>(who, `/review${query}`);
const own = (who: CastKey) => get<OwnPhotoAnswer>(who, '/own');
async function seen(who: CastKey, about: CastKey): Promise<{ personId: string; uploadedAt: number }> {
  const { photo } = await get<OneAnswer>(who, `/review/${await idOf(about)}`);
  return { personId: await idOf(about), uploadedAt: photo?.uploadedAt ?? 0 };
}
async function reject(who: CastKey, about: CastKey, body: object): Promise<string> {
  const { personId, uploadedAt } = await seen(who, about);
  return codeOf(await send(who, `/review/${personId}/reject`, { uploadedAt, ...body }));
}
const accept = async (who: CastKey, items: object[]): Promise<AcceptAnswer> =>
  (await (await send(who, '/review/accept', { items })).json()) as AcceptAnswer;
const duties = async (who: CastKey) => (await todosOf(await as(who))).map(({ text }) => text);
const told = (who: CastKey): string[] =>
  s.sandbox.control
    .appMessages(demoCast[who].userid)
    .flatMap(({ content }) => (content.msgtype === 'text' ? [JSON.stringify(content)] : []));
const acts = (action: string) =>
  s.app.db.read((reads) =>
    reads.em.query<{ targetType: string; targetId: string; after: string | null }[]>(
      'select targetType, targetId, after from audit_entry where action = ? order by id',
      [action],
    ),
  );
const files = () =>
  s.app.db.read((reads) =>
    reads.em.query<{ type: string; ownerType: string | null }[]>('select type, ownerType from file'),
  );

async function delegate(who: CastKey, unitCode: string, duty: 'manage' | 'view'): Promise<void> {
  const org = await s.app.db.read(s.app.directory.orgOf);
  const row: DelegationRow = {
    id: newId(),
    personId: await idOf(who),
    unitId: org.units().find(({ code }) => code === unitCode)?.unitId ?? '',
    duty,
    modules: ['directory'],
    categories: ['internal'],
    note: '',
    grantedBy: await idOf('superAdmin'),
    sinceAt: s.clock.now(),
    untilAt: s.clock.now() + 30 * DAY_MS,
    endedAt: null,
    endedBy: null,
    endReason: null,
    warnedAt: null,
    version: 1,
  };
  await s.app.db.write(SEED, async (tx) => {
    await insertRows(tx, DelegationTable, [row]);
    await s.app.directory.touch(tx);
  });
}

describe('S2-15b a photo that was uploaded is looked at', () => {
  it('S2-15b rejected with a reason it is a task again with its clock; the next upload waits again and is accepted', async () => {
    await put('applicant');
    const page = await review('hrMaintainer');
    expect(page.items.map(({ name, state }) => [name, state])).toEqual([['张雨桐', 'waiting']]);
    expect(page.counts).toMatchObject({ waiting: 1, accepted: 0, rejected: 0 });
    expect((await own('applicant')).photo).toMatchObject({ state: 'waiting', why: null });

    expect(await reject('hrMaintainer', 'applicant', { reason: 'blurred' })).toBe('done');
    await s.settle();
    expect(told('applicant')).toContainEqual(expect.stringMatching(/照片没有通过：模糊，请重新上传，.+/));
    expect(await duties('applicant')).toEqual([expect.stringMatching(/^重新上传证件照，/)]);
    expect(await own('applicant')).toMatchObject({
      photo: { state: 'rejected', why: '模糊' },
      due: { state: 'ok' },
    });
    const missing = await get<MissingAnswer>('hrMaintainer', '/missing?limit=100');
    expect(missing.items.find(({ name }) => name === '张雨桐')).toMatchObject({ state: 'rejected' });
    const sheet = await (await as('hrMaintainer')).raw('GET', '/api/photos/missing/export');
    const [list] = await readSheets(Buffer.from(await sheet.arrayBuffer()));
    expect(list?.rows.find((row) => row.includes('张雨桐'))).toContain('已退回：模糊');
    expect(list?.rows.find((row) => row.includes('吴敏')) ?? []).not.toContain('已退回：模糊');

    await put('applicant', jpeg(413, 626));
    expect(await duties('applicant')).toEqual([]);
    expect((await own('applicant')).photo).toMatchObject({ state: 'waiting', why: null });
    expect(await accept('hrMaintainer', [await seen('hrMaintainer', 'applicant')])).toEqual({
      items: [{ personId: await idOf('applicant'), result: 'accepted', words: '合格' }],
    });
    const one = await get<OneAnswer>('hrMaintainer', `/review/${await idOf('applicant')}`);
    expect(one.history.map(({ by, words }) => `${by} ${words}`)).toEqual([
      '张雨桐 上传',
      '吴晓燕 退回：模糊',
      '张雨桐 上传',
      '吴晓燕 合格',
    ]);
    expect((await review('hrMaintainer', '?state=accepted')).items).toHaveLength(1);
    expect((await own('applicant')).photo?.state).toBe('accepted');
  });

  it('S2-15b other reasons are said in words, a verdict is for the picture that was seen, and the same twice is refused', async () => {
    await put('applicant');
    const old = await seen('hrMaintainer', 'applicant');
    expect(await reject('hrMaintainer', 'applicant', { reason: 'other' })).toBe('http.bad_request');
    expect(await reject('hrMaintainer', 'applicant', { reason: 'other', words: '背景不是白色' })).toBe(
      'done',
    );
    expect(await reject('hrMaintainer', 'applicant', { reason: 'notSelf' })).toBe(
      'corrections.photo_decided',
    );
    await s.settle();
    expect(told('applicant')).toContainEqual(
      expect.stringContaining('照片没有通过：背景不是白色，请重新上传'),
    );
    await put('applicant', jpeg(413, 626));
    const late = await send('hrMaintainer', `/review/${old.personId}/reject`, {
      uploadedAt: old.uploadedAt,
      reason: 'notId',
    });
    expect(await codeOf(late)).toBe('corrections.photo_replaced');
    expect((await own('applicant')).photo?.state).toBe('waiting');
  });

  it('S2-15b H3 nobody looks at their own among others, nor decides it; a rejection by mistake is taken back', async () => {
    await put('hrMaintainer');
    const personId = await idOf('hrMaintainer');
    expect((await review('hrMaintainer')).items).toEqual([]);
    expect((await (await as('hrMaintainer')).raw('GET', `/api/photos/review/${personId}`)).status).toBe(404);
    const uploadedAt = (await own('hrMaintainer')).photo?.uploadedAt ?? 0;
    expect(await accept('hrMaintainer', [{ personId, uploadedAt }])).toMatchObject({
      items: [{ result: 'corrections.photo_not_visible' }],
    });
    const self = await send('hrMaintainer', `/review/${personId}/reject`, { uploadedAt, reason: 'notId' });
    expect(await codeOf(self)).toBe('corrections.photo_not_visible');

    expect(await reject('superAdmin', 'hrMaintainer', { reason: 'covered' })).toBe('done');
    expect(await duties('hrMaintainer')).toHaveLength(1);
    expect(await accept('superAdmin', [{ personId, uploadedAt }])).toMatchObject({
      items: [{ result: 'accepted' }],
    });
    expect(await duties('hrMaintainer')).toEqual([]);
    await s.settle();
    expect(told('hrMaintainer')).toContainEqual(expect.stringContaining('你的证件照已改为合格，不用再传'));
  });

  it('S2-15b H7 one act for a page of small pictures, one for each that is opened; pictures go to nobody without', async () => {
    for (const who of ['applicant', 'colleague', 'librarian'] as const) await put(who);
    const { items } = await review('hrMaintainer', '?limit=2');
    expect(items.map(({ name }) => name)).toEqual([demoCast.librarian.name, demoCast.colleague.name]);
    const looks = await acts('corrections.look_at_photos');
    expect(looks).toHaveLength(1);
    expect(looks[0]?.after).toContain(await idOf('librarian'));
    expect(looks[0]?.after).not.toContain(await idOf('applicant'));

    const hr = await as('hrMaintainer');
    const small = await hr.raw('GET', items[0]?.picture ?? '');
    expect([small.status, small.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(Buffer.from(await small.arrayBuffer()).equals(png(295, 413))).toBe(true);
    // A page is the act: its pictures are no further ones.
    expect(await acts('corrections.look_at_photos')).toHaveLength(1);

    const path = items[0]?.picture ?? '';
    expect((await (await as('superAdmin')).raw('GET', path)).status).toBe(404);
    expect((await s.browser().raw('GET', path)).status).toBe(401);
    expect((await hr.raw('GET', `${path.split('?')[0]}?look=1-${'0'.repeat(64)}`)).status).toBe(404);
    expect((await hr.raw('GET', path.replace(/look=[^-]+/, 'look=zzzzzzzz'))).status).toBe(404);
    await s.advance(16 * MINUTE_MS);
    expect((await hr.raw('GET', path)).status).toBe(404);

    const personId = await idOf('applicant');
    const one = await get<OneAnswer>('hrMaintainer', `/review/${personId}`);
    expect((await (await as('hrMaintainer')).raw('GET', one.photo?.picture ?? '')).status).toBe(200);
    expect(await acts('corrections.open_photo')).toEqual([
      expect.objectContaining({ targetType: 'person', targetId: personId }),
    ]);
    expect(s.log.join('\n')).not.toContain('look=');
  });

  it('S2-15b H1 H2 one set for pages, counts and decisions: whoever manages a part of the directory sees that part', async () => {
    for (const who of ['applicant', 'colleague', 'librarian'] as const) await put(who);
    await delegate('teachingLeader', 'D20', 'manage');
    await delegate('adminLeader', 'D20', 'view');
    const whole = await review('teachingLeader', '?limit=48');
    expect(new Set(whole.items.map(({ unitName }) => unitName)).size).toBeGreaterThan(0);
    expect(whole.items.map(({ name }) => name)).not.toContain(demoCast.librarian.name);
    expect(whole.total).toBe(whole.items.length);
    expect(whole.counts.waiting).toBe(whole.total);
    const paged: string[] = [];
    let cursor = '';
    do {
      const page = await review('teachingLeader', `?limit=1${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.items.map(({ personId }) => personId));
      cursor = page.next ?? '';
    } while (cursor);
    expect(paged).toEqual(whole.items.map(({ personId }) => personId));
    const personId = await idOf('librarian');
    expect((await (await as('teachingLeader')).raw('GET', `/api/photos/review/${personId}`)).status).toBe(
      404,
    );
    expect(await accept('teachingLeader', [{ personId, uploadedAt: 1 }])).toMatchObject({
      items: [{ result: 'corrections.photo_not_visible' }],
    });
    for (const who of ['adminLeader', 'colleague'] as const)
      expect((await (await as(who)).raw('GET', '/api/photos/review')).status).toBe(403);
    const everybody = await review('hrMaintainer');
    const unit = everybody.units.find(({ name }) => name === '图书馆');
    expect(unit).toMatchObject({ waiting: 1 });
    expect((await review('hrMaintainer', `?unitId=${unit?.unitId}`)).items.map(({ name }) => name)).toEqual([
      demoCast.librarian.name,
    ]);
  });

  it('S2-15b a page is accepted at once, with a result for each', async () => {
    for (const who of ['applicant', 'colleague', 'librarian'] as const) await put(who);
    const { items } = await review('hrMaintainer');
    expect(await reject('hrMaintainer', 'colleague', { reason: 'notSelf' })).toBe('done');
    await put('colleague', jpeg(413, 626));
    const answer = await accept(
      'hrMaintainer',
      [...items].reverse().map(({ personId, uploadedAt }) => ({ personId, uploadedAt })),
    );
    expect(answer.items.map(({ result }) => result)).toEqual([
      'accepted',
      'corrections.photo_replaced',
      'accepted',
    ]);
    expect(answer.items[1]?.words).toContain('换了一张');
    expect(await acts('corrections.accept_photo')).toHaveLength(2);
    const many = Array.from({ length: 51 }, () => ({ personId: newId(), uploadedAt: 1 }));
    expect(await codeOf(await send('hrMaintainer', '/review/accept', { items: many }))).toBe(
      'http.bad_request',
    );
  });

  it('S2-15b 个保法 47 a rejected photo goes when its time is over, with its bytes; the task stays, who left takes theirs along', async () => {
    await put('applicant');
    await put('colleague');
    expect(await reject('hrMaintainer', 'applicant', { reason: 'notId' })).toBe('done');
    await later(31 * DAY_MS);
    await later(4 * DAY_MS);
    expect((await files()).map(({ ownerType }) => ownerType)).toEqual(['photo']);
    expect((await own('applicant')).photo).toBeNull();
    expect(await duties('applicant')).toHaveLength(1);
    const one = await get<OneAnswer>('hrMaintainer', `/review/${await idOf('applicant')}`);
    expect(one.photo).toBeNull();
    expect(one.history.at(-1)?.words).toBe('退回的照片已按保存期限删除');

    const personId = await idOf('colleague');
    await s.app.db.write(SEED, (tx) =>
      s.app.directory.endEmployment(tx, personId, {
        status: 'left',
        on: dateOf(s.clock.now()),
        reason: null,
      }),
    );
    await later(367 * DAY_MS);
    await later(4 * DAY_MS);
    expect(await files()).toEqual([]);
  });

  it('S2-15b 个保法 45 the copy of one’s own data says what was decided about one’s photo and who opened it', async () => {
    await put('applicant');
    expect(await reject('hrMaintainer', 'applicant', { reason: 'other', words: '背景不是白色' })).toBe(
      'done',
    );
    const copy = await (await as('applicant')).raw('GET', '/api/access/own-data?format=json');
    const text = await copy.text();
    expect(text).toContain('退回：背景不是白色');
    expect(text).toContain('证件照被打开');
    expect(text).toContain('吴晓燕');
  });
});
