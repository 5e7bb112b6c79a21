import { refused } from './errors.ts';

/**
 * An act on more people or rows than this is typed before it is done: what, and how many. One click too many must not
 * reach hundreds.
 */
export const MANY = 50;

const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

/** What people typed is compared after NFKC and without spaces: `停用 ６ 人` is `停用6人`. */
export const samePhrase = (typed: string, wanted: string): boolean => plain(typed) === plain(wanted);

/**
 * @param typed what came with the command; absent where the page asked for nothing
 * @throws refused `act.not_typed` with the phrase to type
 */
export function mustBeTyped(count: number, phrase: string, typed: string | undefined): void {
  if (count > MANY && !samePhrase(typed ?? '', phrase)) throw refused('act.not_typed', { phrase, count });
}
