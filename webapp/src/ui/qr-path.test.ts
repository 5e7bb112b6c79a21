import { create } from 'qrcode';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { qrPath } from './qr-path.ts';

/** Which unit squares a path of runs covers. */
function squares(path: string): string[] {
  return [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)].flatMap(([, x, y, width]) =>
    Array.from({ length: Number(width) }, (_, i) => `${Number(x) + i},${y}`),
  );
}

describe('a QR code as a path', () => {
  it('covers just the dark modules, four modules from the edge', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), (text) => {
        const { modules } = create(text, { errorCorrectionLevel: 'M' });
        const { side, path } = qrPath(text);
        const dark = Array.from({ length: modules.size * modules.size }, (_, i) => i)
          .filter((i) => modules.data[i] !== 0)
          .map((i) => `${(i % modules.size) + 4},${Math.floor(i / modules.size) + 4}`);
        expect(squares(path)).toEqual(dark);
        expect(side).toBe(modules.size + 8);
      }),
    );
  });

  it('refuses what no code can hold', () => {
    expect(() => qrPath('字'.repeat(2000))).toThrow();
  });
});
