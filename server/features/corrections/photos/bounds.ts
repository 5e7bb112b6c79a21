import type { Picture } from '../../../platform/files/index.ts';

/** ID-style photos: large enough to know somebody by, small enough to be one. Sides in pixels. */
export const BOUNDS = { minSide: 240, maxSide: 6000, maxBytes: 5 * 1024 * 1024 } as const;

export const fits = ({ width, height }: Picture, bytes: number): boolean =>
  Math.min(width, height) >= BOUNDS.minSide &&
  Math.max(width, height) <= BOUNDS.maxSide &&
  bytes <= BOUNDS.maxBytes;
