/** What people typed, without width and spaces: `停用 ６ 人` is `停用6人`. */
export const plainPhrase = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');

export interface PhraseState {
  right: boolean;
  /** Signs still to be typed; null when what stands there is wrong. */
  left: number | null;
}

export function comparePhrase(typed: string, wanted: string): PhraseState {
  const [given, goal] = [plainPhrase(typed), plainPhrase(wanted)];
  if (given === goal) return { right: true, left: 0 };
  return { right: false, left: goal.startsWith(given) ? [...goal].length - [...given].length : null };
}

/** `停用6人` on a button: `停用 6 人`. */
export const spaced = (phrase: string): string =>
  phrase.replace(/(\p{Script=Han})(\d)/gu, '$1 $2').replace(/(\d)(\p{Script=Han})/gu, '$1 $2');
