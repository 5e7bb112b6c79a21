/** Small dense worlds, so that clashes of names, numbers, parents and superiors are common. */
import fc from 'fast-check';
import type { HrStatus, Incoming, Known, KnownPerson, KnownUnit, Snapshot, UnitRecord } from '../../model.ts';
import type { Decision } from '../types.ts';
import { aKnown, aPerson, aPost, aRow, aSnapshot, aUnit, aUnitRow, ROOT, secret } from './builders.ts';

const UNIT_CODES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const UNIT_NAMES = ['甲', '乙', '丙'] as const;
const STAFF_NOS = ['1', '2', '3', '4', '5', '6', '7'] as const;
const MOBILES = ['131', '132', '133', '134'] as const;
const ID_NUMBERS = ['901', '902', '903'] as const;
const DAYS = ['2026-10-01', '2026-11-20', '2026-12-15'] as const;
const STATUSES: readonly HrStatus[] = [
  'working',
  'working',
  'working',
  'secondedOut',
  'suspended',
  'left',
  'retired',
];

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
/** Not provided, cleared, or a value (A5). */
const given = <T>(one: fc.Arbitrary<T>) => fc.oneof(fc.constant(undefined), fc.constant(null), one, one);

const unitSeed = fc.record({
  name: fc.constantFrom(...UNIT_NAMES),
  parent: fc.nat(6),
  head: maybe(fc.constantFrom(...STAFF_NOS)),
  isThere: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
});

const personSeed = fc.record({
  mobile: maybe(fc.constantFrom(...MOBILES)),
  idNumber: maybe(fc.constantFrom(...ID_NUMBERS)),
  hasEmail: fc.boolean(),
  status: fc.constantFrom(...STATUSES),
  main: fc.nat(5),
  extra: maybe(fc.nat(5)),
  manager: maybe(fc.nat(6)),
  isThere: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
});

type UnitSeed = typeof unitSeed extends fc.Arbitrary<infer T> ? T : never;
type PersonSeed = typeof personSeed extends fc.Arbitrary<infer T> ? T : never;

/** A proper tree: parents before children, no name twice. */
function unitsOf(seeds: readonly UnitSeed[]): KnownUnit[] {
  const units: KnownUnit[] = [];
  const slots = new Set<string>();
  for (const [at, { name, parent, isThere }] of seeds.entries()) {
    const above = units[parent % (at + 1)];
    const parentCode = above?.code ?? ROOT;
    const slot = `${parentCode}/${name}`;
    if (!isThere || slots.has(slot)) continue;
    slots.add(slot);
    units.push(aUnit(UNIT_CODES[at] ?? '', { name, parentCode }));
  }
  return units;
}

/** Nobody has what another one has; superiors stand earlier, so there is no circle. */
function peopleOf(seeds: readonly PersonSeed[], units: readonly KnownUnit[]): KnownPerson[] {
  const people: KnownPerson[] = [];
  const taken = new Set<string>();
  const once = (value: string | null) => {
    if (value === null || taken.has(value)) return null;
    taken.add(value);
    return secret(value);
  };
  for (const [at, seed] of seeds.entries()) {
    if (!seed.isThere) continue;
    const staffNo = STAFF_NOS[at] ?? '';
    const gone = seed.status === 'left' || seed.status === 'retired';
    const codes = [ROOT, ...units.map(({ code }) => code)];
    const main = codes[seed.main % codes.length] ?? ROOT;
    const extra = seed.extra === null ? main : (codes[seed.extra % codes.length] ?? ROOT);
    const manager = seed.manager === null ? undefined : people[seed.manager % (people.length + 1)];
    people.push(
      aPerson(staffNo, {
        mobile: once(seed.mobile),
        idNumber: once(seed.idNumber),
        email: seed.hasEmail ? `${staffNo}@x.cn` : null,
        status: seed.status,
        statusOn: gone ? '2026-10-15' : null,
        state: gone ? 'left' : seed.status === 'working' ? 'active' : 'locked',
        posts: gone
          ? []
          : [aPost(main), ...(extra === main ? [] : [aPost(extra, { kind: 'concurrent' as const })])],
        managerStaffNo: manager?.staffNo ?? null,
      }),
    );
  }
  return people;
}

export const known: fc.Arbitrary<Known> = fc
  .tuple(
    fc.array(unitSeed, { minLength: 4, maxLength: 6 }),
    fc.array(personSeed, { minLength: 4, maxLength: 7 }),
  )
  .map(([unitSeeds, personSeeds]) => {
    const units = unitsOf(unitSeeds);
    const people = peopleOf(personSeeds, units);
    const headed = units.map((unit, at) => {
      const head = people.find(
        ({ staffNo, status }) => staffNo === unitSeeds[at]?.head && status === 'working',
      );
      return { ...unit, headStaffNo: head?.staffNo ?? null };
    });
    return aKnown(people, headed);
  });

const unitRow: fc.Arbitrary<UnitRecord> = fc
  .record({
    code: fc.constantFrom(...UNIT_CODES),
    name: fc.constantFrom(...UNIT_NAMES),
    parentCode: given(fc.constantFrom(...UNIT_CODES, ROOT)),
    headStaffNo: given(fc.constantFrom(...STAFF_NOS)),
    category: given(fc.constantFrom('教学', '行政')),
    sortOrder: given(fc.nat(3)),
  })
  .map(({ code, ...more }) => aUnitRow(code, { ...more, line: UNIT_CODES.indexOf(code) + 2 }));

const personRow: fc.Arbitrary<Incoming> = fc
  .record({
    staffNo: fc.constantFrom(...STAFF_NOS),
    name: fc.constantFrom('王伟', '李娜', null, null, null),
    mobile: given(fc.constantFrom(...MOBILES).map(secret)),
    idNumber: given(fc.constantFrom(...ID_NUMBERS).map(secret)),
    unitCodes: fc.uniqueArray(fc.constantFrom(...UNIT_CODES), { minLength: 1, maxLength: 3 }),
    title: given(fc.constantFrom('讲师', '教授')),
    managerStaffNo: given(fc.constantFrom(...STAFF_NOS)),
    employedOn: given(fc.constantFrom(...DAYS)),
    status: fc.constantFrom(...STATUSES),
    statusOn: given(fc.constantFrom(...DAYS)),
    leaveReason: given(fc.constantFrom('退休', '辞职')),
    sortOrder: given(fc.nat(3)),
  })
  .map(({ staffNo, name, ...more }) =>
    aRow(staffNo, { ...more, ...(name === null ? {} : { name }), line: Number(staffNo) + 1 }),
  );

export const snapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    units: fc.uniqueArray(unitRow, { selector: ({ code }) => code, maxLength: 6 }),
    people: fc.uniqueArray(personRow, { selector: ({ staffNo }) => staffNo, maxLength: 7 }),
    complete: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
    refusedStaffNos: fc.uniqueArray(fc.constantFrom(...STAFF_NOS), { maxLength: 1 }),
  })
  .map(({ people, ...more }) => aSnapshot(people, more));

const WORDS: fc.Arbitrary<Decision> = fc.constantFrom<Decision>(
  { decision: 'left' },
  { decision: 'stays' },
  { decision: 'same' },
  { decision: 'different' },
  { decision: 'leaveOut' },
);

export const decisions: fc.Arbitrary<ReadonlyMap<string, Decision>> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...STAFF_NOS),
      fc.constantFrom('maybeLeft', 'maybeLeft', 'maybeSamePerson', 'nameChanged'),
      WORDS,
    ),
    { maxLength: 4 },
  )
  .map((words) => new Map(words.map(([staffNo, kind, word]) => [`person:${staffNo}:${kind}`, word])));
