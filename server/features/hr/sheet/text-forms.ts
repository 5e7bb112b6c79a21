import { cleanText, halfWidth } from '../../../kernel/text-forms.ts';

export { cleanText, halfWidth } from '../../../kernel/text-forms.ts';

/** For comparing codes: B1, 企业微信 tells no case apart. */
export const fold = (text: string): string => text.toLowerCase();

/** `[清空]`: take the stored value away (rule A5). */
export const isClear = (text: string): boolean => /^[[［【]\s*清空\s*[\]］】]$/u.test(text);

/** A cell that holds a formula instead of a value is kept as `=` and what it says. */
export const FORMULA_SIGN = '=';

/** A column's head or a word to choose, as it is compared: no width, case, spaces, notes in brackets, stars. */
export const looseWord = (text: string): string =>
  fold(halfWidth(cleanText(text)))
    .replace(/[([【][^)\]】]*[)\]】]/gu, '')
    .replace(/[\s*_：:、.]/gu, '');
