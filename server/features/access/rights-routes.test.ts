import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonActor, Role } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import { insertRows } from '../../platform/db/rows.ts';
import { SEED } from '../directory/testing/open-directory.ts';
import { SMALL, smallRoster } from '../directory/testing/small-roster.ts';
import type {
  DelegationsAnswer,
  HoldersAnswer,
  ModulesAnswer,
  RightsAnswer,
  RolesAnswer,
  ScopeAnswer,
  VacanciesAnswer,
} from './contract.ts';
import { DelegationTable } from './tables.ts';
import { callRoute } from './testing/call-route.ts';
import { openAccess, type AccessStage } from './testing/open-access.ts';

let stage: AccessStage;
let chen: string;
let zhang: string;
let wang: string;
let admin: PersonActor;
beforeEach(async () => {
  stage = await openAccess();
  [chen, zhang, wang] = [
    await stage.idOf('chenzhiyuan'),
    await stage.idOf('zhangyutong'),
    await stage.idOf('wanghaiyan'),
  ];
  await stage.t.db.write(SEED, (tx) =>
    stage.access.grantRole(tx, { personId: chen, role: 'superAdmin', scopeUnitId: null, untilAt: null }),
  );
  admin = as(chen, 'superAdmin');
});
afterEach(() => stage.t.close());

const as = (personId: string, ...roles: Role[]): PersonActor => ({
  kind: 'person',
  personId,
  name: '',
  roles: ['staff', ...roles],
  via: 'h5',
});
const call = async <Answer>(actor: PersonActor, name: string, parts = {}): Promise<Answer> =>
  (await callRoute(stage.access, actor, name, parts)) as Answer;
const delegation = async (more: object = {}) => ({
  personId: zhang,
  unitId: await stage.unitOf('D20'),
  duty: 'manage',
  modules: ['leave', 'notices'],
  categories: ['internal'],
  lastOn: '2026-12-31',
  note: '学院请假管理',
  ...more,
});

describe('giving and reading roles', () => {
  it('H3 a role is given, seen with its granter and end, and taken back', async () => {
    const unitId = await stage.unitOf('D20');
    const body = { personId: zhang, role: 'liaison', unitId, lastOn: '2027-06-30' };
    const { grantId } = await call<{ grantId: string }>(admin, 'post /api/access/grants', { body });
    const rights = await call<RightsAnswer>(admin, 'get /api/access/people/:personId/rights', {
      params: { personId: zhang },
    });
    expect(rights.roles).toEqual([
      expect.objectContaining({ role: 'staff', grantId: null, can: { revoke: false } }),
      expect.objectContaining({
        role: 'liaison',
        roleName: '信息联络员',
        unit: { unitId, name: '信息工程学院' },
        lastOn: '2027-06-30',
        grantedBy: '陈志远',
        can: { revoke: true },
      }),
    ]);
    const own = await call<RightsAnswer>(as(zhang), 'get /api/access/people/:personId/rights', {
      params: { personId: zhang },
    });
    expect(own.roles.map((role) => [role.role, role.can.revoke])).toEqual([
      ['staff', false],
      ['liaison', false],
    ]);
    await call(admin, 'post /api/access/grants/:grantId/revoke', { params: { grantId } });
    const after = await call<HoldersAnswer>(admin, 'get /api/access/roles/:role/holders', {
      params: { role: 'liaison' },
    });
    expect(after).toMatchObject({ items: [], total: 0, next: null });
  });

  it('H4 the audit administrator reads rights and is offered nothing to change; the system administrator reads none', async () => {
    const params = { role: 'superAdmin' };
    const holders = await call<HoldersAnswer>(as(wang, 'auditAdmin'), 'get /api/access/roles/:role/holders', {
      params,
    });
    expect(holders.items).toMatchObject([{ person: { name: '陈志远' }, can: { revoke: false } }]);
    const roles = await call<RolesAnswer>(as(wang, 'auditAdmin'), 'get /api/access/roles');
    expect(roles.items.filter((role) => role.can.grant)).toEqual([]);
    const security = await call<RolesAnswer>(as(wang, 'securityAdmin'), 'get /api/access/roles');
    const given = security.items.filter((role) => role.can.grant).map((role) => role.role);
    expect(given).toContain('liaison');
    expect(given).not.toContain('superAdmin');
    for (const actor of [as(wang, 'systemAdmin'), as(wang)])
      await expect(call(actor, 'get /api/access/roles/:role/holders', { params })).rejects.toMatchObject({
        status: 403,
      });
  });

  it('S2-9a, S2-9b holders whose post no longer fits are marked', async () => {
    await stage.t.db.write(SEED, (tx) =>
      stage.access.grantRole(tx, { personId: wang, role: 'creator', scopeUnitId: null, untilAt: null }),
    );
    stage.t.clock.advance(2 * 86_400_000);
    const post = { kind: 'main', title: '科员', isHead: false, headRank: null, place: null } as const;
    for (const [personId, unitId] of [
      [chen, await stage.unitOf('D05')],
      [wang, await stage.unitOf('D20')],
    ] as const)
      await stage.t.db.write(SEED, (tx) =>
        stage.directory.changePosts(tx, personId, [
          { ...post, unitId, sinceOn: '2026-11-25', untilOn: null },
        ]),
      );
    const warnings = async (role: string) =>
      (
        await call<HoldersAnswer>(admin, 'get /api/access/roles/:role/holders', { params: { role } })
      ).items.map((item) => item.warning);
    expect(await warnings('superAdmin')).toEqual(['现任职务不在可任范围内']);
    expect(await warnings('creator')).toEqual(['职务已变动']);
  });

  it('S2-3 departments without a liaison are listed, page by page, until they have one', async () => {
    const ask = (query = {}) => call<VacanciesAnswer>(admin, 'get /api/access/vacancies', { query });
    const first = await ask({ limit: 1 });
    expect(first).toMatchObject({ items: [{ name: '信息工程学院' }], total: 2 });
    const second = await ask({ limit: 1, cursor: first.next });
    expect(second).toMatchObject({ items: [{ name: '人事处' }], next: null, total: 2 });
    await expect(ask({ cursor: 'x' })).rejects.toMatchObject({ code: 'access.bad_cursor' });
    const unitId = await stage.unitOf('D20');
    await call(admin, 'post /api/access/grants', {
      body: { personId: zhang, role: 'liaison', unitId, lastOn: null },
    });
    expect((await ask()).items.map((unit) => unit.name)).toEqual(['人事处']);
  });
});

describe('delegations', () => {
  it('S2-9d is given, shown in my scope with its granter and end, changed and ended', async () => {
    const { delegationId } = await call<{ delegationId: string }>(admin, 'post /api/access/delegations', {
      body: await delegation(),
    });
    const scope = await call<ScopeAnswer>(as(zhang), 'get /api/access/scope');
    expect(scope).toEqual({
      isGlobal: false,
      slices: [
        {
          unit: { unitId: await stage.unitOf('D20'), name: '信息工程学院' },
          unitCount: 2,
          modules: [
            { key: 'leave', name: '请假销假' },
            { key: 'notices', name: '公告' },
          ],
          categories: [{ category: 'internal', name: '院内人员' }],
          duty: 'manage',
          dutyName: '管理',
          from: '陈志远 授权',
          lastOn: '2026-12-31',
        },
      ],
    });
    const { personId: _personId, ...terms } = await delegation({ duty: 'view', modules: ['leave'] });
    const params = { delegationId };
    await call(admin, 'post /api/access/delegations/:delegationId/change', { params, body: terms });
    const list = await call<DelegationsAnswer>(admin, 'get /api/access/delegations', {
      query: { personId: zhang },
    });
    expect(list).toMatchObject({
      total: 1,
      next: null,
      items: [
        { delegationId, duty: 'view', grantedBy: '陈志远', ended: null, can: { change: true, end: true } },
      ],
    });
    await call(admin, 'post /api/access/delegations/:delegationId/end', { params });
    expect((await call<ScopeAnswer>(as(zhang), 'get /api/access/scope')).slices).toEqual([]);
    const ended = await call<DelegationsAnswer>(admin, 'get /api/access/delegations', {
      query: { state: 'ended' },
    });
    expect(ended.items).toMatchObject([{ ended: { by: '陈志远', reason: 'revoked' }, can: { end: false } }]);
  });

  it('S2-9d an end date is required', async () => {
    const { lastOn: _lastOn, ...body } = await delegation();
    await expect(call(admin, 'post /api/access/delegations', { body })).rejects.toThrow('lastOn');
    await expect(
      call(admin, 'post /api/access/delegations', { body: { ...body, lastOn: '2026-02-30' } }),
    ).rejects.toThrow('lastOn');
  });

  it('H2 a list is complete: every row once over all pages, and the total says how many', async () => {
    const rows = Array.from({ length: 123 }, (_, n) => ({
      id: newId(),
      personId: [zhang, chen, wang][n % 3] ?? '',
      unitId: '',
      duty: 'view' as const,
      modules: ['leave'],
      categories: ['internal' as const],
      note: '',
      grantedBy: chen,
      // Many of one moment: the id decides between them.
      sinceAt: stage.t.clock.now() - (n % 4),
      untilAt: stage.t.clock.now() + 1000,
      endedAt: null,
      endedBy: null,
      endReason: null,
      warnedAt: null,
      version: 1,
    }));
    const [d20, d2001, d05] = [
      await stage.unitOf('D20'),
      await stage.unitOf('D2001'),
      await stage.unitOf('D05'),
    ];
    const placed = rows.map((row, n) => ({ ...row, unitId: [d20, d2001, d05, 'gone'][n % 4] ?? '' }));
    await stage.t.db.write(SEED, (tx) => insertRows(tx, DelegationTable, placed));
    const all = async (query: object) => {
      const found: string[] = [];
      const totals = new Set<number>();
      let cursor: string | null = null;
      do {
        const page: DelegationsAnswer = await call(admin, 'get /api/access/delegations', {
          query: { ...query, ...(cursor === null ? {} : { cursor }) },
        });
        expect(page.items.length).toBeLessThanOrEqual(50);
        found.push(...page.items.map((item) => item.delegationId));
        totals.add(page.total);
        cursor = page.next;
      } while (cursor !== null);
      return { found: found.sort(), totals: [...totals] };
    };
    const idsOf = (fits: (row: (typeof placed)[number]) => boolean) =>
      placed
        .filter(fits)
        .map((row) => row.id)
        .sort();
    expect(await all({})).toEqual({ found: idsOf(() => true), totals: [123] });
    const inside = idsOf((row) => row.unitId === d20 || row.unitId === d2001);
    expect(await all({ unitId: d20 })).toEqual({ found: inside, totals: [inside.length] });
    const ofZhang = idsOf((row) => row.personId === zhang);
    expect(await all({ personId: zhang, limit: 7 })).toEqual({ found: ofZhang, totals: [ofZhang.length] });
    await expect(all({ unitId: 'nowhere' })).rejects.toMatchObject({ status: 404 });
    await expect(all({ cursor: 'x' })).rejects.toMatchObject({ code: 'access.bad_cursor' });
  });
});

describe('S2-4.4 my modules', () => {
  it('S2-4.4, S2-5 names the affiliation that qualifies, the unit that answers for it, and who manages it', async () => {
    await call(admin, 'post /api/access/delegations', { body: await delegation() });
    const { items } = await call<ModulesAnswer>(as(wang), 'get /api/access/modules');
    expect(items.find((item) => item.key === 'leave')).toMatchObject({
      name: '请假销假',
      by: [{ category: 'internal', name: '院内人员' }],
      owner: { name: '人事处' },
      managers: [{ name: '张雨桐' }],
    });
    expect(items.find((item) => item.key === 'payslips')).toMatchObject({ owner: null, managers: [] });
  });

  it('S2-4.4 somebody from a service company is shown only what is meant for them', async () => {
    const people = SMALL.people.map((cells) =>
      cells.map((cell, at) => (cells[0] === '00731' && at === 3 ? '外包' : cell)),
    );
    await stage.t.db.write(SEED, (tx) => stage.directory.importRoster(tx, smallRoster({ people })));
    const keys = (await call<ModulesAnswer>(as(zhang), 'get /api/access/modules')).items.map(
      (item) => item.key,
    );
    expect(keys).toContain('repairs');
    expect(keys).not.toContain('leave');
    await expect(
      call(admin, 'post /api/access/delegations', { body: await delegation() }),
    ).rejects.toMatchObject({ code: 'access.module_not_for_person' });
  });
});
