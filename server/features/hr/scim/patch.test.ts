import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatch } from './patch.ts';
import { type Doc, readDocument } from './read-document.ts';
import { ENTERPRISE, GROUPS, USERS } from './schema.ts';

const user = (): Doc => ({
  userName: 'bjensen',
  name: { formatted: 'Barbara Jensen' },
  displayName: 'Barbara Jensen',
  active: true,
  title: '讲师',
  emails: [
    { value: 'b@work.example', type: 'work', primary: true },
    { value: 'b@home.example', type: 'home' },
  ],
  [ENTERPRISE]: { employeeNumber: '701984', manager: { value: '26118915' } },
});
const [work, home] = user().emails as Doc[];

const patched = (...operations: object[]): Doc => applyPatch(USERS, user(), { Operations: operations });
const group = (...operations: object[]): unknown =>
  applyPatch(
    GROUPS,
    { displayName: 'Tour Guides', members: [{ value: '1' }, { value: '2' }] },
    {
      Operations: operations,
    },
  ).members;

describe('RFC 7644, 3.5.2.1 add', () => {
  it('several attributes without a path, each by its own rule', () => {
    const value = { title: '教授', emails: [{ value: 'babs@jensen.org', type: 'home' }] };
    expect(patched({ op: 'add', value })).toEqual({
      ...user(),
      title: '教授',
      emails: [work, home, { value: 'babs@jensen.org', type: 'home' }],
    });
  });
  it('a member to a group, once', () => {
    expect(group({ op: 'add', path: 'members', value: [{ display: 'Babs', value: '3' }] })).toEqual([
      { value: '1' },
      { value: '2' },
      { value: '3' },
    ]);
    expect(group({ op: 'add', path: 'members', value: [{ value: '2' }] })).toEqual([
      { value: '1' },
      { value: '2' },
    ]);
  });
  it('what is said again stays once', () => {
    expect(patched({ op: 'add', path: 'emails', value: [work] })).toEqual(user());
  });
  it('a new primary value takes it from the old one', () => {
    const said = { value: 'new@work.example', type: 'work', primary: true };
    expect(patched({ op: 'add', path: 'emails', value: said }).emails).toEqual([
      { ...work, primary: false },
      home,
      said,
    ]);
  });
  it('a value for a filter that finds none is one the filter would find', () => {
    expect(
      patched({ op: 'add', path: 'emails[type eq "other"].value', value: 'o@x.example' }).emails,
    ).toEqual([work, home, { type: 'other', value: 'o@x.example' }]);
  });
  it('null adds nothing', () => {
    expect(patched({ op: 'add', path: 'title', value: null })).toEqual(user());
  });
});

describe('RFC 7644, 3.5.2.2 remove', () => {
  it('all members of a group', () => {
    expect(group({ op: 'remove', path: 'members' })).toBeNull();
  });
  it('one member by a filter', () => {
    expect(group({ op: 'remove', path: 'members[value eq "2"]' })).toEqual([{ value: '1' }]);
  });
  it('the last value leaves the attribute unassigned', () => {
    expect(group({ op: 'remove', path: 'members[value eq "2" or value eq "1"]' })).toBeNull();
  });
  it('values by a complex filter', () => {
    expect(
      patched({ op: 'remove', path: 'emails[type eq "work" and value ew "work.example"]' }).emails,
    ).toEqual([home]);
  });
  it('a part of the values a filter finds', () => {
    expect(patched({ op: 'remove', path: 'emails[type eq "work"].primary' }).emails).toEqual([
      { value: 'b@work.example', type: 'work' },
      home,
    ]);
  });
  it('what is not there: nothing changes', () => {
    expect(patched({ op: 'remove', path: 'emails[type eq "none"]' })).toEqual(user());
  });
  it('a member replaced by two operations', () => {
    expect(
      group(
        { op: 'remove', path: 'members[value eq "1"]' },
        { op: 'add', path: 'members', value: { value: '9' } },
      ),
    ).toEqual([{ value: '2' }, { value: '9' }]);
  });
  it('an attribute of the extension', () => {
    expect(patched({ op: 'remove', path: `${ENTERPRISE}:manager` })[ENTERPRISE]).toEqual({
      employeeNumber: '701984',
      manager: null,
    });
  });
});

describe('RFC 7644, 3.5.2.3 replace', () => {
  it('all members', () => {
    expect(group({ op: 'replace', path: 'members', value: [{ value: '7' }] })).toEqual([{ value: '7' }]);
  });
  it('values a filter finds, as a whole', () => {
    const value = { type: 'work', value: 'x@y.example' };
    expect(patched({ op: 'replace', path: 'emails[type eq "work"]', value }).emails).toEqual([value, home]);
  });
  it('one part of them', () => {
    expect(
      patched({ op: 'replace', path: 'emails[type eq "work"].value', value: 'x@y.example' }).emails,
    ).toEqual([{ ...work, value: 'x@y.example' }, home]);
  });
  it('several attributes without a path: parts that are not said stay', () => {
    expect(patched({ op: 'replace', value: { active: false, name: { formatted: 'B J' } } })).toEqual({
      ...user(),
      active: false,
      name: { formatted: 'B J' },
    });
    expect(patched({ op: 'replace', value: { [ENTERPRISE]: { employeeNumber: '2' } } })[ENTERPRISE]).toEqual({
      employeeNumber: '2',
      manager: { value: '26118915' },
    });
  });
  it('names are compared without case', () => {
    expect(patched({ op: 'replace', path: 'USERNAME', value: 'x' })).toEqual({ ...user(), userName: 'x' });
    expect(patched({ op: 'replace', value: { ACTIVE: false } }).active).toBe(false);
  });
});

describe('as identity systems write it', () => {
  it.each([
    [
      'Entra ID: Replace with a capital and "False"',
      { op: 'Replace', path: 'active', value: 'False' },
      { active: false },
    ],
    ['Okta: no path', { op: 'replace', value: { active: false } }, { active: false }],
    ['paths as names', { op: 'add', value: { 'name.formatted': 'N' } }, { name: { formatted: 'N' } }],
    [
      'filters as names',
      { op: 'replace', value: { 'emails[type eq "work"].value': 'q@q.example' } },
      { emails: [{ ...work, value: 'q@q.example' }, home] },
    ],
    [
      'extension as a prefix of the name',
      { op: 'add', value: { [`${ENTERPRISE}:employeeNumber`]: '5' } },
      { [ENTERPRISE]: { employeeNumber: '5', manager: { value: '26118915' } } },
    ],
    [
      'the superior as a text',
      { op: 'add', path: `${ENTERPRISE}:manager`, value: '77' },
      { [ENTERPRISE]: { employeeNumber: '701984', manager: { value: '77' } } },
    ],
    [
      'the extension as a path',
      { op: 'replace', path: ENTERPRISE, value: { employeeNumber: '6' } },
      { [ENTERPRISE]: { employeeNumber: '6', manager: { value: '26118915' } } },
    ],
  ])('%s', (_, operation, changes) => {
    expect(patched(operation)).toEqual({ ...user(), ...changes });
  });
  it('Entra ID: members to remove in the value', () => {
    expect(group({ op: 'Remove', path: 'members', value: [{ value: '1' }] })).toEqual([{ value: '2' }]);
  });
});

describe('refused as a whole', () => {
  const first = { op: 'replace', path: 'title', value: 'changed' };
  it.each<[string, unknown, string]>([
    ['no operations', { Operations: [] }, 'scim.invalid_syntax'],
    ['no list', { Operations: 'x' }, 'scim.invalid_syntax'],
    ['an unknown operation', { Operations: [{ op: 'move', path: 'title' }] }, 'scim.invalid_syntax'],
    ['remove without a path', { Operations: [{ op: 'remove' }] }, 'scim.no_target'],
    [
      'a filter that finds none',
      { Operations: [first, { op: 'replace', path: 'emails[type eq "x"].value', value: 'y' }] },
      'scim.no_target',
    ],
    [
      'an unknown attribute',
      { Operations: [{ op: 'add', path: 'nickName', value: 'B' }] },
      'scim.invalid_path',
    ],
    ['an unreadable path', { Operations: [{ op: 'add', path: 'emails[', value: 'B' }] }, 'scim.invalid_path'],
    [
      'brackets on a single value',
      { Operations: [{ op: 'add', path: 'name[formatted pr]', value: {} }] },
      'scim.invalid_path',
    ],
    [
      'an unknown part in the filter',
      { Operations: [{ op: 'remove', path: 'emails[colour eq "red"]' }] },
      'scim.invalid_filter',
    ],
    ['a read-only attribute', { Operations: [{ op: 'replace', path: 'id', value: 'x' }] }, 'scim.mutability'],
    [
      'groups of a person',
      { Operations: [{ op: 'add', path: 'groups', value: [{ value: 'g' }] }] },
      'scim.mutability',
    ],
    [
      'a value of another type',
      { Operations: [{ op: 'replace', path: 'active', value: 'perhaps' }] },
      'scim.invalid_value',
    ],
    [
      'an object as a text',
      { Operations: [{ op: 'replace', path: 'title', value: {} }] },
      'scim.invalid_value',
    ],
    [
      'a way to the prototype',
      { Operations: [{ op: 'add', path: '__proto__.polluted', value: 'yes' }] },
      'scim.invalid_path',
    ],
  ])('%s', (_, body, code) => {
    const before = user();
    expect(() => applyPatch(USERS, before, body)).toThrow(expect.objectContaining({ code }) as Error);
    expect(before).toEqual(user());
    expect(({} as Doc).polluted).toBeUndefined();
  });
});

describe('for any values', () => {
  const emails = fc.uniqueArray(
    fc.record({ value: fc.constantFrom('a', 'b', 'c', 'd'), type: fc.constantFrom('work', 'home') }),
    { minLength: 1, maxLength: 5, selector: ({ value, type }) => value + type },
  );
  const at = (list: object[]): Doc => ({ ...user(), emails: list });
  const asSet = (list: unknown) => new Set(((list ?? []) as unknown[]).map((one) => JSON.stringify(one)));
  const run = (doc: Doc, operation: object) => applyPatch(USERS, doc, { Operations: [operation] });

  it('adding is a union, and adding again changes nothing', () => {
    fc.assert(
      fc.property(emails, emails, (had, added) => {
        const once = run(at(had), { op: 'add', path: 'emails', value: added });
        expect(asSet(once.emails)).toEqual(asSet([...had, ...added]));
        expect(run(once, { op: 'add', path: 'emails', value: added })).toEqual(once);
      }),
    );
  });
  it('replacing leaves what was said, whatever was there', () => {
    fc.assert(
      fc.property(emails, emails, (had, said) => {
        expect(run(at(had), { op: 'replace', path: 'emails', value: said }).emails).toEqual(said);
      }),
    );
  });
  it('removing by a filter leaves exactly the others', () => {
    fc.assert(
      fc.property(emails, fc.constantFrom('work', 'home'), (had, type) => {
        const left = run(at(had), { op: 'remove', path: `emails[type eq "${type}"]` }).emails;
        expect(asSet(left)).toEqual(asSet(had.filter((one) => one.type !== type)));
      }),
    );
  });
  it('a document of any JSON is read or refused, and holds only what can be written', () => {
    const names = fc.constantFrom(
      'userName',
      'emails',
      'name',
      'active',
      'groups',
      'id',
      'meta',
      '__proto__',
      'x',
      ENTERPRISE,
    );
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue({ maxDepth: 2 })), (body) => {
        let doc: Doc;
        try {
          doc = readDocument(USERS, body);
        } catch (error) {
          expect(error).toMatchObject({ code: 'scim.invalid_value' });
          return;
        }
        const writable = ['userName', 'emails', 'name', 'active', ENTERPRISE];
        expect(Object.keys(doc).every((key) => writable.includes(key))).toBe(true);
      }),
    );
  });
});
