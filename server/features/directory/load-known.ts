import { dateOf } from '../../kernel/dates.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { jsonPages } from './json-rows.ts';
import type { DirectorySnapshot, KnownPerson, KnownPost, KnownUnit, Secret } from './known.ts';

type Printed = 'idNumber' | 'bornOn' | 'mobile';
type Prints = Readonly<Record<`${Printed}Print` | `${Printed}Masked`, string | null>>;

/** What a person has under the same name here and in the table. */
const PLAIN = [
  'staffNo',
  'sourceId',
  'name',
  'sex',
  'idType',
  'email',
  'grade',
  'category',
  'establishment',
  'employedOn',
  'contractUntilOn',
  'status',
  'statusOn',
  'leaveReason',
  'sortOrder',
  'state',
] as const satisfies readonly (keyof KnownPerson)[];
const PRINTS = [
  'idNumberPrint',
  'idNumberMasked',
  'bornOnPrint',
  'bornOnMasked',
  'mobilePrint',
  'mobileMasked',
] as const satisfies readonly (keyof Prints)[];

type PersonColumns = Pick<KnownPerson, (typeof PLAIN)[number]> &
  Prints & { readonly id: string; readonly managerId: string | null };

interface PostColumns extends Omit<KnownPost, 'isHead' | 'unitCode'> {
  readonly id: string;
  readonly personId: string;
  readonly unitId: string;
  readonly isHead: number | boolean;
  readonly headRank: number | null;
}

type UnitColumns = Pick<KnownUnit, 'code' | 'name' | 'sortOrder' | 'category' | 'state'> & {
  readonly id: string;
  readonly parentId: string | null;
  readonly leaderInChargeId: string | null;
};

type Names = ReadonlyMap<string, string>;
const NO_POSTS: readonly KnownPost[] = [];

/** No entities, and rows in pages: 100,000 people with 120,000 posts must be there within seconds. */
export async function loadKnown(reads: Reads): Promise<DirectorySnapshot> {
  const units: UnitColumns[] = [];
  const listed = ['id', 'code', 'name', 'parentId', 'leaderInChargeId', 'sortOrder', 'category', 'state'];
  for await (const page of jsonPages<UnitColumns>(reads, { table: 'unit', columns: listed, by: 'code' }))
    units.push(...page);
  const codeOf = new Map(units.map((unit) => [unit.id, unit.code]));
  const { postsOf, headsOf } = await loadPosts(reads, codeOf);
  const people = await loadPeople(reads, postsOf);
  const personById = new Map(people.map((person) => [person.personId, person]));
  return {
    units: units.map(({ id, parentId, leaderInChargeId, ...unit }) => ({
      unitId: id,
      ...unit,
      parentCode: nameIn(codeOf, parentId),
      headStaffNo: firstHead(headsOf.get(id), personById),
      leaderStaffNo: personById.get(leaderInChargeId ?? '')?.staffNo ?? null,
    })),
    people,
    rootCode: units.find((unit) => unit.parentId === null && unit.state === 'active')?.code ?? '',
  };
}

interface Head {
  readonly personId: string;
  readonly place: number;
}

interface Posts {
  readonly postsOf: ReadonlyMap<string, readonly KnownPost[]>;
  /** Heads of today by unit id. */
  readonly headsOf: ReadonlyMap<string, readonly Head[]>;
}

async function loadPosts(reads: Reads, codeOf: Names): Promise<Posts> {
  const today = dateOf(reads.now);
  const postsOf = new Map<string, KnownPost[]>();
  const headsOf = new Map<string, Head[]>();
  const columns = ['id', 'personId', 'unitId', 'kind', 'title', 'isHead', 'headRank', 'sinceOn', 'untilOn'];
  const listing = { table: 'assignment', columns, by: 'id' };
  const where = ['(untilOn is null or untilOn > ?)', today] as const;
  const take = (row: PostColumns) => {
    const { personId, unitId, kind, title, sinceOn, untilOn } = row;
    const isHead = Boolean(row.isHead);
    const unitCode = codeOf.get(unitId) ?? '';
    add(postsOf, personId, { unitCode, kind, title, isHead, sinceOn, untilOn });
    if (isHead && sinceOn <= today) add(headsOf, unitId, { personId, place: row.headRank ?? 0 });
  };
  for await (const page of jsonPages<PostColumns>(reads, { ...listing, where })) page.forEach(take);
  return { postsOf, headsOf };
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** One pass, so that no row is kept besides the person made of it. */
async function loadPeople(reads: Reads, postsOf: Posts['postsOf']): Promise<KnownPerson[]> {
  const people: (Omit<KnownPerson, 'managerStaffNo'> & { managerStaffNo: string | null })[] = [];
  const managerIds: (string | null)[] = [];
  const staffNoOf = new Map<string, string>();
  const columns = ['id', 'managerId', ...PLAIN, ...PRINTS];
  for await (const page of jsonPages<PersonColumns>(reads, { table: 'person', columns, by: 'staffNo' }))
    for (const row of page) {
      managerIds.push(row.managerId);
      staffNoOf.set(row.id, row.staffNo);
      people.push(personOf(row, inOrder(postsOf.get(row.id))));
    }
  people.forEach((person, at) => {
    person.managerStaffNo = nameIn(staffNoOf, managerIds[at] ?? null);
  });
  return people;
}

/** Without the superior, who may come later in the list. */
function personOf(row: PersonColumns, posts: readonly KnownPost[]): KnownPerson {
  return {
    personId: row.id,
    staffNo: row.staffNo,
    sourceId: row.sourceId,
    name: row.name,
    sex: row.sex,
    idType: row.idType,
    idNumber: secret(row.idNumberPrint, row.idNumberMasked),
    bornOn: secret(row.bornOnPrint, row.bornOnMasked),
    mobile: secret(row.mobilePrint, row.mobileMasked),
    email: row.email,
    posts,
    grade: row.grade,
    managerStaffNo: null,
    category: row.category,
    establishment: row.establishment,
    employedOn: row.employedOn,
    contractUntilOn: row.contractUntilOn,
    status: row.status,
    statusOn: row.statusOn,
    leaveReason: row.leaveReason,
    sortOrder: row.sortOrder,
    state: row.state,
  };
}

/** The main post first, then by first day and unit. */
function inOrder(posts: readonly KnownPost[] | undefined): readonly KnownPost[] {
  if (!posts) return NO_POSTS;
  if (posts.length === 1) return posts;
  const keyOf = (post: KnownPost) => `${post.kind === 'main' ? 0 : 1}${post.sinceOn}${post.unitCode}`;
  return [...posts].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Staff number of the first head who is here. */
function firstHead(
  heads: readonly Head[] | undefined,
  people: ReadonlyMap<string, KnownPerson>,
): string | null {
  const here = (heads ?? []).flatMap(({ personId, place }) => {
    const person = people.get(personId);
    return person && person.state !== 'left' ? [{ place, staffNo: person.staffNo }] : [];
  });
  here.sort((a, b) => a.place - b.place || (a.staffNo < b.staffNo ? -1 : 1));
  return here[0]?.staffNo ?? null;
}

const nameIn = (names: Names, id: string | null): string | null =>
  id === null ? null : (names.get(id) ?? null);

const secret = (print: string | null, masked: string | null): Secret | null =>
  print === null ? null : { print, masked: masked ?? '' };
