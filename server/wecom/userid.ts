/** B1: userids are compared without case; 企业微信 itself echoes them lower-cased in send results. */
export const useridKey = (userid: string): string => userid.toLowerCase();

export const sameUserid = (a: string, b: string): boolean => useridKey(a) === useridKey(b);

/** 1–64 of letters, digits and `_-@.`, first a letter or digit (user/create; error 40003). */
export const isUserid = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}$/.test(text);

/** `a|b|c` as 企业微信 writes lists in one string; blanks around the bars appear in its samples. */
export const splitBars = (text: string): string[] =>
  text
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');
