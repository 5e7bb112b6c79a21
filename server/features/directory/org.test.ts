import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOrg, type OrgRows } from './org.ts';
import { aPerson, aPost, aUnit, rowsOf } from './testing/org-rows.ts';

const TODAY = '2026-11-23';
const units = [
  aUnit('school', null, { name: '海州职业技术学院' }),
  aUnit('it', 'school', { name: '信息工程学院', sortOrder: 2 }),
  aUnit('sw', 'it', { name: '软件技术教研室', kind: 'office' }),
  aUnit('hr', 'school', { name: '人事处', sortOrder: 1 }),
  aUnit('gone', 'school', { name: '旧部门', state: 'removed' }),
];
const rows = rowsOf({
  units,
  people: ['chen', 'zhang', 'wang', 'sun', 'li'].map((id) => aPerson(id)),
  assignments: [
    aPost('chen', 'it', { isHead: true, headRank: 1, title: '主任', place: 1 }),
    aPost('chen', 'sw', { isHead: true, headRank: 1, kind: 'concurrent', title: '教研室主任' }),
    aPost('zhang', 'sw'),
    aPost('wang', 'hr', { isHead: true, headRank: 2, title: '副处长' }),
    aPost('sun', 'hr', { isHead: true, headRank: 1, title: '处长' }),
    aPost('li', 'hr', { until: TODAY }),
    aPost('li', 'it', { since: TODAY }),
  ],
});
const org = createOrg(rows, TODAY);
const shuffle = (r: OrgRows) =>
  fc.record({
    units: fc.shuffledSubarray([...r.units], { minLength: r.units.length }),
    people: fc.shuffledSubarray([...r.people], { minLength: r.people.length }),
    assignments: fc.shuffledSubarray([...r.assignments], { minLength: r.assignments.length }),
  });

describe('org', () => {
  it('R20 several heads come in the configured order, whatever the order of the rows', () => {
    fc.assert(
      fc.property(shuffle(rows), (mixed) => {
        const heads = createOrg(mixed, TODAY).headsOf('hr');
        expect(heads.map((h) => h.personId)).toEqual(['sun', 'wang']);
      }),
      { numRuns: 100 },
    );
  });

  it('R18 a unit without a head has none; a locked head is told with its state, so that rules can say why', () => {
    expect(org.headsOf('school')).toEqual([]);
    const locked = rows.people.map((p) => (p.personId === 'sun' ? aPerson('sun', { state: 'locked' }) : p));
    const later = createOrg({ ...rows, people: locked }, TODAY);
    expect(later.headsOf('hr').map((h) => [h.personId, later.person(h.personId)?.active])).toEqual([
      ['sun', false],
      ['wang', true],
    ]);
  });

  it('R21 posts are told apart, the main one first; ranges are half-open', () => {
    expect(org.assignmentsOf('chen').map((a) => [a.unitId, a.kind])).toEqual([
      ['it', 'main'],
      ['sw', 'concurrent'],
    ]);
    expect(org.assignmentsOf('li').map((a) => a.unitId)).toEqual(['it']);
    expect(
      createOrg(rows, '2026-11-22')
        .assignmentsOf('li')
        .map((a) => a.unitId),
    ).toEqual(['hr']);
    expect(org.assignment('li@hr')?.title).toBe('教师');
  });

  it('walks the tree', () => {
    expect(org.root()?.unitId).toBe('school');
    expect(org.ancestors('sw').map((u) => u.unitId)).toEqual(['it', 'school']);
    expect(org.pathOf('sw').map((u) => u.name)).toEqual(['信息工程学院', '软件技术教研室']);
    expect(org.pathOf('school').map((u) => u.unitId)).toEqual(['school']);
    expect(org.childrenOf('school').map((u) => u.unitId)).toEqual(['hr', 'it']);
    expect(org.departmentOf('sw')?.unitId).toBe('it');
    expect(org.isWithin('sw', 'it')).toBe(true);
    expect(org.isWithin('it', 'sw')).toBe(false);
    expect(org.unit('gone')?.state).toBe('removed');
  });

  it('counts each active person once', () => {
    expect(org.headcount('it')).toBe(3);
    expect(org.headcount('sw')).toBe(2);
    expect(org.headcount('school')).toBe(5);
    const locked = rows.people.map((p) =>
      p.personId === 'zhang' ? aPerson('zhang', { state: 'locked' }) : p,
    );
    expect(createOrg({ ...rows, people: locked }, TODAY).headcount('it')).toBe(2);
  });

  it('B1 finds a member whatever the case of the userid', () => {
    const people = [aPerson('p', { userid: 'LinGuodong' })];
    expect(createOrg(rowsOf({ people }), TODAY).personByUserid('linguodong')?.personId).toBe('p');
  });

  it('shows a person with the department and the title of the main post', () => {
    expect(org.briefOf('zhang')).toEqual({
      personId: 'zhang',
      name: 'zhang',
      unitName: '信息工程学院',
      title: '教师',
      away: null,
    });
    expect(org.briefOf('nobody')).toBeNull();
  });

  it('keeps people who left for old requests only', () => {
    const people = rows.people.map((p) => (p.personId === 'zhang' ? aPerson('zhang', { state: 'left' }) : p));
    const later = createOrg({ ...rows, people }, TODAY);
    expect(later.person('zhang')?.state).toBe('left');
    expect(later.people().map((p) => p.personId)).not.toContain('zhang');
    expect(later.membersOf('sw').map((a) => a.personId)).toEqual(['chen']);
  });
});
