/** `199****0731`; a number too short to hide something in is hidden whole (rule H6). */
export function maskMobile(mobile: string): string {
  const digits = [...mobile];
  if (digits.length < 8) return '*'.repeat(digits.length);
  return [...digits.slice(0, 3), '****', ...digits.slice(-4)].join('');
}

/** `110***********002X`: first three and last four stay, which tells two people apart but hides the birth date. */
export function maskIdNumber(number: string): string {
  const signs = [...number];
  if (signs.length < 15) return '*'.repeat(signs.length);
  return [...signs.slice(0, 3), '*'.repeat(signs.length - 7), ...signs.slice(-4)].join('');
}
