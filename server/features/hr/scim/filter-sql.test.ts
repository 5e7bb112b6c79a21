import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import { type Filter, parseFilter } from './filter.ts';
import { scimReads } from '../../directory/index.ts';
import { conditionFor, list, type Listing, type ListOf, MAX_PAGE } from './list.ts';
import { resolveFilter } from './resolve.ts';
import type { Resource } from './resources.ts';
import { ENTERPRISE, GROUPS, type ResourceType, UNIT, USERS } from './schema.ts';
import { createTotals } from './totals.ts';
import { openScim, type ScimStage } from './testing/open-scim.ts';

/** Short texts that share beginnings, with what LIKE, JSON and SQL take for their own, and without an ending space. */
const NAMES = [
  '王芳',
  '王芳芳',
  '张 芳',
  'Ann Lee',
  'ann lee',
  "O'Neil",
  '50%',
  '5_%',
  '5!%',
  'a.b',
  '𠮷田',
  'Zoe',
];
const TITLES = ['教师', '', '教师（双肩挑）', 'Dean', 'dean', '', 'a\\b_'];

let s: ScimStage;
const everybody = new Map<ResourceType, readonly Resource[]>();

beforeAll(async () => {
  s = await openScim();
  await s.act((tx) => s.directory.putUnit(tx, { code: 'D06', name: 'Lab_50', parentCode: 'D20' }));
  await s.act((tx) => s.directory.putUnit(tx, { code: 'd07', name: 'lab_5', parentCode: null }));
  const codes = ['D05', 'D06', 'd07', 'D2001'];
  const unitIds = await Promise.all(codes.map((code) => s.unitOf(code)));
  const post = (at: number, kind: 'main' | 'concurrent', title: string) => ({
    unitId: unitIds[at % unitIds.length] ?? '',
    kind,
    title,
    isHead: false,
    headRank: null,
    sinceOn: '2026-11-01',
    untilOn: null,
    place: null,
  });
  const ids: string[] = [];
  for (const [at, name] of NAMES.entries()) {
    s.t.clock.advance(60_000);
    const { personId } = await s.act((tx) =>
      s.directory.putPerson(tx, {
        staffNo: `S-${at % 3}${at}`,
        name,
        userid: at % 2 === 0 ? `User.${at}` : `user.x${at}`,
        category: at % 3 === 0 ? 'external' : 'internal',
        ...(at % 4 === 0
          ? { mobile: `199000009${String(at).padStart(2, '0')}` }
          : { email: `P${at}_x@ex.cn` }),
        posts: [
          post(at, 'main', TITLES[at % TITLES.length] ?? ''),
          ...(at % 5 === 0 ? [post(at + 1, 'concurrent', '')] : []),
        ],
      }),
    );
    ids.push(personId);
    if (at > 2) await s.act((tx) => s.directory.setManager(tx, personId, ids[at % 3] ?? null));
    if (at % 6 === 1) await s.act((tx) => s.directory.lockPerson(tx, personId));
  }
  const last = ids.at(-1) ?? '';
  await s.act((tx) =>
    s.directory.endEmployment(tx, last, { status: 'left', on: '2026-11-23', reason: null }),
  );
  for (const [at, id] of ids.slice(0, 5).entries())
    await s.send('PATCH', `/Users/${id}`, {
      Operations: [{ op: 'add', value: { externalId: `Ext${at}` } }],
    });
  for (const type of [USERS, GROUPS]) everybody.set(type, await found(type, undefined));
});
afterAll(() => s.close());

function listed(
  type: ResourceType,
  filter: string | undefined,
  more: Partial<Listing> = {},
): Promise<ListOf> {
  const asking = { base: '', source: 'idp', withMembers: true, total: createTotals(s.directory) };
  const listing = { filter, startIndex: 1, count: MAX_PAGE, ...more };
  return s.t.db.read((reads) => list(reads, type, listing, asking));
}

const found = async (type: ResourceType, filter: string | undefined): Promise<readonly Resource[]> =>
  (await listed(type, filter)).resources;

/** The other way to find the same, where there is one. */
const foundByRow = (type: ResourceType, filter: string): Promise<string[]> =>
  s.t.db.read(async (reads) => {
    const where = await conditionFor(reads, type, filter, 'idp');
    const of = type === USERS ? 'person' : 'unit';
    const page = { orderBy: 'id', descending: false, offset: 0, limit: MAX_PAGE } as const;
    return scimReads.idsOfPage(reads, of, { where: where.byRow ?? where, ...page });
  });

/** Users who left and what was refused would make it easy to agree. */
it('there is something to tell apart', () => {
  expect(everybody.get(USERS)).toHaveLength(NAMES.length - 1 + 3);
  expect(everybody.get(GROUPS)).toHaveLength(6);
});

const USER_TEXTS = [
  'id',
  'externalId',
  'userName',
  'name.formatted',
  'displayName',
  'title',
  'userType',
  'emails',
  'emails.value',
  'emails.type',
  'groups',
  'groups.display',
  `${ENTERPRISE}:employeeNumber`,
  `${ENTERPRISE}:department`,
  `${ENTERPRISE}:manager`,
  `${ENTERPRISE}:manager.displayName`,
  'schemas',
  'meta.resourceType',
];
const GROUP_TEXTS = [
  'id',
  'displayName',
  'externalId',
  'members',
  'members.display',
  'members.type',
  `${UNIT}:code`,
  `${UNIT}:parent`,
  `${UNIT}:parent.display`,
];
const IN_BRACKETS = {
  emails: ['value', 'type'],
  groups: ['value', 'display', 'type'],
  members: ['value', 'display', 'type'],
};

/** Every text the resources hold, and pieces of them: else hardly anything would be found. */
function textsOf(resources: readonly Resource[]): string[] {
  const texts = new Set<string>();
  const take = (value: unknown): void => {
    if (typeof value === 'string') texts.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(take);
  };
  resources.forEach(take);
  return [...texts];
}

function filtersOf(type: ResourceType): fc.Arbitrary<string> {
  const whole = fc.constantFrom(...textsOf(everybody.get(type) ?? []));
  const piece = fc
    .tuple(whole, fc.nat(6), fc.nat(6))
    .map(([text, from, length]) => [...text].slice(from, from + length).join(''));
  const other = fc.constantFrom('%', '_', '!', "'", '\\', '"', '', 'nobody', 'ANN LEE', '王', ' ', 'P0_');
  const text = fc
    .oneof(whole, piece, other)
    .chain((value) => fc.constantFrom(value, value.toUpperCase(), value.toLowerCase()));
  const compare = (paths: readonly string[]) =>
    fc
      .tuple(
        fc.constantFrom(...paths),
        fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'),
        text,
      )
      .map(([path, op, value]) => `${path} ${op} ${JSON.stringify(value)}`);
  const presence = (paths: readonly string[]) => fc.constantFrom(...paths).map((path) => `${path} pr`);
  const paths = type === USERS ? USER_TEXTS : GROUP_TEXTS;
  const brackets = (type === USERS ? (['emails', 'groups'] as const) : (['members'] as const)).map((name) =>
    fc
      .array(fc.oneof(compare(IN_BRACKETS[name]), presence(IN_BRACKETS[name])), {
        minLength: 1,
        maxLength: 2,
      })
      .chain((parts) =>
        fc.constantFrom(parts.join(' and '), parts.join(' or '), `not (${parts.join(' or ')})`),
      )
      .map((inner) => `${name}[${inner}]`),
  );
  const instants = fc
    .tuple(
      fc.constantFrom('meta.created', 'meta.lastModified'),
      fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le'),
      fc.constantFrom('2026-11-23T02:22:00Z', '2026-11-23T10:25:00+08:00', '2026-11-23T02:40:00.000Z'),
    )
    .map(([path, op, at]) => `${path} ${op} "${at}"`);
  const ofUsers = [
    instants,
    fc.constantFrom('active eq true', 'active ne true', 'active eq false', 'active pr'),
  ];
  const leaf = fc.oneof(
    { weight: 6, arbitrary: compare(paths) },
    { weight: 1, arbitrary: presence([...paths, 'meta']) },
    ...brackets.map((arbitrary) => ({ weight: 1, arbitrary })),
    ...(type === USERS ? ofUsers : []).map((arbitrary) => ({ weight: 1, arbitrary })),
  );
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc
        .tuple(tie('tree'), fc.constantFrom('and', 'or'), tie('tree'))
        .map(([a, op, b]) => `(${a}) ${op} (${b})`),
      tie('tree').map((inner) => `not (${inner})`),
    ),
  }));
  return tree;
}

const remembered = (type: ResourceType, filter: Filter): string[] => {
  const meant = resolveFilter(type, filter);
  return (everybody.get(type) ?? []).filter((one) => evaluate(meant, one)).map(({ id }) => id);
};

describe('SQL finds exactly what the resources say', () => {
  it.each([USERS, GROUPS])('filters over $name', async (type) => {
    await fc.assert(
      fc.asyncProperty(filtersOf(type), async (text) => {
        const ids = (await found(type, text)).map(({ id }) => id);
        expect(ids).toEqual(remembered(type, parseFilter(text)));
        // Asked for by itself, the total is counted; else a page that is not full tells it.
        const { totalResults } = await listed(type, text, { count: 0 });
        expect(totalResults).toBe(ids.length);
        expect(await foundByRow(type, text)).toEqual(ids);
      }),
      { numRuns: 300 },
    );
  });

  it('finds a page that is soon full by looking posts up for one person after another', async () => {
    const asked = [
      'title pr or active pr',
      'not (title eq "Dean") and active pr',
      'not (title eq "教师") or displayName co "芳"',
    ];
    for (const filter of asked) {
      const where = await s.t.db.read((reads) => conditionFor(reads, USERS, filter, 'idp'));
      expect(where.byRow).toBeDefined();
      const wanted = remembered(USERS, parseFilter(filter));
      expect(wanted.length).toBeGreaterThanOrEqual(10);
      expect(await foundByRow(USERS, filter)).toEqual(wanted);
      for (const startIndex of [1, 2, wanted.length]) {
        const page = await listed(USERS, filter, { startIndex, count: 1 });
        expect(page.totalResults).toBe(wanted.length);
        expect(page.resources.map(({ id }) => id)).toEqual([wanted[startIndex - 1]]);
      }
    }
    const nobody = await listed(USERS, 'title eq "nobody" and active pr', { count: 1 });
    expect(nobody).toMatchObject({ totalResults: 0, resources: [] });
  });

  it('pages follow one another in either order, whatever the filter asks of', async () => {
    const asked = [
      'title pr',
      'title sw "教师"',
      `${ENTERPRISE}:department co "lab"`,
      'groups pr',
      'displayName pr',
    ];
    for (const filter of asked) {
      const wanted = remembered(USERS, parseFilter(filter));
      expect(wanted.length).toBeGreaterThan(2);
      for (const sortOrder of ['ascending', 'descending']) {
        const ids: string[] = [];
        for (let startIndex = 1; startIndex <= wanted.length; startIndex += 2) {
          const page = await listed(USERS, filter, { startIndex, count: 2, sortOrder });
          expect(page.totalResults).toBe(wanted.length);
          ids.push(...page.resources.map(({ id }) => id));
        }
        expect(ids).toEqual(sortOrder === 'ascending' ? wanted : wanted.toReversed());
      }
      const byName = await listed(USERS, filter, { sortBy: 'userName' });
      const names = byName.resources.map(({ userName }) => String(userName).toLowerCase());
      expect(names).toEqual(names.toSorted());
      expect(byName.resources.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
    }
  });
});
