import { describe, expect, it } from 'vitest';
import { answerersOf, mayAct, mayCount, mayList, maySee, settlersOf, type SignsOrg } from './policy.ts';

interface Held {
  readonly role: string;
  readonly scopeUnitId: string | null;
}

/** Everybody in the unit `u`; roles as given. */
function orgOf(roles: Readonly<Record<string, readonly Held[]>>, gone: readonly string[] = []): SignsOrg {
  const ids = Object.keys(roles);
  const holders = (role: string, unitId: string | null) =>
    ids
      .filter((id) => roles[id]?.some((held) => held.role === role && held.scopeUnitId === unitId))
      .map((personId) => ({ personId }));
  return {
    person: (personId: string) =>
      ids.includes(personId) ? { personId, active: !gone.includes(personId) } : null,
    mainAssignmentOf: () => ({ unitId: 'u' }),
    departmentOf: () => ({ unitId: 'u' }),
    headsOf: (unitId: string) => holders('unitHead', unitId),
    rolesOf: (id: string) => roles[id] ?? [],
    roleHolders: holders,
  } as unknown as SignsOrg;
}

const inUnit = (role: string): Held => ({ role, scopeUnitId: 'u' });
const everywhere = (role: string): Held => ({ role, scopeUnitId: null });
const PEOPLE = {
  teacher: [],
  liaison: [inUnit('liaison')],
  head: [inUnit('unitHead')],
  security: [everywhere('securityAdmin')],
  admin: [everywhere('superAdmin')],
  audit: [everywhere('auditAdmin')],
};

describe('S2-15d who is asked about an account', () => {
  it.each([
    ['the unit’s liaison, then its head', PEOPLE, 'teacher', ['liaison', 'head']],
    ['the head about the liaison: nobody about themselves (H3)', PEOPLE, 'liaison', ['head']],
    ['the security administrator about a head', PEOPLE, 'head', ['security']],
    [
      'no unit to ask: the security administrator',
      { ...PEOPLE, liaison: [], head: [] },
      'teacher',
      ['security'],
    ],
    ['about the only security administrator: the unit', PEOPLE, 'security', ['liaison', 'head']],
    ['nobody else: who may do everything', { ...PEOPLE, liaison: [], head: [] }, 'security', ['admin']],
  ])('%s', (_name, people, about, wanted) => expect(answerersOf(orgOf(people), about)).toEqual(wanted));

  it('who is locked or gone is not asked', () => {
    expect(answerersOf(orgOf(PEOPLE, ['liaison']), 'teacher')).toEqual(['head']);
    expect(settlersOf(orgOf(PEOPLE, ['security']), 'teacher')).toEqual(['admin']);
  });

  it('H4 names are for whoever acts and for security administrators, figures for those who watch', () => {
    const org = orgOf(PEOPLE);
    const who = (may: (id: string) => boolean) => Object.keys(PEOPLE).filter(may);
    expect(who((id) => mayAct(org, id, 'open', 'teacher'))).toEqual(['liaison', 'head']);
    expect(who((id) => mayAct(org, id, 'reported', 'teacher'))).toEqual(['security']);
    expect(who((id) => mayAct(org, id, 'ended', 'teacher'))).toEqual([]);
    expect(who((id) => maySee(org, id, 'open', 'teacher'))).toEqual(['liaison', 'head', 'security']);
    expect(who((id) => maySee(org, id, 'open', id))).toEqual([]);
    expect(who((id) => mayList(org, id))).toEqual(['security']);
    expect(who((id) => mayCount(org, id))).toEqual(['security', 'admin', 'audit']);
  });
});
