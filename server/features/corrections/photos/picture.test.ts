import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureOf } from '../../../platform/files/index.ts';
import { BOUNDS, fits } from './bounds.ts';
import { jpeg, png } from './testing/pictures.ts';

describe('S2-15b a photo by its own bytes', () => {
  it('PNG and JPEG of any size say how large they are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 65_535 }),
        fc.integer({ min: 1, max: 65_535 }),
        (width, height) => {
          expect(pictureOf(png(width, height))).toEqual({ type: 'image/png', width, height });
          expect(pictureOf(jpeg(width, height))).toEqual({ type: 'image/jpeg', width, height });
        },
      ),
    );
  });

  it('whatever else is no picture, and reading never fails', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const found = pictureOf(Buffer.from(bytes));
        expect(found === null || found.width >= 0).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), (length) => {
        expect(pictureOf(jpeg(300, 400).subarray(0, length))).toBeNull();
        expect(pictureOf(png(300, 400).subarray(0, length))).toBeNull();
      }),
    );
  });

  it.each([
    [295, 413, 20_000, true],
    [239, 413, 20_000, false],
    [400, 6001, 20_000, false],
    [400, 500, BOUNDS.maxBytes + 1, false],
  ])('%i × %i of %i bytes: %s', (width, height, bytes, is) =>
    expect(fits({ type: 'image/png', width, height }, bytes)).toBe(is),
  );
});
