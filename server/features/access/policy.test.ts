import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROLES, systemActor, type Actor, type Role } from '../../kernel/actor.ts';
import { createOrg } from '../directory/index.ts';
import { aUnit, rowsOf } from '../directory/testing/org-rows.ts';
import { parseModules } from './module-catalog.ts';
import {
  holdsListedPost,
  mayReadRights,
  whyNotDelegate,
  whyNotGrant,
  whyNotRemove,
  whyNotRevoke,
  type GrantFacts,
} from './policy.ts';
import { DERIVED_ROLES, isExclusive, mayKnow, parseRoles } from './role-catalog.ts';
import { createScope } from './scope.ts';
import { NOW } from './testing/held.ts';

const catalog = parseRoles(JSON.parse(readFileSync('config/roles.json', 'utf8')));
const modules = parseModules(JSON.parse(readFileSync('config/modules.json', 'utf8')));
const org = createOrg(rowsOf({ units: [aUnit('root', null), aUnit('info', 'root')] }), '2026-11-23');
const everything = createScope(
  [{ unitId: null, modules: 'all', categories: 'all', duty: 'manage', from: { role: 'superAdmin' } }],
  org,
);

const who = (...roles: Role[]): Actor => ({ kind: 'person', personId: 'me', name: '', roles, via: 'h5' });
const facts = (more: Partial<GrantFacts> = {}): GrantFacts => ({
  held: [],
  hasDelegation: false,
  posts: [
    { unitName: '信息中心', unitCode: 'D10', title: '系统管理员' },
    { unitName: '信息中心', unitCode: 'D10', title: '主任' },
  ],
  otherHolders: 0,
  ...more,
});
const grantOf = (role: string, more: object = {}) => ({
  personId: 'you',
  role,
  scopeUnitId: catalog.get(role)?.unitOnly ? 'info' : null,
  untilAt: null,
  ...more,
});
const why = (actor: Actor, role: string, known: Partial<GrantFacts> = {}, more: object = {}) =>
  whyNotGrant(actor, grantOf(role, more), catalog, facts(known), NOW)?.code ?? null;

const DUTIES_OF_THREE = ['systemAdmin', 'securityAdmin', 'auditAdmin'] as const;

describe('H3 who gives roles', () => {
  it('H3 nobody gives to or takes from themselves, whatever they hold', () => {
    for (const role of catalog.keys()) {
      expect(why(who('creator', 'superAdmin', 'securityAdmin'), role, {}, { personId: 'me' })).toBe(
        'access.own_rights',
      );
      expect(whyNotRevoke(who('superAdmin'), { personId: 'me', role }, catalog)?.code).toBe(
        'access.own_rights',
      );
    }
  });

  it('H3, H4 only the creator, super administrators and (for ordinary roles) the security administrator give', () => {
    for (const role of catalog.keys()) {
      for (const giver of ROLES) {
        const global = giver === 'creator' || giver === 'superAdmin';
        const named = catalog.get(role)?.alsoGrantedBy.some((code) => code === giver) ?? false;
        expect(why(who('staff', giver), role), `${giver} gives ${role}`).toBe(
          global || named ? null : 'access.may_not_grant',
        );
      }
    }
    for (const role of ['creator', 'superAdmin', ...DUTIES_OF_THREE])
      expect(catalog.get(role)?.alsoGrantedBy, role).toEqual([]);
    expect(catalog.get('liaison')?.alsoGrantedBy).toEqual(['securityAdmin']);
  });

  it('H3 the last super administrator stays; others may go', () => {
    const all = (...ids: string[]) => ids.map((personId) => ({ personId, untilAt: null }));
    expect(whyNotRemove('a', all('a'), ['a'])?.code).toBe('access.last_super_admin');
    expect(whyNotRemove('a', all('a', 'b'), ['a'])?.code).toBe('access.last_super_admin');
    expect(whyNotRemove('a', all('a', 'b'), ['b'])).toBeNull();
    expect(whyNotRemove('c', all('a'), ['a'])).toBeNull();
    expect(whyNotRemove('c', [], [])).toBeNull();
  });

  it('H3 who is super administrator until a day is nobody who stays', () => {
    const lasting = { personId: 'a', untilAt: null };
    const [b, c] = ['b', 'c'].map((personId) => ({ personId, untilAt: NOW + 1 }));
    const both = [b, c].flatMap((one) => one ?? []);
    expect(whyNotRemove('a', [lasting, ...both], ['a', 'b', 'c'])?.code).toBe('access.last_super_admin');
    expect(whyNotRemove('b', [lasting, ...both], ['a', 'b', 'c'])).toBeNull();
    expect(whyNotRemove('b', both, ['b', 'c'])).toBeNull();
  });

  it('an end in the past is refused', () => {
    expect(why(who('superAdmin'), 'hrHead', {}, { untilAt: NOW })).toBe('access.end_date_passed');
    expect(why(who('superAdmin'), 'hrHead', {}, { untilAt: NOW + 1 })).toBeNull();
  });
});

describe('H4 three separated duties', () => {
  it('H4 no two of system, security and audit in one hand, nor beside the creator or a super administrator', () => {
    for (const duty of DUTIES_OF_THREE) {
      for (const other of [...DUTIES_OF_THREE, 'creator', 'superAdmin', 'hrMaintainer', 'moduleManager']) {
        if (other === duty) continue;
        const held = [{ role: other, scopeUnitId: null }];
        expect(why(who('superAdmin'), duty, { held }), `${duty} beside ${other}`).toBe('access.exclusive');
        expect(why(systemActor('seed'), other, { held: [{ role: duty, scopeUnitId: null }] })).toBe(
          'access.exclusive',
        );
      }
      expect(isExclusive(catalog, duty, 'delegation')).toBe(true);
      expect(why(who('superAdmin'), duty, { hasDelegation: true })).toBe('access.exclusive');
    }
    expect(
      why(who('superAdmin'), 'attendanceOfficer', { held: [{ role: 'hrHead', scopeUnitId: null }] }),
    ).toBeNull();
  });

  it('H4 the audit administrator reads rights and changes nothing; the system administrator does neither', () => {
    expect(mayReadRights(who('auditAdmin'))).toBe(true);
    expect(mayReadRights(who('systemAdmin'))).toBe(false);
    for (const role of catalog.keys()) {
      expect(why(who('auditAdmin'), role)).toBe('access.may_not_grant');
      expect(why(who('systemAdmin'), role)).toBe('access.may_not_grant');
      expect(whyNotRevoke(who('auditAdmin'), { personId: 'you', role }, catalog)?.status).toBe(403);
    }
  });

  it('H5 the reason of a lock is for the roles that were named, not for every administrator', () => {
    const holder = (role: string) => [{ role, scopeUnitId: null }];
    expect(mayKnow(catalog, holder('hrHead'), 'lockReason')).toBe(true);
    for (const role of ['superAdmin', 'hrMaintainer', 'systemAdmin', 'auditAdmin', 'staff', 'unitHead'])
      expect(mayKnow(catalog, holder(role), 'lockReason'), role).toBe(false);
  });
});

describe('S2-9b listed posts', () => {
  it('S2-9b only holders of listed posts become super administrators, whoever gives it', () => {
    const library = [{ unitName: '图书馆', unitCode: 'D11', title: '主任' }];
    const wrongTitle = [{ unitName: '信息中心', unitCode: 'D10', title: '网络工程师' }];
    for (const actor of [who('creator'), systemActor('seed')]) {
      expect(why(actor, 'superAdmin')).toBeNull();
      expect(why(actor, 'superAdmin', { posts: library })).toBe('access.post_not_listed');
      expect(why(actor, 'superAdmin', { posts: wrongTitle })).toBe('access.post_not_listed');
      expect(why(actor, 'superAdmin', { posts: [] })).toBe('access.post_not_listed');
      expect(why(actor, 'superAdmin', { posts: [...library, ...facts().posts] })).toBeNull();
    }
  });

  it('S2-9b units are named by name or code; without titles every title counts', () => {
    const role = { posts: [{ units: ['D11'], titles: [] }] };
    expect(holdsListedPost(role, [{ unitName: '图书馆', unitCode: 'D11', title: '馆员' }])).toBe(true);
    expect(holdsListedPost(role, facts().posts)).toBe(false);
    expect(holdsListedPost({ posts: null }, [])).toBe(true);
  });

  it('S2-3 one liaison per unit, named for a unit; S2-9a one creator', () => {
    expect(why(who('superAdmin'), 'liaison', {}, { scopeUnitId: null })).toBe('access.role_needs_unit');
    expect(why(who('superAdmin'), 'liaison', { otherHolders: 1 })).toBe('access.held_by_another');
    expect(why(who('superAdmin'), 'creator', { otherHolders: 1 })).toBe('access.held_by_another');
    expect(why(who('superAdmin'), 'superAdmin', { otherHolders: 1 })).toBeNull();
  });
});

describe('S2-9d delegating', () => {
  const request = {
    personId: 'you',
    unitId: 'info',
    modules: ['leave'],
    categories: ['internal' as const],
    duty: 'manage' as const,
    untilAt: NOW + 1,
  };
  const known = { scope: everything, held: [], affiliations: ['internal' as const], isUnitActive: true };
  const refusal = (actor: Actor, asked: object = {}, about: object = {}) =>
    whyNotDelegate(actor, { ...request, ...asked }, { roles: catalog, modules }, { ...known, ...about }, NOW)
      ?.code ?? null;

  it('S2-9d the granter is the creator or a super administrator, a person, and somebody else', () => {
    expect(refusal(who('creator'))).toBeNull();
    expect(refusal(who('superAdmin'))).toBeNull();
    for (const role of ROLES.filter((one) => one !== 'creator' && one !== 'superAdmin'))
      expect(refusal(who(role)), role).toBe('access.may_not_delegate');
    expect(refusal(systemActor('seed'))).toBe('access.may_not_delegate');
    expect(refusal(who('superAdmin'), { personId: 'me' })).toBe('access.own_rights');
  });

  it('H3 what exceeds the granter is refused', () => {
    const narrow = createScope(
      [{ unitId: 'info', modules: ['leave'], categories: ['internal'], duty: 'handle', from: { role: 'x' } }],
      org,
    );
    const asked = { duty: 'handle' };
    expect(refusal(who('superAdmin'), asked, { scope: narrow })).toBeNull();
    for (const more of [
      { duty: 'manage' },
      { unitId: 'root' },
      { modules: ['leave', 'seals'] },
      { categories: ['internal', 'external'] },
    ])
      expect(refusal(who('superAdmin'), { ...asked, ...more }, { scope: narrow })).toBe(
        'access.exceeds_granter',
      );
  });

  it('S2-9d unit, module and end must be real', () => {
    expect(refusal(who('superAdmin'), {}, { isUnitActive: false })).toBe('access.unknown_unit');
    expect(refusal(who('superAdmin'), { modules: ['nothing'] })).toBe('access.unknown_module');
    expect(refusal(who('superAdmin'), { untilAt: NOW })).toBe('access.end_date_passed');
  });

  it('H4 holders of the three duties administer no data', () => {
    for (const role of DUTIES_OF_THREE)
      expect(refusal(who('superAdmin'), {}, { held: [{ role, scopeUnitId: null }] })).toBe(
        'access.exclusive',
      );
    expect(refusal(who('superAdmin'), {}, { held: [{ role: 'liaison', scopeUnitId: 'info' }] })).toBeNull();
  });

  it('B8 nobody administers a module that none of their own affiliations may see', () => {
    expect(refusal(who('superAdmin'), {}, { affiliations: ['external'] })).toBe(
      'access.module_not_for_person',
    );
    expect(refusal(who('superAdmin'), {}, { affiliations: [] })).toBe('access.module_not_for_person');
    expect(refusal(who('superAdmin'), {}, { affiliations: ['external', 'internal'] })).toBeNull();
    expect(refusal(who('superAdmin'), { modules: ['repairs'] }, { affiliations: ['external'] })).toBeNull();
  });
});

describe('roles.json', () => {
  const superAdmin = { code: 'superAdmin', name: '超级管理员', scoped: false };
  const parse = (...more: object[]) => parseRoles({ roles: [superAdmin, ...more] });

  it('knows every role the code asks about', () => {
    expect([...catalog.keys(), ...Object.keys(DERIVED_ROLES)]).toEqual(expect.arrayContaining([...ROLES]));
  });

  it('says what is wrong with it', () => {
    const other = { code: 'other', name: '其他', scoped: false };
    expect(() => parse({ ...other, excludes: ['nobody'] })).toThrow('nobody');
    expect(() => parse({ ...other, excludes: ['other'] })).toThrow('itself');
    expect(() => parse({ ...other, unitOnly: true })).toThrow('scoped');
    expect(() => parse({ ...other, alsoGrantedBy: ['nobody'] })).toThrow('nobody');
    const scoped = { code: 'dean', name: '院长', scoped: true };
    expect(() => parse(scoped, { ...other, alsoGrantedBy: ['dean'] })).toThrow('dean');
    expect(() => parse({ ...other, alsoGrantedBy: ['superAdmin'], excludes: ['delegation'] })).not.toThrow();
  });
});
