import { words as w } from '../../phrases/accounts.ts';

/** Who did something: a person's name; a mechanism (`job:…`) has none that a reader could know. */
export const whoWords = (byName: string): string => (/^[a-z]+:/.test(byName) ? w.common.mechanism : byName);
