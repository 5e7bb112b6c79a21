import type { OrgPerson } from '../../directory/index.ts';

/** Places in the list of people, ascending. */
type Places = readonly number[];
const NONE: Places = [];

/** Where in the list somebody stands who may answer to the beginning of a query. */
export interface Postings {
  /** One to three letters with which a query may begin. */
  readonly pinyin: ReadonlyMap<string, Places>;
  /** One and two signs of the staff number. */
  readonly staffNo: ReadonlyMap<string, Places>;
  /** Signs of the name that no keyboard of letters has. */
  readonly signs: ReadonlyMap<string, Places>;
  /** Names with letters or digits of their own are looked at every time; there are few. */
  readonly lettered: Places;
}

const LETTERED = /[!-~]/;

export function postingsOf(people: readonly OrgPerson[]): Postings {
  const pinyin = new Map<string, number[]>();
  const staffNo = new Map<string, number[]>();
  const signs = new Map<string, number[]>();
  const lettered: number[] = [];
  people.forEach((person, place) => {
    for (const sign of `${person.name}${person.staffNo}`.toLowerCase())
      if (!isLetter(sign)) post(signs, sign, place);
    for (const pair of pairs(person.staffNo.toLowerCase())) post(staffNo, pair, place);
    if (LETTERED.test(person.name)) lettered.push(place);
    else for (const start of starts(person.pinyin)) post(pinyin, start, place);
  });
  return { pinyin, staffNo, signs, lettered };
}

function post(postings: Map<string, number[]>, sign: string, place: number): void {
  const places = postings.get(sign);
  if (!places) postings.set(sign, [place]);
  else if (places.at(-1) !== place) places.push(place);
}

const isLetter = (sign: string): boolean => sign <= '\u007f';

/** Letters by which the index finds; what comes after them is compared person by person. */
const LONGEST_START = 3;

/** `zhang yu` → z, zh, zy, zha, zyu, y, yu: how a query that this name answers may begin. */
function starts(pinyin: string): ReadonlySet<string> {
  const syllables = pinyin.split(' ');
  const found = new Set<string>();
  for (let at = 0; at < syllables.length; at += 1)
    for (let length = 1; length <= LONGEST_START; length += 1)
      for (const start of startsFrom(syllables, at, length)) found.add(start);
  return found;
}

/** Each syllable is typed in part (then it is the last), whole, or as its first letter. */
function startsFrom(syllables: readonly string[], at: number, length: number): readonly string[] {
  if (length === 0) return [''];
  const syllable = syllables[at];
  if (syllable === undefined) return [];
  const first = syllable.charAt(0);
  const found = startsFrom(syllables, at + 1, length - 1).map((rest) => first + rest);
  if (syllable.length >= length) found.push(syllable.slice(0, length));
  else if (syllable.length > 1)
    found.push(...startsFrom(syllables, at + 1, length - syllable.length).map((rest) => syllable + rest));
  return found;
}

/** `0731` → 0, 07, 7, 73, 3, 31, 1 */
const pairs = (text: string): string[] =>
  Array.from(text, (sign, at) => sign + text.charAt(at + 1)).flatMap((pair) => [pair.charAt(0), pair]);

/** Everybody who may answer, and some who do not. */
export function candidates(postings: Postings, query: string): Iterable<number> {
  const foreign = Array.from(query).filter((sign) => !isLetter(sign));
  if (foreign.length > 0) return rarest(postings.signs, foreign);
  const start = postings.pinyin.get(query.slice(0, LONGEST_START)) ?? NONE;
  const numbered = rarest(postings.staffNo, query.length === 1 ? [query] : pairsOnly(query));
  return merged([start, numbered, postings.lettered]);
}

const pairsOnly = (query: string): string[] => pairs(query).filter((pair) => pair.length === 2);

const rarest = (postings: ReadonlyMap<string, Places>, signs: readonly string[]): Places =>
  signs
    .map((sign) => postings.get(sign) ?? NONE)
    .reduce((least, places) => (places.length < least.length ? places : least));

function merged(lists: readonly Places[]): Iterable<number> {
  const filled = lists.filter((list) => list.length > 0);
  const [only] = filled;
  if (filled.length <= 1) return only ?? NONE;
  return new Set(Int32Array.from(filled.flat()).sort());
}
