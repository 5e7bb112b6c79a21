import { FirstRelease1764000000000 } from './0001-first-release.ts';
import { TodoOrder1795285000000 } from './0002-todo-order.ts';

/** In order; never edited after they were merged. */
export const migrations = [FirstRelease1764000000000, TodoOrder1795285000000];
