/** Marks that are pasted along with a text and nobody sees: zero width, writing direction, byte order. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;

/** Most texts: letters, digits, signs and Chinese characters without any space. */
const ORDINARY = /^[\u0021-\u007e\u4e00-\u9fff]*$/;

/** A text without what nobody sees: invisible marks, spaces around it, kinds of space. */
export const cleanText = (text: string): string =>
  ORDINARY.test(text) ? text : text.replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();

/** Full-width letters, digits and signs as half-width ones. For codes and numbers, never for names. */
export const halfWidth = (text: string): string =>
  /^[\u0020-\u007e]*$/.test(text)
    ? text
    : text.replace(/[\uff01-\uff5e]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
