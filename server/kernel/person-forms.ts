/** How a person's name and mobile number are read, whoever writes them down: HR's sheet and a liaison alike. */
import { halfWidth } from './text-forms.ts';

/** 企业微信 takes no longer one. */
export const MAX_PERSON_NAME = 64;

/** As on the paper; null when it cannot be a name. Spaces between Chinese characters are none of the name's. */
export function readPersonName(text: string): string | null {
  const name = /^[\p{Script=Han}·\s]+$/u.test(text) ? text.replace(/\s/gu, '') : text;
  return /[\p{Cc}<>]/u.test(name) || !/\p{L}/u.test(name) ? null : name;
}

/** 11 digits of a mainland number, or E.164 with `+`; null for anything else. */
export function readMobile(text: string): string | null {
  const bare = halfWidth(text)
    .replace(/[\s()\-\u2010-\u2015]/gu, '')
    .replace(/^00/, '+');
  const mainland = /^(?:\+?86)?(1[3-9]\d{9})$/.exec(bare);
  if (mainland?.[1] !== undefined) return mainland[1];
  // E.164: at most 15 digits.
  return /^\+(?!86)[1-9]\d{6,14}$/.test(bare) ? bare : null;
}
