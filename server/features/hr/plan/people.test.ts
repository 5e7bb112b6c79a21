import { describe, expect, it } from 'vitest';
import type { HrStatus } from '../model.ts';
import {
  aFormer,
  aKnown,
  aPerson,
  aPost,
  aRow,
  aSnapshot,
  aUnit,
  changeAt,
  decide,
  doubtsOf,
  keysOf,
  plan,
  secret,
  TODAY,
} from './testing/builders.ts';

const M1 = secret('13900001111');
const M2 = secret('13900002222');
const UNITS = [aUnit('A'), aUnit('B'), aUnit('C')];

describe('changes of people', () => {
  it('A3 what is as it was is no change', () => {
    const people = [aPerson('1', { mobile: M1, email: 'a@x.cn', posts: [aPost('A', { title: '讲师' })] })];
    const row = aRow('1', { mobile: M1, email: 'a@x.cn', title: '讲师', sortOrder: 0 });
    expect(keysOf(plan(aSnapshot([row]), aKnown(people)))).toEqual([]);
  });

  describe('A5 not provided stays, an explicit empty value clears', () => {
    const person = aPerson('1', {
      mobile: M1,
      email: 'a@x.cn',
      grade: '七级',
      managerStaffNo: '2',
      posts: [aPost('A', { title: '讲师' })],
    });
    const known = aKnown([person, aPerson('2')]);
    const others = [aRow('2')];

    it('not provided', () => {
      expect(keysOf(plan(aSnapshot([aRow('1'), ...others]), known))).toEqual([]);
    });
    it.each([
      ['mobile', 'person:1:change', { mobile: null }],
      ['title', 'person:1:change', { title: null }],
      ['grade', 'person:1:change', { grade: null }],
      ['managerStaffNo', 'person:1:change:manager', { managerStaffNo: null }],
    ])('cleared: %s', (field, key, set) => {
      const made = plan(aSnapshot([aRow('1', { [field]: null }), ...others]), known);
      expect(keysOf(made)).toEqual([key]);
      expect(changeAt(made, key).set).toEqual(set);
    });
  });

  it('B4 the last of mobile and email is not cleared', () => {
    const known = aKnown([aPerson('1', { mobile: M1 })]);
    const made = plan(aSnapshot([aRow('1', { mobile: null })]), known);
    expect([keysOf(made), doubtsOf(made)]).toEqual([[], ['person:1:mobileTaken:noContact']]);
  });

  it('H6 personal values are shown masked and set by print', () => {
    const made = plan(aSnapshot([aRow('1', { mobile: M2 })]), aKnown([aPerson('1', { mobile: M1 })]));
    const { fields, set } = changeAt(made, 'person:1:change');
    expect(fields).toEqual([{ field: 'mobile', before: '***11', after: '***22' }]);
    expect(set).toEqual({ mobile: M2.print });
  });

  it('C10 a new name and a new staff number are an update of the same person', () => {
    const known = aKnown([aPerson('1', { sourceId: 's1' })]);
    const made = plan(aSnapshot([aRow('9', { sourceId: 's1', name: '新名' })]), known);
    expect(keysOf(made)).toEqual(['person:9:change']);
    expect(changeAt(made, 'person:9:change')).toMatchObject({
      target: { id: 'p-1', ref: '9' },
      set: { name: '新名', staffNo: '9' },
    });
  });

  it('C12 the first unit is the main post, further ones are concurrent and leave it alone', () => {
    const known = aKnown([aPerson('1')], UNITS);
    const made = plan(aSnapshot([aRow('1', { unitCodes: ['A', 'B', 'B', 'A'] })]), known);
    expect(keysOf(made)).toEqual(['person:1:giveConcurrent:B']);
    const back = plan(
      aSnapshot([aRow('1')]),
      aKnown([aPerson('1', { posts: [aPost('A'), aPost('B', { kind: 'concurrent' })] })], UNITS),
    );
    expect(keysOf(back)).toEqual(['person:1:endConcurrent:B']);
  });

  it('C7 a move to a unit served concurrently takes that post over, and the old one may go on as concurrent', () => {
    const known = aKnown(
      [
        aPerson('1', {
          posts: [aPost('A'), aPost('B', { kind: 'concurrent' }), aPost('C', { kind: 'concurrent' })],
        }),
      ],
      UNITS,
    );
    const made = plan(aSnapshot([aRow('1', { unitCodes: ['B', 'A', 'C'] })]), known);
    expect(keysOf(made)).toEqual(['person:1:move', 'person:1:giveConcurrent:A']);
    expect(changeAt(made, 'person:1:giveConcurrent:A').needs).toEqual(['person:1:move']);
  });

  it.each<[string, HrStatus, HrStatus, string]>([
    ['leave', 'working', 'left', 'leavers'],
    ['retire', 'suspended', 'retired', 'leavers'],
    ['secondOut', 'working', 'secondedOut', 'leavers'],
    ['secondOut', 'suspended', 'attachedOut', 'leavers'],
    ['suspend', 'working', 'suspended', 'leavers'],
    ['resume', 'secondedOut', 'working', 'people'],
    ['resume', 'suspended', 'working', 'people'],
    ['change', 'secondedOut', 'attachedOut', 'people'],
  ])('S3-2 S3-3 %s: from %s to %s', (kind, before, after, stage) => {
    const made = plan(aSnapshot([aRow('1', { status: after })]), aKnown([aPerson('1', { status: before })]));
    expect(made.changes.map((change) => [change.kind, change.stage])).toEqual([[kind, stage]]);
  });

  it('S3-3 the reason of leaving is kept, and corrected later', () => {
    const row = aRow('1', { status: 'left', statusOn: '2026-11-18', leaveReason: '辞职' });
    const made = plan(aSnapshot([row]), aKnown([aPerson('1')]));
    expect(changeAt(made, 'person:1:leave').set).toEqual({
      status: 'left',
      statusOn: '2026-11-18',
      leaveReason: '辞职',
    });
    const former = aFormer('1', { statusOn: '2026-11-18', leaveReason: '其他', mobile: M1 });
    const later = plan(aSnapshot([{ ...row, mobile: M2, unitCodes: ['A'] }]), aKnown([former]));
    expect(changeAt(later, 'person:1:change').set).toEqual({ leaveReason: '辞职' });
    expect(later.changes).toHaveLength(1);
  });

  it('A1 an incomplete source disables nobody, says so, and still updates others', () => {
    const known = aKnown([aPerson('1'), aPerson('2'), aPerson('3')]);
    const rows = [aRow('1', { status: 'left' }), aRow('2', { grade: '六级' })];
    const made = plan(aSnapshot(rows, { complete: false }), known);
    expect([keysOf(made), doubtsOf(made)]).toEqual([['person:2:change'], []]);
    expect(made.withheld).toEqual([{ kind: 'leave', ref: '1', name: '人1', line: 2 }]);
  });

  it('A4 unreadable rows are not missing people', () => {
    const known = aKnown([aPerson('1'), aPerson('2'), aPerson('3')]);
    const made = plan(aSnapshot([aRow('1')], { refusedStaffNos: ['2'] }), known);
    expect([keysOf(made), doubtsOf(made)]).toEqual([[], ['person:3:maybeLeft']]);
  });

  it('A4 a unit that does not exist holds the row back, it never falls to the root', () => {
    const made = plan(aSnapshot([aRow('1', { unitCodes: ['X'], grade: '六级' })]), aKnown([aPerson('1')]));
    expect([keysOf(made), doubtsOf(made)]).toEqual([[], ['person:1:treeConflict']]);
  });

  it('missing people become leavers only by a human’s word; who is gone already is not missing', () => {
    const known = aKnown([aPerson('1'), aPerson('2'), aPerson('3'), aFormer('4')]);
    const decisions = decide({
      'person:2:maybeLeft': { decision: 'left' },
      'person:3:maybeLeft': { decision: 'stays' },
    });
    expect(doubtsOf(plan(aSnapshot([aRow('1')]), known))).toEqual([
      'person:2:maybeLeft',
      'person:3:maybeLeft',
    ]);
    const made = plan(aSnapshot([aRow('1')]), known, { decisions });
    expect([keysOf(made), doubtsOf(made)]).toEqual([['person:2:leave'], []]);
    expect(changeAt(made, 'person:2:leave').lines).toEqual([]);
    const incomplete = plan(aSnapshot([aRow('1')], { complete: false }), known, { decisions });
    expect(keysOf(incomplete)).toEqual([]);
  });

  it('who is taken out of the plan by any of their keys is not in it, and not missing', () => {
    const known = aKnown([aPerson('1')]);
    const snapshot = aSnapshot([aRow('1', { status: 'left' }), aRow('2')]);
    const decisions = decide({ 'person:1:leave': { decision: 'leaveOut' } });
    const made = plan(snapshot, known, { decisions });
    expect([keysOf(made), doubtsOf(made)]).toEqual([['person:2:hire'], []]);
  });

  it('B7 C10 a rehire is a new employment of the same person with new posts', () => {
    const former = aFormer('1', { idNumber: secret('id'), mobile: M1, grade: '七级', leaveReason: '辞职' });
    const row = aRow('9', { idNumber: secret('id'), unitCodes: ['B'], employedOn: TODAY });
    const made = plan(aSnapshot([row]), aKnown([former], UNITS));
    expect(keysOf(made)).toEqual(['person:9:rehire']);
    expect(changeAt(made, 'person:9:rehire')).toMatchObject({
      target: { id: 'p-1' },
      set: { status: 'working', staffNo: '9', unitCodes: ['B'], employedOn: TODAY, leaveReason: null },
    });
  });
});

describe('A6 days', () => {
  const days: [string, string, number][] = [];
  const workdaysBetween = (from: string, to: string): number | null => {
    days.push([from, to, 0]);
    return from < '2026-01-01' ? null : 3;
  };
  const left = (statusOn: string | null) => aSnapshot([aRow('1', { status: 'left', statusOn })]);
  const known = aKnown([aPerson('1')]);

  it('a change of a later day is planned for it and not planned again while it waits', () => {
    const made = plan(left('2026-12-01'), known, { workdaysBetween });
    const leave = changeAt(made, 'person:1:leave');
    expect([leave.effectiveOn, leave.lateWorkdays]).toEqual(['2026-12-01', 0]);
    const again = plan(left('2026-12-01'), known, { pending: [leave] });
    expect([keysOf(again), again.withdrawn]).toEqual([[], []]);
  });

  it('what waits and is said no more is withdrawn', () => {
    const leave = changeAt(plan(left('2026-12-01'), known), 'person:1:leave');
    const moved = plan(left('2026-12-09'), known, { pending: [leave] });
    expect([keysOf(moved), moved.withdrawn]).toEqual([['person:1:leave'], [leave]]);
    const stays = plan(aSnapshot([aRow('1')]), known, { pending: [leave] });
    expect([keysOf(stays), stays.withdrawn]).toEqual([[], [leave]]);
    const silent = plan(aSnapshot([aRow('2')], { complete: false }), known, { pending: [leave] });
    expect(silent.withdrawn).toEqual([]);
    expect(stays.hash).not.toBe(plan(aSnapshot([aRow('1')]), known).hash);
  });

  it('a back-dated one shows by how many working days it is late', () => {
    const leave = changeAt(plan(left('2026-11-17'), known, { workdaysBetween }), 'person:1:leave');
    expect([leave.effectiveOn, leave.lateWorkdays]).toEqual(['2026-11-17', 3]);
    expect(days.at(-1)).toEqual(['2026-11-17', TODAY, 0]);
  });

  it('G4 where the calendar does not know nobody is late, and the reason says so', () => {
    const leave = changeAt(plan(left('2025-12-30'), known, { workdaysBetween }), 'person:1:leave');
    expect(leave.lateWorkdays).toBe(0);
    expect(leave.why).toContain('工作日历还没有公布');
  });

  it('without a day, or with a cleared one, it holds from the cut-off', () => {
    for (const on of [undefined, null]) {
      const made = plan(aSnapshot([aRow('1', { status: 'left', statusOn: on })]), known);
      expect(changeAt(made, 'person:1:leave').effectiveOn).toBe(TODAY);
    }
  });

  it('somebody employed for a known time is hired now and leaves then', () => {
    const row = aRow('1', { status: 'left', statusOn: '2026-12-31', employedOn: '2026-11-19' });
    const made = plan(aSnapshot([row]), aKnown([]));
    expect(made.changes.map(({ key, effectiveOn }) => [key, effectiveOn])).toEqual([
      ['person:1:hire', '2026-11-19'],
      ['person:1:leave', '2026-12-31'],
    ]);
    expect(changeAt(made, 'person:1:hire').set['status']).toBe('working');
    expect(keysOf(plan(aSnapshot([aRow('1', { status: 'left' })]), aKnown([])))).toEqual([]);
  });
});

describe('B4 mobiles', () => {
  const at = (rows: Parameters<typeof aSnapshot>[0], people: Parameters<typeof aKnown>[0]) =>
    plan(aSnapshot(rows), aKnown(people));

  it('a new mobile of the same person is an update', () => {
    expect(keysOf(at([aRow('1', { mobile: M2 })], [aPerson('1', { mobile: M1 })]))).toEqual([
      'person:1:change',
    ]);
  });

  it('of another active person: conflict for both, and nothing at all is changed for either', () => {
    const rows = [
      aRow('1', { mobile: M2, grade: '六级' }),
      aRow('2', { grade: '五级' }),
      aRow('3', { grade: '四级' }),
    ];
    const made = at(rows, [aPerson('1', { mobile: M1 }), aPerson('2', { mobile: M2 }), aPerson('3')]);
    expect(keysOf(made)).toEqual(['person:3:change']);
    expect(doubtsOf(made)).toEqual(['person:1:mobileTaken', 'person:2:mobileTaken']);
    expect(made.doubts[0]?.candidates).toEqual([
      { personId: 'p-2', staffNo: '2', name: '人2', by: '手机号相同' },
    ]);
  });

  it('of an active person the source does not speak of', () => {
    const known = aKnown([aPerson('2', { mobile: M2 })]);
    const made = plan(aSnapshot([aRow('1', { mobile: M2 })], { complete: false }), known);
    expect([keysOf(made), doubtsOf(made)]).toEqual([[], ['person:1:mobileTaken', 'person:2:mobileTaken']]);
  });

  it('two newcomers with one mobile', () => {
    const made = at([aRow('1', { mobile: M1 }), aRow('2', { mobile: M1 })], []);
    expect([keysOf(made), doubtsOf(made)]).toEqual([[], ['person:1:mobileTaken', 'person:2:mobileTaken']]);
  });

  it('of a disabled person, asked for by one row and by another nobody knows whose it is: it stays where it is', () => {
    const disabled = aPerson('2', { mobile: M2, email: '2@x.cn', status: 'suspended', state: 'locked' });
    const rows = [aRow('1', { mobile: M2 }), aRow('2', { status: 'suspended' })];
    const asked = at(rows, [aPerson('1'), disabled]);
    expect(changeAt(asked, 'person:2:change:mobile').set).toEqual({ mobile: null });
    const doubtful = aRow('5', { name: '人2', mobile: M2 });
    const made = at([...rows, doubtful], [aPerson('1'), disabled]);
    expect(keysOf(made)).toEqual([]);
    expect(doubtsOf(made)).toEqual(['person:1:mobileTaken', 'person:5:maybeSamePerson']);
  });

  it('given up in the same statement: the giver goes first, whatever the staff numbers', () => {
    const people = [aPerson('1', { mobile: M1 }), aPerson('2', { mobile: M2 })];
    const made = at([aRow('1', { mobile: M2 }), aRow('2', { mobile: secret('133') })], people);
    expect(keysOf(made)).toEqual(['person:2:change', 'person:1:change']);
    expect(changeAt(made, 'person:1:change').needs).toEqual(['person:2:change']);
  });

  it('a conflict of the giver is one of the taker too', () => {
    const people = [
      aPerson('1', { mobile: M1 }),
      aPerson('2', { mobile: M2 }),
      aPerson('3', { mobile: secret('133') }),
    ];
    const rows = [aRow('1', { mobile: M2 }), aRow('2', { mobile: secret('133') }), aRow('3')];
    const made = at(rows, people);
    expect(keysOf(made)).toEqual([]);
    expect(doubtsOf(made)).toEqual(['person:1:mobileTaken', 'person:2:mobileTaken', 'person:3:mobileTaken']);
  });

  it('an exchange goes over a moment without mobile of one who has an email; else it is refused', () => {
    const rows = [aRow('1', { mobile: M2 }), aRow('2', { mobile: M1 })];
    const made = at(rows, [aPerson('1', { mobile: M1 }), aPerson('2', { mobile: M2, email: 'b@x.cn' })]);
    expect(keysOf(made)).toEqual(['person:2:change:mobile', 'person:1:change', 'person:2:change']);
    const refused = at(rows, [aPerson('1', { mobile: M1 }), aPerson('2', { mobile: M2 })]);
    expect([keysOf(refused), doubtsOf(refused)]).toEqual([
      [],
      ['person:1:mobileTaken', 'person:2:mobileTaken'],
    ]);
  });

  it('B5 of somebody who left: freed there first, and the newcomer is somebody else', () => {
    const made = at([aRow('2', { mobile: M1 })], [aFormer('1', { mobile: M1 })]);
    expect(keysOf(made)).toEqual(['person:1:change:mobile', 'person:2:hire']);
    expect(changeAt(made, 'person:1:change:mobile')).toMatchObject({
      target: { id: 'p-1' },
      set: { mobile: null },
    });
    expect(changeAt(made, 'person:2:hire').needs).toEqual(['person:1:change:mobile']);
  });

  it('of somebody disabled no row insists on: freed, if an email is left', () => {
    const locked = aPerson('1', { mobile: M1, status: 'suspended', state: 'locked', email: 'a@x.cn' });
    const rows = [aRow('1', { status: 'suspended' }), aRow('2', { mobile: M1 })];
    expect(keysOf(at(rows, [locked]))).toEqual(['person:1:change:mobile', 'person:2:hire']);
    expect(keysOf(at(rows, [{ ...locked, email: null }]))).toEqual([]);
    const insists = [aRow('1', { status: 'suspended', mobile: M1 }), aRow('2', { mobile: M1 })];
    expect(keysOf(at(insists, [locked]))).toEqual([]);
  });

  it('of somebody who leaves in this plan: freed first, and only together with the leaving', () => {
    const made = at(
      [aRow('1', { status: 'left' }), aRow('2', { mobile: M1 })],
      [aPerson('1', { mobile: M1 })],
    );
    expect(keysOf(made)).toEqual(['person:1:change:mobile', 'person:2:hire', 'person:1:leave']);
    expect(changeAt(made, 'person:1:change:mobile').needs).toEqual(['person:1:leave']);
  });

  it('a placeholder in many rows is told with a few of them', () => {
    const rows = Array.from({ length: 40 }, (_, n) => aRow(String(100 + n), { mobile: M1 }));
    const made = at(rows, []);
    expect(made.doubts).toHaveLength(40);
    expect(made.doubts[0]?.why).toContain('等 39 人');
  });
});

describe('staff numbers', () => {
  it('C10 a number given up and taken in one statement goes in order; an exchange is refused', () => {
    const people = [aPerson('1', { sourceId: 'a' }), aPerson('2', { sourceId: 'b' })];
    const chain = plan(
      aSnapshot([aRow('2', { sourceId: 'a' }), aRow('3', { sourceId: 'b' })]),
      aKnown(people),
    );
    expect(keysOf(chain)).toEqual(['person:3:change', 'person:2:change']);
    const swap = plan(
      aSnapshot([aRow('2', { sourceId: 'a' }), aRow('1', { sourceId: 'b' })]),
      aKnown(people),
    );
    expect([keysOf(swap), doubtsOf(swap)]).toEqual([
      [],
      ['person:1:maybeSamePerson', 'person:2:maybeSamePerson'],
    ]);
  });

  it('F9 one ID number for two people holds both back', () => {
    const id = secret('id');
    const rows = [aRow('1', { idNumber: id }), aRow('2', { idNumber: id })];
    const made = plan(aSnapshot(rows), aKnown([aPerson('1'), aPerson('2')]));
    expect([keysOf(made), doubtsOf(made)]).toEqual([
      [],
      ['person:1:maybeSamePerson', 'person:2:maybeSamePerson'],
    ]);
  });
});
