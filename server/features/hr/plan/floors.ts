import { FLOOR_PERCENT } from './guard-limits.ts';
import type { KnownIndex } from './known-index.ts';
import { hasLeft } from './status.ts';
import type { MadePlan } from './types.ts';
import { createTops } from './unit-tree.ts';

/**
 * A2: why a statement looks cut. A list of changes only may be short, but not empty. A top unit may be empty when the
 * statement itself dissolves it: then its people are seen to be elsewhere.
 */
export function floorReasons(
  { figures, complete, changes }: MadePlan,
  index: KnownIndex,
  lastGood: { readonly people: number } | null,
): string[] {
  const { peopleRows, unitRows, peopleByTopUnit } = figures;
  if (peopleRows + unitRows === 0) return ['来源里一行也没有'];
  if (!complete) return [];
  const reasons: string[] = [];
  if (lastGood && peopleRows * 100 < lastGood.people * FLOOR_PERCENT)
    reasons.push(`来源有 ${peopleRows} 人，不到上次 ${lastGood.people} 人的 ${FLOOR_PERCENT}%`);
  if (peopleRows === 0) return reasons;
  const dissolved = new Set(
    changes.filter(({ kind }) => kind === 'unitDissolve').map(({ target }) => target.ref),
  );
  for (const [code, people] of peopleBefore(index)) {
    if (peopleByTopUnit[code] !== undefined || dissolved.has(code)) continue;
    reasons.push(`${index.unitByCode.get(code)?.name ?? code} 原有 ${people} 人，来源里一个也没有`);
  }
  return reasons;
}

function peopleBefore(index: KnownIndex): Map<string, number> {
  const topOf = createTops((code) => index.unitByCode.get(code)?.parentCode, index.rootCode);
  const people = new Map<string, number>();
  for (const person of index.people) {
    const post = person.posts.find(({ kind }) => kind === 'main') ?? person.posts[0];
    if (hasLeft(person) || !post) continue;
    const top = topOf(post.unitCode);
    people.set(top, (people.get(top) ?? 0) + 1);
  }
  return new Map([...people].sort(([a], [b]) => (a < b ? -1 : 1)));
}
