/** An amount as it is typed, in yuan, and as it travels, in whole fen. */

const typing = /^(\d{0,12})(?:\.(\d{0,2}))?$/;

/** May this stand in the field while somebody types: at most 12 digits and two decimals. */
export const isAmount = (text: string): boolean => typing.test(text);

/** Fen of what was typed; null while there is no digit. */
export function fenOf(text: string): number | null {
  const [, yuan = '', decimals = ''] = typing.exec(text) ?? [];
  return yuan === '' && decimals === '' ? null : Number(yuan || '0') * 100 + Number(decimals.padEnd(2, '0'));
}

/** "1234.5" for 123450: as somebody would type it. */
export function typedOf(fen: number | null): string {
  if (fen === null) return '';
  const decimals = String(fen % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return decimals === '' ? String(Math.floor(fen / 100)) : `${String(Math.floor(fen / 100))}.${decimals}`;
}

/** Full-width digits and stops, spaces and thousands of a pasted amount. */
export const cleanAmount = (text: string): string =>
  text
    .replace(/[０-９．]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/。/gu, '.')
    .replace(/[\s,，¥￥元]/gu, '');
