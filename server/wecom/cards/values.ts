import { CardFault } from './content.ts';
import { cutGraphemes } from './cut.ts';
import { BYTES } from './limits.ts';

/** One line of text as shown; undefined when there is nothing to show. */
export function line(text: string | undefined, max: number): string | undefined {
  const flat = text?.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return flat === undefined || flat === '' ? undefined : cutGraphemes(flat, max);
}

/** The same, keeping line breaks. */
export function lines(text: string | undefined, max: number): string | undefined {
  const clean = text
    ?.replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\S\n]+|(?!\n)\p{Cc}/gu, ' ')
    .trim();
  return clean === undefined || clean === '' ? undefined : cutGraphemes(clean, max);
}

/** One line that may not be missing. */
export function needed(text: string | undefined, max: number, field: string): string {
  const shown = line(text, max);
  if (shown === undefined) throw new CardFault(field);
  return shown;
}

/** A key or id: never cut, never empty. */
export function exact(value: string, maxBytes: number, field: string): string {
  if (value === '' || Buffer.byteLength(value) > maxBytes) throw new CardFault(field);
  return value;
}

export function address(url: string, field: string): string {
  if (!/^https?:\/\/[^\s\p{Cc}]+$/iu.test(url)) throw new CardFault(field);
  return exact(url, BYTES.url, field);
}

/** No two alike: 企业微信 refuses the card, or could not tell which was tapped. */
export function distinct(values: readonly string[], field: (index: number) => string): void {
  const seen = new Set<string>();
  for (const [index, value] of values.entries()) {
    if (seen.has(value)) throw new CardFault(field(index));
    seen.add(value);
  }
}

/** The first `max`; undefined for none, since 企业微信 takes no empty lists. */
export function first<T>(items: readonly T[] | undefined, max: number): readonly T[] | undefined {
  return items === undefined || items.length === 0 ? undefined : items.slice(0, max);
}
