import { describe, expect, it } from 'vitest';
import { BOUNDS, fits } from './bounds.ts';

describe('S2-15b a photo by its size', () => {
  it.each([
    [295, 413, 20_000, true],
    [239, 413, 20_000, false],
    [400, 6001, 20_000, false],
    [400, 500, BOUNDS.maxBytes + 1, false],
  ])('%i × %i of %i bytes: %s', (width, height, bytes, is) =>
    expect(fits({ type: 'image/png', width, height }, bytes)).toBe(is),
  );
});
