import { describe, expect, it } from 'vitest';
import { createOrg, type Org, type OrgUnit } from '../directory/index.ts';
import { aUnit, rowsOf } from '../directory/testing/org-rows.ts';
import { aDelegation, NOW } from './testing/held.ts';
import { scopeOf, subtreeOf } from './scope.ts';

const UNITS = [
  aUnit('root', null),
  aUnit('info', 'root'),
  aUnit('software', 'info'),
  aUnit('network', 'info'),
  aUnit('library', 'root'),
];
const orgOf = (units: readonly OrgUnit[] = UNITS): Org => createOrg(rowsOf({ units }), '2026-11-23');
const org = orgOf();
const none = { roles: [], delegations: [] };
const held = (...roles: string[]) => ({
  roles: roles.map((role) => ({ role, scopeUnitId: null })),
  delegations: [],
});
const leaveOf = (unitId: string, category: string | null = 'internal') =>
  ({ unitIds: [unitId], moduleKey: 'leave', category }) as const;
const COLUMNS = { unit: 'x.unitId', category: 'x.category' };

describe('H1 the scope of a delegated administrator', () => {
  const scope = scopeOf({ ...none, delegations: [aDelegation({ unitId: 'info' })] }, org, NOW);

  it('H1 is the subtree, and the module, and the category: all three', () => {
    expect(scope.covers(leaveOf('info'))).toBe(true);
    expect(scope.covers(leaveOf('software'))).toBe(true);
    expect(scope.covers(leaveOf('library'))).toBe(false);
    expect(scope.covers(leaveOf('root'))).toBe(false);
    expect(scope.covers({ ...leaveOf('info'), moduleKey: 'seals' })).toBe(false);
    expect(scope.covers(leaveOf('info', 'external'))).toBe(false);
    expect(scope.covers(leaveOf('info', 'somethingElse'))).toBe(false);
    expect(scope.isGlobal).toBe(false);
  });

  it('H1 one of several posts inside is enough; what concerns no person has no category', () => {
    expect(scope.covers({ ...leaveOf('library'), unitIds: ['library', 'network'] })).toBe(true);
    expect(scope.covers({ ...leaveOf('info'), unitIds: [] })).toBe(false);
    expect(scope.covers(leaveOf('info', null))).toBe(true);
  });

  it('H1 a unit that is moved out of the subtree is out at once, with everything below it', () => {
    const rights = { ...none, delegations: [aDelegation({ unitId: 'info' })] };
    const moved = orgOf(
      UNITS.map((unit) => (unit.unitId === 'software' ? aUnit('software', 'library') : unit)),
    );
    expect(scopeOf(rights, org, NOW).covers(leaveOf('software'))).toBe(true);
    expect(scopeOf(rights, moved, NOW).covers(leaveOf('software'))).toBe(false);
    expect(scopeOf(rights, moved, NOW).toFilter({ moduleKey: 'leave' }, COLUMNS).params).not.toContain(
      'software',
    );
  });

  it('H1 a unit that was removed is in nobody’s subtree, nor does a delegation for it reach anything', () => {
    const gone = orgOf(
      UNITS.map((unit) => (unit.unitId === 'info' ? aUnit('info', 'root', { state: 'removed' }) : unit)),
    );
    const scopeNow = scopeOf({ ...none, delegations: [aDelegation({ unitId: 'info' })] }, gone, NOW);
    expect(scopeNow.covers(leaveOf('info'))).toBe(false);
    expect(scopeNow.covers(leaveOf('software'))).toBe(false);
    expect(subtreeOf(gone, 'root').has('info')).toBe(false);
  });

  it('S2-9d a delegation reaches no further than its duty and holds until its end, half-open', () => {
    const delegation = aDelegation({ unitId: 'info', duty: 'handle', sinceAt: NOW, untilAt: NOW + 10 });
    const at = (now: number) => scopeOf({ ...none, delegations: [delegation] }, org, now);
    expect(at(NOW).covers({ ...leaveOf('info'), duty: 'handle' })).toBe(true);
    expect(at(NOW).covers({ ...leaveOf('info'), duty: 'view' })).toBe(true);
    expect(at(NOW).covers({ ...leaveOf('info'), duty: 'manage' })).toBe(false);
    expect(at(NOW - 1).slices).toEqual([]);
    expect(at(NOW + 9).slices).toHaveLength(1);
    expect(at(NOW + 10).slices).toEqual([]);
    const ended = { ...none, delegations: [{ ...delegation, endedAt: NOW }] };
    expect(scopeOf(ended, org, NOW).slices).toEqual([]);
  });

  it('several delegations add up, and none lends its units to another’s modules', () => {
    const two = scopeOf(
      {
        ...none,
        delegations: [
          aDelegation({ unitId: 'info', modules: ['leave'] }),
          aDelegation({ unitId: 'library', modules: ['seals'] }),
        ],
      },
      org,
      NOW,
    );
    expect(two.covers(leaveOf('info'))).toBe(true);
    expect(two.covers(leaveOf('library'))).toBe(false);
    expect(two.covers({ ...leaveOf('library'), moduleKey: 'seals' })).toBe(true);
    expect([...(two.unitsFor('seals') ?? [])]).toEqual(['library']);
  });
});

describe('scopes of roles', () => {
  it('S2-9c the creator and super administrators reach everything, what belongs to no unit included', () => {
    for (const role of ['creator', 'superAdmin']) {
      const scope = scopeOf(held('staff', role), org, NOW);
      expect(scope.isGlobal).toBe(true);
      expect(scope.covers({ unitIds: [], moduleKey: 'anything', category: null, duty: 'manage' })).toBe(true);
      expect(scope.unitsFor('anything')).toBeNull();
      expect(scope.toFilter({ moduleKey: 'leave' }, COLUMNS)).toEqual({ sql: '((1 = 1))', params: [] });
    }
  });

  it.each(['systemAdmin', 'securityAdmin', 'auditAdmin', 'moduleManager', 'unitHead', 'staff'])(
    'H4 the role %s by itself reads nobody’s data',
    (role) => {
      const scope = scopeOf(held(role), org, NOW);
      expect(scope.slices).toEqual([]);
      expect(scope.covers(leaveOf('info'))).toBe(false);
      expect(scope.toFilter({ moduleKey: 'leave' }, COLUMNS)).toEqual({ sql: '(1 = 0)', params: [] });
    },
  );

  it('S2-3, S2-8 HR’s maintainers reach the whole directory, a liaison reads that of the own unit', () => {
    const person = (unitId: string) => ({ unitIds: [unitId], moduleKey: 'directory', category: 'external' });
    const maintainer = scopeOf(held('hrMaintainer'), org, NOW);
    expect(maintainer.covers({ ...person('library'), duty: 'manage' })).toBe(true);
    expect(maintainer.covers({ ...person('library'), moduleKey: 'leave' })).toBe(false);
    expect(maintainer.isGlobal).toBe(false);
    const liaison = scopeOf({ ...none, roles: [{ role: 'liaison', scopeUnitId: 'info' }] }, org, NOW);
    expect(liaison.covers(person('software'))).toBe(true);
    expect(liaison.covers(person('library'))).toBe(false);
    expect(liaison.covers({ ...person('software'), duty: 'manage' })).toBe(false);
  });
});

describe('the condition for the database', () => {
  it('lists each unit once, whatever the number of delegations', () => {
    const scope = scopeOf(
      { ...none, delegations: [aDelegation({ unitId: 'info' }), aDelegation({ unitId: 'software' })] },
      org,
      NOW,
    );
    const { sql, params } = scope.toFilter({ moduleKey: 'leave' }, COLUMNS);
    expect(sql).toBe('((x.unitId in (?, ?, ?) and x.category in (?)))');
    expect([...params].sort()).toEqual(['info', 'internal', 'network', 'software']);
  });

  it('leaves the category out where the table has none', () => {
    const scope = scopeOf({ ...none, delegations: [aDelegation({ unitId: 'library' })] }, org, NOW);
    expect(scope.toFilter({ moduleKey: 'leave' }, { unit: 'r.unitId', category: null })).toEqual({
      sql: '((r.unitId in (?)))',
      params: ['library'],
    });
  });

  it('H2 holds every unit there is, 30,000 of them, and binds none', () => {
    const units = [aUnit('root', null)];
    for (let n = 0; n < 30_000; n += 1) units.push(aUnit(`u${n}`, 'root'));
    const scope = scopeOf({ ...none, delegations: [aDelegation({ unitId: 'root' })] }, orgOf(units), NOW);
    expect(scope.covers(leaveOf('u7'))).toBe(true);
    const { sql, params } = scope.toFilter({ moduleKey: 'leave' }, COLUMNS);
    expect([sql.match(/'/g)?.length, params]).toEqual([2 * 30_001, ['internal']]);
  });
});
