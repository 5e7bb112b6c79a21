/** Marks that are pasted along with a number and nobody sees: zero width, writing direction, byte order. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;

/** A cell without what nobody sees: invisible marks, spaces around it, kinds of space. */
export const cleanText = (text: string): string =>
  ORDINARY.test(text) ? text : text.replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();

/** Most cells: letters, digits, signs and Chinese characters without any space. */
const ORDINARY = /^[\u0021-\u007e\u4e00-\u9fff]*$/;

/** Full-width letters, digits and signs as half-width ones. For codes and numbers, never for names. */
export const halfWidth = (text: string): string =>
  /^[\u0020-\u007e]*$/.test(text)
    ? text
    : text.replace(/[\uff01-\uff5e]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

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
