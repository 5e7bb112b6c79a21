import { FirstRelease1764000000000 } from './0001-first-release.ts';

/** In order; never edited after they were merged. */
export const migrations = [FirstRelease1764000000000];
