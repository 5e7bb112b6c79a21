import type { CalendarDate } from '../../../kernel/dates.ts';
import type { PostGoal } from './plan-posts.ts';

/**
 * The posts of a person after one of their units gave everything to another: the same post there from `on`, as head of
 * nothing. Whoever holds a post there already keeps it; it becomes the main one when the other was, and it holds as
 * long as either of them, so that nobody is without a post before a dated one begins or after it ends. Pure.
 */
export function mergePosts(
  held: readonly PostGoal[],
  fromId: string,
  intoId: string,
  on: CalendarDate,
): PostGoal[] {
  const given = held.find((post) => post.unitId === fromId);
  if (!given) return [...held];
  const sinceOn = given.sinceOn > on ? given.sinceOn : on;
  const moved: PostGoal = { ...given, unitId: intoId, sinceOn, isHead: false, headRank: null, place: null };
  const there = held.find((post) => post.unitId === intoId);
  const rest = held.filter((post) => post !== given && post !== there);
  return [...rest, there ? oneOfBoth(there, moved) : moved];
}

/** What has not begun is not held yet: then the post that moves is the one that stays. */
function oneOfBoth(there: PostGoal, moved: PostGoal): PostGoal {
  const [kept, other] = there.sinceOn <= moved.sinceOn ? [there, moved] : [moved, there];
  return {
    ...kept,
    kind: kept.kind === 'main' || other.kind === 'main' ? 'main' : 'concurrent',
    untilOn: later(kept.untilOn, other.untilOn),
  };
}

const later = (a: CalendarDate | null, b: CalendarDate | null): CalendarDate | null =>
  a === null || b === null ? null : a > b ? a : b;
