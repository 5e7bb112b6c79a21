import { pinyin } from 'pinyin-pro';
import { looseWord } from './text-forms.ts';

const MOST = 3;
/** A mark longer than this is no slip of the pen any more; longer values may differ by more. */
const differenceAllowed = (length: number): number => (length <= 3 ? 1 : length <= 8 ? 2 : 3);

/** Values that are close to others, prepared once for many questions. */
export interface Nearest {
  /** The closest first, at most three; [] when nothing is close. */
  to(value: string): readonly string[];
}

/**
 * What somebody may have meant: the same but for case, width and spaces, the same sound, a short form of it, or a few
 * strokes away (insert, drop, replace, swap neighbours).
 */
export function nearest(value: string, candidates: readonly string[]): readonly string[] {
  return createNearest(candidates).to(value);
}

interface Prepared {
  readonly text: string;
  readonly loose: string;
  readonly letters: number;
}

export function createNearest(candidates: readonly string[]): Nearest {
  const prepared = candidates.map((text): Prepared => {
    const loose = looseWord(text);
    return { text, loose, letters: lettersOf(loose) };
  });
  let bySound: ReadonlyMap<string, readonly string[]> | undefined;

  function alike(loose: string): readonly string[] {
    if (!/\p{Script=Han}/u.test(loose)) return [];
    bySound ??= groupBySound(prepared);
    return bySound.get(soundOf(loose)) ?? [];
  }

  return {
    to(value) {
      const loose = looseWord(value);
      if (loose === '') return [];
      const sounding = new Set(alike(loose));
      const scored: { text: string; score: number }[] = [];
      const allowed = differenceAllowed(loose.length);
      const letters = lettersOf(loose);
      for (const candidate of prepared) {
        const score = sounding.has(candidate.text) ? 0.5 : distance(loose, letters, candidate, allowed);
        if (score !== null) scored.push({ text: candidate.text, score });
      }
      return scored
        .sort((a, b) => a.score - b.score || a.text.length - b.text.length || (a.text < b.text ? -1 : 1))
        .slice(0, MOST)
        .map(({ text }) => text);
    },
  };
}

/** Null: not close. */
function distance(loose: string, letters: number, candidate: Prepared, allowed: number): number | null {
  const other = candidate.loose;
  if (other === loose) return 0;
  // Every stroke changes at most two letters of the set: most candidates end here.
  if (Math.abs(other.length - loose.length) <= allowed && ones(letters ^ candidate.letters) <= 2 * allowed) {
    const strokes = editDistance(loose, other, allowed);
    if (strokes <= allowed && strokes < Math.max(loose.length, other.length)) return strokes;
  }
  return isShort(loose, other) || isShort(other, loose) ? allowed + 1 : null;
}

/** 机械室 for 机械教研室: Chinese short forms keep some of the characters, in their order. */
function isShort(short: string, long: string): boolean {
  if (short.length < 2 || short.length >= long.length || !/^\p{Script=Han}+$/u.test(short)) return false;
  let found = 0;
  for (const sign of long) if (sign === short[found]) found += 1;
  return found === short.length;
}

/** Which letters occur, as bits. Two letters may share a bit: that only lets more through. */
function lettersOf(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at += 1) bits |= 1 << (text.charCodeAt(at) & 31);
  return bits;
}

function ones(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}

/** Optimal string alignment; anything above `most` comes out as `most + 1`. */
export function editDistance(a: string, b: string, most: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) row.push(strokes(a, b, i, j, row, last, beforeLast));
    if (Math.min(...row) > most) return most + 1;
    [beforeLast, last] = [last, row];
  }
  return Math.min(last[b.length] ?? 0, most + 1);
}

function strokes(
  a: string,
  b: string,
  i: number,
  j: number,
  row: readonly number[],
  last: readonly number[],
  beforeLast: readonly number[],
): number {
  const same = a[i - 1] === b[j - 1] ? 0 : 1;
  const best = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + same);
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? Math.min(best, (beforeLast[j - 2] ?? 0) + 1) : best;
}

const soundOf = (text: string): string =>
  pinyin(text, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' }).join('');

function groupBySound(prepared: readonly Prepared[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { text, loose } of prepared) {
    if (!/\p{Script=Han}/u.test(loose)) continue;
    const sound = soundOf(loose);
    const group = groups.get(sound);
    if (group) group.push(text);
    else groups.set(sound, [text]);
  }
  return groups;
}
