import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeJson, parseJson } from './json.ts';

describe('JSON with long ids', () => {
  it.each([
    ['{"a":9007199254740993}', { a: '9007199254740993' }],
    ['{"a":9007199254740991}', { a: 9007199254740991 }],
    ['{"a":-9007199254740993}', { a: '-9007199254740993' }],
    ['[12345678901234567890,1]', ['12345678901234567890', 1]],
    ['{"a":"9007199254740993"}', { a: '9007199254740993' }],
    ['{"a":"x 9007199254740993, y"}', { a: 'x 9007199254740993, y' }],
    ['{"a":"\\"9007199254740993:","b":1}', { a: '"9007199254740993:', b: 1 }],
    ['{"a":0.12345678901234567}', { a: Number('0.12345678901234567') }],
    ['{"a":1e20,"b":1234567890123456}', { a: 1e20, b: 1234567890123456 }],
    ['{"9007199254740993":1}', { '9007199254740993': 1 }],
  ])('%s', (text, expected) => {
    expect(parseJson(text)).toEqual(expected);
  });

  it('what is not JSON stays an error', () => {
    for (const text of ['', '{', '00000000000000000001', '{"a":9007199254740993', '<html>9007199254740993']) {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    }
  });

  it('agrees with JSON.parse on everything without long integers', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\d{16}/.test(text.replace(/\.\d+/g, '')));
        expect(parseJson(`["1234567890123456", ${text}]`)).toEqual(
          JSON.parse(`["1234567890123456", ${text}]`),
        );
      }),
    );
  });

  it('writes no \\u escapes and nothing but well-formed UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = encodeJson({ text: `${text}\uD800` }).toString('utf8');
        expect(written).not.toMatch(/(?<!\\)(?:\\\\)*\\u/);
        expect(() => JSON.parse(written)).not.toThrow();
      }),
    );
  });
});
