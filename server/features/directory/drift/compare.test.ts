import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DesiredDepartment, DesiredMember } from '../push/desired.ts';
import { memberCall } from '../push/difference.ts';
import { compareDepartment, type ReadDepartment } from './compare-department.ts';
import { compareMember, type OurMember, type ReadDetails, type ReadMember } from './compare-member.ts';
import type { Field } from './fields.ts';
import type { Value } from './values.ts';

const hide = (value: string) => `#${value}`;
const secrets = {
  hide,
  mobileForm: (value: string) => value.replace(/^\+86/, ''),
  personOf: (userid: string) => (userid === 'boss' ? 'p-boss' : null),
};

const desired: DesiredMember = {
  userid: 'zhang',
  name: '张雨桐',
  position: '教师',
  mobile: '19900000731',
  email: '',
  enable: 1,
  department: [12, 31],
  main_department: 12,
  is_leader_in_dept: [1, 0],
  order: [3_999_000, 0],
};
const writtenAs = (member: DesiredMember, manager: string | null = 'p-boss') => ({
  ...member,
  mobile: hide(member.mobile),
  manager,
});
const our = (more: Partial<OurMember> = {}): OurMember => ({
  state: 'active',
  desired,
  manager: { personId: 'p-boss', userid: 'boss' },
  written: writtenAs(desired),
  ...more,
});
const details = (more: Partial<ReadDetails> = {}): ReadDetails => ({
  name: desired.name,
  department: desired.department,
  order: desired.order,
  is_leader_in_dept: desired.is_leader_in_dept,
  direct_leader: ['boss'],
  main_department: 12,
  position: desired.position,
  status: 1,
  ...more,
});
const read = (more: Partial<ReadDetails> = {}): ReadMember => ({ userid: 'zhang', details: details(more) });
const found = (reading: ReadMember, side = our()): [Field, Value, Value][] =>
  compareMember(reading, side, secrets).found.map(({ field, ours, theirs }) => [field, ours, theirs]);

describe('D11 a member read against what was written and what is wanted', () => {
  it.each<[string, Partial<ReadDetails>, [Field, Value, Value][]]>([
    ['nothing', {}, []],
    ['the name', { name: '张桐' }, [['name', '张雨桐', '张桐']]],
    ['the post', { position: '副教授' }, [['position', '教师', '副教授']]],
    ['no longer head', { is_leader_in_dept: [0, 0] }, [['leader', [12], []]]],
    ['head of the other department too', { is_leader_in_dept: [1, 1] }, [['leader', [12], [12, 31]]]],
    [
      'the same departments in another order',
      { department: [31, 12], is_leader_in_dept: [0, 1], order: [0, 3_999_000] },
      [],
    ],
    [
      'the place',
      { order: [7, 0] },
      [
        [
          'order',
          [
            [12, 3_999_000],
            [31, 0],
          ],
          [
            [12, 7],
            [31, 0],
          ],
        ],
      ],
    ],
    ['the main department', { main_department: 31 }, [['mainDepartment', 12, 31]]],
    // Out of the main department altogether: told once, by the departments.
    [
      'moved away from the main department',
      { department: [31], is_leader_in_dept: [0], order: [0], main_department: 31 },
      [],
    ],
    ['disabled at the console', { status: 2 }, [['enabled', true, false]]],
    ['not activated yet is not disabled', { status: 4 }, []],
    [
      'another superior, unknown here',
      { direct_leader: ['x'] },
      [['manager', { personId: 'p-boss' }, { userid: 'x' }]],
    ],
    // The app may just not see the superior (page 90196).
    ['no superior told', { direct_leader: [] }, []],
    ['a main department the app does not see', { main_department: null }, []],
    ['the same mobile with a country code', { mobile: '+8619900000731' }, []],
    [
      'another mobile: prints and masks only (H6)',
      { mobile: '13800001234' },
      [
        [
          'mobile',
          { print: '#19900000731', masked: '199****0731' },
          { print: '#13800001234', masked: '138****1234' },
        ],
      ],
    ],
  ])('%s', (_what, change, expected) => {
    expect(found(read(change))).toEqual(expected);
  });

  it('an echo is no difference: what is read is what we want, the mirror only lags', () => {
    expect(found(read(), our({ written: writtenAs({ ...desired, name: '张旧名' }) }))).toEqual([]);
  });

  it('our own next write is no difference: what is read is what was written last', () => {
    expect(found(read(), our({ desired: { ...desired, name: '张新名', enable: 0 } }))).toEqual([]);
  });

  it('S2-15a another name than the one HR knows, also where both changed: both values are told', () => {
    const side = our({ desired: { ...desired, name: '张新名' } });
    expect(found(read({ name: '张别名' }), side)).toEqual([['name', '张新名', '张别名']]);
  });

  it('departments come from user/list_id alone, in any order', () => {
    const listed = (departments: number[]) => found({ userid: 'zhang', departments });
    expect(listed([31, 12])).toEqual([]);
    expect(listed([12, 44])).toEqual([['department', [12, 31], [12, 44]]]);
    expect(compareMember(read({ department: [44] }), our(), secrets).fields).not.toContain('department');
  });

  it('who has left is only watched for being enabled again', () => {
    const left = our({ state: 'left', desired: null, written: { ...writtenAs(desired), enable: 0 } });
    expect(found(read({ name: '改名', status: 2 }), left)).toEqual([]);
    expect(found(read({ status: 1 }), left)).toEqual([['enabled', false, true]]);
  });

  it('a field that was forgotten by the mirror is on its way and not compared', () => {
    const { name: _name, ...written } = writtenAs(desired);
    expect(found(read({ name: '张桐' }), our({ written }))).toEqual([]);
  });
});

const members = fc
  .uniqueArray(fc.integer({ min: 2, max: 9 }), { minLength: 1, maxLength: 4 })
  .chain((department) =>
    fc.record({
      name: fc.constantFrom('甲', '乙', '丙'),
      position: fc.constantFrom('', '教师', '主任'),
      enable: fc.constantFrom<0 | 1>(0, 1),
      department: fc.constant(department),
      main_department: fc.constantFrom(...department),
      is_leader_in_dept: fc.tuple(...department.map(() => fc.constantFrom<0 | 1>(0, 1))),
      order: fc.tuple(...department.map(() => fc.constantFrom(0, 5, 7))),
    }),
  )
  .map((part): DesiredMember => ({ ...desired, ...part }));

/** 企业微信 after these calls: absent fields stay, arrays are replaced. */
const shown = (member: DesiredMember): ReadMember => ({
  userid: member.userid,
  departments: member.department,
  details: details({
    name: member.name,
    position: member.position,
    department: member.department,
    is_leader_in_dept: member.is_leader_in_dept,
    order: member.order,
    main_department: member.main_department,
    status: member.enable === 1 ? 1 : 2,
  }),
});

describe('properties', () => {
  it('D5 a member as we want it differs in nothing, whatever was written before', () => {
    fc.assert(
      fc.property(members, members, (wanted, before) => {
        expect(found(shown(wanted), our({ desired: wanted, written: writtenAs(before) }))).toEqual([]);
      }),
    );
  });

  it('C9 after putting back every field found, one call was enough and nothing differs', () => {
    fc.assert(
      fc.property(members, members, (wanted, there) => {
        const side = our({ desired: wanted, written: writtenAs(wanted) });
        const differing = found(shown(there), side);
        // The mirror corrected to what is there, as putBack does it for all fields at once.
        const call = memberCall(wanted, writtenAs(there), 'whole', hide);
        expect(call === null).toBe(differing.length === 0 && sameSeats(wanted, there));
        const after: DesiredMember = { ...there, ...(call?.body as Partial<DesiredMember> | undefined) };
        expect(found(shown(after), our({ desired: wanted, written: call?.written ?? side.written }))).toEqual(
          [],
        );
      }),
    );
  });
});

/** The lists may stand in another order, which is no difference to people but one to the arrays of a call. */
const sameSeats = (a: DesiredMember, b: DesiredMember): boolean =>
  JSON.stringify([a.department, a.is_leader_in_dept, a.order]) ===
  JSON.stringify([b.department, b.is_leader_in_dept, b.order]);

describe('D11 a department', () => {
  const unit: DesiredDepartment = { id: 12, name: '机电系', parentid: 1, order: 100 };
  const there = (more: Partial<ReadDepartment> = {}): ReadDepartment => ({ ...unit, ...more });
  it.each<[string, ReadDepartment, Field[]]>([
    ['nothing', there(), []],
    ['renamed', there({ name: '机械系' }), ['unitName']],
    ['moved', there({ parentid: 3 }), ['unitParent']],
    ['reordered', there({ order: 7 }), ['unitOrder']],
    ['a name the app does not see is not compared', { id: 12, parentid: 1, order: 100 }, []],
  ])('%s', (_what, reading, fields) => {
    expect(compareDepartment(reading, unit, { ...unit }).map(({ field }) => field)).toEqual(fields);
  });

  it('an echo and our own next write are no difference', () => {
    expect(compareDepartment(there(), unit, { ...unit, name: '旧名' })).toEqual([]);
    expect(compareDepartment(there(), { ...unit, name: '新名' }, { ...unit })).toEqual([]);
  });
});
