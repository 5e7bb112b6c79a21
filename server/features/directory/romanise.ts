import { pinyin } from 'pinyin-pro';

/**
 * Pinyin of a person's name, surname readings included (单 shan, 解 xie, 区 ou): one syllable per character, so that
 * a match can be coloured in the name. Letters and marks stand for themselves.
 */
export function romanise(name: string): { pinyin: string; initials: string } {
  const syllables = pinyin(name, {
    toneType: 'none',
    type: 'array',
    surname: 'head',
    v: true,
    nonZh: 'spaced',
  });
  const lower = syllables.map((syllable) => syllable.toLowerCase());
  return {
    pinyin: lower.join(' ').slice(0, 191),
    initials: lower
      .map((syllable) => syllable.charAt(0))
      .join('')
      .slice(0, 64),
  };
}
