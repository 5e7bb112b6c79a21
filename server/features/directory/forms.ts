/** Forms of what is written to 企业微信 or compared with it. */
export const CODE = /^[\w-]{1,32}$/;
// No character that 企业微信 refuses in a department name (API page 90205).
export const NAME = /^[^\\:*?"<>｜|]{1,64}$/u;
// 1-64 bytes of letters, digits and _-@., starting with a letter or digit (API page 90195).
export const USERID = /^[A-Za-z0-9][\w@.-]{0,63}$/;
export const MOBILE = /^\+?[\d-]{5,31}$/;
/** The form e-mail addresses are compared in: letters of ASCII without case, as SCIM does (RFC 7643 2.2). */
export const emailKeyOf = (email: string | null): string | null =>
  email === null ? null : email.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

export const EMAIL = /^(?=.{6,64}$)[^\s@]+@[^\s@]+\.[^\s@]+$/;
