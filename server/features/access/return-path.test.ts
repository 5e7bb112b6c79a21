import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localPath } from './return-path.ts';

const SITE = 'https://oa.example.edu.cn';

describe('return path', () => {
  it.each([
    ['/', '/'],
    ['/todo?box=mine#x', '/todo?box=mine#x'],
    ['/a b', '/a%20b'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['\\\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/.//evil.example', '/'],
    ['/x/..//evil.example', '/'],
    ['/api/auth/login?return=/x', '/'],
    ['', '/'],
    ['todo', '/'],
  ])('%j leads to %s', (text, path) => {
    expect(localPath(text)).toBe(path);
  });

  it('never leaves the site, whatever is asked', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      ':',
      '@',
      'evil.example',
      '\t',
      '\n',
      ' ',
      '%2f',
      '?',
      '#',
      'https:',
      'a',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = localPath(pieces.join(''));
        expect(new URL(path, SITE).origin).toBe(SITE);
        expect(path).not.toMatch(/^(\/\/|\/\\)/);
      }),
      { numRuns: 2000 },
    );
  });
});
