import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import type {
  ChainAnswer,
  ClocksAnswer,
  EntriesAnswer,
  EntryAnswer,
  FormerAnswer,
} from '../../server/features/admin/contract.ts';
import { PersonTable } from '../../server/features/directory/tables.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { DAY_MS } from '../../server/kernel/dates.ts';
import { recordAct, sealAll } from '../../server/platform/audit/index.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { applyForLeave, ONE_DAY, tapApprove, userid } from '../support/story.ts';

const SEED = systemActor('test:audit');
let s: Started;
let auditor: Client;
let security: Client;
let hr: Client;

const idOf = async (key: CastKey): Promise<string> => {
  const org = await s.app.db.read((reads) => s.app.directory.orgOf(reads));
  return org.personByUserid(demoCast[key].userid)?.personId ?? '';
};
const sql = (text: string, params: unknown[] = []) =>
  s.app.db.write(SEED, (tx) => tx.em.query<unknown>(text, params));
const entries = (query: string, as = auditor) => as.get<EntriesAnswer>(`/api/audit/entries?${query}`);
const entry = (entryId: string) => auditor.get<EntryAnswer>(`/api/audit/entries/${entryId}`);
const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { code: string }).code;

beforeAll(async () => {
  s = await startApp();
  for (const [key, role] of [
    ['librarian', 'auditAdmin'],
    ['headless', 'securityAdmin'],
    ['contractor', 'securityAdmin'],
    ['twoPosts', 'systemAdmin'],
  ] as const) {
    const personId = await idOf(key);
    await s.app.db.write(SEED, (tx) =>
      s.app.access.grantRole(tx, { personId, role, scopeUnitId: null, untilAt: null }),
    );
  }
  auditor = await s.signIn(demoCast.librarian.userid);
  security = await s.signIn(demoCast.headless.userid);
  hr = await s.signIn(demoCast.hrMaintainer.userid);
});
afterAll(() => s.close());

describe('who reads the record', () => {
  it('H4 the audit administrator; not who runs the system, gives rights, or keeps the people', async () => {
    expect((await entries('')).items.length).toBeGreaterThan(0);
    for (const key of ['twoPosts', 'headless', 'superAdmin', 'hrMaintainer', 'colleague'] as const) {
      const other = await s.signIn(demoCast[key].userid);
      for (const path of ['entries', 'entries/x', 'clocks?targetType=a&targetId=b', 'export', 'chain'])
        expect([key, path, (await other.raw('GET', `/api/audit/${path}`)).status]).toEqual([key, path, 403]);
      expect((await other.send('POST', '/api/audit/chain/verify', {})).status).toBe(403);
    }
  });

  it('H4 H7 changes nothing but adds its own look to the record', async () => {
    const me = await idOf('librarian');
    await entries('actorId=nobody');
    const own = await entries(`actorId=${me}&action=audit`);
    expect(own.items[0]).toMatchObject({
      action: 'audit.list',
      actionWords: '看审计记录',
      actor: { id: me, kind: 'person' },
      target: { type: 'audit', id: 'nobody' },
    });
    expect(await codeOf(await auditor.send('POST', `/api/audit/people/${me}/forget`, {}))).toBe(
      'audit.may_not_forget',
    );
  });
});

describe('an auditor asks', () => {
  it('H7 H9 who looked at a value in full, as what, from where, and what for', async () => {
    const personId = await idOf('applicant');
    await hr.post(`/api/access/people/${personId}/reveal`, { field: 'mobile', purpose: '核对报到材料' });
    const { items } = await entries(`targetType=person&targetId=${personId}&action=people.reveal`);
    expect(items).toMatchObject([
      {
        actionWords: '看完整信息',
        actor: { name: demoCast.hrMaintainer.name },
        target: { name: demoCast.applicant.name, typeWords: '人' },
        resultWords: '成功',
        personal: true,
      },
    ]);
    const found = await entry(items[0]?.entryId ?? '');
    expect(found).toMatchObject({
      via: 'h5',
      after: { field: 'mobile' },
      personalPart: {
        state: 'open',
        person: { name: demoCast.applicant.name },
        after: { purpose: '核对报到材料' },
      },
    });
    expect(found.roles).toContain('花名册维护');
    expect(found.address).not.toBeNull();
    const { items: same } = await entries(`requestId=${found.requestId}`);
    expect(same.map(({ entryId }) => entryId)).toEqual([found.entryId]);
  });

  it('H5 what a lock reason was read for stays closed to an auditor who may not know it', async () => {
    const personId = await idOf('colleague');
    await s.app.db.write(SEED, async (tx) =>
      recordAct(tx, {
        action: 'accounts.read_lock_reason',
        targetType: 'account_request',
        targetId: 'request-1',
        personal: { personId, after: { purpose: '核对处分' } },
      }),
    );
    const { items } = await entries('targetType=account_request&targetId=request-1');
    expect((await entry(items[0]?.entryId ?? '')).personalPart).toEqual({ state: 'closed' });
  });

  it('who held this, for how long, by which calendar, with proof', async () => {
    const applicant = await s.signIn(userid.applicant);
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    await s.settle();
    await s.advance(3 * 3_600_000);
    await tapApprove(s, userid.unitHead);
    await s.settle();
    await sealAll(s.app.db);
    const { items } = await entries(`targetType=approval&targetId=${instanceId}`);
    expect(items.map(({ actionWords }) => actionWords)).toEqual(['同意', '提交申请']);
    const approve = await entry(items[0]?.entryId ?? '');
    expect(approve).toMatchObject({ via: 'card', viaWords: '卡片按钮', seq: expect.any(Number) });
    expect(approve.hash).toMatch(/^[0-9a-f]{64}$/);
    const clocks = await auditor.get<ClocksAnswer>(
      `/api/audit/clocks?targetType=approval&targetId=${instanceId}`,
    );
    expect(clocks.items).toMatchObject([
      {
        holder: { name: demoCast.unitHead.name },
        closedAt: expect.any(Number),
        breach: null,
        provisional: false,
      },
    ]);
    expect(clocks.items[0]?.usedMs).toBeGreaterThan(0);
    expect(clocks.items[0]?.notices[0]).toMatchObject({ year: 2026, words: expect.stringContaining('2026') });
  });

  it('pages newest first, without gaps or repeats', async () => {
    const whole = await entries('limit=100');
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 50 && seen.length < 10; page += 1) {
      const found = await entries(`limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...found.items.map(({ entryId }) => entryId));
      cursor = found.next ?? '';
      if (cursor === '') break;
    }
    expect(new Set(seen).size).toBe(seen.length);
    const times = whole.items.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(
      await codeOf(await auditor.raw('GET', '/api/audit/entries?fromOn=2026-12-01&toOn=2026-01-01')),
    ).toBe('audit.days');
  });

  it('H2 H9 takes the list along as .xlsx, recorded, without personal parts', async () => {
    const file = await auditor.raw('GET', '/api/audit/export?action=people');
    expect(file.status).toBe(200);
    const [sheet] = await readSheets(Buffer.from(await file.arrayBuffer()));
    const text = JSON.stringify(sheet?.rows);
    expect(text).toContain('看完整信息');
    expect(text).toContain('有，导出不带');
    expect(text).not.toContain('核对报到材料');
    const [last] = (await entries('action=audit.export')).items;
    expect(last?.actor.name).toBe(demoCast.librarian.name);
  });
});

describe('is it whole', () => {
  const chain = () => auditor.get<ChainAnswer>('/api/audit/chain');
  const verifyNow = async () => {
    await s.advance(60_000);
    await sealAll(s.app.db);
    await auditor.post('/api/audit/chain/verify');
    expect((await chain()).running).toBe(true);
    await s.settle();
    return chain();
  };

  it('H8 says up to where it was verified, and what was found', async () => {
    const sound = await verifyNow();
    expect(sound.verified).toMatchObject({ faultCount: 0, faults: [] });
    expect(sound.verified?.sealed).toBeGreaterThan(5);
    expect(sound.running).toBe(false);
    await sql(`update audit_entry set targetId = 'x' where seq = 3`);
    const broken = await verifyNow();
    expect(broken.verified).toMatchObject({
      faultCount: 1,
      faults: [{ kind: 'changed', seq: 3, words: '封好后被改过' }],
    });
  });
});

describe('H9 forgetting', () => {
  it('H9 only after leaving, with accounts cancelled, when the keeping period is over; the rest stays', async () => {
    const personId = await idOf('colleague');
    const forget = (as = security) => as.send('POST', `/api/audit/people/${personId}/forget`, {});
    const confirm = (as: Client, phrase = '销毁密钥') =>
      as.send('POST', `/api/audit/people/${personId}/forget/confirm`, { phrase });
    const former = (as = security) => as.get<FormerAnswer>('/api/audit/former-people');
    const second = await s.signIn(demoCast.contractor.userid);
    await hr.post(`/api/access/people/${personId}/reveal`, { field: 'mobile', purpose: '补办工牌' });
    expect(await codeOf(await forget())).toBe('audit.still_here');
    expect(await codeOf(await forget(hr))).toBe('audit.may_not_forget');
    const { id } = await s.app.db.read((reads) =>
      reads.em.getRepository(PersonTable).findOneByOrFail({ id: personId }),
    );
    await s.app.db.write(SEED, (tx) =>
      s.app.directory.endEmployment(tx, id, { status: 'left', on: '2026-11-23', reason: '另有任用' }),
    );
    expect(await codeOf(await forget())).toBe('audit.still_kept');
    await sql(`update person set statusOn = '2023-01-01' where id = ?`, [id]);
    await sql(`delete from account where personId = ?`, [id]);
    await sql(
      `insert into account (id, personId, systemCode, state, sinceAt, generation, version)
       values ('acc1', ?, 'oa', 'locked', 1, 1, 1)`,
      [id],
    );
    expect(await codeOf(await forget())).toBe('audit.accounts_open');
    await sql(`update account set state = 'cancelled' where personId = ?`, [id]);
    expect(await former()).toMatchObject({
      total: 1,
      items: [{ personId: id, proposal: null, obstacle: null, can: { propose: true, confirm: false } }],
    });
    expect(await codeOf(await confirm(second))).toBe('audit.no_proposal');
    expect((await forget()).status).toBe(200);
    expect(await codeOf(await forget(second))).toBe('audit.proposed_already');
    expect(await codeOf(await confirm(security))).toBe('audit.own_proposal');
    expect(await codeOf(await confirm(hr))).toBe('audit.may_not_forget');
    expect((await former()).items[0]).toMatchObject({
      proposal: { mine: true, byName: demoCast.headless.name },
      can: { propose: false, confirm: false, withdraw: true },
    });
    // It lapses after a day, and may be taken back.
    await sql(`update audit_forgetting set proposedAt = proposedAt - ?`, [DAY_MS]);
    expect(await codeOf(await confirm(second))).toBe('audit.no_proposal');
    expect((await forget()).status).toBe(200);
    expect((await second.send('POST', `/api/audit/people/${personId}/forget/withdraw`, {})).status).toBe(200);
    expect(await codeOf(await confirm(second))).toBe('audit.no_proposal');
    expect((await forget()).status).toBe(200);
    expect((await former(second)).items[0]).toMatchObject({
      can: { confirm: true },
      proposal: { mine: false },
    });
    expect(await codeOf(await confirm(second, ''))).toBe('audit.phrase');
    const done = await confirm(second);
    expect(done.status).toBe(200);
    expect(((await done.json()) as { entries: number }).entries).toBeGreaterThan(1);
    const { items } = await entries(`targetType=person&targetId=${id}`);
    expect(items[0]).toMatchObject({
      actionWords: '销毁个人密钥',
      actor: { name: demoCast.contractor.name },
    });
    expect((await former()).items).toEqual([]);
    const look = items.find(({ action }) => action === 'people.reveal');
    const opened = await entry(look?.entryId ?? '');
    expect(opened).toMatchObject({ after: { field: 'mobile' }, personalPart: { state: 'destroyed' } });
    expect(JSON.stringify(opened)).not.toContain('补办工牌');
  });
});
