import { describe, expect, it } from 'vitest';
import { words } from './forms.ts';

/** Every text of the file; functions are called with sample values. */
function texts(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  if (typeof node === 'function') return [String((node as (...values: unknown[]) => unknown)('3', '3'))];
  if (typeof node === 'object' && node !== null) return Object.values(node).flatMap(texts);
  return [];
}

describe('copy rules of the further form controls', () => {
  const all = texts(words);
  it('finds the texts', () => expect(all.length).toBe(Object.keys(words).length));
  it('says 你, never 您', () => expect(all.filter((text) => /您|亲，/.test(text))).toEqual([]));
  it('has no exclamation marks', () => expect(all.filter((text) => /[!！]/.test(text))).toEqual([]));
  it('leaves no function or undefined in a text', () =>
    expect(all.filter((text) => /undefined|=>/.test(text))).toEqual([]));
});
