/** The register of systems: any other one is under the same rules, without code (S3-6 to S3-8). */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LinksAnswer, SystemsAnswer } from '../../server/features/accounts/contract.ts';
import { parseAccountsSettings } from '../../server/features/accounts/index.ts';
import { type AccountsStory, accountsStory } from '../support/accounts-story.ts';

let a: AccountsStory;
beforeEach(async () => {
  a = await accountsStory();
});
afterEach(() => a.s.close());

const library = (more: object = {}) => ({
  code: 'library',
  name: '图书系统',
  grade: 'manual',
  ownerUnitId: a.unitOf('D06'),
  byDefault: true,
  onLock: 'lock',
  onSecondOut: 'cancel',
  inspected: true,
  ...more,
});
const put = async (path: string, body: object) => {
  const answer = await (await a.as('it')).send('PUT', `/api/accounts${path}`, body);
  return answer.ok ? 'done' : ((await answer.json()) as { code: string }).code;
};
const systems = (who: 'it' | 'stranger' = 'it') => a.get<SystemsAnswer>(who, '/systems');

describe('the register of systems', () => {
  it('S3-6 another system is registered in the console: opened, locked, cancelled and inspected like the rest', async () => {
    expect(await a.refusal('head', '/systems', library())).toBe('accounts.not_it');
    expect(await a.refusal('it', '/systems', library({ code: 'oa' }))).toBe('accounts.system_known');
    await a.post('it', '/systems', library());
    expect(await a.refusal('it', '/systems', library())).toBe('accounts.system_known');
    await a.takeStock();
    await a.post('it', '/stock', { systemCode: 'library' });
    const personId = a.idOf('colleague');
    expect(await a.accountsOf(personId)).toContain('图书系统 正常');

    const unitId = a.unitOf('D2001');
    const lock = { unitId, fromOn: a.today(), cause: 'other', reason: '停职' };
    const requestId = await a.begin('head', 'lock', personId, lock);
    await a.submit('head', requestId, unitId);
    await a.carryOut(requestId);
    expect(await a.accountsOf(personId)).toContain('图书系统 锁定');
    expect((await a.get<{ rows: object[] }>('it', '/exchange/library')).rows).toEqual([]);

    const leaving = { unitId, leftOn: a.today(), leavingReason: 'resigned' };
    const cancel = await a.begin('head', 'cancel', personId, leaving);
    await a.submit('head', cancel, unitId);
    await a.carryOut(cancel, 'hr');
    expect(await a.accountsOf(personId)).toContain('图书系统 停用');
    // The month that ended: without the export of its console nothing is concluded.
    await a.post('it', '/inspections', { systemCode: 'library', month: '2026-10' });
    const { items } = await a.get<{ items: { systemCode: string; state: string }[] }>('it', '/inspections');
    expect(items.find(({ systemCode }) => systemCode === 'library')?.state).toBe('undecided');
  });

  it('S3-6 switched off, nobody gets it unasked; a change that somebody overtook is refused', async () => {
    await a.post('it', '/systems', library());
    const { code: _, grade: __, ...rules } = library();
    const off = { ...rules, state: 'off', version: 1 };
    expect(await put('/systems/library', off)).toBe('done');
    expect(await put('/systems/library', off)).toBe('db.changed_meanwhile');
    expect(await put('/systems/oa', off)).toBe('accounts.system_in_file');
    const known = (await systems()).systems.find(({ code }) => code === 'library');
    expect(known).toMatchObject({ state: 'off', byDefault: true, version: 2, ownerName: '教务处' });
    expect(await a.refusal('it', '/inspections', { systemCode: 'library', month: '2026-10' })).toBe(
      'accounts.not_inspected',
    );
    expect(await a.audited('accounts.change_system')).toEqual([
      { actorId: a.idOf('superAdmin'), targetId: 'library' },
    ]);
  });

  it('S1-7.3 the system of human resources is registered under its unit as the one source for staff', async () => {
    for (const who of ['it', 'stranger'] as const)
      expect((await systems(who)).authorities).toEqual([
        { domain: 'staff', domainName: '人员', systemName: '人事管理系统', ownerName: '人事处' },
      ]);
    const file = JSON.parse(readFileSync('config/accounts.json', 'utf8')) as { authorities: object[] };
    const twice = { ...file, authorities: [...file.authorities, ...file.authorities] };
    expect(() => parseAccountsSettings(twice)).toThrow('a domain has two systems');
  });

  it('S3-7 S3-8 everybody sees who coordinates and who interprets; each data link has provider, consumer and state', async () => {
    const seen = await systems('stranger');
    expect(seen).toMatchObject({
      offices: { coordinator: '信息中心', interpreter: '信息中心' },
      can: { register: false },
    });
    expect(seen.systems.map(({ name, grade, ownerName }) => `${name} ${grade} ${ownerName}`)).toEqual([
      '企业微信 api 信息中心',
      'OA file 党政办',
      '无感考勤 manual 信息中心',
    ]);
    const link = { providerCode: 'wecom', consumerCode: 'oa', content: '在编人员名单', state: 'planned' };
    expect(await a.refusal('head', '/data-links', link)).toBe('accounts.not_it');
    expect(await a.refusal('it', '/data-links', { ...link, consumerCode: 'wecom' })).toBe(
      'accounts.link_to_itself',
    );
    const { linkId } = await a.post<{ linkId: string }>('it', '/data-links', link);
    expect(await a.refusal('it', '/data-links', link)).toBe('accounts.link_known');
    expect(await put(`/data-links/${linkId}`, { version: 1, state: 'running' })).toBe('done');
    const { items } = await a.get<LinksAnswer>('stranger', '/data-links');
    expect(items).toMatchObject([
      { providerName: '企业微信', consumerName: 'OA', content: '在编人员名单', state: 'running' },
    ]);
  });
});
