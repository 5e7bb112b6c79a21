import { describe, expect, it } from 'vitest';
import { words } from './accounts.ts';

/** Every text of the file; functions are called with sample values. */
function texts(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  if (typeof node === 'function') return [String((node as (...values: unknown[]) => unknown)('3', '3', '3'))];
  if (typeof node === 'object' && node !== null) return Object.values(node).flatMap(texts);
  return [];
}

describe('copy rules of the account pages', () => {
  const all = texts(words);
  it('finds the texts', () => expect(all.length).toBeGreaterThan(200));
  it('says 你, never 您 or 亲', () => expect(all.filter((text) => /您|亲，/.test(text))).toEqual([]));
  it('has no exclamation marks', () => expect(all.filter((text) => /[!！]/.test(text))).toEqual([]));
  it('has no emoji', () => expect(all.filter((text) => /\p{Extended_Pictographic}/u.test(text))).toEqual([]));
  it('says 请 once in a text', () =>
    expect(all.filter((text) => /请(?!假|送).*请(?!假|送)/.test(text))).toEqual([]));
  it('leaves no function or undefined in a text', () =>
    expect(all.filter((text) => /undefined|=>/.test(text))).toEqual([]));
});
