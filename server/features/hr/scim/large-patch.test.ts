import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatch } from './patch.ts';
import { GROUPS } from './schema.ts';

interface Member {
  readonly value: string;
  readonly type?: string;
}
const idOf = (n: number): string => n.toString(16).padStart(32, '0');
const people = (count: number): Member[] => Array.from({ length: count }, (_, n) => ({ value: idOf(n) }));
const after = (members: readonly Member[], Operations: readonly object[]): unknown =>
  applyPatch(GROUPS, { displayName: '学院', members }, { Operations }).members;

describe('a group of thousands', () => {
  const all = people(10_000);
  const many = Array.from({ length: 1_000 }, (_, n) => n);

  it('one operation for each of a thousand members looks at those members alone', () => {
    const removed = many.map((n) => ({ op: 'remove', path: `members[value eq "${idOf(n)}"]` }));
    expect(after(all, removed)).toEqual(all.slice(1_000));
    const named = many.map((n) => ({ op: 'Remove', path: 'members', value: [{ value: idOf(n) }] }));
    expect(after(all, named)).toEqual(all.slice(1_000));
    const added = many.map((n) => ({ op: 'add', path: 'members', value: [{ value: idOf(9_500 + n) }] }));
    expect(after(all, added)).toEqual(people(10_500));
  });

  it('operations that each go over all of them are refused before they are done', () => {
    for (const operation of [
      { op: 'remove', path: 'members[value sw "x" or value ew "y"]' },
      { op: 'replace', path: 'members.type', value: 'User' },
    ]) {
      expect(
        after(
          all,
          Array.from({ length: 5 }, () => operation),
        ),
      ).toHaveLength(10_000);
      expect(() =>
        after(
          all,
          Array.from({ length: 50 }, () => operation),
        ),
      ).toThrow(expect.objectContaining({ code: 'scim.patch_too_large', status: 413 }) as Error);
    }
  });
});

describe('as the plain way, value by value', () => {
  const member = fc.record(
    { value: fc.constantFrom('a', 'A', 'b', 'c', 'd'), type: fc.constant('User') },
    { requiredKeys: ['value'] },
  ) as fc.Arbitrary<Member>;
  const said = fc.uniqueArray(member, { maxLength: 4, selector: ({ value }) => value });
  const isSame = (one: Member, other: Member) => one.value === other.value && one.type === other.type;

  /** An operation, and what it does to a list. */
  interface Step {
    readonly operation: object;
    readonly plain: (list: readonly Member[]) => readonly Member[];
  }
  const add = said.map((value): Step => ({
    operation: { op: 'add', path: 'members', value },
    plain: (list) => [...list, ...value.filter((one) => !list.some((other) => isSame(one, other)))],
  }));
  const replace = said.map((value): Step => ({
    operation: { op: 'replace', path: 'members', value },
    plain: () => value,
  }));
  const removeNamed = said
    .filter((value) => value.length > 0)
    .map((value): Step => ({
      operation: { op: 'remove', path: 'members', value },
      plain: (list) => list.filter((one) => !value.some((gone) => gone.value === one.value)),
    }));
  const filters: readonly (readonly [string, (one: Member) => boolean])[] = [
    ['value eq "a"', ({ value }) => value === 'a'],
    ['value eq "a" or value eq "c"', ({ value }) => value === 'a' || value === 'c'],
    ['value eq "b" and type eq "user"', ({ value, type }) => value === 'b' && type === 'User'],
    ['type pr and value eq "b"', ({ value, type }) => value === 'b' && type === 'User'],
    ['value eq "a" or type pr', ({ value, type }) => value === 'a' || type === 'User'],
    ['not (value eq "a")', ({ value }) => value !== 'a'],
    ['value ge "b"', ({ value }) => value >= 'b'],
  ];
  const removeFound = fc.constantFrom(...filters).map(([filter, fits]): Step => ({
    operation: { op: 'remove', path: `members[${filter}]` },
    plain: (list) => list.filter((one) => !fits(one)),
  }));
  const untyped = fc.constant<Step>({
    operation: { op: 'remove', path: 'members.type' },
    plain: (list) => list.map(({ value }) => ({ value })),
  });

  it('for any operations on a small group', () => {
    const steps = fc.array(fc.oneof(add, replace, removeNamed, removeFound, untyped), { minLength: 1 });
    fc.assert(
      fc.property(said, steps, (had, chosen) => {
        const operations = chosen.map(({ operation }) => operation);
        const wanted = chosen.reduce<readonly Member[]>((list, { plain }) => plain(list), had);
        expect(after(had, operations) ?? []).toEqual(wanted);
      }),
    );
  });
});
