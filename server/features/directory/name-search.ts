/** Where the query was found, for colouring: half-open range of characters of the name. */
export interface NameMatch {
  /** 0 best. */
  readonly quality: number;
  readonly from: number;
  readonly to: number;
}

export interface Searchable {
  readonly name: string;
  readonly pinyin: string;
  readonly staffNo: string;
}

/** The form in which queries are compared: no spaces, lower case, full-width letters and digits made narrow. */
export function normaliseQuery(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s'’]+/g, '');
}

/**
 * Does a person answer to this query (normalised)? By name, by staff number, or by pinyin: whole syllables,
 * initials, or a mix of both (`zhang`, `zyt`, `zhangyt`). The start of the name is better than its middle.
 */
export function matchPerson(person: Searchable, query: string): NameMatch | null {
  if (query === '') return { quality: 9, from: 0, to: 0 };
  const staffNo = person.staffNo.toLowerCase();
  if (staffNo === query) return { quality: 0, from: 0, to: 0 };
  const at = person.name.toLowerCase().indexOf(query);
  if (at >= 0) {
    // Characters, not UTF-16 units: rare surnames lie outside the first plane.
    const from = Array.from(person.name.slice(0, at)).length;
    return { quality: at === 0 ? 0 : 2, from, to: from + [...query].length };
  }
  const byPinyin = matchPinyin(person.pinyin.split(' '), query);
  if (byPinyin) return byPinyin;
  return staffNo.includes(query) ? { quality: 4, from: 0, to: 0 } : null;
}

function matchPinyin(syllables: readonly string[], query: string): NameMatch | null {
  const dead: Dead = new Set();
  for (let from = 0; from < syllables.length; from += 1) {
    const to = matchFrom(syllables, from, query, dead);
    if (to !== null) return { quality: from === 0 ? 1 : 3, from, to };
  }
  return null;
}

/**
 * Where nothing was found before, by syllable and rest. A name in Latin letters is one syllable per letter and offers
 * two ways at each of them: without this a name of forty letters with a slip at its end would never be done.
 */
type Dead = Set<number>;
const PLACES = 1_000;

/** One syllable per character. Returns the character after the last one used. */
function matchFrom(syllables: readonly string[], at: number, rest: string, dead: Dead): number | null {
  if (rest === '') return at;
  const syllable = syllables[at];
  if (syllable === undefined) return null;
  if (syllable.startsWith(rest)) return at + 1;
  const here = rest.length * PLACES + at;
  if (dead.has(here)) return null;
  const found =
    (rest.startsWith(syllable) ? matchFrom(syllables, at + 1, rest.slice(syllable.length), dead) : null) ??
    (syllable.startsWith(rest.charAt(0)) ? matchFrom(syllables, at + 1, rest.slice(1), dead) : null);
  if (found === null) dead.add(here);
  return found;
}
