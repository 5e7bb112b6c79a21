/** `1,246` */
export const num = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** `0.48%`, `29%`; at most two digits that matter, so that 0.48 and 1 can be compared. */
export function percent(share: number): string {
  const value = share * 100;
  const digits = value === 0 || value >= 10 ? 0 : value >= 1 ? 1 : 2;
  return `${value.toFixed(digits).replace(/\.0+$/, '')}%`;
}

/** Four by four, as people compare it aloud: `7F3C 91A2 04BB`. */
export const planCode = (hash: string): string => hash.toUpperCase().replace(/(.{4})(?=.)/g, '$1 ');
