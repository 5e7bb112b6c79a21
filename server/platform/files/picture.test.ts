import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureOf } from './picture.ts';
import { jpeg, png } from './testing/pictures.ts';

describe('a picture by its own bytes', () => {
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
});
