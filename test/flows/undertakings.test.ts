import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../server/app.ts';
import { createLog } from '../../server/platform/log.ts';
import type {
  OwnAnswer,
  OwnTextAnswer,
  PeopleAnswer,
  ProofAnswer,
  RemindAnswer,
  TextAnswer,
  TextsAnswer,
} from '../../server/features/undertakings/contract.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import type { Client } from '../support/client.ts';
import { startApp, type Started } from '../support/start-app.ts';
import { todosOf } from '../support/todos.ts';
import { userid } from '../support/story.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let s: Started;
beforeEach(async () => {
  s = await startApp({ undertakings: 'open' });
});
afterEach(() => s.close());

const own = (client: Client) => client.get<OwnAnswer>('/api/undertakings/own');
const read = (client: Client, textId: string) => client.get<OwnTextAnswer>(`/api/undertakings/own/${textId}`);
/** As the phone does: what was shown comes back with its hash, after it was read to its end. */
async function give(client: Client, textId: string) {
  const { version, sha256 } = (await read(client, textId)).text;
  return client.post(`/api/undertakings/own/${textId}`, { version, sha256, readToEnd: true });
}
const people = (client: Client, textId: string, query = '') =>
  client.get<PeopleAnswer>(`/api/undertakings/texts/${textId}/people${query}`);
const duties = async (client: Client) =>
  (await todosOf(client)).filter(({ path }) => path === '/undertakings');
const idOf = async (client: Client) =>
  (await client.get<{ person: { personId: string } }>('/api/me')).person.personId;

/** Where signing in ends, wanted to go to `path`. */
async function landing(member: string, path: string): Promise<string | null> {
  const browser = s.browser();
  const login = await browser.raw('GET', `/api/auth/login?switch=1&return=${encodeURIComponent(path)}`);
  const authorize = `${login.headers.get('location')?.replace('#wechat_redirect', '')}&sandbox_member=${member}`;
  const back = await fetch(authorize, { redirect: 'manual' });
  const callback = new URL(back.headers.get('location') ?? '');
  return (await browser.raw('GET', `${callback.pathname}${callback.search}`)).headers.get('location');
}

describe('undertakings of the use of 企业微信', () => {
  it('S2-15c account and password keeping: led there once, read, given in one’s own name, kept as it was', async () => {
    // An urgent approval is not stood in front of; who opens the app itself is led there, once.
    expect(await landing(userid.applicant, '/approvals/a1')).toBe('/approvals/a1');
    expect(await landing(userid.applicant, '/')).toBe('/undertakings');
    expect(await landing(userid.applicant, '/')).toBe('/');

    const staff = await s.signIn(userid.applicant);
    const before = await own(staff);
    expect(before.open.map(({ textId }) => textId)).toEqual(['purpose', 'account-keeping', 'work-only']);
    expect(before.given.items).toEqual([]);
    expect(before.due?.words).toContain('还剩');
    // One clock for all of them, among what one owes.
    expect((await duties(staff)).map(({ text }) => text)).toEqual([
      expect.stringContaining('阅读并承诺使用规定'),
    ]);

    const { text } = await read(staff, 'account-keeping');
    expect(text.source).toBe('企业微信管理办法 第十五条');
    expect(text.words).toContain('密码');
    expect(text.sha256).toBe(
      createHash('sha256').update(`${text.title}\n${text.source}\n\n${text.words}`).digest('hex'),
    );

    // Not without having read it, not with other words than those in force.
    const refusal = async (body: object) =>
      (await staff.send('POST', '/api/undertakings/own/account-keeping', body)).status;
    expect(await refusal({ version: 1, sha256: text.sha256 })).toBe(400);
    expect(await refusal({ version: 1, sha256: text.sha256, readToEnd: false })).toBe(400);
    expect(await refusal({ version: 1, sha256: 'f'.repeat(64), readToEnd: true })).toBe(409);
    expect((await own(staff)).given.items).toEqual([]);

    await give(staff, 'account-keeping');
    const once = (await own(staff)).given.items;
    expect(once).toMatchObject([{ textId: 'account-keeping', version: 1, title: text.title }]);
    // Again changes nothing.
    await s.advance(HOUR);
    await give(staff, 'account-keeping');
    expect((await own(staff)).given.items).toEqual(once);
    const shown = await staff.get<OwnTextAnswer>('/api/undertakings/own/account-keeping?version=1');
    expect(shown.text.words).toBe(text.words);
    expect(shown.given).toMatchObject({ version: 1, givenAt: once[0]?.givenAt });

    expect(await duties(staff)).toHaveLength(1);
    await give(staff, 'purpose');
    await give(staff, 'work-only');
    expect(await duties(staff)).toEqual([]);
    expect(await landing(userid.applicant, '/')).toBe('/');

    // On the record, by the person's own name; and in the copy of one's own data (个保法 45).
    const acts = await s.app.db.read((reads) =>
      reads.em.query<{ actorId: string; targetId: string; via: string }[]>(
        `select actorId, targetId, via from audit_entry where action = 'undertakings.give' order by id`,
      ),
    );
    expect(acts.map(({ targetId }) => targetId)).toEqual(['account-keeping', 'purpose', 'work-only']);
    expect(new Set(acts.map(({ actorId }) => actorId))).toEqual(new Set([await idOf(staff)]));
    const copy = await staff.get<{ sections: { title: string; rows: Record<string, string>[] }[] }>(
      '/api/access/own-data?format=json',
    );
    expect(copy.sections.find(({ title }) => title === '承诺')?.rows).toHaveLength(3);
  });

  it('S2-15e use for work only: asked, given and open by unit, reminded once a working day, provable', async () => {
    const staff = await s.signIn(userid.applicant);
    const staffId = await idOf(staff);
    await give(staff, 'work-only');
    let admin = await s.signIn(userid.superAdmin);

    const { items } = await admin.get<TextsAnswer>('/api/undertakings/texts');
    const line = items.find(({ textId }) => textId === 'work-only');
    expect(line?.counts).toMatchObject({ given: 1, asked: 2 });
    expect(line?.counts.people).toBe((line?.counts.given ?? 0) + (line?.counts.open ?? 0));
    // Nobody owes beforehand what belongs to an occasion.
    expect(items.find(({ textId }) => textId === 'no-classified-content')?.counts.open).toBeNull();

    const page = await admin.get<TextAnswer>('/api/undertakings/texts/work-only');
    const sum = (of: 'people' | 'given' | 'asked') => page.units.reduce((n, unit) => n + unit[of], 0);
    expect([sum('people'), sum('given'), sum('asked')]).toEqual([
      line?.counts.people,
      line?.counts.given,
      line?.counts.asked,
    ]);
    const given = await people(admin, 'work-only', '?state=given');
    expect(given.items.map(({ personId }) => personId)).toEqual([staffId]);
    const unit = page.units.find((one) => one.given === 1);
    const colleagues = await people(admin, 'work-only', `?state=open&unitId=${unit?.unitId}`);
    expect(colleagues.total).toBe((unit?.people ?? 0) - 1);
    const first = await people(admin, 'work-only', '?state=open&limit=2');
    const second = await people(admin, 'work-only', `?state=open&limit=2&cursor=${first.next}`);
    expect(new Set([...first.items, ...second.items].map(({ personId }) => personId)).size).toBe(4);

    // A member, and a head of unit who sees counts of the unit and no names.
    expect((await staff.raw('GET', '/api/undertakings/texts')).status).toBe(403);
    const head = await s.signIn(userid.unitHead);
    const seen = await head.get<TextAnswer>('/api/undertakings/texts/work-only');
    expect(seen.units.map(({ unitId }) => unitId)).toContain(unit?.unitId);
    expect(seen.units.length).toBeLessThan(page.units.length);
    expect(seen.can).toEqual({ names: false, remind: false });
    expect((await head.raw('GET', '/api/undertakings/texts/work-only/people')).status).toBe(403);

    const remind = () =>
      admin.post<RemindAnswer>('/api/undertakings/texts/work-only/remind', { unitId: unit?.unitId ?? null });
    expect(colleagues.toRemind).toBe((unit?.people ?? 0) - 1);
    expect(await remind()).toMatchObject({ reminded: (unit?.people ?? 0) - 1, already: 0 });
    expect((await people(admin, 'work-only', `?unitId=${unit?.unitId}`)).toRemind).toBe(0);
    expect(await remind()).toMatchObject({ reminded: 0, already: (unit?.people ?? 0) - 1 });
    await s.settle();
    const told = (member: string) =>
      s.sandbox.control
        .appMessages(member)
        .filter(({ content }) => JSON.stringify(content).includes('请阅读并承诺')).length;
    expect([told(userid.colleague), told(userid.applicant)]).toEqual([1, 0]);
    await s.advance(DAY);
    admin = await s.signIn(userid.superAdmin);
    expect((await remind()).reminded).toBe((unit?.people ?? 0) - 1);
    await s.settle();
    expect(told(userid.colleague)).toBe(2);
    // Monday, Tuesday … on the day of rest nobody is reminded.
    await s.advance(4 * DAY);
    admin = await s.signIn(userid.superAdmin);
    const rest = await admin.send('POST', '/api/undertakings/texts/work-only/remind', { unitId: null });
    expect(rest.status).toBe(422);
    expect(await rest.text()).toContain('undertakings.not_a_workday');

    const proof = await admin.get<ProofAnswer>(`/api/undertakings/proofs/work-only/${staffId}`);
    expect(proof.given).toMatchObject([{ version: 1, via: 'h5', viaWords: '企业微信' }]);
    expect(proof.given[0]?.sha256).toBe(proof.text.sha256);
    expect(proof.text.words).toContain('工作');

    const file = await admin.raw('GET', '/api/undertakings/texts/work-only/people/export?state=open');
    const [sheet] = await readSheets(Buffer.from(await file.arrayBuffer()));
    const open = await people(admin, 'work-only', '?state=open');
    expect(sheet?.rows.length).toBe(open.total + 2);
    const acts = await s.app.db.read((reads) =>
      reads.em.query<{ action: string }[]>(
        `select distinct action from audit_entry where action like 'undertakings.%' order by action`,
      ),
    );
    expect(acts.map(({ action }) => action)).toEqual([
      'undertakings.export',
      'undertakings.give',
      'undertakings.read_proof',
      'undertakings.register',
      'undertakings.remind',
    ]);
  });

  it('S2-4.5 no classified content: the guard of publishing and of groups refuses until it is given', async () => {
    const staff = await s.signIn(userid.applicant);
    const personId = await idOf(staff);
    const door = s.app.undertakings;
    // What a later room calls in its own command, before it publishes or makes a group.
    const ask = () => s.app.db.read((reads) => door.mustHaveGiven(reads, personId, 'no-classified-content'));
    const required = (occasion: 'publishing' | 'group-creation') =>
      s.app.db.read(async (reads) =>
        (await door.required(reads, personId, occasion)).map(({ textId, version }) => [textId, version]),
      );
    expect(await required('publishing')).toEqual([['no-classified-content', 1]]);
    expect(await required('group-creation')).toEqual([
      ['no-classified-content', 1],
      ['group-owner', 1],
    ]);
    await expect(ask()).rejects.toMatchObject({
      code: 'undertakings.not_given',
      status: 422,
      data: { title: '涉密信息不上网承诺', path: '/undertakings/no-classified-content', version: 1 },
    });
    // It can be given beforehand on the phone, where it stands apart from what is owed.
    const before = await own(staff);
    expect(before.later.map(({ textId }) => textId)).toEqual(['no-classified-content', 'group-owner']);
    await give(staff, 'no-classified-content');
    expect(await ask()).toMatchObject({ textId: 'no-classified-content', version: 1 });
    expect(await required('publishing')).toEqual([]);
    // Nobody gives it in another's name.
    await expect(
      s.app.db.write({ kind: 'system', name: 'test' }, (tx) =>
        door.given(tx, personId, {
          textId: 'group-owner',
          version: 1,
          sha256: 'f'.repeat(64),
          session: null,
        }),
      ),
    ).rejects.toMatchObject({ code: 'undertakings.own_only' });
  });

  it('S2-15c asks anew when the words changed, and shows for ever what was agreed to before', async () => {
    const staff = await s.signIn(userid.applicant);
    for (const textId of ['purpose', 'account-keeping', 'work-only']) await give(staff, textId);
    const first = await read(staff, 'account-keeping');
    const later = await restartWith((words) => `${words}\n\n6. 开启企业微信的登录保护。\n`, 2);
    try {
      const client = staff.at(later.url);
      expect((await own(client)).open.map(({ textId }) => textId)).toEqual(['account-keeping']);
      const now = await read(client, 'account-keeping');
      expect(now.text.version).toBe(2);
      expect(now.text.words).toContain('登录保护');
      // The page that still shows the old words is told so.
      const old = { version: 1, sha256: first.text.sha256, readToEnd: true };
      expect((await client.send('POST', '/api/undertakings/own/account-keeping', old)).status).toBe(409);
      await give(client, 'account-keeping');
      const given = (await own(client)).given.items.filter(({ textId }) => textId === 'account-keeping');
      expect(given.map(({ version }) => version)).toEqual([2, 1]);
      const shown = await client.get<OwnTextAnswer>('/api/undertakings/own/account-keeping?version=1');
      expect(shown.text).toMatchObject({ words: first.text.words, sha256: first.text.sha256 });
    } finally {
      await later.close();
    }
    // Other words under the version that is registered, and a lower version, stop the start.
    await expect(restartWith((words) => `${words}多一句。\n`, 2)).rejects.toThrow(
      /account-keeping\.md: version 2 .* other words.*version: 3/s,
    );
    await expect(restartWith((words) => words, 1)).rejects.toThrow(/version 1 .*lower.* version 2/s);
  });

  it('S2-15c a leaver owes nothing; who comes back is asked again, and the old proof stays', async () => {
    const staff = await s.signIn(userid.applicant);
    const personId = await idOf(staff);
    await give(staff, 'account-keeping');
    const change = (kind: 'left' | 'returned' | 'locked' | 'unlocked') =>
      s.app.db.write({ kind: 'system', name: 'test' }, (tx) =>
        s.app.undertakings.onPersonChanged(tx, { personId, kind }),
      );
    // Nobody locked out is late, and the time begins anew when they may read again.
    expect(await duties(staff)).toHaveLength(1);
    await change('locked');
    expect(await duties(staff)).toEqual([]);
    await change('unlocked');
    expect(await duties(staff)).toHaveLength(1);
    await change('left');
    expect(await duties(staff)).toEqual([]);
    await change('returned');
    expect((await own(staff)).open.map(({ textId }) => textId)).toContain('account-keeping');
    await s.advance(HOUR);
    await give(staff, 'account-keeping');
    expect((await own(staff)).given.items.map(({ textId }) => textId)).toEqual([
      'account-keeping',
      'account-keeping',
    ]);

    // It is kept as long as they are here, and three years more.
    const held = () =>
      s.app.db.read(async (reads) => {
        const rows = await reads.em.query<{ n: number | string }[]>(
          'select count(*) as n from undertaking_given where personId = ?',
          [personId],
        );
        return Number(rows[0]?.n);
      });
    await s.advance(DAY);
    expect(await held()).toBe(2);
    await change('left');
    await s.advance(DAY);
    expect(await held()).toBe(2);
    const longAgo = s.clock.now() - 1_096 * DAY;
    await s.app.db.run('update undertaking_stay set leftAt = ? where id = ?', [longAgo, personId]);
    await s.advance(DAY);
    expect(await held()).toBe(0);
  });

  it('a text that is asked no more leaves no clock behind', async () => {
    const staff = await s.signIn(userid.applicant);
    expect(await duties(staff)).toHaveLength(1);
    const later = await restart((folder) => {
      for (const textId of ['purpose', 'account-keeping', 'work-only']) rmSync(join(folder, `${textId}.md`));
    });
    try {
      const settle = later.app.definitions.find(({ name }) => name === 'undertakings.settle');
      await settle?.handle({ id: 'job', payload: {}, attempt: 1, now: s.clock.now() });
      expect(await duties(staff)).toEqual([]);
      // And is still shown to who gave it, never to who did not.
      expect((await staff.at(later.url).raw('GET', '/api/undertakings/own/purpose')).status).toBe(404);
    } finally {
      await later.close();
    }
  });
});

interface Restarted {
  readonly app: App;
  readonly url: string;
  close(): Promise<void>;
}

/** With account-keeping as the institution changed it. */
const restartWith = (change: (words: string) => string, version: number): Promise<Restarted> =>
  restart((folder) => {
    const file = join(folder, 'account-keeping.md');
    const text = readFileSync(file, 'utf8')
      .trimEnd()
      .replace(/^version: \d+$/m, `version: ${version}`);
    writeFileSync(file, change(text));
  });

/** The same product and database, after somebody edited the texts. */
async function restart(edit: (folder: string) => void): Promise<Restarted> {
  const root = mkdtempSync(join(tmpdir(), 'steward-root-'));
  let app: App;
  try {
    cpSync('config', join(root, 'config'), { recursive: true });
    edit(join(root, 'config/undertakings'));
    app = await createApp({ config: s.config, clock: s.clock, log: createLog('silent'), root });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  const server: Server = createServer(app.http.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    app,
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await app.messaging.drain();
      await app.close();
    },
  };
}
