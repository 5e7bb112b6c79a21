import type { CalendarDate } from '../../../kernel/dates.ts';
import type { PostGoal } from './plan-posts.ts';

/**
 * The posts of a person after one of their units gave everything to another: the same post there from `on`, as head of
 * nothing. Whoever holds a post there already keeps it; it becomes the main one when the other was. Pure.
 */
export function mergePosts(
  held: readonly PostGoal[],
  fromId: string,
  intoId: string,
  on: CalendarDate,
): PostGoal[] {
  const given = held.find((post) => post.unitId === fromId);
  if (!given) return [...held];
  const rest = held.filter((post) => post !== given);
  if (rest.some((post) => post.unitId === intoId))
    return rest.map((post) =>
      post.unitId === intoId && given.kind === 'main' ? { ...post, kind: 'main' } : post,
    );
  const sinceOn = given.sinceOn > on ? given.sinceOn : on;
  return [...rest, { ...given, unitId: intoId, sinceOn, isHead: false, headRank: null, place: null }];
}
