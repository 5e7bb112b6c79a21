import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../kernel/errors.ts';
import { COMPARISONS, type Filter, parseFilter, parsePatchPath } from './filter.ts';

const at = (text: string): { urn: string | null; name: string; sub: string | null } => {
  const colon = text.lastIndexOf(':');
  const [name = '', sub = null] = text.slice(colon + 1).split('.');
  return { urn: colon < 0 ? null : text.slice(0, colon), name, sub };
};
const cmp = (
  path: string,
  op: 'eq' | 'ne' | 'co' | 'sw' | 'gt' | 'ge' | 'lt' | 'le',
  value: string | boolean,
) => ({ op, path: at(path), value }) as Filter;
const pr = (path: string): Filter => ({ op: 'pr', path: at(path) });
const and = (...parts: Filter[]): Filter => ({ op: 'and', parts });
const or = (...parts: Filter[]): Filter => ({ op: 'or', parts });
const not = (part: Filter): Filter => ({ op: 'not', part });
const some = (path: string, part: Filter): Filter => ({ op: 'some', path: at(path), part });

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const THEN = '2011-05-13T04:42:34Z';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const mail = cmp('emails', 'co', 'example.com');
const mailValue = cmp('emails.value', 'co', 'example.org');
const work = some('emails', and(cmp('type', 'eq', 'work'), cmp('value', 'co', '@example.com')));

describe('filters are read', () => {
  // RFC 7644, figure 2, in its order; then precedence and spelling.
  it.each<[string, Filter]>([
    ['userName eq "bjensen"', cmp('userName', 'eq', 'bjensen')],
    [`name.familyName co "O'Malley"`, cmp('name.familyName', 'co', "O'Malley")],
    ['userName sw "J"', cmp('userName', 'sw', 'J')],
    [`${CORE}:userName sw "J"`, cmp(`${CORE}:userName`, 'sw', 'J')],
    ['title pr', pr('title')],
    [`meta.lastModified gt "${THEN}"`, cmp('meta.lastModified', 'gt', THEN)],
    [`meta.lastModified ge "${THEN}"`, cmp('meta.lastModified', 'ge', THEN)],
    [`meta.lastModified lt "${THEN}"`, cmp('meta.lastModified', 'lt', THEN)],
    [`meta.lastModified le "${THEN}"`, cmp('meta.lastModified', 'le', THEN)],
    ['title pr and userType eq "Employee"', and(pr('title'), cmp('userType', 'eq', 'Employee'))],
    ['title pr or userType eq "Intern"', or(pr('title'), cmp('userType', 'eq', 'Intern'))],
    [`schemas eq "${ENTERPRISE}"`, cmp('schemas', 'eq', ENTERPRISE)],
    [
      'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
      and(cmp('userType', 'eq', 'Employee'), or(mail, mailValue)),
    ],
    [
      'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
      and(cmp('userType', 'ne', 'Employee'), not(or(mail, mailValue))),
    ],
    [
      'userType eq "Employee" and (emails.type eq "work")',
      and(cmp('userType', 'eq', 'Employee'), cmp('emails.type', 'eq', 'work')),
    ],
    [
      'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
      and(cmp('userType', 'eq', 'Employee'), work),
    ],
    [
      'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
      or(work, some('ims', and(cmp('type', 'eq', 'xmpp'), cmp('value', 'co', '@foo.com')))),
    ],
    ['a pr or b pr and c pr', or(pr('a'), and(pr('b'), pr('c')))],
    ['(a pr or b pr) and c pr', and(or(pr('a'), pr('b')), pr('c'))],
    ['not (a pr) and b pr', and(not(pr('a')), pr('b'))],
    ['NOT(a PR) OR b EQ true', or(not(pr('a')), cmp('b', 'eq', true))],
    ['not pr', pr('not')],
    [`${ENTERPRISE}:manager.value eq "x"`, cmp(`${ENTERPRISE}:manager.value`, 'eq', 'x')],
    ['members.$ref pr', pr('members.$ref')],
    ['a eq "x \\"and\\" \\u0041\\\\"', cmp('a', 'eq', 'x "and" A\\')],
    ['  a   eq   "b"  ', cmp('a', 'eq', 'b')],
    ['a eq null', { op: 'eq', path: at('a'), value: null }],
    ['a gt -1.5e3', { op: 'gt', path: at('a'), value: -1500 }],
  ])('%s', (text, expected) => {
    expect(parseFilter(text)).toEqual(expected);
  });

  it.each([
    [''],
    ['userName'],
    ['userName eq'],
    ['userName eq bjensen'],
    [`userName eq 'bjensen'`],
    ['userName is "x"'],
    ['userName eq "x" and'],
    ['userName eq "x" or or a pr'],
    ['userName eq "x" garbage'],
    ['not userName eq "x"'],
    ['(userName eq "x"'],
    ['userName eq "x")'],
    ['emails[type eq "work"'],
    ['emails[type eq "work"].value eq "x"'],
    ['emails.value.deep eq "x"'],
    ['__proto__ pr'],
    ['1a pr'],
    ['a eq "\\x"'],
    ['a eq "open'],
    ['a eq 01'],
    ['a eq True'],
    [`${'('.repeat(21)}a pr${')'.repeat(21)}`],
    [Array.from({ length: 51 }, () => 'a pr').join(' or ')],
    [`a eq "${'x'.repeat(4000)}"`],
  ])('refused as invalidFilter: %s', (text) => {
    expect(() => parseFilter(text)).toThrow(
      expect.objectContaining({ code: 'scim.invalid_filter' }) as Error,
    );
  });

  it('whatever is written out is read back as it was', () => {
    fc.assert(
      fc.property(anyFilter(2), (filter) => {
        expect(parseFilter(written(filter))).toEqual(filter);
      }),
    );
  });

  it('any text is read or refused, never anything else', () => {
    const pieces = fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      'not',
      'and',
      'or',
      'a',
      'a.b',
      'eq',
      'pr',
      '"x"',
      '"',
      '\\',
      '1',
      ' ',
      'null',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        try {
          parseFilter(parts.join(' '));
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});

describe('paths of PATCH are read', () => {
  // RFC 7644, 3.5.2.
  it.each([
    ['members', at('members'), null],
    ['name.familyName', at('name.familyName'), null],
    ['addresses[type eq "work"]', at('addresses'), cmp('type', 'eq', 'work')],
    ['members[value eq "2819c223"].displayName', at('members.displayName'), cmp('value', 'eq', '2819c223')],
    [`${ENTERPRISE}:manager`, at(`${ENTERPRISE}:manager`), null],
  ])('%s', (text, path, filter) => {
    expect(parsePatchPath(text)).toEqual({ path, filter });
  });

  it.each(['', 'a b', 'a[b eq "c"', 'a[b eq "c"]x', 'a.b[c pr].d', 'a[b pr].c.d', 'a[]'])(
    'refused as invalidPath: %s',
    (text) => {
      expect(() => parsePatchPath(text)).toThrow(
        expect.objectContaining({ code: 'scim.invalid_path' }) as Error,
      );
    },
  );
});

/* ---------- generated filters ---------- */

const anyPath = fc.record({
  urn: fc.constantFrom(null, ENTERPRISE),
  name: fc.constantFrom('userName', 'emails', 'a', 'not'),
  sub: fc.constantFrom(null, 'value', '$ref'),
});

function anyFilter(depth: number): fc.Arbitrary<Filter> {
  const value = fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.integer());
  const leaf: fc.Arbitrary<Filter> = fc.oneof(
    fc.record({ op: fc.constant('pr' as const), path: anyPath }),
    fc.record({ op: fc.constantFrom(...COMPARISONS), path: anyPath, value }),
  );
  if (depth === 0) return leaf;
  const inner = anyFilter(depth - 1);
  const chain = (op: 'and' | 'or') =>
    fc.array(inner, { minLength: 2, maxLength: 3 }).map((parts): Filter => ({ op, parts }));
  return fc.oneof(
    leaf,
    // A chain within a chain of its own kind is one chain when it is read.
    chain('and').filter((one) => 'parts' in one && one.parts.every((part) => part.op !== 'and')),
    chain('or').filter((one) => 'parts' in one && one.parts.every((part) => part.op !== 'or')),
    inner.map((part): Filter => ({ op: 'not', part })),
    fc.record({ op: fc.constant('some' as const), path: anyPath, part: leaf }),
  );
}

function written(filter: Filter): string {
  const path = ({ urn, name, sub }: { urn: string | null; name: string; sub: string | null }) =>
    `${urn === null ? '' : `${urn}:`}${name}${sub === null ? '' : `.${sub}`}`;
  switch (filter.op) {
    case 'and':
      return filter.parts
        .map((part) => (part.op === 'or' ? `(${written(part)})` : written(part)))
        .join(' and ');
    case 'or':
      return filter.parts.map(written).join(' or ');
    case 'not':
      return `not (${written(filter.part)})`;
    case 'some':
      return `${path(filter.path)}[${written(filter.part)}]`;
    case 'pr':
      return `${path(filter.path)} pr`;
    default:
      return `${path(filter.path)} ${filter.op} ${JSON.stringify(filter.value)}`;
  }
}
