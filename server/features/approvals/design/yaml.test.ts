import { describe, expect, it } from 'vitest';
import { readYaml } from './yaml.ts';

const TANGLED = '套得太深，或一处的内容太多';
const many = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');

describe('S2-10 a file that is meant to do harm is refused, and nothing else happens', () => {
  // The stack runs out in the middle of something, and that may end the process instead of the request.
  it.each([
    ['['.repeat(6_000)],
    [`${'['.repeat(6_000)}${']'.repeat(6_000)}`],
    [`a: ${'['.repeat(2_000)}${']'.repeat(2_000)}`],
    [`${'- '.repeat(6_000)}a`],
    ['? '.repeat(6_000)],
    ['- ? '.repeat(6_000)],
    ['{a: '.repeat(6_000)],
    [': '.repeat(6_000)],
    ['[ "]", '.repeat(6_000)],
    [many(440, (at) => `${' '.repeat(at)}a:`)],
  ])('too deep %#', (text) => {
    expect(readYaml(text)).toEqual({ ok: false, faults: [TANGLED] });
  });

  it('more keys than any form has are not compared with each other', () => {
    const text = many(3_000, (n) => `k${n.toString(36)}:`);
    expect(readYaml(text)).toEqual({ ok: false, faults: [TANGLED] });
  });

  it.each([
    ['a: &a [1]\nb: [*a, *a]'],
    ['__proto__: { key: leave }'],
    ['constructor: 1'],
    ['<<: { key: leave }'],
    ['!!js/function x'],
  ])('%j names nothing a template has', (text) => {
    expect(readYaml(text).ok).toBe(false);
  });
});
