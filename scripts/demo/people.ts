import { romanise } from '../../server/features/directory/index.ts';
import { demoCast, demoDuties, type CastMember, type CastPost } from './cast.ts';
import { inventName, RARE_NAMES, REPEATED_NAMES } from './names.ts';
import { createPrng, type Prng } from './prng.ts';
import { DEMO_UNITS, type DemoUnit } from './units.ts';

export interface DemoPerson extends Omit<CastMember, 'about' | 'category' | 'posts'> {
  readonly posts: readonly CastPost[];
  readonly category: string;
  readonly mobile: string;
  readonly email: string;
}

const SEED = 20_261_123;
const FIRST_NO = 120;

/**
 * 600 people: the cast in their places, the heads each unit needs, and invented colleagues for the rest. Mobiles
 * are 199000 followed by the staff number: a valid form, given to nobody here.
 */
export function demoPeople(): DemoPerson[] {
  const prng = createPrng(SEED);
  const cast: readonly CastMember[] = [...Object.values(demoCast), ...demoDuties];
  const userids = new Set(cast.map((member) => member.userid.toLowerCase()));
  const nextNo = staffNumbers(prng, new Set(cast.map((member) => member.staffNo)));
  const names = nameSource(prng);
  const filled = DEMO_UNITS.flatMap((unit) =>
    openSeats(unit, cast, prng).map((post): DemoPerson => {
      const name = names();
      const userid = newUserid(name, userids, prng);
      return finished({ name, userid, staffNo: nextNo(), posts: [post] }, unit, prng);
    }),
  );
  const unitOf = new Map(DEMO_UNITS.map((unit) => [unit.code, unit]));
  const known = cast.map((member) => finished(member, unitOf.get(member.posts[0].unit), prng));
  return withSecondPosts([...known, ...filled], prng);
}

type Bare = Omit<DemoPerson, 'mobile' | 'email' | 'category'> & { readonly category?: string | undefined };

function finished(person: Bare, unit: DemoUnit | undefined, prng: Prng): DemoPerson {
  const category = person.category ?? unit?.category ?? (prng.next() < 0.7 ? '编制内' : '编外');
  const email = `${person.userid.toLowerCase()}@haizhou.example`;
  return { ...person, category, mobile: `199000${person.staffNo}`, email };
}

/** Heads nobody of the cast is, then everybody else the unit's size asks for. */
function openSeats(unit: DemoUnit, cast: readonly CastMember[], prng: Prng): CastPost[] {
  const own = cast.filter((member) => member.posts[0].unit === unit.code).map((member) => member.posts[0]);
  const heads = unit.heads
    .map((title, at): CastPost => ({ unit: unit.code, title, head: at + 1, since: since(prng) }))
    .filter((head) => !own.some((post) => post.head === head.head));
  const others = Math.max(0, unit.size - own.length - heads.length);
  const rest = Array.from({ length: others }, () => ({
    unit: unit.code,
    title: prng.pick(unit.titles),
    since: since(prng),
  }));
  return [...heads, ...rest];
}

function since(prng: Prng): string {
  const month = String(1 + prng.below(12)).padStart(2, '0');
  return `${2006 + prng.below(20)}-${month}-01`;
}

function staffNumbers(prng: Prng, taken: ReadonlySet<string>) {
  let last = FIRST_NO;
  return () => {
    do last += 1 + (prng.next() < 0.2 ? 1 : 0);
    while (taken.has(String(last).padStart(5, '0')));
    return String(last).padStart(5, '0');
  };
}

/** Rare and repeated names come in between, so that they are spread over the units. */
function nameSource(prng: Prng) {
  const special = [...RARE_NAMES, ...REPEATED_NAMES];
  let count = 0;
  return () => {
    count += 1;
    return (count % 23 === 0 ? special.shift() : undefined) ?? inventName(prng);
  };
}

function newUserid(name: string, taken: Set<string>, prng: Prng): string {
  const { pinyin } = romanise(name);
  const syllables = pinyin.split(' ').filter((syllable) => /^[a-z]+$/.test(syllable));
  const capital = prng.next() < 0.06;
  const stem = syllables.map((s) => (capital ? s.charAt(0).toUpperCase() + s.slice(1) : s)).join('');
  let userid = stem;
  for (let n = 2; taken.has(userid.toLowerCase()); n += 1) userid = `${stem}${n}`;
  taken.add(userid.toLowerCase());
  return userid;
}

type SecondPost = Pick<CastPost, 'unit' | 'title'>;
const SECOND_POSTS: readonly [SecondPost, ...SecondPost[]] = [
  { unit: 'D06', title: '教学督导' },
  { unit: 'D07', title: '兼职班主任' },
  { unit: 'D12', title: '兼职教师' },
  { unit: 'D03', title: '支部联络员' },
];

/** Every fortieth teacher holds a second post elsewhere. */
function withSecondPosts(people: readonly DemoPerson[], prng: Prng): DemoPerson[] {
  return people.map((person, at) => {
    const [main] = person.posts;
    if (at % 40 !== 39 || person.posts.length > 1 || main === undefined || !/^D[2-8]0..$/.test(main.unit))
      return person;
    return { ...person, posts: [main, { ...prng.pick(SECOND_POSTS), since: '2025-09-01' }] };
  });
}
