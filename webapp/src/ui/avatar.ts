/** How many avatar colours tokens.css holds (`--av0` …). */
const colours = 6;

/** The same name has the same colour everywhere, so a person is found again by eye. */
export function avatarColour(name: string): string {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return `var(--av${sum % colours})`;
}

/** The surname as drawn: the first character; compound surnames show their first one too. */
export function avatarLetter(name: string): string {
  return [...name.trim()][0] ?? '';
}
